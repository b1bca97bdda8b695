"""Solidarity loans: who lends whom money, or a thing that is given back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from network.models.organizations import Organization

#: What an agreement is called by which one lends another something.
LOAN = "loan"


class LoanTerms(models.Model):
    """What an agreement of kind `loan` says besides its lines.

    Where a thing is lent it is the line of the lender. A line of the borrower is goods that may give money back.
    """

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="loan")
    lender = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    borrower = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # Minor units of the agreement's money; none where a thing is lent.
    money = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("terms of a loan")
        verbose_name_plural = _("terms of loans")
        constraints = [
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="loan_between_two"),
            models.CheckConstraint(condition=Q(money=None) | Q(money__gt=0), name="loan_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.lender_id} → {self.borrower_id}"
