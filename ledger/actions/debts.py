"""Debts of an agreement that move: the lines in both books, with claims opened for those that are new."""

import datetime as dt
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from ledger.actions import claims, units
from ledger.actions.claims import Planned
from ledger.core.debts import Debt, Debts, Move
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.units import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is known of an agreement's debts besides the debts."""

    agreement: Agreement
    debts: Debts
    #: Organization → its book.
    books: Mapping[int, int]
    #: What is open, by number; those that are opened join it.
    claims: MutableMapping[int | None, Claim]
    #: What a debt in money keeps its value in; None while nothing was ever measured in that money.
    money: Measure | None
    #: Line → what a debt in its goods keeps its value in.
    goods: Mapping[int, Measure]


def lines(held: Held, moves: Sequence[Move], *, happened_on: dt.date) -> list[Planned]:
    """Return the lines of the debts that move; those that are new are opened, at zero."""
    new = [debt for debt in held.debts.all if debt.claim is None]
    for debt, claim in zip(new, _open(held, new, happened_on), strict=True):
        debt.claim = claim.pk
        held.claims[claim.pk] = claim
    return [
        line
        for move in moves
        for line in claims.lines(claim=held.claims[move.debt.claim], amount=move.amount, quantity=move.quantity)
    ]


def _open(held: Held, debts: Sequence[Debt], happened_on: dt.date) -> list[Claim]:
    pegs: dict[int | None, Measure] = dict(held.goods.items())
    if any(debt.line is None for debt in debts):
        pegs[None] = held.money or units.measure(unit=held.agreement.unit)
    return Claim.objects.bulk_create(
        Claim(
            creditor_id=held.books[debt.creditor],
            debtor_id=held.books[debt.debtor],
            unit_id=held.agreement.unit_id,
            peg=pegs[debt.line],
            agreement=held.agreement.code,
            opened_on=happened_on,
            due_on=held.agreement.due_on,
        )
        for debt in debts
    )
