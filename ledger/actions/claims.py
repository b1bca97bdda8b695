"""Claims between two books: the lines in both by which one grows or is settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.actions import accounts
from ledger.actions.accounts import Place
from ledger.actions.facts import Line
from ledger.models.claims import Claim
from ledger.models.units import Measure

RECEIVABLE, PAYABLE = "1202", "2102"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A line to post whose account is known by its place."""

    place: Place
    amount: int
    quantity: int | None = None
    measure: Measure | None = None
    claim: Claim | None = None


def lines(*, claim: Claim, amount: int, quantity: int) -> list[Planned]:
    """Return the line in each book by which a claim grows (above zero) or is settled (below).

    The creditor's receivable is debited by what the debtor's payable is credited: the books mirror each other.
    """
    counted = claim.peg.unit_id != claim.unit_id
    return [
        Planned(
            place=Place(book, number, claim.unit_id, other, claim.peg_id),
            amount=sign * amount,
            quantity=sign * quantity if counted else None,
            measure=claim.peg if counted else None,
            claim=claim,
        )
        for book, other, number, sign in (
            (claim.creditor_id, claim.debtor_id, RECEIVABLE, 1),
            (claim.debtor_id, claim.creditor_id, PAYABLE, -1),
        )
    ]


def with_accounts(planned: Sequence[Planned]) -> list[Line]:
    """Return lines to post, their accounts looked up together."""
    found = accounts.look_up(line.place for line in planned)
    return [
        Line(
            account=found[line.place],
            amount=line.amount,
            quantity=line.quantity,
            measure=line.measure,
            claim=line.claim,
        )
        for line in planned
    ]
