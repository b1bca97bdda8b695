"""Admissions: who may trade in the network, from when until when, and on whose decision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.periods import Period, PeriodQuerySet
from network.models.resolutions import Resolution


class Leaving(models.TextChoices):
    """Why an organization may trade no longer."""

    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left the network")


class Admission(Period):
    """An organization may trade from a day until another (exclusive). One that is only listed has none in force."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="admissions")
    # Of the body that admitted it: its federation, a network; its own assembly where it belongs to no body.
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="admissions")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ending = models.CharField(max_length=10, choices=Leaving.choices, blank=True)
    end_resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="admissions_ended"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=Q(until=None), name="admitted_once"),
            models.CheckConstraint(
                condition=Q(until=None, ending="", end_resolution=None)
                | Q(
                    until__isnull=False,
                    until__gte=F("starts_on"),
                    ending__in=Leaving.values,
                    end_resolution__isnull=False,
                ),
                name="admission_end_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} ({self.starts_on})"
