"""The register in the admin: for whoever runs the installation. It speaks for nobody."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
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
    """Organizations."""

    list_display = ("name", "kind", "sector", "province", "tax_id")
    list_filter = ("kind", "sector", "province")
    search_fields = ("name", "code", "tax_id")


@admin.register(Affiliation, Membership, Mandate)
class DatedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """What holds from a day until another."""

    list_select_related = True
