"""Paper vouchers: slips filled in where there is no connection, and entered later.

Each is for what its side does under an agreement, or with a solidarity fund, or, for neither, for what it gives.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.core import vouchers
from ledger.models.agreements import Agreement
from ledger.models.funds import Fund
from network.models.organizations import Organization


class Voucher(models.Model):
    """A numbered slip of one side. Whatever is entered from it carries its key: so it counts once."""

    code = models.CharField(max_length=vouchers.LENGTH, unique=True)
    # Of the act that is told with it.
    key = models.UUIDField(unique=True)
    # One printing: its form makes it once.
    sheet = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Lost or spoilt: it can be entered no more.
    voided_on = models.DateField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="voucher_once_a_sheet"),
            models.CheckConstraint(
                condition=Q(voided_on=None, voided_by=None, reason="")
                | (Q(voided_on__isnull=False, voided_by__isnull=False) & ~Q(reason="")),
                name="voucher_voided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(agreement=None) | Q(fund=None), name="voucher_of_one"),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """Its code as it is printed."""
        return vouchers.shown(self.code)

    @property
    def of_what(self) -> str:
        """What it is for: the agreement, the fund, or what is given."""
        if self.agreement is not None:
            return self.agreement.title
        if self.fund is not None:
            return gettext("The fund of %(body)s") % {"body": self.fund.book.organization.name}
        return gettext("Gifts and mentoring")

    @property
    def code_of_what(self) -> str:
        """The short name of its agreement; empty where there is none."""
        return self.agreement.code if self.agreement is not None else ""
