"""The register in the admin: for whoever runs the installation. It speaks for nobody."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.models import Affiliation, Mandate, Membership, Organization, User


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """People with a login."""

    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name",)}),
        (_("Installation"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")}),)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """Organizations: to look at; they are changed on the pages of the register, which note who changed what."""

    list_display = ("name", "kind", "sector", "province", "tax_id")
    list_filter = ("kind", "sector", "province")
    search_fields = ("name", "code", "tax_id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """Say no."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """Say no."""
        return False


@admin.register(Affiliation, Membership, Mandate)
class DatedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """What holds from a day until another."""

    list_select_related = True
