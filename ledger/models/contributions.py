"""Contributions: what a cooperative gave the community once, in money, goods or hours of work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.deliveries import DeliveryState
from ledger.models.hosting import HowCounted
from ledger.models.journal import Event
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class ContributionKind(models.TextChoices):
    """What was given for."""

    DONATION = "donation", _("Donation")
    HOUSING = "housing", _("Housing")
    HOSPITAL = "hospital", _("Repair of a hospital or a clinic")
    SCHOOL = "school", _("Repair of a school")
    EVENT = "event", _("Cultural or sports event")
    GOODS = "goods", _("Goods")
    WORK = "work", _("Hours of work")
    MENTORING = "mentoring", _("Mentoring")


class ChargedTo(models.TextChoices):
    """What bears it: the results of the year, or a fund that an assembly set aside; numbers of the chart.

    What brings a commercial return is no gift, and does not stand among what the community was given (B4SI; ECG E2).
    """

    RESULTS = "5401", _("The results of the year")
    EDUCATION_FUND = "2202", _("The education fund")
    WELFARE_FUND = "2201", _("The welfare fund")
    SPONSORSHIP = "5303", _("The results of the year, as advertising")


class PaidFrom(models.TextChoices):
    """What went out; numbers of the chart."""

    BANK = "1102", _("Bank")
    CASH = "1101", _("Cash")
    INPUTS = "1301", _("Materials from stock")
    GOODS = "1303", _("Products of ours")


FUNDS = (ChargedTo.EDUCATION_FUND, ChargedTo.WELFARE_FUND)
#: What bears a gift; sponsorship is none.
BEARERS = (ChargedTo.RESULTS, *FUNDS)
#: Counted in hours, and never priced.
WORKED = (ContributionKind.WORK, ContributionKind.MENTORING)
#: What is given out of the results without an assembly deciding on it.
SMALL = (ContributionKind.GOODS, *WORKED)


class Contribution(models.Model):
    """Something that was given. It counts once its receiver, or where nobody speaks for it its receipt, says so."""

    key = models.UUIDField(unique=True)
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContributionKind.choices)
    what = models.CharField(max_length=120)
    # Of the register, or by its name.
    receiver = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    # Minor units of the giver's book; none for hours of work, which are never priced.
    amount = models.BigIntegerField(null=True, blank=True)
    charged_to = models.CharField(max_length=8, choices=ChargedTo.choices, blank=True)
    paid_from = models.CharField(max_length=8, choices=PaidFrom.choices, blank=True)
    # Hundredths of an hour, and how many people gave them, counted and not named.
    hours = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    # Of mentoring: how many learned, and how many manuals, patterns or plans they were handed.
    trainees = models.PositiveIntegerField(null=True, blank=True)
    manuals = models.PositiveIntegerField(null=True, blank=True)
    # Of an event: how many people came, and how that is known.
    attendances = models.PositiveIntegerField(null=True, blank=True)
    counted = models.CharField(max_length=10, choices=HowCounted.choices, blank=True)
    # The mentoring that the giver received once, and returns to a third by this one.
    passes_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on")
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.LOGGED)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="contribution")
    # Why it was said no to, or should be undone, and who asked for that.
    reason = models.CharField(max_length=200, blank=True)
    reversal_asked_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ContributionKind.values), name="contribution_kind_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="contribution_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=WORKED, amount=None, charged_to="", paid_from="")
                # What is not told is neither above zero nor below: a CHECK lets it through.
                & Q(hours__isnull=False, hours__gt=0, people__isnull=False, people__gt=0)
                | (
                    ~Q(kind__in=WORKED)
                    & Q(
                        amount__isnull=False,
                        amount__gt=0,
                        charged_to__in=ChargedTo.values,
                        paid_from__in=PaidFrom.values,
                    )
                    & Q(hours=None, people=None)
                ),
                name="work_is_never_priced",
            ),
            models.CheckConstraint(
                condition=Q(kind="mentoring", receiver__isnull=False, trainees__isnull=False, manuals__isnull=False)
                | (~Q(kind="mentoring") & Q(trainees=None, manuals=None, passes_on=None)),
                name="mentoring_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(attendances=None, counted="")
                | Q(attendances__isnull=False, attendances__gt=0, counted__in=HowCounted.values),
                name="event_people_counted",
            ),
            models.CheckConstraint(condition=Q(kind="event") | Q(attendances=None), name="attendance_of_an_event"),
            models.CheckConstraint(
                condition=Q(kind="event") | ~Q(charged_to=ChargedTo.SPONSORSHIP), name="return_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(resolution__isnull=False) | Q(kind__in=SMALL, charged_to__in=["", ChargedTo.RESULTS]),
                name="given_by_resolution",
            ),
            models.CheckConstraint(
                condition=(Q(receiver=None) & ~Q(receiver_name=""))
                | (Q(receiver_name="", receiver__isnull=False) & ~Q(receiver=F("giver"))),
                name="given_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["logged", "rejected"], event=None)
                | (Q(state__in=["confirmed", "reversed"], event__isnull=False)),
                name="confirmed_contribution_is_posted",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False) | ~Q(receipt="") | ~Q(state="confirmed"),
                name="given_against_a_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["giver", "happened_on"], name="contribution_by_giver"),
            models.Index(fields=["receiver"], condition=Q(state="logged"), name="contribution_to_confirm"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.what}"

    @property
    def code(self) -> str:
        """The short name that entries carry."""
        return f"C-{self.pk}"

    @property
    def has_return(self) -> bool:
        """Whether the giver gets a commercial return: it is told apart, and in no sum of what was given."""
        return self.charged_to == ChargedTo.SPONSORSHIP

    @property
    def to_whom(self) -> str:
        """The name of whoever received it."""
        return self.receiver.name if self.receiver is not None else self.receiver_name

    @property
    def sides(self) -> "tuple[Organization | None, ...]":
        """Whoever gave, and whoever received; None where it is only a name."""
        return self.giver, self.receiver

    def other(self, organization: Organization) -> Organization | None:
        """Return the other of its two sides; none where it is only a name."""
        return self.receiver if organization.pk == self.giver_id else self.giver

    @property
    def is_contested(self) -> bool:
        """Whether somebody contests it, and the dispute has not ended."""
        return any(dispute.is_open for dispute in self.disputes.all())
