"""Claims between two books: open one, and the lines in both books by which one grows or is settled."""

import datetime as dt

from ledger.actions import accounts
from ledger.actions.facts import Line
from ledger.models.accounts import Book
from ledger.models.claims import Claim
from ledger.models.units import Measure, Unit

RECEIVABLE, PAYABLE = "1202", "2102"


def open_claim(
    *,
    creditor: Book,
    debtor: Book,
    unit: Unit,
    peg: Measure,
    agreement: str,
    opened_on: dt.date,
    due_on: dt.date | None,
) -> Claim:
    """Open an item, at zero: the lines that make it grow are posted with the event."""
    return Claim.objects.create(
        creditor=creditor,
        debtor=debtor,
        unit=unit,
        peg=peg,
        agreement=agreement,
        opened_on=opened_on,
        due_on=due_on,
    )


def lines(*, claim: Claim, amount: int, quantity: int) -> list[Line]:
    """Return the line in each book by which a claim grows (above zero) or is settled (below).

    The creditor's receivable is debited by what the debtor's payable is credited: the books mirror each other.
    """
    counted = claim.peg.unit_id != claim.unit_id
    return [
        Line(
            account=accounts.debt_account(book=book, number=number, unit=claim.unit, counterparty=other, peg=claim.peg),
            amount=sign * amount,
            quantity=sign * quantity if counted else None,
            measure=claim.peg if counted else None,
            claim=claim,
        )
        for book, other, number, sign in (
            (claim.creditor, claim.debtor, RECEIVABLE, 1),
            (claim.debtor, claim.creditor, PAYABLE, -1),
        )
    ]
