"""How many work there, as counted by whom, and the dated milestones of a recuperation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network.core import dates, recuperation
from network.models.organizations import Organization, web_link


class Noted(models.Model):
    """Who noted something, and whether it was withdrawn since: what was said stays readable."""

    noted_at = models.DateTimeField()
    # Nobody, where a command of the installation noted it.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="%(class)s_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("noted_at")),
                name="%(class)s_withdrawn_after_noted",
            ),
        ]


class WorkerCount(Noted):
    """How many worked there on a day, as one source counted them; several sources stand side by side."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="worker_counts")
    workers = models.PositiveIntegerField()
    counted_on = models.DateField()
    source = models.CharField(max_length=80)

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("count of workers")
        verbose_name_plural = _("counts of workers")
        constraints = [
            *Noted.Meta.constraints,
            models.UniqueConstraint(
                "organization",
                "counted_on",
                Lower("source"),
                condition=Q(withdrawn_at=None),
                name="count_once_by_day_and_source",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="count_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.workers} ({self.counted_on}, {self.source})"


class Happening(models.TextChoices):
    """What a milestone tells."""

    BANKRUPTCY = recuperation.BANKRUPTCY, _("Bankruptcy")
    CLOSURE = recuperation.CLOSURE, _("Closed by its owners")
    OCCUPATION = recuperation.OCCUPATION, _("Occupied by its workers")
    EVICTION = recuperation.EVICTION, _("Eviction")
    RETURN = recuperation.RETURN, _("The workers went back in")
    COOPERATIVE_FORMED = recuperation.COOPERATIVE, _("Cooperative formed")
    REGISTRATION = recuperation.REGISTRATION, _("Cooperative registered (matrícula)")
    COURT_PERMISSION = recuperation.PERMISSION, _("A court let the workers use the plant")
    LEASE = recuperation.LEASE, _("Plant rented or lent")
    TEMPORARY_OCCUPATION = recuperation.TEMPORARY, _("Temporary occupation by law")
    FIRST_PRODUCTION = recuperation.PRODUCTION, _("First production")
    EXPROPRIATION_LAW = recuperation.EXPROPRIATION, _("Expropriation law")
    EXPROPRIATION_UNDONE = recuperation.VETO, _("Expropriation vetoed or lapsed")
    PURCHASE = recuperation.PURCHASE, _("The cooperative owns the plant")
    PRODUCTION_STOPPED = recuperation.STOP, _("Production stopped")
    PRODUCTION_RESUMED = recuperation.RESUMED, _("Production resumed")
    OTHER = recuperation.OTHER, _("Something else")
    END = recuperation.END, _("Closed for good")


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = dates.DAY, _("to the day")
    MONTH = dates.MONTH, _("to the month")
    YEAR = dates.YEAR, _("to the year")


class Stage(models.TextChoices):
    """How far a recuperation has come; follows from its milestones and is stored nowhere."""

    CONFLICT = recuperation.CONFLICT, _("In conflict")
    INSIDE = recuperation.INSIDE, _("Workers in the plant")
    EVICTED = recuperation.EVICTED, _("Evicted")
    FORMED = recuperation.FORMED, _("Cooperative formed, not producing yet")
    PRODUCING = recuperation.PRODUCING, _("Producing")
    SECURED = recuperation.SECURED, _("Producing, with the plant secured")
    STOPPED = recuperation.STOPPED, _("Production stands still")
    ENDED = recuperation.ENDED, _("Ended")


class Milestone(Noted):
    """Something that happened in a recuperation, with the paper or the link that shows it."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=24, choices=Happening.choices)
    # The first possible day, where only the month or the year is known.
    happened_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    note = models.CharField(max_length=200, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=300, blank=True)

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            *Noted.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Happening.values), name="milestone_kind_known"),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="milestone_precision_known"),
            models.CheckConstraint(condition=~Q(paper="", link=""), name="milestone_has_paper_or_link"),
            models.CheckConstraint(condition=web_link("link"), name="milestone_link_is_link"),
        ]
        indexes = [models.Index(fields=["organization", "happened_on"], name="milestone_by_organization")]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.kind} ({self.happened_on})"

    @property
    def when(self) -> dates.Dated:
        """When it happened, as far as it is known."""
        return dates.Dated(self.happened_on, self.precision)
