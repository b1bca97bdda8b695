"""Agreements: what two organizations promise each other, what of it was delivered, and who said so when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.journal import Event
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class AgreementState(models.TextChoices):
    """The life of an agreement."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    CHANGES_ASKED = "changes_asked", _("Changes asked for")
    ACCEPTED = "accepted", _("Accepted")
    SETTLED = "settled", _("Settled")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Agreement(models.Model):
    """An exchange that two organizations agree on: its lines, its peg, its papers. Each kind adds its posting rule."""

    # Made by the form: sending it twice makes one agreement.
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=AgreementState.choices, default=AgreementState.DRAFT)
    proposer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements_proposed")
    partner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements_received")
    title = models.CharField(max_length=120)
    # The money that values are agreed in.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # True: what stays owed keeps its value in goods; False: in money.
    is_pegged_to_goods = models.BooleanField(default=True)
    agreed_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    resolution = models.CharField(max_length=80, blank=True)
    # Whose officers have said yes to the present terms.
    proposer_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    partner_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of the party's own book, where what it gives goes beyond what its officers may agree by themselves.
    proposer_resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    partner_resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(condition=~Q(proposer=F("partner")), name="agreement_between_two"),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "settled"])
                | Q(proposer_signed_by__isnull=False, partner_signed_by__isnull=False),
                name="accepted_by_both",
            ),
        ]
        indexes = [
            models.Index(fields=["proposer", "state"], name="agreement_by_proposer"),
            models.Index(fields=["partner", "state"], name="agreement_by_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """The short name that papers and entries carry."""
        return f"P-{self.pk}"

    def other(self, organization: Organization) -> Organization:
        """Return the other party."""
        return self.partner if organization.pk == self.proposer_id else self.proposer


class AgreementLine(models.Model):
    """One thing that one party gives the other: how much of it, and what both say it is worth."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="lines")
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=80)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    # Minor units of the measure's unit.
    quantity = models.BigIntegerField()
    # Minor units of the agreement's money, for the whole quantity, without VAT.
    value = models.BigIntegerField()
    # Basis points: 2100 is 21 %; none where no VAT is charged (C papers).
    vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("agreed line")
        verbose_name_plural = _("agreed lines")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "giver", "measure"], name="thing_once_a_side"),
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="agreed_quantity_above_zero"),
            models.CheckConstraint(condition=Q(value__gt=0), name="agreed_value_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} ({self.agreement_id}.{self.number})"


class DeliveryState(models.TextChoices):
    """The life of a delivery."""

    LOGGED = "logged", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not received")
    REVERSED = "reversed", _("Reversed")


class Delivery(models.Model):
    """Something handed over under an agreement: goods, or money. It counts once the receiver has confirmed it."""

    key = models.UUIDField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="deliveries")
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.LOGGED)
    happened_on = models.DateField()
    # Money handed over, in minor units of the agreement's money; none for goods.
    money = models.BigIntegerField(null=True, blank=True)
    delivery_note = models.CharField(max_length=40, blank=True)
    invoice = models.CharField(max_length=40, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="delivery")
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
                | Q(state__in=["confirmed", "reversed"], event__isnull=False),
                name="confirmed_delivery_is_posted",
            ),
            models.CheckConstraint(condition=Q(money=None) | Q(money__gt=0), name="money_above_zero"),
        ]
        indexes = [
            models.Index(fields=["agreement"], condition=Q(state="logged"), name="delivery_to_confirm"),
            models.Index(
                fields=["agreement"], condition=Q(reversal_asked_by__isnull=False), name="delivery_to_reverse"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.happened_on}"


class DeliveryItem(models.Model):
    """How much of an agreed line was handed over; its value and VAT follow when it is confirmed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="items")
    line = models.ForeignKey(AgreementLine, on_delete=models.PROTECT, related_name="items")
    quantity = models.BigIntegerField()
    value = models.BigIntegerField(null=True, blank=True)
    vat = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivered line")
        verbose_name_plural = _("delivered lines")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "line"], name="line_once_a_delivery"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="delivered_quantity_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.line_id} {self.quantity}"


class Verb(models.TextChoices):
    """What somebody did to an agreement."""

    LOGGED = "logged", _("wrote it down")
    REVISED = "revised", _("changed the terms")
    SIGNED = "signed", _("accepted the terms")
    ASKED_CHANGE = "asked_change", _("asked for a change")
    REFUSED = "refused", _("refused it")
    WITHDREW = "withdrew", _("withdrew it")
    DELIVERED = "delivered", _("logged a delivery")
    PAID = "paid", _("logged a payment")
    CONFIRMED = "confirmed", _("confirmed it was received")
    REJECTED = "rejected", _("said it was not received")
    ASKED_REVERSAL = "asked_reversal", _("asked to reverse it")
    KEPT = "kept", _("did not agree to reverse it")
    REVERSED = "reversed", _("agreed to reverse it")
    SETTLED = "settled", _("everything is delivered and nothing is owed")


class AgreementStep(models.Model):
    """One line of the history: who did what, when, for whom, and what they said. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=16, choices=Verb.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.verb} {self.happened_on}"
