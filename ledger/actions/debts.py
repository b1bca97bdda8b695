"""What parties of an agreement owe each other, in the books: let it grow, settle it, pay it, and write the event."""

import datetime as dt
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from ledger.actions import claims, journal, positions, units
from ledger.actions.claims import Planned
from ledger.actions.facts import Fact
from ledger.core.debts import Debt, Debts, Move
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.deliveries import Delivery
from ledger.models.journal import Event
from ledger.models.units import Measure
from ledger.queries.barter import Standing
from network.models.people import User

#: What the journal calls a payment in network credit, under whatever agreement.
IN_CREDIT = "credit_payment"


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


def moved(delivery: Delivery, stands: Standing, moves: Sequence[Move]) -> list[Planned]:
    """Return the lines of the debts that a delivery or a payment moves."""
    held = Held(
        agreement=delivery.agreement,
        debts=stands.position.debts,
        books=stands.books,
        claims=stands.claims,
        money=stands.money,
        goods={line.line: line.measure for line in stands.lines},
    )
    return lines(held, moves, happened_on=delivery.happened_on)


def paid(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return the debts that a payment moves, and the money or the credit in both books.

    :raises NoPosition, NotAtPar, BeyondItsLimit, MoreThanIsOwed: if it was in credit, and may not be.
    """
    others = positions.handed_over(delivery, stands.books)
    done = stands.position.pay(giver=delivery.giver_id, receiver=delivery.receiver_id, amount=delivery.money or 0)
    return done.moves, others


def posted(delivery: Delivery, planned: list[Planned], *, kind: str, memo: str, by: User, on: dt.date) -> Event:
    """Write what was confirmed as one event, with an entry in each book that it touches."""
    agreement = delivery.agreement
    return journal.post(
        key=delivery.key,
        fact=Fact(
            kind=IN_CREDIT if delivery.credit_id else kind,
            happened_on=delivery.happened_on,
            memo=memo,
            papers=" · ".join(filter(None, (delivery.delivery_note, delivery.invoice))),
            agreement=agreement.code,
            resolution=delivery.giver_resolution.cited if delivery.giver_resolution else agreement.resolution,
        ),
        lines=claims.with_accounts(planned),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=delivery.logged_by_id),
        confirmed_by=by,
    )
