"""What only some kinds of organization have, each in a table of its own beside the organization."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.core.organizations import grouped
from network.models.organizations import Organization, digits_only


class CooperativeRegistration(models.Model):
    """The numbers (matrículas) under which INAES, and perhaps a province, registered a cooperative."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="registration")
    national_number = models.CharField(max_length=10)
    provincial_number = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("registration of a cooperative")
        verbose_name_plural = _("registrations of cooperatives")
        constraints = [
            models.CheckConstraint(
                condition=digits_only("national_number", least=1, most=10) & ~Q(national_number=""),
                name="national_number_is_digits",
            ),
            models.CheckConstraint(
                condition=digits_only("provincial_number", least=1, most=10), name="provincial_number_is_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.national_number

    @property
    def national_written(self) -> str:
        """The national number as papers have it."""
        return grouped(self.national_number)

    @property
    def provincial_written(self) -> str:
        """The provincial number as papers have it."""
        return grouped(self.provincial_number)


class Activity(models.TextChoices):
    """What a community body does."""

    POPULAR_HIGH_SCHOOL = "popular_high_school", _("Popular high school")
    CLINIC = "clinic", _("Health clinic")
    CULTURAL_CENTER = "cultural_center", _("Cultural center")
    SOUP_KITCHEN = "soup_kitchen", _("Soup kitchen")
    CHILD_CARE = "child_care", _("Child care")
    LIBRARY = "library", _("Library")
    COMMUNITY_RADIO = "community_radio", _("Community radio")
    SPORTS_CLUB = "sports_club", _("Sports club")
    HOUSING = "housing", _("Housing")
    OTHER = "other", _("Other")


class CommunityProfile(models.Model):
    """What a community body does."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="community")
    activity = models.CharField(max_length=24, choices=Activity.choices)

    class Meta:
        verbose_name = _("profile of a community body")
        verbose_name_plural = _("profiles of community bodies")
        constraints = [models.CheckConstraint(condition=Q(activity__in=Activity.values), name="activity_known")]

    def __str__(self) -> str:
        return self.get_activity_display()


class NeighborhoodProfile(models.Model):
    """Where a neighborhood council is, and how many households it counts."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="neighborhood")
    district = models.CharField(max_length=80, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("profile of a neighborhood council")
        verbose_name_plural = _("profiles of neighborhood councils")
        constraints = [
            models.CheckConstraint(condition=Q(households=None) | Q(households__gt=0), name="households_above_zero")
        ]

    def __str__(self) -> str:
        return self.district


class OrganizationChange(models.Model):
    """Who changed what in the register, and when: a bank key that was swapped is seen."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="changes")
    # Field → what stood there and what stands there now.
    fields = models.JSONField()
    changed_at = models.DateTimeField()
    # Nobody, where a command of the installation did it.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("change in the register")
        verbose_name_plural = _("changes in the register")
        indexes = [models.Index(fields=["organization", "-changed_at"], name="change_by_organization")]

    def __str__(self) -> str:
        return f"{self.organization_id}: {', '.join(self.fields)}"
