"""Work that one cooperative passes on to another: who gave whom how much of it, and the fee where one was agreed.

What a taker invoiced the customer is *work given* in the giver's book and *work received* in the taker's, in memo
accounts that mirror each other and that nobody has to pay. A fee is a share of what was invoiced, with its VAT.
"""

from dataclasses import dataclass

from ledger.core.apportion import percentage_of_more

#: Work passed on in the giver's book, received in the taker's; each with its contra in the same book.
GIVEN, RECEIVED = ("9501", "9502"), ("9503", "9504")
#: More than half of what the customer pays is no fee for a referral.
FEE_MAX = 5_000
#: Minor units: what a fee is reckoned of stays within what the books can count.
AMOUNT_MAX = 10**15


@dataclass(frozen=True, slots=True)
class Fee:
    """What a taker owes for a piece of work, in minor units."""

    fee: int
    vat: int

    @property
    def owed(self) -> int:
        """With VAT."""
        return self.fee + self.vat


def fee(*, before: int, amount: int, fee_rate: int, vat_rate: int | None) -> Fee:
    """Return the fee for an amount that was invoiced after `before`, rates in basis points.

    Of all that was invoiced, less what it was before: the cents of many invoices make those of one.
    """
    charged = percentage_of_more(before=0, more=before, basis_points=fee_rate)
    more = percentage_of_more(before=before, more=amount, basis_points=fee_rate)
    return Fee(more, percentage_of_more(before=charged, more=more, basis_points=vat_rate or 0))
