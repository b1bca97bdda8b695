"""The admin's door, and which tables of libraries it shows: no second way in, and nobody's secrets."""

from allauth.account import admin as account_admin
from allauth.account.decorators import secure_admin_login
from allauth.mfa import admin as mfa_admin
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as sessions_admin
from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401  # registers Group
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest

# The form of Django's own admin asks for no second factor and counts no tries: the one door is allauth's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Addresses, sessions and what proves a login are people's own; from groups nothing follows here.
admin.site.unregister(
    [
        account_admin.EmailAddress,
        sessions_admin.UserSession,
        Group,
        mfa_admin.Authenticator,
    ]
)


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """Second factors, without their secrets: taken away from whoever lost the telephone; the admin notes by whom."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: only the person has the device."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no, likewise."""
        return False
