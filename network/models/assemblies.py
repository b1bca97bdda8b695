"""Assemblies: called, met, voted. People are counted, never named."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.core.quorum import Votes
from network.models.organizations import Organization


class AssemblyKind(models.TextChoices):
    """What meets: all members, once a year or when called for; or the council."""

    ORDINARY = "ordinary", _("Ordinary assembly")
    EXTRAORDINARY = "extraordinary", _("Extraordinary assembly")
    COUNCIL = "council", _("Meeting of the council")


class AssemblyState(models.TextChoices):
    """How far it is."""

    CALLED = "called", _("Called")
    MEETING = "meeting", _("In session")
    CLOSED = "closed", _("Closed")
    LAPSED = "lapsed", _("Without quorum")
    CANCELLED = "cancelled", _("Cancelled")


class Assembly(models.Model):
    """One assembly of one body: when, of how many, with how many."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="assemblies")
    kind = models.CharField(max_length=16, choices=AssemblyKind.choices)
    state = models.CharField(max_length=10, choices=AssemblyState.choices, default=AssemblyState.CALLED)
    called_on = models.DateField()
    held_on = models.DateField()
    begins_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    # How many may vote, and how many of them came.
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField(null=True, blank=True)
    is_second_call = models.BooleanField(default=False)
    minutes = models.TextField(blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Nobody, before Trama kept it, or where the program itself did it.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("assembly")
        verbose_name_plural = _("assemblies")
        indexes = [models.Index(fields=["organization", "-held_on"], name="assembly_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssemblyKind.values), name="assembly_kind_known"),
            models.CheckConstraint(condition=Q(state__in=AssemblyState.values), name="assembly_state_known"),
            models.CheckConstraint(condition=Q(called_on__lte=F("held_on")), name="assembly_is_called_before"),
            models.CheckConstraint(condition=Q(entitled__gte=1), name="somebody_may_vote"),
            models.CheckConstraint(
                condition=Q(present=None, state__in=["called", "cancelled"])
                | Q(present__isnull=False, present__lte=F("entitled"), state="lapsed")
                | Q(present__isnull=False, present__gte=1, present__lte=F("entitled"), state__in=["meeting", "closed"]),
                name="those_present_are_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organization_id} ({self.held_on})"


class AgendaItem(models.Model):
    """One point of the agenda."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        constraints = [models.UniqueConstraint(fields=["assembly", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Majority(models.TextChoices):
    """How many in favour carry a motion."""

    SIMPLE = "simple", _("Simple majority")
    QUALIFIED = "qualified", _("Qualified majority")


class Motion(models.Model):
    """What was put to the vote, and how it was voted. It is written once, with its votes."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="motions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    text = models.CharField(max_length=600)
    majority = models.CharField(max_length=10, choices=Majority.choices, default=Majority.SIMPLE)
    in_favour = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstentions = models.PositiveIntegerField()
    is_carried = models.BooleanField()
    # Also of what was not carried: who wrote it down, and when.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.CheckConstraint(condition=Q(majority__in=Majority.values), name="majority_known"),
            # Whatever the statute asks for, nothing is carried by fewer than those against it.
            models.CheckConstraint(
                condition=Q(is_carried=False) | Q(in_favour__gt=F("against")),
                name="carried_by_its_votes",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def votes(self) -> Votes:
        """The three counts."""
        return Votes(self.in_favour, self.against, self.abstentions)
