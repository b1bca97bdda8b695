"""The register in the admin, to be looked at by whoever runs the installation: it speaks for nobody and reads no book.

What has pages and actions of its own is written there, where an assembly's act stands beside it. Here people get a
login and lose it; the admin's own log (LogEntry) keeps who did that.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.models import Affiliation, Mandate, Membership, Organization, SecondFactorDecision, User, Visit


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """Shows to every operator; adds, changes and deletes nothing."""

    list_per_page = 50
    list_select_related = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def _is_operator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


class NewPersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """A person without a password: they set their own, by the letter that "I forgot my password" sends."""

    class Meta:
        model = User
        fields = ("email", "name")

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Close the door until the person opens it."""
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """People with a login. Nobody here sets a password or changes an address: that would be to become somebody else."""

    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff")
    search_fields = ("email", "name")
    list_filter = ("is_active", "is_staff")
    filter_horizontal = ()
    readonly_fields = ("email",)
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("Installation"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_form = NewPersonForm
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "name")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return () if obj is None else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: who wrote something is remembered; take away the tick of "active" instead."""
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # Django's
        """Refuse, even to a superuser."""
        raise PermissionDenied


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    """Organizations: changed on the pages of the register, which note who changed what."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}  # Django's way
    list_display = ("name", "kind", "sector", "province", "tax_id")
    list_filter = ("kind", "sector", "province")
    search_fields = ("name", "code", "tax_id")


admin.site.register([Affiliation, Membership, Mandate, SecondFactorDecision, Visit], ReadOnlyAdmin)
