"""What a body's statute says of its assemblies and offices."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.core.mandates import TERM_MONTHS_BY_LAW
from network.core.quorum import Share
from network.models.organizations import Organization


class Office(models.TextChoices):
    """The posts of an administrative council and of its control, as Ley 20.337 names them; and those that go round."""

    PRESIDENT = "president", _("President")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    MEMBER_AT_LARGE = "member_at_large", _("Member of the council")
    ALTERNATE = "alternate", _("Alternate")
    INTERNAL_AUDITOR = "internal_auditor", _("Internal auditor (síndico)")
    ROTATING = "rotating_office", _("Rotating office")

    @property
    def rivals(self) -> tuple["Office", ...]:
        """What nobody holds on the same day as this: who watches is not of the council, who presides keeps no cash."""
        if self == Office.INTERNAL_AUDITOR:
            return COUNCIL_OFFICES
        others = tuple(office for office in BINDING_OFFICES if office != self) if self in BINDING_OFFICES else ()
        return (*others, Office.INTERNAL_AUDITOR) if self in COUNCIL_OFFICES else ()


# Who speaks for the organization, one of each; and whichever rotating offices its statute names (`Seat.speaks`).
# The síndico watches the council and so cannot act for it (art. 79).
BINDING_OFFICES = (Office.PRESIDENT, Office.SECRETARY, Office.TREASURER)
COUNCIL_OFFICES = (*BINDING_OFFICES, Office.MEMBER_AT_LARGE, Office.ROTATING)


class Bylaws(models.Model):
    """The rules of one body's assemblies. A body without a row of its own keeps the law's (`Bylaws.of`)."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="bylaws")
    # More than this share of those who may vote must be there.
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    # So many minutes after the first call whoever is there may decide; empty where the body knows no second call.
    second_call_minutes = models.PositiveSmallIntegerField(null=True, blank=True, default=60)
    # At least this share of the votes, where more than a simple majority is asked for.
    qualified_numerator = models.PositiveSmallIntegerField(default=2)
    qualified_denominator = models.PositiveSmallIntegerField(default=3)
    abstentions_count = models.BooleanField(default=False)
    # No mandate lasts longer; above what the law allows only where all offices go round.
    term_months_max = models.PositiveSmallIntegerField(default=TERM_MONTHS_BY_LAW)
    # Nobody holds the same office twice in a row.
    rotates = models.BooleanField(default=False)
    # The assembly that set them; empty where the body keeps the law's, or those of before Trama.
    resolution = models.ForeignKey("Resolution", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who wrote the rules and the seats down, and when.
    noted_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("bylaws")
        verbose_name_plural = _("bylaws")
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lt=F("quorum_denominator")),
                name="quorum_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(qualified_numerator__lte=F("qualified_denominator"))
                & Q(qualified_denominator__lt=F("qualified_numerator") * 2),
                name="qualified_majority_is_more_than_half",
            ),
            models.CheckConstraint(condition=Q(term_months_max__gte=1), name="term_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}"

    @classmethod
    def of(cls, organization: Organization) -> "Bylaws":
        """Return the body's rules, or those of the law."""
        return cls.objects.filter(organization=organization).first() or cls(organization=organization)

    def term_months(self, office: str) -> int:
        """For how many months somebody holds an office at most."""
        return self.term_months_max if office == Office.ROTATING else min(self.term_months_max, TERM_MONTHS_BY_LAW)

    @property
    def quorum(self) -> Share:
        """More than this share must be there."""
        return Share(self.quorum_numerator, self.quorum_denominator)

    @property
    def qualified(self) -> Share:
        """At least this share of the votes."""
        return Share(self.qualified_numerator, self.qualified_denominator)


class Seat(models.Model):
    """A place in the council that the statute sets up: what nobody holds today is vacant."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="seats")
    office = models.CharField(max_length=20, choices=Office.choices)
    # First, second … of several members at large, alternates, auditors.
    number = models.PositiveSmallIntegerField(default=1)
    # What a rotating office is called here.
    title = models.CharField(max_length=60, blank=True)
    # Whether whoever holds this rotating office accepts and confirms for the body.
    speaks = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["organization", "office", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_office_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_number_from_one"),
            models.CheckConstraint(
                condition=Q(speaks=False) | Q(office=Office.ROTATING), name="seat_speaks_where_it_rotates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.number} {self.organization_id}"
