"""Barter of inputs (permuta): confirm what was delivered or paid, which posts it in both books; undo it.

Rules: `ledger/core/barter.py`. Accounts: what is given is a barter sale, what is received is stock at the same agreed
value; VAT is a line and a claim of its own, always in money (Ley de IVA art. 2).
"""

import datetime as dt
import uuid

from django.db import transaction

from ledger.actions import accounts, claims, journal, units
from ledger.actions.agreements import remember, require_confirm
from ledger.actions.deliveries import DeliveryAlreadyAnswered, MoreThanIsLeft, answerable
from ledger.actions.facts import Fact, Line
from ledger.core.barter import Debt, Delivered, MoreThanAgreed, Move, Position
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementState, Delivery, DeliveryState, Verb
from ledger.models.claims import Claim
from ledger.models.units import Measure
from ledger.queries import barter
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
    receiver = agreement.other(delivery.giver)
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    books = {book.organization_id: book for book in _books(agreement)}
    position = barter.position(agreement=agreement)
    if delivery.money is None:
        lines = _goods_lines(delivery, position, giver=books[delivery.giver_id], receiver=books[receiver.pk])
        kind = "barter_delivery"
    else:
        lines = _payment_lines(delivery, position, giver=books[delivery.giver_id], receiver=books[receiver.pk])
        kind = "barter_payment"
    delivery.event = journal.post(
        key=delivery.key,
        fact=Fact(
            kind=kind,
            happened_on=delivery.happened_on,
            memo=_memo(delivery),
            papers=" · ".join(filter(None, (delivery.delivery_note, delivery.invoice))),
            agreement=agreement.code,
            resolution=agreement.resolution,
        ),
        lines=lines,
        on=on,
        by=delivery.logged_by,
        confirmed_by=by,
    )
    delivery.state = DeliveryState.CONFIRMED
    delivery.save()
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    if position.is_settled():
        agreement.state = AgreementState.SETTLED
        agreement.settled_on = on
        agreement.save()
        remember(agreement=agreement, verb=Verb.SETTLED, by=by, organization=receiver, on=on)
    return delivery


def _books(agreement: Agreement) -> list[Book]:
    parties = [agreement.proposer_id, agreement.partner_id]
    return list(Book.objects.filter(organization__in=parties).select_related("organization", "unit"))


def _memo(delivery: Delivery) -> str:
    if delivery.money is not None:
        return delivery.agreement.title
    things = [item.line.thing for item in delivery.items.select_related("line").order_by("line__number")]
    return ", ".join(things)[:200]


def _goods_lines(delivery: Delivery, position: Position, *, giver: Book, receiver: Book) -> list[Line]:
    """Return the lines of both books: the debts that move, the sale and the stock, VAT on both sides."""
    lines: list[Line] = []
    moves: list[Move] = []
    for item in delivery.items.select_related("line__measure__unit").order_by("line__number"):
        try:
            done = position.deliver(line=item.line_id, quantity=item.quantity)
        except MoreThanAgreed:
            raise MoreThanIsLeft(thing=item.line.thing) from None
        item.value, item.vat = done.value, done.vat
        item.save()
        moves += done.moves
        lines += _value_lines(done, item.quantity, item.line.measure, giver=giver, receiver=receiver)
    return _debt_lines(delivery, moves, giver=giver, receiver=receiver) + lines


def _value_lines(done: Delivered, quantity: int, measure: Measure, *, giver: Book, receiver: Book) -> list[Line]:
    lines = [
        Line(account=accounts.account(book=giver, number="4103"), amount=-done.value),
        Line(
            account=accounts.account(book=receiver, number="1301"),
            amount=done.value,
            quantity=quantity,
            measure=measure,
        ),
    ]
    if done.vat:
        lines += [
            Line(account=accounts.account(book=giver, number="2103"), amount=-done.vat),
            Line(account=accounts.account(book=receiver, number="1203"), amount=done.vat),
        ]
    return lines


def _payment_lines(delivery: Delivery, position: Position, *, giver: Book, receiver: Book) -> list[Line]:
    amount = delivery.money or 0
    moves = position.pay(giver=delivery.giver_id, amount=amount)
    return [
        *_debt_lines(delivery, moves, giver=giver, receiver=receiver),
        Line(account=accounts.account(book=giver, number="1102"), amount=-amount),
        Line(account=accounts.account(book=receiver, number="1102"), amount=amount),
    ]


def _debt_lines(delivery: Delivery, moves: list[Move], *, giver: Book, receiver: Book) -> list[Line]:
    lines: list[Line] = []
    for move in moves:
        if move.debt.claim is None:
            move.debt.claim = _open(delivery, move.debt, giver=giver, receiver=receiver).pk
        claim = Claim.objects.select_related("creditor", "debtor", "unit", "peg__unit").get(pk=move.debt.claim)
        lines += claims.lines(claim=claim, amount=move.amount, quantity=move.quantity)
    return lines


def _open(delivery: Delivery, debt: Debt, *, giver: Book, receiver: Book) -> Claim:
    agreement = delivery.agreement
    debtor, creditor = (giver, receiver) if debt.debtor == giver.organization_id else (receiver, giver)
    return claims.open_claim(
        creditor=creditor,
        debtor=debtor,
        unit=agreement.unit,
        peg=_peg(agreement, debt),
        agreement=agreement.code,
        opened_on=delivery.happened_on,
        due_on=agreement.due_on,
    )


def _peg(agreement: Agreement, debt: Debt) -> Measure:
    """Return what a debt keeps its value in: the thing of a line, or money."""
    if debt.line is None:
        return units.measure(unit=agreement.unit)
    return agreement.lines.select_related("measure__unit").get(pk=debt.line).measure


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
