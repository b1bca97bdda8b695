"""Read where a barter stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from ledger.core.barter import Debt, Position, Promise
from ledger.models.agreements import (
    Agreement,
    AgreementLine,
    AgreementStep,
    Delivery,
    DeliveryItem,
    DeliveryState,
)
from ledger.models.claims import Claim
from ledger.models.units import Measure
from ledger.queries import claims
from ledger.queries.statements import rows
from network.models.organizations import Organization


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreed line beside one of the deliveries: numbers of rows, minor units."""

    line: int
    giver: int
    #: The giver's.
    book: int
    thing: str
    measure: Measure
    quantity: int
    value: int
    vat_rate: int | None
    #: What was confirmed of it.
    delivered_quantity: int
    delivered_value: int
    #: What this delivery hands over of it.
    handed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands while one of its deliveries is answered."""

    #: What each side has promised and given, and what is open between them, oldest first.
    position: Position
    #: In their order.
    lines: list[Agreed]
    #: Organization → its book.
    books: dict[int, int]
    #: What is open, by number.
    claims: dict[int | None, Claim]
    #: What a debt in money keeps its value in; None while nothing was ever measured in that money.
    money: Measure | None


_LINES = """
    SELECT l.id, l.giver_id, b.id, l.thing, l.measure_id, m.unit_id, l.quantity, l.value, l.vat_rate,
        CAST(coalesce(sum(i.quantity) FILTER (WHERE d.state = 'confirmed'), 0) AS bigint),
        CAST(coalesce(sum(i.value) FILTER (WHERE d.state = 'confirmed'), 0) AS bigint),
        CAST(coalesce(sum(i.quantity) FILTER (WHERE d.id = %s), 0) AS bigint),
        (SELECT p.id FROM ledger_measure p WHERE p.unit_id = %s AND p.thing = '')
    FROM ledger_agreementline l
    JOIN ledger_book b ON b.organization_id = l.giver_id
    JOIN ledger_measure m ON m.id = l.measure_id
    LEFT JOIN ledger_deliveryitem i ON i.line_id = l.id
    LEFT JOIN ledger_delivery d ON d.id = i.delivery_id
    WHERE l.agreement_id = %s
    GROUP BY l.id, b.id, m.id
    ORDER BY l.number"""

_CLAIMS = """
    SELECT c.id, c.creditor_id, c.debtor_id, c.unit_id, c.peg_id, m.unit_id, o.amount, o.quantity
    FROM ledger_claim c
    JOIN ledger_claimbalance o ON o.claim_id = c.id
    JOIN ledger_measure m ON m.id = c.peg_id
    WHERE c.agreement = %s AND o.amount > 0
    ORDER BY c.opened_on, c.id"""


def standing(*, delivery: Delivery) -> Standing:
    """Return what has to be known to post a delivery, in two queries, whatever was delivered before."""
    agreement = delivery.agreement
    found = rows(_LINES, [delivery.pk, agreement.unit_id, agreement.pk])
    lines = [
        Agreed(line, giver, book, thing, Measure(pk=measure, unit_id=unit), *numbers)
        for line, giver, book, thing, measure, unit, *numbers, _money in found
    ]
    givers = {line.book: line.giver for line in lines}
    goods = {(line.book, line.measure.pk): line.line for line in lines}
    open_claims: dict[int | None, Claim] = {}
    debts = []
    for pk, creditor, debtor, unit, peg, peg_unit, amount, quantity in rows(_CLAIMS, [agreement.code]):
        open_claims[pk] = Claim(
            pk=pk, creditor_id=creditor, debtor_id=debtor, unit_id=unit, peg=Measure(pk=peg, unit_id=peg_unit)
        )
        debts.append(
            Debt(debtor=givers[debtor], line=goods.get((debtor, peg)), amount=amount, quantity=quantity, claim=pk)
        )
    position = Position(
        promises=[
            Promise(
                line=line.line,
                giver=line.giver,
                quantity=line.quantity,
                value=line.value,
                vat_rate=line.vat_rate,
                delivered_quantity=line.delivered_quantity,
                delivered_value=line.delivered_value,
            )
            for line in lines
        ],
        debts=debts,
        pegged_to_goods=agreement.is_pegged_to_goods,
    )
    money = next((Measure(pk=pk, unit_id=agreement.unit_id) for *_, pk in found if pk is not None), None)
    return Standing(position, lines, {giver: book for book, giver in givers.items()}, open_claims, money)


def _agreed(agreement: Agreement) -> "QuerySet[Any]":
    """Return the agreed lines in their order, each with what was confirmed of it."""
    confirmed = Q(items__delivery__state=DeliveryState.CONFIRMED)
    return agreement.lines.annotate(
        delivered_quantity=Sum("items__quantity", filter=confirmed, default=0),
        delivered_value=Sum("items__value", filter=confirmed, default=0),
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class LineStatus:
    """An agreed line, what of it was delivered, and since when its giver could have delivered the rest."""

    line: AgreementLine
    delivered: int

    @property
    def left(self) -> int:
        """Minor units of the measure still to be delivered."""
        return self.line.quantity - self.delivered

    @property
    def percent(self) -> int:
        """How much of it was delivered, 0 to 100."""
        return 100 * self.delivered // self.line.quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it gives and how far it is."""

    organization: Organization
    lines: list[LineStatus]
    value: int
    has_signed: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One agreement with all that its page tells."""

    agreement: Agreement
    sides: list[Side]
    debts: list[Claim]
    deliveries: list[Delivery]
    steps: list[AgreementStep]

    def side(self, organization: Organization) -> Side:
        """Return that party's side."""
        return next(side for side in self.sides if side.organization == organization)


def whole(*, agreement: Agreement) -> Whole:
    """Return an agreement with its lines, debts, deliveries and history, in a fixed number of queries."""
    lines = list(_agreed(agreement).select_related("measure__unit"))
    sides = [
        Side(
            organization=party,
            lines=[LineStatus(line, line.delivered_quantity) for line in lines if line.giver_id == party.pk],
            value=sum(line.value for line in lines if line.giver_id == party.pk),
            has_signed=signer is not None,
        )
        for party, signer in (
            (agreement.proposer, agreement.proposer_signed_by_id),
            (agreement.partner, agreement.partner_signed_by_id),
        )
    ]
    items = DeliveryItem.objects.select_related("line__measure__unit").order_by("line__number")
    deliveries = (
        agreement.deliveries.select_related("giver", "event", "reversal_asked_by", "logged_by")
        .prefetch_related(Prefetch("items", items))
        .order_by("-happened_on", "-pk")
    )
    return Whole(
        agreement=agreement,
        sides=sides,
        debts=list(claims.open_of(agreement=agreement.code)),
        deliveries=list(deliveries),
        steps=list(agreement.steps.select_related("by", "organization").order_by("pk")),
    )
