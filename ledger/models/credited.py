"""Acts in network credit besides the payment of what is owed: a plus, a sale for credit, a position handed over."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.deliveries import DeliveryState
from ledger.models.journal import Event
from ledger.models.units import Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class CreditKind(models.TextChoices):
    """What was done in credit."""

    PLUS = "plus", _("Plus for the members")
    SALE = "sale", _("Sale for credit")
    HANDOVER = "handover", _("Position handed over")


class StockOfBuyer(models.TextChoices):
    """Where what was bought stands with its buyer; numbers of the chart."""

    INPUTS = "1301", _("Materials, to work with")
    FINISHED = "1303", _("Products, to sell on")


class CreditAct(models.Model):
    """Credit that went from one position to another. It counts once the other side, if there is one, has said so.

    A cooperative pays its members a plus; a shop sells to another cooperative, or to the members of one; whoever leaves
    hands its position over. Members are counted and never named: they have one position together, which their
    cooperative keeps for them.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8, choices=CreditKind.choices)
    credit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Who wrote it down: pays the plus, sells, or leaves.
    teller = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # Who bought, or whose members did, or who takes over; the teller itself where it is about its own members.
    other = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    of_members = models.BooleanField(default=False)
    # Of a position handed over: that it stood below zero.
    is_debt = models.BooleanField(default=False)
    # Minor units of the credit, VAT included.
    amount = models.BigIntegerField()
    # What of a price is VAT, which stays due in money; none of what is not sold.
    vat = models.BigIntegerField(null=True, blank=True)
    # How many members it went to; the list of who got what stays on paper.
    people = models.PositiveIntegerField(null=True, blank=True)
    happened_on = models.DateField()
    papers = models.CharField(max_length=40, blank=True)
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The buyer says it when it confirms.
    stock = models.CharField(max_length=8, choices=StockOfBuyer.choices, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.LOGGED)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="credit_act")
    # Why it was said no to, or should be undone, and who asked for that.
    reason = models.CharField(max_length=200, blank=True)
    reversal_asked_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("act in credit")
        verbose_name_plural = _("acts in credit")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="credit_act_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_act_above_zero"),
            models.CheckConstraint(
                condition=Q(
                    kind="plus",
                    of_members=True,
                    other=F("teller"),
                    people__isnull=False,
                    people__gt=0,
                    resolution__isnull=False,
                    vat=None,
                    is_debt=False,
                )
                | (
                    Q(kind="sale", people=None, resolution=None, is_debt=False)
                    & Q(vat__isnull=False, vat__gte=0, vat__lt=F("amount"))
                    & (Q(of_members=True) | ~Q(other=F("teller")))
                )
                | (Q(kind="handover", of_members=False, people=None, vat=None) & ~Q(other=F("teller"))),
                name="credit_act_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["logged", "rejected"], event=None)
                | Q(state__in=["confirmed", "reversed"], event__isnull=False),
                name="confirmed_credit_act_is_posted",
            ),
        ]
        indexes = [
            models.Index(fields=["teller", "happened_on"], name="credit_act_by_teller"),
            models.Index(fields=["other", "happened_on"], name="credit_act_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind} {self.amount}"

    @property
    def code(self) -> str:
        """The short name that entries carry."""
        return f"M-{self.pk}"

    @property
    def of_two(self) -> bool:
        """Whether another organization says if it was so."""
        return self.teller_id != self.other_id

    @property
    def sides(self) -> tuple[Organization, ...]:
        """Whoever told of it, and the other one; the same, where it is its members'."""
        return self.teller, self.other

    @property
    def teller_receives(self) -> bool:
        """Whether the credit goes to whoever wrote it down: for what it sold, or for what it had promised."""
        return self.kind == CreditKind.SALE or self.is_debt

    @property
    def is_contested(self) -> bool:
        """Whether somebody contests it, and the dispute has not ended."""
        return any(dispute.is_open for dispute in self.disputes.all())
