"""Agreements: what organizations promise each other, and which of them have said yes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.units import Measure, Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution

#: What an agreement is called by which each side gives the other something.
BARTER = "barter"


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
    """An exchange that organizations agree on: its lines, its peg, its papers. Each kind adds its posting rule."""

    #: What the short name of each begins with.
    CODE = "P-"

    # Made by the form: sending it twice makes one agreement.
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=AgreementState.choices, default=AgreementState.DRAFT)
    proposer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements_proposed")
    title = models.CharField(max_length=120)
    # The money that values are agreed in.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # True: what stays owed keeps its value in goods; False: in money.
    is_pegged_to_goods = models.BooleanField(default=True)
    agreed_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    resolution = models.CharField(max_length=80, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
        ]
        indexes = [models.Index(fields=["proposer", "state"], name="agreement_by_proposer")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """The short name that papers and entries carry."""
        return f"{self.CODE}{self.pk}"

    def others(self, organization: Organization) -> list[Organization]:
        """Return the other parties, in their order."""
        return [party.organization for party in self.parties.all() if party.organization_id != organization.pk]


class AgreementParty(models.Model):
    """One organization of an agreement, and whose officer has said yes to the present terms for it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The proposer is the first.
    number = models.PositiveSmallIntegerField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Its own, where what it gives goes beyond what its officers may agree on by themselves.
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["organization", "agreement"], name="party_once"),
            models.UniqueConstraint(fields=["agreement", "number"], name="party_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}.{self.number}: {self.organization_id}"


class AgreementLine(models.Model):
    """One thing that one party gives another: how much of it, and what both say it is worth."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="lines")
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
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
            models.UniqueConstraint(fields=["agreement", "giver", "receiver", "measure"], name="thing_once_a_pair"),
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="agreed_quantity_above_zero"),
            models.CheckConstraint(condition=Q(value__gt=0), name="agreed_value_above_zero"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="given_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} ({self.agreement_id}.{self.number})"
