"""Deliveries: what was handed over under an agreement, and whether its receiver has said so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement, AgreementLine
from ledger.models.journal import Event
from ledger.models.units import Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class DeliveryState(models.TextChoices):
    """The life of a delivery."""

    LOGGED = "logged", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not received")
    REVERSED = "reversed", _("Reversed")


class Act(models.TextChoices):
    """What a delivery does."""

    GOODS = "goods", _("Goods or work")
    MONEY = "money", _("Payment")
    RETURN = "return", _("Return")
    SHORTFALL = "shortfall", _("Not to be delivered any more")
    ALLOWANCE = "allowance", _("Reduction for quality")
    REVALUATION = "revaluation", _("Today's price of what is owed")
    CHANGE = "change", _("Change of what is still to be given")
    HOSTED = "hosted", _("Rooms lent")
    WORK = "work", _("Work for a customer")
    PROGRESS = "progress", _("How far a stage is")
    COST = "cost", _("Common cost")
    INVOICE = "invoice", _("Invoice to the customer")
    COLLECTION = "collection", _("Collected from the customer")
    SETTLEMENT = "settlement", _("Settlement")
    MATERIAL = "material", _("Material to be worked")
    IN_MONEY = "in_money", _("To be paid in money instead")
    FORGIVEN = "forgiven", _("Forgiven")
    USED = "used", _("Use of a machine")
    BOUGHT = "bought", _("Part of a joint purchase")


class Delivery(models.Model):
    """Something handed over under an agreement. It counts once the receiver has confirmed it."""

    key = models.UUIDField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="deliveries")
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=12, choices=Act.choices, default=Act.GOODS)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.LOGGED)
    happened_on = models.DateField()
    # Money handed over or forgiven, in minor units of the agreement's money; none for goods, nothing where debts only
    # cancel out.
    money = models.BigIntegerField(null=True, blank=True)
    # The network credit that a payment was made in, at par with that money; none where it went through the bank.
    credit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    delivery_note = models.CharField(max_length=40, blank=True)
    invoice = models.CharField(max_length=40, blank=True)
    # As `ledger.core.papers.full_number` writes it, so that it is the same however it was typed.
    invoice_number = models.CharField(max_length=80, blank=True, default="", db_default="", editable=False)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="delivery")
    # What each side's own assembly decided, where it values something beyond what its officers may agree on.
    giver_resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receiver_resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Undone only when both sides say so: who asked, and why.
    reversal_asked_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reversal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["logged", "rejected"], event=None)
                | Q(state__in=["confirmed", "reversed"], event__isnull=False)
                # What nobody owes yet moves nothing.
                | Q(state__in=["confirmed", "reversed"], act__in=["shortfall", "change", "progress"]),
                name="confirmed_delivery_is_posted",
            ),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="delivery_act_known"),
            models.CheckConstraint(
                condition=Q(act="money", money__isnull=False, money__gt=0)
                | Q(act="settlement", money__isnull=False, money__gte=0)
                | (Q(act="forgiven") & (Q(money=None) | Q(money__gt=0)))
                | (~Q(act__in=["money", "settlement", "forgiven"]) & Q(money=None)),
                name="money_is_paid",
            ),
            models.CheckConstraint(
                condition=~Q(act="forgiven") | Q(giver_resolution__isnull=False), name="forgiven_by_resolution"
            ),
            models.CheckConstraint(condition=Q(credit=None) | Q(act="money"), name="only_a_payment_is_in_credit"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="delivered_to_another"),
        ]
        indexes = [
            models.Index(fields=["receiver"], condition=Q(state="logged"), name="delivery_to_confirm"),
            models.Index(
                fields=["giver", "invoice_number"], condition=~Q(invoice_number=""), name="delivery_by_invoice"
            ),
            models.Index(
                fields=["agreement"], condition=Q(reversal_asked_by__isnull=False), name="delivery_to_reverse"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.happened_on}"

    @property
    def sides(self) -> tuple[Organization, Organization]:
        """Whoever gave, and whoever received."""
        return self.giver, self.receiver

    @property
    def is_contested(self) -> bool:
        """Whether somebody contests it, and the dispute has not ended."""
        return any(dispute.is_open for dispute in self.disputes.all())

    def decision_of(self, organization: int) -> Resolution | None:
        """Return what the assembly of one of its two sides decided about it."""
        return self.giver_resolution if organization == self.giver_id else self.receiver_resolution

    def other(self, organization: Organization) -> Organization:
        """Return the other of its two sides."""
        return self.receiver if organization.pk == self.giver_id else self.giver


class DeliveryItem(models.Model):
    """How much of an agreed line it is about; value and VAT follow when it is confirmed.

    Money is in minor units of the agreement's, and not below zero; only the value of a revaluation or a change has a
    sign. The quantity of a change is what is then still to be given and nobody owes; its worth is the price of that.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="items")
    line = models.ForeignKey(AgreementLine, on_delete=models.PROTECT, related_name="items")
    quantity = models.BigIntegerField()
    # What debts were settled or opened by.
    value = models.BigIntegerField(null=True, blank=True)
    # Its price on that day, where it is another than the agreed one; of an allowance what it takes off, of a
    # revaluation what all that is owed is worth.
    worth = models.BigIntegerField(null=True, blank=True)
    vat = models.BigIntegerField(null=True, blank=True)
    # Of a change: by how much more, or less, is to be given in all.
    difference = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivered line")
        verbose_name_plural = _("delivered lines")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "line"], name="line_once_a_delivery"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="delivered_quantity_above_zero"),
            models.CheckConstraint(condition=Q(worth=None) | Q(worth__gt=0), name="delivered_worth_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.line_id} {self.quantity}"
