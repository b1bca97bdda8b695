"""Acts of a solidarity fund: a levy that is agreed on, its payment, a gift, what was spent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.deliveries import DeliveryState
from ledger.models.funds import Fund, FundDecision
from ledger.models.journal import Event
from network.models.organizations import Organization


class FundKind(models.TextChoices):
    """What was done."""

    LEVY = "levy", _("Contribution to the fund")
    PAYMENT = "payment", _("Payment to the fund")
    GIFT = "gift", _("Gift to the fund")
    SPENDING = "spending", _("Help out of the fund")


class FundAct(models.Model):
    """Something between a fund and somebody else. It counts once whoever is asked has said that it was so."""

    #: What its short name begins with.
    CODE = "F-"

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8, choices=FundKind.choices)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="acts")
    # Who contributes, pays, gives or receives: of the register, or the name of an organization, never of a person.
    other = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=120)
    # Of a levy by the fund's rate: of how much it is a part.
    base = models.BigIntegerField(null=True, blank=True)
    # Minor units of the fund's money.
    amount = models.BigIntegerField()
    happened_on = models.DateField()
    papers = models.CharField(max_length=40, blank=True)
    # What a payment pays, and the decision that a spending comes out of.
    levy = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    decision = models.ForeignKey(
        FundDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="spendings"
    )
    teller = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # Who has to say that it was so: of a levy whoever contributes, else the other side. None where nobody can.
    asked = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.LOGGED)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="fund_act")
    # Why it was said no to, or should be undone, and who asked for that.
    reason = models.CharField(max_length=200, blank=True)
    reversal_asked_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("act of a solidarity fund")
        verbose_name_plural = _("acts of solidarity funds")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="fund_act_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_act_above_zero"),
            models.CheckConstraint(
                condition=(Q(other=None) & ~Q(name="")) | Q(other__isnull=False, name=""),
                name="fund_act_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="levy", other__isnull=False, asked__isnull=False, asked=F("other"), levy=None, decision=None
                )
                | Q(kind="payment", other__isnull=False, asked__isnull=False, levy__isnull=False, decision=None)
                | Q(kind="gift", levy=None, decision=None)
                | Q(kind="spending", levy=None, decision__isnull=False),
                name="fund_act_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(base=None) | Q(kind="levy", base__gte=F("amount")), name="levy_is_of_its_base"
            ),
            # Whoever cannot say so here has given a receipt, or an invoice.
            models.CheckConstraint(
                condition=Q(asked__isnull=False) | ~Q(papers=""), name="fund_act_said_so_or_on_paper"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["logged", "rejected"], event=None)
                | Q(state__in=["confirmed", "reversed"], event__isnull=False),
                name="confirmed_fund_act_is_posted",
            ),
        ]
        indexes = [
            models.Index(fields=["other", "happened_on"], name="fund_act_by_other"),
            models.Index(fields=["asked"], condition=Q(state="logged"), name="fund_act_to_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind} {self.amount}"

    @property
    def code(self) -> str:
        """The short name that entries and claims carry."""
        return f"{self.CODE}{self.pk}"

    @property
    def whom(self) -> str:
        """The name of whoever is on the other side of the fund."""
        return self.other.name if self.other is not None else self.name

    @property
    def body(self) -> Organization:
        """Whose fund it is."""
        return self.fund.book.organization

    @property
    def sides(self) -> tuple[Organization, ...]:
        """Those who say yes or no to it, and undo it: the fund's body, and the other one where somebody is asked."""
        return (self.body,) if self.asked_id is None or self.other is None else (self.body, self.other)

    @property
    def is_contested(self) -> bool:
        """Whether somebody contests it, and the dispute has not ended."""
        return any(dispute.is_open for dispute in self.disputes.all())
