"""Claims that somebody else takes over (cesión de crédito, asunción de deuda): what, from whom, and what for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.journal import Event
from network.models.organizations import Organization

#: What an agreement is called by which another takes a claim or a debt over.
ASSIGNMENT = "assignment"


class Side(models.TextChoices):
    """Which side of the claim somebody else takes."""

    CREDIT = "credit", _("What is owed to it")
    DEBT = "debt", _("What it owes")


class Assignment(models.Model):
    """A claim in money of which another takes a side. The agreement's proposer hands it over; all three sign.

    Whoever gets by it what the other had gives its worth: by what is owed between the two the other way (`against`), or
    from bank to bank. Names and amount are kept here, too: the taker reads of the claim before it is theirs.
    """

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="assignment")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    # Who takes it over, and who is on the other side of the claim before and after.
    taker = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # Minor units of the agreement's money.
    amount = models.BigIntegerField()
    # What is owed between the two the other way; none where it is paid from bank to bank.
    against = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("assignment of a claim")
        verbose_name_plural = _("assignments of claims")
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="assigned_side_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="assigned_amount_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.amount}"

    @property
    def is_credit(self) -> bool:
        """Whether it is what was owed to whoever hands it over."""
        return self.side == Side.CREDIT
