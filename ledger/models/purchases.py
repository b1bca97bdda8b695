"""Joint purchases: who asked for how much of a thing, what one bought for all, and what of it is each one's."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.journal import Event
from ledger.models.units import Measure
from network.models.organizations import Organization

#: What an agreement is called by which one buys a thing for several.
JOINT_PURCHASE = "joint_purchase"


class PurchaseTerms(models.Model):
    """What an agreement of kind `joint_purchase` says besides its requests."""

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="purchase")
    buyer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # As it was written; the measure says it in small letters.
    thing = models.CharField(max_length=80)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("terms of a joint purchase")
        verbose_name_plural = _("terms of joint purchases")

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.thing}"


class PurchaseRequest(models.Model):
    """How much one of them asks for, and at which price at most."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="requests")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    # Minor units of the measure's unit.
    quantity = models.BigIntegerField()
    # Minor units of the agreement's money for one whole unit of the thing, with freight and without VAT.
    most = models.BigIntegerField()

    class Meta:
        verbose_name = _("request of a joint purchase")
        verbose_name_plural = _("requests of joint purchases")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organization"], name="request_once"),
            models.UniqueConstraint(fields=["agreement", "number"], name="request_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, most__gt=0), name="request_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}.{self.number}: {self.quantity}"


class PurchaseState(models.TextChoices):
    """The life of a purchase: the buyer's own people tell of it, its officer enters it in its book."""

    LOGGED = "logged", _("To be entered in the buyer's book")
    CONFIRMED = "confirmed", _("In the buyer's book")
    UNDONE = "undone", _("Taken back")


class Purchase(models.Model):
    """What the buyer bought of a supplier for all. Minor units of the agreement's money, without VAT."""

    key = models.UUIDField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="purchases")
    state = models.CharField(max_length=10, choices=PurchaseState.choices, default=PurchaseState.LOGGED)
    # May be a person: never in the journal or in exports.
    supplier = models.CharField(max_length=120)
    invoice = models.CharField(max_length=40, blank=True)
    happened_on = models.DateField()
    quantity = models.BigIntegerField()
    net = models.BigIntegerField()
    # Basis points; none where no VAT is charged.
    vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)
    vat = models.BigIntegerField(default=0)
    # Freight and whatever else falls on all, and its VAT.
    costs = models.BigIntegerField(default=0)
    costs_vat = models.BigIntegerField(default=0)
    # Else it is owed to the supplier.
    is_paid = models.BooleanField(default=False)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="purchase")
    # Why it was taken back.
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PurchaseState.values), name="purchase_state_known"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, net__gt=0, vat__gte=0, costs__gte=0, costs_vat__gte=0),
                name="purchase_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(state="logged", event=None) | Q(state="confirmed", event__isnull=False) | Q(state="undone"),
                name="confirmed_purchase_is_posted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.happened_on}: {self.quantity}"

    @property
    def amount(self) -> int:
        """What it cost in all, without VAT."""
        return self.net + self.costs

    @property
    def vat_in_all(self) -> int:
        """The VAT of all of it."""
        return self.vat + self.costs_vat

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat_in_all


class PurchasePart(models.Model):
    """What of a purchase is one request's: so much of the thing, what it cost, and the VAT of that."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="parts")
    request = models.ForeignKey(PurchaseRequest, on_delete=models.PROTECT, related_name="parts")
    quantity = models.BigIntegerField()
    amount = models.BigIntegerField()
    vat = models.BigIntegerField()

    class Meta:
        verbose_name = _("part of a purchase")
        verbose_name_plural = _("parts of purchases")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "request"], name="purchase_part_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount__gt=0, vat__gte=0), name="bought_part_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id}: {self.quantity}"

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat


class PurchaseHandover(models.Model):
    """A part that was handed over to whoever asked for it."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="bought")
    part = models.ForeignKey(PurchasePart, on_delete=models.PROTECT, related_name="handovers")

    class Meta:
        verbose_name = _("handover of a purchase")
        verbose_name_plural = _("handovers of purchases")

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.part_id}"
