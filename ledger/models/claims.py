"""Claims: the open items between two books, each with the unit in which it keeps its value."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.units import Measure, Unit


class Claim(models.Model):
    """What `creditor` has open against `debtor`: worth in `unit`, kept in `peg`, since a day."""

    creditor = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="claims_held")
    debtor = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="claims_owed")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    peg = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=24, blank=True, db_index=True)
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [models.CheckConstraint(condition=~Q(creditor=F("debtor")), name="claim_between_two")]

    def __str__(self) -> str:
        return f"{self.creditor_id} ← {self.debtor_id} ({self.peg_id}, {self.opened_on})"


class ClaimBalance(models.Model):
    """What is still open of a claim, kept by the database with every event; never below zero."""

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.PROTECT, related_name="balance")
    amount = models.BigIntegerField(default=0)
    quantity = models.BigIntegerField(default=0)
    last_event = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("open claim")
        verbose_name_plural = _("open claims")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, quantity__gte=0), name="claim_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.amount}"
