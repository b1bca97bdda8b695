"""Barter of inputs (permuta): confirm what was delivered or paid, which posts it in both books; undo it.

Rules: `ledger/core/barter.py`. Accounts: what is given is a barter sale, what is received is stock at the same agreed
value; VAT is a line and a claim of its own, always in money (Ley de IVA art. 2).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from ledger.actions import claims, journal, units
from ledger.actions.accounts import Place
from ledger.actions.agreements import remember, require_confirm
from ledger.actions.claims import Planned
from ledger.actions.deliveries import DeliveryAlreadyAnswered, MoreThanIsLeft, answerable
from ledger.actions.facts import Fact
from ledger.core.barter import Debt, MoreThanAgreed, Move
from ledger.models.agreements import AgreementState, Delivery, DeliveryState, Verb
from ledger.models.claims import Claim
from ledger.models.units import Measure
from ledger.queries import barter
from ledger.queries.barter import Standing
from network.models.people import User


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for the receiver that it was received: one event, one entry in each book, the claims moved.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    :raises MoreThanIsLeft: if less than that is left of what was agreed.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement = delivery.agreement
    receiver = agreement.partner if delivery.giver_id == agreement.proposer_id else agreement.proposer
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    stands = barter.standing(delivery=delivery)
    parties = Parties(giver=stands.books[delivery.giver_id], receiver=stands.books[receiver.pk], unit=agreement.unit_id)
    post = _of_goods if delivery.money is None else _of_money
    moves, lines = post(delivery, stands, parties)
    delivery.event = journal.post(
        key=delivery.key,
        fact=Fact(
            kind="barter_delivery" if delivery.money is None else "barter_payment",
            happened_on=delivery.happened_on,
            memo=", ".join(line.thing for line in stands.lines if line.handed)[:200] or agreement.title,
            papers=" · ".join(filter(None, (delivery.delivery_note, delivery.invoice))),
            agreement=agreement.code,
            resolution=agreement.resolution,
        ),
        lines=claims.with_accounts([*_debt_lines(delivery, stands, moves), *lines]),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=delivery.logged_by_id),
        confirmed_by=by,
    )
    delivery.state = DeliveryState.CONFIRMED
    delivery.save(update_fields=["event", "state"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    if stands.position.is_settled():
        agreement.state = AgreementState.SETTLED
        agreement.settled_on = on
        agreement.save(update_fields=["state", "settled_on"])
        remember(agreement=agreement, verb=Verb.SETTLED, by=by, organization=receiver, on=on)
    return delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """The books of both sides, and the money in which they reckon: numbers of rows."""

    giver: int
    receiver: int
    unit: int

    def given(self, number: str) -> Place:
        """Return the giver's account of that number."""
        return Place(self.giver, number, self.unit)

    def received(self, number: str) -> Place:
        """Return the receiver's account of that number."""
        return Place(self.receiver, number, self.unit)


def _of_goods(delivery: Delivery, stands: Standing, parties: Parties) -> tuple[list[Move], list[Planned]]:
    """Return the debts that move, and the other lines of both books: the sale and the stock, VAT on both sides."""
    moves: list[Move] = []
    lines: list[Planned] = []
    for agreed in [line for line in stands.lines if line.handed]:
        try:
            done = stands.position.deliver(line=agreed.line, quantity=agreed.handed)
        except MoreThanAgreed:
            raise MoreThanIsLeft(thing=agreed.thing) from None
        delivery.items.filter(line=agreed.line).update(value=done.value, vat=done.vat)
        moves += done.moves
        lines += [
            Planned(place=parties.given("4103"), amount=-done.value),
            Planned(place=parties.received("1301"), amount=done.value, quantity=agreed.handed, measure=agreed.measure),
        ]
        if done.vat:
            lines += [
                Planned(place=parties.given("2103"), amount=-done.vat),
                Planned(place=parties.received("1203"), amount=done.vat),
            ]
    return moves, lines


def _of_money(delivery: Delivery, stands: Standing, parties: Parties) -> tuple[list[Move], list[Planned]]:
    """Return the debts that a payment moves, and the money in both books."""
    amount = delivery.money or 0
    moves = stands.position.pay(giver=delivery.giver_id, amount=amount)
    return moves, [
        Planned(place=parties.given("1102"), amount=-amount),
        Planned(place=parties.received("1102"), amount=amount),
    ]


def _debt_lines(delivery: Delivery, stands: Standing, moves: list[Move]) -> list[Planned]:
    """Return the lines of the debts that move; those that are new are opened, at zero."""
    new = [debt for debt in stands.position.debts if debt.claim is None]
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
            creditor_id=next(book for organization, book in stands.books.items() if organization != debt.debtor),
            debtor_id=stands.books[debt.debtor],
            unit_id=agreement.unit_id,
            peg=pegs[debt.line],
            agreement=agreement.code,
            opened_on=delivery.happened_on,
            due_on=agreement.due_on,
        )
        for debt in debts
    )


@transaction.atomic
def agree_reversal(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Undo a delivery that the other side asked to undo: a reversal in both books, dated today.

    :raises NoMandateToday: if the person cannot bind the side that answers.
    :raises ClaimWouldGoBelowZero: if what it left owed was settled since: undo the later delivery first.
    """
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    agreement, asked = delivery.agreement, delivery.reversal_asked_by
    if asked is None or delivery.event is None:
        raise DeliveryAlreadyAnswered(state=delivery.get_state_display())
    answering = agreement.other(asked)
    require_confirm(by=by, organization=answering, on=on)
    journal.reverse(
        event=delivery.event,
        key=uuid.uuid5(delivery.key, "reversal"),
        reason=delivery.reversal_reason,
        on=on,
        by=by,
        confirmed_by=by,
    )
    delivery.state = DeliveryState.REVERSED
    delivery.save()
    agreement.state = AgreementState.ACCEPTED
    agreement.settled_on = None
    agreement.save()
    remember(agreement=agreement, verb=Verb.REVERSED, by=by, organization=answering, on=on, delivery=delivery)
    return delivery
