"""Post what was confirmed of a co-production: one event, one entry in each book that it touches, the claims moved."""

import datetime as dt

from ledger.actions import agreements, debts, positions, refusals
from ledger.actions.accounts import Place
from ledger.actions.claims import Planned
from ledger.actions.debts import Held
from ledger.core import coproduction as core
from ledger.core.coproduction import Line, Part
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.queries import shares
from ledger.queries.shares import Standing
from network.models.organizations import Organization
from network.models.people import User

#: What the journal calls each act.
KINDS = {
    Act.COST: "coproduction_cost",
    Act.INVOICE: "coproduction_invoice",
    Act.COLLECTION: "coproduction_collection",
    Act.SETTLEMENT: "coproduction_settlement",
    Act.MONEY: "coproduction_payment",
}


def post(delivery: Delivery, *, organization: Organization, by: User, on: dt.date) -> None:
    """Post an act that all concerned have confirmed, the last of them for `organization`, and settle what is done."""
    agreement = delivery.agreement
    stands = shares.standing(agreement)
    others = _paid(delivery, stands) if delivery.act == Act.MONEY else _others(delivery, stands)
    held = Held(
        agreement=agreement, debts=stands.debts, books=stands.books, claims=stands.claims, money=stands.money, goods={}
    )
    lines = debts.lines(held, stands.debts.moved(), happened_on=delivery.happened_on)
    lines += others
    # Whose order it is stays out of the journal: the customer may be a person.
    kind = KINDS[Act(delivery.act)]
    delivery.event = debts.posted(delivery, lines, kind=kind, memo=agreement.title, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        delivery.save(update_fields=["event", "state"])
    is_settled = shares.standing(agreement).is_carried_out
    agreements.close(agreement, is_settled=is_settled, by=by, organization=organization, on=on)


def _paid(delivery: Delivery, stands: Standing) -> list[Planned]:
    """Return the money of a payment; what its payer owes is settled, oldest first, and what is over is owed back."""
    others = positions.handed_over(delivery, stands.books)
    stands.debts.money(delivery.giver_id, delivery.receiver_id, delivery.money or 0)
    return others


def _others(delivery: Delivery, stands: Standing) -> list[Planned]:
    return [
        Planned(place=Place(stands.books[party], number, delivery.agreement.unit_id), amount=amount)
        for party, number, amount in _lines(delivery, stands)
    ]


def _lines(delivery: Delivery, stands: Standing) -> list[Line]:
    """Return the lines besides the debts, which move."""
    terms, owed = delivery.agreement.coproduction, stands.debts
    giver, receiver = delivery.giver_id, delivery.receiver_id
    if delivery.act == Act.SETTLEMENT:
        return core.settled(owed, giver, receiver)
    act = delivery.shared
    parts = [
        Part(part.organization_id, part.amount, part.vat)
        for part in act.parts.all()
        if part.organization_id != terms.fund_id
    ]
    match delivery.act:
        case Act.COST:
            return core.bought(owed, giver, parts)
        case Act.INVOICE:
            return core.invoiced(owed, terms.lead_id, parts, amount=act.amount, vat=act.vat)
        case _:
            fund = terms.fund_id if act.levy else None
            return core.collected(owed, terms.lead_id, parts, amount=act.amount, fund=fund)
