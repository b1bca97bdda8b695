"""Mandates: who holds which seat of a council, from when until when, and on whose decision."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from network.models.bylaws import BINDING_OFFICES, Office, Seat
from network.models.organizations import Affiliation, Organization
from network.models.people import User
from network.models.resolutions import Resolution

__all__ = ["BINDING_OFFICES", "Ending", "Mandate", "Office"]


class Ending(models.TextChoices):
    """Why a mandate ended before its day."""

    RECALLED = "recalled", _("Recalled by the assembly")
    RESIGNED = "resigned", _("Resigned")
    REPLACED = "replaced", _("Replaced by the alternate")
    MOVED_UP = "moved_up", _("Took up another seat")
    HOME_LEFT = "home_left", _("The organization that sent them no longer belongs")
    CANCELLED = "cancelled", _("Cancelled before it began")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, chainable."""

    def in_force(self, on: dt.date) -> "MandateQuerySet":
        """Return those that hold on that day: begun, not over, not ended before, and sent by one that still belongs."""
        belongs = Affiliation.objects.in_force(on).filter(member=OuterRef("delegate_of"), body=OuterRef("organization"))
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=on),
            Q(delegate_of=None) | Exists(belongs),
            starts_on__lte=on,
            until__gt=on,
        )

    def overlapping(self, starts_on: dt.date, until: dt.date) -> "MandateQuerySet":
        """Return those that hold on any day from `starts_on` until another (exclusive)."""
        return self.filter(
            Q(ended_on=None) | (Q(ended_on__gt=starts_on) & Q(ended_on__gt=F("starts_on"))),
            starts_on__lt=until,
            until__gt=starts_on,
        )

    def binding(self) -> "MandateQuerySet":
        """Return those who may accept and confirm for the organization: by their office, or as its statute says."""
        speaking = Seat.objects.filter(
            organization=OuterRef("organization"), office=OuterRef("office"), number=OuterRef("seat"), speaks=True
        )
        return self.filter(Q(office__in=BINDING_OFFICES) | Exists(speaking))


class Mandate(models.Model):
    """A person holds a seat, elected by an assembly, from a day until another (exclusive) unless it ends before."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mandates")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    office = models.CharField(max_length=20, choices=Office.choices)
    # First, second … of several members at large, alternates, auditors.
    seat = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    until = models.DateField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="elections")
    # For the offices of a federation: the member organization whose delegate this is.
    delegate_of = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="delegates"
    )
    # Who wrote the election down, and when; nobody, where the program itself did, and before Trama kept it.
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(null=True, blank=True)
    # From this day on the mandate no longer holds.
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    # The assembly recalls and calls the alternate in; for a resignation, the meeting that took note, if any.
    end_resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="recalls"
    )
    # Who noted the end; nobody, where the program itself did, and before Trama kept it.
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Why it was cancelled before it began.
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        indexes = [models.Index(fields=["organization", "office", "seat", "starts_on"], name="mandate_by_seat")]
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="mandate_office_known"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_on")), name="mandate_ends_after_start"),
            models.CheckConstraint(condition=Q(seat__gte=1), name="mandate_seat_from_one"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="", end_resolution=None, ended_by=None, reason="")
                | Q(ended_on__isnull=False)
                & (
                    Q(ended_on__gte=F("starts_on"), ended_on__lt=F("until"), ending="resigned", reason="")
                    | Q(ended_on__lt=F("until"), ending="home_left", reason="")
                    | (Q(ended_on__lt=F("starts_on"), ending="cancelled", end_resolution=None) & ~Q(reason=""))
                    | Q(
                        ended_on__gte=F("starts_on"),
                        ended_on__lt=F("until"),
                        ending__in=["recalled", "replaced", "moved_up"],
                        end_resolution__isnull=False,
                        reason="",
                    )
                ),
                name="mandate_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(delegate_of=None) | ~Q(delegate_of=F("organization")), name="delegate_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.seat} {self.organization_id} ({self.starts_on})"

    @property
    def came_to_nothing(self) -> bool:
        """Whether it ended before it began."""
        return self.ended_on is not None and self.ended_on < self.starts_on
