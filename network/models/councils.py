"""Offices of a council and the mandates that hold them."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.people import User


class Office(models.TextChoices):
    """The posts of an administrative council and of its control, as Ley 20.337 names them."""

    PRESIDENT = "president", _("President")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    MEMBER_AT_LARGE = "member_at_large", _("Member of the council")
    INTERNAL_AUDITOR = "internal_auditor", _("Internal auditor (síndico)")


# Who speaks for the organization. The síndico watches the council and so cannot act for it (art. 79).
BINDING_OFFICES = (Office.PRESIDENT, Office.SECRETARY, Office.TREASURER)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, chainable."""

    def in_force(self, on: dt.date) -> "MandateQuerySet":
        """Return those that hold on that day: begun, not ended, not recalled."""
        return self.filter(Q(recalled_on=None) | Q(recalled_on__gt=on), starts_on__lte=on, until__gt=on)

    def overlapping(self, starts_on: dt.date, until: dt.date) -> "MandateQuerySet":
        """Return those that hold on any day from `starts_on` until another (exclusive)."""
        return self.filter(Q(recalled_on=None) | Q(recalled_on__gt=starts_on), starts_on__lt=until, until__gt=starts_on)

    def binding(self) -> "MandateQuerySet":
        """Return those whose office may accept and confirm for the organization."""
        return self.filter(office__in=BINDING_OFFICES)


class Mandate(models.Model):
    """A person holds an office, elected by an assembly, from a day until another (exclusive) unless recalled."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mandates")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    office = models.CharField(max_length=20, choices=Office.choices)
    starts_on = models.DateField()
    until = models.DateField()
    resolution = models.CharField(_("assembly act"), max_length=80)
    # From this day on the mandate no longer holds.
    recalled_on = models.DateField(null=True, blank=True)
    recall_resolution = models.CharField(max_length=80, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="mandate_office_known"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_on")), name="mandate_ends_after_start"),
            models.CheckConstraint(
                condition=Q(recalled_on=None, recall_resolution="")
                | (Q(recalled_on__gte=F("starts_on")) & ~Q(recall_resolution="")),
                name="mandate_recall_has_resolution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.organization_id} ({self.starts_on})"
