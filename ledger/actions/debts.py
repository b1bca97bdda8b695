"""What parties of an agreement owe each other, in the books: let it grow, settle it, pay it, and write the event."""

import datetime as dt

from ledger.actions import claims, journal, units
from ledger.actions.accounts import Place
from ledger.actions.claims import Planned
from ledger.actions.facts import Fact
from ledger.core.debts import Debt, Move
from ledger.models.claims import Claim
from ledger.models.deliveries import Delivery
from ledger.models.journal import Event
from ledger.models.units import Measure
from ledger.queries.barter import Standing
from network.models.people import User

BANK = "1102"


def paid(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return the debts that a payment moves, and the money in both books."""
    amount, unit = delivery.money or 0, delivery.agreement.unit_id
    done = stands.position.pay(giver=delivery.giver_id, receiver=delivery.receiver_id, amount=amount)
    return done.moves, [
        Planned(place=Place(stands.books[delivery.giver_id], BANK, unit), amount=-amount),
        Planned(place=Place(stands.books[delivery.receiver_id], BANK, unit), amount=amount),
    ]


def lines(delivery: Delivery, stands: Standing, moves: list[Move]) -> list[Planned]:
    """Return the lines of the debts that move; those that are new are opened, at zero."""
    new = [debt for debt in stands.position.debts.all if debt.claim is None]
    for debt, claim in zip(new, _open(delivery, stands, new), strict=True):
        debt.claim = claim.pk
        stands.claims[claim.pk] = claim
    return [
        line
        for move in moves
        for line in claims.lines(claim=stands.claims[move.debt.claim], amount=move.amount, quantity=move.quantity)
    ]


def _open(delivery: Delivery, stands: Standing, debts: list[Debt]) -> list[Claim]:
    agreement = delivery.agreement
    pegs: dict[int | None, Measure] = {line.line: line.measure for line in stands.lines}
    if any(debt.line is None for debt in debts):
        pegs[None] = stands.money or units.measure(unit=agreement.unit)
    return Claim.objects.bulk_create(
        Claim(
            creditor_id=stands.books[debt.creditor],
            debtor_id=stands.books[debt.debtor],
            unit_id=agreement.unit_id,
            peg=pegs[debt.line],
            agreement=agreement.code,
            opened_on=delivery.happened_on,
            due_on=agreement.due_on,
        )
        for debt in debts
    )


def posted(delivery: Delivery, planned: list[Planned], *, kind: str, memo: str, by: User, on: dt.date) -> Event:
    """Write what was confirmed as one event, with an entry in each book that it touches."""
    agreement = delivery.agreement
    return journal.post(
        key=delivery.key,
        fact=Fact(
            kind=kind,
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
