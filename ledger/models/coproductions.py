"""Co-production: one product made by several, stage after stage; what each act of it comes to for each of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization

#: What an agreement is called by which several make one product.
COPRODUCTION = "coproduction"


class Split(models.TextChoices):
    """How the price is split."""

    SHARES = "shares", _("in shares of the price")
    PRICES = "prices", _("at a price for each stage")


class CoproductionTerms(models.Model):
    """What an agreement of kind `coproduction` says besides its stages."""

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="coproduction")
    # Invoices the customer and answers to it for all (representante, Ley 20.337 art. 83).
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    # May be a person: never in the journal or in exports.
    customer = models.CharField(max_length=120)
    # Minor units of the agreement's money, without VAT.
    price = models.BigIntegerField()
    # Basis points; none where no VAT is charged.
    vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)
    split = models.CharField(max_length=8, choices=Split.choices, default=Split.SHARES)
    # What buying together is expected to cost, without VAT: for the simulation alone.
    costs = models.BigIntegerField(default=0)
    costs_vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)
    # Basis points of the price, for the solidarity fund of a body above.
    levy = models.PositiveSmallIntegerField(default=0)
    fund = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("terms of a co-production")
        verbose_name_plural = _("terms of co-productions")
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="coproduced_for_a_price"),
            models.CheckConstraint(condition=Q(split__in=Split.values), name="coproduction_split_known"),
            models.CheckConstraint(condition=Q(costs__gte=0), name="coproduction_costs_not_below_zero"),
            models.CheckConstraint(
                condition=Q(levy=0, fund=None) | (Q(levy__gt=0, levy__lt=10_000) & Q(fund__isnull=False)),
                name="levy_has_its_fund",
            ),
            models.CheckConstraint(condition=Q(fund=None) | ~Q(fund=F("lead")), name="fund_is_not_the_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.price}"


class CoproductionStage(models.Model):
    """One stage: who does what, until when, and which part of the price it is."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=80)
    # Millionths of the whole, or minor units of the agreement's money where each stage has its price.
    part = models.BigIntegerField()
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="stage_once"),
            models.CheckConstraint(condition=Q(part__gt=0), name="stage_has_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}.{self.number}: {self.what}"


class StageProgress(models.Model):
    """How far a stage is, as whoever does it says; whoever it is handed on to confirms."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="progress")
    stage = models.ForeignKey(CoproductionStage, on_delete=models.PROTECT, related_name="progress")
    # Of the whole stage, from its beginning.
    percent = models.PositiveSmallIntegerField()
    # What was handed over, in words: "1.200 kg de hilado".
    what = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("progress of a stage")
        verbose_name_plural = _("progress of stages")
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="progress_is_a_percentage")
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.percent} %"


class SharedAct(models.Model):
    """What concerns all: a common cost, an invoice to the customer, what the customer paid. Minor units.

    `amount` is without VAT; of what the customer paid it is all of it, and `levy` what of that goes to the fund.
    """

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="shared")
    what = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField()
    vat = models.BigIntegerField(default=0)
    levy = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("shared act")
        verbose_name_plural = _("shared acts")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, vat__gte=0), name="shared_amount_above_zero"),
            models.CheckConstraint(condition=Q(levy__gte=0, levy__lte=F("amount")), name="levy_within_what_was_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.amount}"

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat


class SharedPart(models.Model):
    """What of a shared act falls on one party, and whose officer has said that it was so. Minor units.

    Of a cost and an invoice its part without VAT and the VAT of that; of what the customer paid its part of the levy:
    who contributed how much to the fund.
    """

    act = models.ForeignKey(SharedAct, on_delete=models.CASCADE, related_name="parts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    vat = models.BigIntegerField(default=0)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Where undoing it was asked for: who agreed to that.
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("part of a shared act")
        verbose_name_plural = _("parts of shared acts")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["act", "organization"], name="part_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, vat__gte=0), name="part_not_below_zero"),
        ]
        indexes = [models.Index(fields=["organization"], condition=Q(said_by=None), name="part_to_confirm")]

    def __str__(self) -> str:
        return f"{self.act_id}.{self.number}: {self.amount}"

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat
