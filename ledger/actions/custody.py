"""Material that one works for another: handed over, worked, lost, given back; and what is paid for the work.

Rules: `ledger/core/toll_work.py` for the material, `ledger/core/barter.py` for the fee. Material on custody is never a
sale: with whoever works it it stands in memo accounts, with its owner it goes from stock to stock held by others, at
what it had cost. The fee is income of whoever works, and goes into what was made; what of it is paid in goods is a
barter sale with a VAT of its own.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, barter, debts, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, remember, require_confirm, require_log, require_state
from ledger.actions.barter import Accounts
from ledger.actions.claims import Planned
from ledger.actions.deliveries import (
    AmountAboveZero,
    NothingDelivered,
    Papers,
    answerable,
    check_day,
    numbers,
    write_items,
)
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_tolled import MoreThanOnHand, MoreThanToHandOver, MoreWasteThanAgreed, NotToMoveNow
from ledger.core.toll_work import Custody, NotOnHand, Taken, TooMuchWaste
from ledger.core.units import INT64_MAX
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.models.toll_work import MaterialCost, MaterialMove, StockAccount, TollTerms
from ledger.queries import barter as standings
from ledger.queries import materials
from ledger.queries.barter import Standing
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

HELD, OWNERS, WITH_OTHERS, WORK_IN_PROGRESS, FINISHED = "9101", "9102", "1304", "1302", "1303"
#: The work itself: income of whoever does it, and part of what is made of it.
WORK = Accounts(sales="4102", stock=WORK_IN_PROGRESS, is_counted=False)
#: What the journal calls each act; the work itself is told apart from the goods that pay it.
KINDS = {
    Act.MATERIAL: "toll_material",
    Act.GOODS: "toll_goods",
    Act.MONEY: "toll_payment",
    Act.SHORTFALL: "toll_shortfall",
    Act.REVALUATION: "toll_revaluation",
}
WORKED = "toll_work"


class WorkedIsMissing(DomainError):
    """Nothing is made of nothing."""

    message = _("Write how much of the material was worked: what is in the products.")


class AccountIsUnknown(DomainError):
    """Material is taken from stock."""

    message = _("Choose where the material stands in your book.")


@transaction.atomic
def hand_over(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    quantity: int,
    cost: int,
    account: str,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down material that its owner handed over to be worked, and what it had cost; minor units.

    :raises NotForYouToDo: if the person is not of its owner.
    :raises NothingDelivered, AmountAboveZero, AccountIsUnknown, MoreThanToHandOver: if it is not right.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    terms = TollTerms.objects.select_related("principal", "worker").get(agreement=agreement)
    require_log(by=by, organization=terms.principal, on=on)
    agreement = held(agreement)
    told = {"agreement": agreement, "act": Act.MATERIAL, "giver": terms.principal, "receiver": terms.worker}
    told |= {"happened_on": happened_on, **numbers(papers)}
    row, costs = {"handed": quantity}, {"account": account, "amount": cost}
    if (earlier := _told_before(key, told, row, {}, costs)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    if not 0 < quantity <= INT64_MAX:
        raise NothingDelivered
    if not 0 < cost <= INT64_MAX:
        raise AmountAboveZero
    if account not in StockAccount.values:
        raise AccountIsUnknown
    if quantity > terms.quantity - materials.handed_over(agreement):
        raise MoreThanToHandOver
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    with refusals.from_database():
        move = MaterialMove.objects.create(delivery=delivery, **row)
        MaterialCost.objects.create(move=move, **costs)
    remember(agreement=agreement, verb=Verb.HANDED, by=by, organization=terms.principal, on=on, delivery=delivery)
    return delivery


@transaction.atomic
def deliver(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    made: int,
    taken: Taken,
    waste_act: str,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down what whoever works the material delivers, and what became of the material; minor units.

    Without products (`made` is 0) it is leftovers that are given back, or waste.

    :raises NotForYouToDo: if the person is not of whoever works it.
    :raises NothingDelivered, WorkedIsMissing, MoreThanIsLeft, MoreThanOnHand, MoreWasteThanAgreed: if it is not right.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    terms = TollTerms.objects.select_related("principal", "worker").get(agreement=agreement)
    require_log(by=by, organization=terms.worker, on=on)
    agreement = held(agreement)
    line = agreement.lines.get(giver=terms.worker)
    told: dict[str, Any] = {"agreement": agreement, "giver": terms.worker, "receiver": terms.principal}
    told |= {"act": Act.GOODS if made else Act.MATERIAL, "happened_on": happened_on, **numbers(papers)}
    row: dict[str, Any] = {"worked": taken.worked, "waste": taken.waste, "returned": taken.returned}
    row |= {"waste_act": waste_act.strip()[:40]}
    if (earlier := _told_before(key, told, row, {line.pk: made} if made else {}, {})) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    if min(made, taken.worked, taken.waste, taken.returned) < 0 or not taken.all:
        raise NothingDelivered
    if bool(made) != bool(taken.worked):
        raise WorkedIsMissing
    _take(materials.custody(agreement, with_told=True), taken)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    write_items(delivery, {line.pk: made})
    with refusals.from_database():
        MaterialMove.objects.create(delivery=delivery, **row)
    remember(agreement=agreement, verb=Verb.MADE, by=by, organization=terms.worker, on=on, delivery=delivery)
    return delivery


def _take(custody: Custody, taken: Taken) -> tuple[int, int]:
    """Let material leave, and return what it had cost: what was made, and what comes back."""
    try:
        cost = custody.take(taken)
    except NotOnHand:
        raise MoreThanOnHand from None
    except TooMuchWaste:
        raise MoreWasteThanAgreed from None
    return cost.made, cost.returned


def _told_before(
    key: uuid.UUID,
    told: Mapping[str, Any],
    row: Mapping[str, Any],
    items: Mapping[int, int],
    costs: Mapping[str, Any],
) -> Delivery | None:
    earlier = Delivery.objects.filter(key=key).select_related("material__cost").first()
    if earlier is None:
        return None
    move = getattr(earlier, "material", None)
    if (
        move is None
        or any(getattr(earlier, name) != value for name, value in told.items())
        or any(getattr(move, name) != value for name, value in row.items())
        or dict(earlier.items.values_list("line", "quantity")) != items
        or any(getattr(move.cost, name) != value for name, value in costs.items())
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date, resolution: Resolution | None = None) -> Delivery:
    """Confirm for its receiver what was handed over, made or paid: one event, with an entry in both books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    :raises NotToMoveNow: if work is told without a word on the material.
    :raises MoreThanOnHand, MoreThanIsLeft, OwedHasChanged: if less of it is there than was told.
    :raises ResolutionIsMissing: if a side values more than its assembly lets its officers agree on.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    terms = TollTerms.objects.select_related("material__unit").get(agreement=agreement)
    stands, custody = standings.standing(delivery=delivery), materials.custody(agreement, with_cost=True)
    delivery.receiver_resolution = resolution
    barter.require_decisions(delivery, stands, on=on)
    lines = _lines(delivery, stands, custody, terms, on=on)
    if lines or delivery.act != Act.SHORTFALL:
        is_work = delivery.act == Act.GOODS and delivery.giver_id == terms.worker_id
        kind = WORKED if is_work else KINDS[Act(delivery.act)]
        delivery.event = debts.posted(delivery, lines, kind=kind, memo=agreement.title, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        delivery.save(update_fields=["event", "state", "receiver_resolution"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    is_settled = stands.position.is_settled() and not custody.on_hand
    agreements.close(agreement, is_settled=is_settled, by=by, organization=receiver, on=on)
    return delivery


def _lines(delivery: Delivery, stands: Standing, custody: Custody, terms: TollTerms, *, on: dt.date) -> list[Planned]:
    """Return the lines of both books: what is owed, the work or the goods, the material."""
    if delivery.act == Act.MONEY:
        moves, lines = debts.paid(delivery, stands)
        return [*debts.moved(delivery, stands, moves), *lines]
    move = MaterialMove.objects.filter(delivery=delivery).first()
    is_of_worker = delivery.giver_id == terms.worker_id
    if delivery.act == Act.GOODS and is_of_worker != (move is not None):
        raise NotToMoveNow
    moves, lines = barter.of_goods(delivery, stands, on=on, accounts=WORK if is_of_worker else None)
    lines = [*debts.moved(delivery, stands, moves), *lines]
    if move is None:
        return lines
    owner, worker = (stands.books[each] for each in (terms.principal_id, terms.worker_id))
    if move.handed:
        custody.receive(move.handed, move.cost.amount)
        return lines + _memo(worker, terms, move.handed) + _handed(owner, terms, move, unit=delivery.agreement.unit_id)
    taken = Taken(worked=move.worked, waste=move.waste, returned=move.returned)
    made, returned = _take(custody, taken)
    MaterialCost.objects.create(move=move, account=materials.source(delivery.agreement), amount=made, returned=returned)
    fee = sum(line.amount for line in lines if line.place.number == WORK_IN_PROGRESS)
    lines += _memo(worker, terms, -taken.all)
    return lines + _made(delivery, terms, Place(owner, FINISHED, delivery.agreement.unit_id), fee=fee)


def _memo(book: int, terms: TollTerms, quantity: int) -> list[Planned]:
    """Return what the book of whoever works it holds of another's more, or less, in the unit of the material."""
    unit = terms.material.unit_id
    return [
        Planned(place=Place(book, HELD, unit), amount=quantity),
        Planned(place=Place(book, OWNERS, unit), amount=-quantity),
    ]


def _handed(book: int, terms: TollTerms, move: MaterialMove, *, unit: int) -> list[Planned]:
    """Return the lines of the owner's book by which material goes from stock to stock held by others."""
    return [
        _stock(Place(book, WITH_OTHERS, unit), move.cost.amount, move.handed, terms),
        _stock(Place(book, move.cost.account, unit), -move.cost.amount, -move.handed, terms),
    ]


def _made(delivery: Delivery, terms: TollTerms, finished: Place, *, fee: int) -> list[Planned]:
    """Return the lines of the owner's book by which material, waste and work become products, and the rest comes back.

    Waste that no product was made of in the same act goes into products, too: it was the price of working.
    """
    move = MaterialMove.objects.select_related("cost").get(delivery=delivery)
    cost, used = move.cost, move.worked + move.waste
    with_others = finished._replace(number=WITH_OTHERS)
    item = delivery.items.select_related("line__measure").first()
    product = Planned(place=finished, amount=cost.amount + fee)
    if item is not None:
        product = Planned(place=finished, amount=cost.amount + fee, quantity=item.quantity, measure=item.line.measure)
    lines = [
        product,
        _stock(with_others, -cost.amount, -used, terms),
        Planned(place=finished._replace(number=WORK_IN_PROGRESS), amount=-fee),
        _stock(finished._replace(number=cost.account), cost.returned, move.returned, terms),
        _stock(with_others, -cost.returned, -move.returned, terms),
    ]
    return [line for line in lines if line.amount]


def _stock(place: Place, amount: int, quantity: int, terms: TollTerms) -> Planned:
    return Planned(place=place, amount=amount, quantity=quantity or None, measure=terms.material if quantity else None)
