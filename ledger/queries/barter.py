"""Read where a barter stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from ledger.core.barter import Position, Promise
from ledger.core.debts import Debt
from ledger.models.agreements import Agreement, AgreementLine
from ledger.models.claims import Claim
from ledger.models.deliveries import Act, Delivery, DeliveryItem, DeliveryState
from ledger.models.history import AgreementStep
from ledger.models.units import Measure
from ledger.queries import claims
from ledger.queries.statements import rows
from network.models.organizations import Organization


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreed line beside one of the deliveries: numbers of rows, minor units."""

    line: int
    giver: int
    receiver: int
    #: The giver's.
    book: int
    thing: str
    measure: Measure
    #: What is to be given in all, after what both gave up and today's prices.
    quantity: int
    value: int
    vat_rate: int | None
    #: What was confirmed of it.
    delivered_quantity: int
    delivered_value: int
    delivered_worth: int
    #: What this delivery is about: how much of it, and at what price if they say so.
    handed: int
    worth: int | None


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
    SELECT l.id, l.giver_id, l.receiver_id, b.id, l.thing, l.measure_id, m.unit_id,
        l.quantity - CAST(coalesce(sum(i.quantity) FILTER (WHERE d.act = 'shortfall'), 0) AS bigint),
        l.value + CAST(coalesce(sum(CASE d.act WHEN 'revaluation' THEN i.value WHEN 'shortfall' THEN -i.value END), 0)
            AS bigint),
        l.vat_rate,
        CAST(coalesce(sum(CASE d.act WHEN 'goods' THEN i.quantity WHEN 'return' THEN -i.quantity END), 0) AS bigint),
        CAST(coalesce(sum(CASE d.act WHEN 'goods' THEN i.value WHEN 'return' THEN -i.value END), 0) AS bigint),
        CAST(coalesce(sum(CASE d.act WHEN 'goods' THEN i.worth WHEN 'return' THEN -i.worth
            WHEN 'allowance' THEN -i.worth END), 0) AS bigint),
        coalesce(h.quantity, 0), h.worth,
        (SELECT p.id FROM ledger_measure p WHERE p.unit_id = %s AND p.thing = '')
    FROM ledger_agreementline l
    JOIN ledger_book b ON b.organization_id = l.giver_id
    JOIN ledger_measure m ON m.id = l.measure_id
    LEFT JOIN ledger_deliveryitem h ON h.line_id = l.id AND h.delivery_id = %s
    LEFT JOIN (ledger_deliveryitem i JOIN ledger_delivery d ON d.id = i.delivery_id AND d.state = 'confirmed')
        ON i.line_id = l.id
    WHERE l.agreement_id = %s
    GROUP BY l.id, b.id, m.id, h.id
    ORDER BY l.number"""

_CLAIMS = """
    SELECT c.id, c.creditor_id, c.debtor_id, c.unit_id, c.peg_id, m.unit_id, o.amount, o.quantity
    FROM ledger_claim c
    JOIN ledger_claimbalance o ON o.claim_id = c.id
    JOIN ledger_measure m ON m.id = c.peg_id
    WHERE c.agreement = %s AND (o.amount > 0 OR o.quantity > 0)
    ORDER BY c.opened_on, c.id"""


def standing(*, delivery: Delivery) -> Standing:
    """Return what has to be known to post a delivery, in two queries, whatever was delivered before."""
    agreement = delivery.agreement
    found = rows(_LINES, [agreement.unit_id, delivery.pk, agreement.pk])
    lines = [
        Agreed(line, giver, receiver, book, thing, Measure(pk=measure, unit_id=unit), *numbers)
        for line, giver, receiver, book, thing, measure, unit, *numbers, _money in found
    ]
    givers = {line.book: line.giver for line in lines}
    goods = {(line.receiver, line.giver, line.measure.pk): line.line for line in lines}
    open_claims: dict[int | None, Claim] = {}
    debts = []
    for pk, creditor, debtor, unit, peg, peg_unit, amount, quantity in rows(_CLAIMS, [agreement.code]):
        open_claims[pk] = Claim(
            pk=pk, creditor_id=creditor, debtor_id=debtor, unit_id=unit, peg=Measure(pk=peg, unit_id=peg_unit)
        )
        owed, owing = givers[creditor], givers[debtor]
        line = goods.get((owed, owing, peg))
        debts.append(Debt(creditor=owed, debtor=owing, line=line, amount=amount, quantity=quantity, claim=pk))
    position = Position(
        promises=[
            Promise(
                line=line.line,
                giver=line.giver,
                receiver=line.receiver,
                quantity=line.quantity,
                value=line.value,
                vat_rate=line.vat_rate,
                delivered_quantity=line.delivered_quantity,
                delivered_value=line.delivered_value,
                delivered_worth=line.delivered_worth,
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

    def confirmed(act: Act) -> Sum:
        of_it = Q(items__delivery__state=DeliveryState.CONFIRMED, items__delivery__act=act)
        return Sum("items__quantity", filter=of_it, default=0)

    return agreement.lines.annotate(
        delivered_quantity=confirmed(Act.GOODS) - confirmed(Act.RETURN), given_up=confirmed(Act.SHORTFALL)
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class LineStatus:
    """An agreed line, what of it was delivered, and what both agreed not to deliver any more."""

    line: AgreementLine
    delivered: int
    given_up: int

    @property
    def left(self) -> int:
        """Minor units of the measure still to be delivered."""
        return self.line.quantity - self.given_up - self.delivered

    @property
    def percent(self) -> int:
        """How much of it was delivered, 0 to 100."""
        return 100 * self.delivered // self.line.quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it gives, in the order of the agreement, and how far it is."""

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

    def seen_by(self, organization: Organization) -> list[Side]:
        """Return the sides, its own first."""
        return sorted(self.sides, key=lambda side: side.organization != organization)

    @property
    def among_many(self) -> bool:
        """Whether more than two agree, so that each line says to whom it goes."""
        return len(self.sides) > 2  # both sides of a barter


def whole(*, agreement: Agreement) -> Whole:
    """Return an agreement with its lines, debts, deliveries and history, in a fixed number of queries."""
    lines = list(_agreed(agreement).select_related("measure__unit", "receiver"))
    sides = [
        Side(
            organization=party.organization,
            lines=[
                LineStatus(line, line.delivered_quantity, line.given_up)
                for line in lines
                if line.giver_id == party.organization_id
            ],
            value=sum(line.value for line in lines if line.giver_id == party.organization_id),
            has_signed=party.signed_by_id is not None,
        )
        for party in agreement.parties.select_related("organization")
    ]
    items = DeliveryItem.objects.select_related("line__measure__unit").order_by("line__number")
    deliveries = (
        agreement.deliveries.select_related("giver", "receiver", "event", "reversal_asked_by", "logged_by")
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
