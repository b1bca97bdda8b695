"""Referrals (derivaciones): whose customer it is, what work is passed on to whom, and what each invoiced for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.core.referrals import AMOUNT_MAX, FEE_MAX
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization

#: What an agreement is called by which a customer, or an order, is shared.
REFERRAL = "referral"


class ReferralForm(models.TextChoices):
    """In which way a customer is shared."""

    CUSTOMER = "customer", _("A customer who is referred")
    ORDER = "order", _("An order that is passed on")
    JOINT = "joint", _("A customer who is served together")
    TENDER = "tender", _("A tender together")


class Outcome(models.TextChoices):
    """How a tender came out."""

    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class ReferralTerms(models.Model):
    """What an agreement of kind `referral` says: in which way, whose order it is, and what is paid for it."""

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="referral")
    form = models.CharField(max_length=12, choices=ReferralForm.choices)
    # May be a person: read by those who agree, and written in no journal and no export.
    customer = models.CharField(max_length=120)
    # Basis points of what is invoiced without VAT; 0 is a gift.
    fee_rate = models.PositiveSmallIntegerField(default=0)
    # Of the fee, in basis points; none where there is no fee or no VAT is charged.
    vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)
    papers = models.CharField(max_length=80, blank=True)
    # Of a tender, once it is known.
    outcome = models.CharField(max_length=4, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("terms of a referral")
        verbose_name_plural = _("terms of referrals")
        constraints = [
            models.CheckConstraint(condition=Q(form__in=ReferralForm.values), name="referral_form_known"),
            models.CheckConstraint(condition=~Q(customer=""), name="referral_has_customer"),
            models.CheckConstraint(condition=Q(fee_rate__lte=FEE_MAX), name="referral_fee_is_a_part"),
            models.CheckConstraint(
                condition=Q(vat_rate=None) | Q(fee_rate__gt=0, vat_rate__gt=0, vat_rate__lt=10_000),
                name="referral_vat_is_of_a_fee",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None)
                | Q(form=ReferralForm.TENDER, outcome__in=Outcome.values, decided_on__isnull=False),
                name="referral_outcome_of_a_tender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.form}"

    @property
    def is_open_tender(self) -> bool:
        """Whether nobody knows yet how the tender came out."""
        return self.form == ReferralForm.TENDER and not self.outcome


class ReferralShare(models.Model):
    """What one taker does of the work, and about how much it will invoice for it."""

    terms = models.ForeignKey(ReferralTerms, on_delete=models.CASCADE, related_name="shares")
    taker = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    does = models.CharField(max_length=80, blank=True)
    # Minor units of the agreement's money, without VAT.
    expected = models.BigIntegerField()

    class Meta:
        verbose_name = _("share of a referral")
        verbose_name_plural = _("shares of referrals")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["terms", "taker"], name="taker_once"),
            models.UniqueConstraint(fields=["terms", "number"], name="referral_share_once"),
            models.CheckConstraint(
                condition=Q(expected__gt=0, expected__lte=AMOUNT_MAX), name="referral_expects_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_id}.{self.number}: {self.taker_id}"


class ReferredWork(models.Model):
    """What a taker invoiced the customer; its fee and the VAT of it follow when the giver confirms.

    The delivery that it stands for is told by the taker, its *giver*, and confirmed by whose customer it is.
    """

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="work")
    # Minor units of the agreement's money, without VAT.
    amount = models.BigIntegerField()
    # As `ledger.core.papers.invoice_number` writes it; as it was typed it stands in the delivery.
    invoice = models.CharField(max_length=40)
    fee = models.BigIntegerField(null=True, blank=True)
    vat = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("referred work")
        verbose_name_plural = _("referred work")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=AMOUNT_MAX), name="referred_amount_above_zero"
            ),
            models.CheckConstraint(condition=~Q(invoice=""), name="referred_work_is_invoiced"),
            models.CheckConstraint(
                condition=Q(fee=None, vat=None) | Q(fee__isnull=False, fee__gte=0, vat__isnull=False, vat__gte=0),
                name="referred_fee_with_vat",
            ),
        ]
        indexes = [models.Index(fields=["invoice"], name="referred_by_invoice")]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.amount}"
