"""What shows that a duty was met and no other row tells: papers that lapse, and reports that were presented."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.core import duties
from network.models.history import Noted
from network.models.organizations import Organization


class CertificateKind(models.TextChoices):
    """What a paper that lapses certifies."""

    SANITARY = "sanitary", _("Sanitary or food-safety certificate")
    FIRE_SAFETY = "fire_safety", _("Fire safety")
    MUNICIPAL_LICENSE = "municipal_license", _("Municipal license")
    INAES_UPDATE = "inaes_update", _("Data update with INAES")
    INSURANCE = "insurance", _("Insurance policy")
    OTHER = "other", _("Another paper")


class Certificate(Noted):
    """A paper that is valid from a day up to another. A renewal is a row of its own; the old one stays."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=20, choices=CertificateKind.choices)
    # What another paper is called; the known kinds have their own names.
    name = models.CharField(max_length=80, blank=True)
    issued_by = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    # The last day on which it is valid.
    lapses_on = models.DateField()
    # Where the paper itself is kept.
    paper = models.CharField(max_length=120, blank=True)

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        indexes = [models.Index(fields=["organization", "kind", "-lapses_on"], name="certificate_by_kind")]
        constraints = [
            *Noted.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=CertificateKind.values), name="certificate_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind="other") & ~Q(name="")) | (~Q(kind="other") & Q(name="")),
                name="certificate_other_has_name",
            ),
            models.CheckConstraint(condition=~Q(issued_by=""), name="certificate_has_issuer"),
            models.CheckConstraint(
                condition=Q(lapses_on__gte=F("valid_from")), name="certificate_lapses_after_it_begins"
            ),
            models.UniqueConstraint(
                "organization",
                "kind",
                Lower("name"),
                "lapses_on",
                condition=Q(withdrawn_at=None),
                name="certificate_noted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.kind} ({self.lapses_on})"

    @property
    def title(self) -> str | Promise:
        """What it is called."""
        return self.name or CertificateKind(self.kind).label


class FilingKind(models.TextChoices):
    """What is presented."""

    SOCIAL_REPORT = duties.SOCIAL_REPORT, _("Social report")
    AUDIT_REPORT = duties.AUDIT_REPORT, _("Report of the external auditor")


class Filing(Noted):
    """A report about a year or a quarter was presented on a day, with the number or paper that shows it."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=16, choices=FilingKind.choices)
    # The last day of the year or quarter that it is about.
    ends_on = models.DateField()
    presented_on = models.DateField()
    paper = models.CharField(max_length=120)

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("report presented")
        verbose_name_plural = _("reports presented")
        constraints = [
            *Noted.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=FilingKind.values), name="filing_kind_known"),
            models.CheckConstraint(
                condition=Q(presented_on__gte=F("ends_on")), name="filing_presented_after_its_period"
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="filing_has_paper"),
            models.UniqueConstraint(
                fields=["organization", "kind", "ends_on"], condition=Q(withdrawn_at=None), name="filing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.kind} {self.ends_on} ({self.presented_on})"
