"""Read where a barter stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.barter import Done, MoreThanAgreed, OwedIsAnother, Position, Promise
from ledger.core.debts import Debt, Move, WorthNothing
from ledger.models.accounts import Book
from ledger.models.agreements import BARTER, Agreement
from ledger.models.claims import Claim
from ledger.models.deliveries import Act, Delivery
from ledger.models.loans import LOAN
from ledger.models.toll_work import TOLL_WORK
from ledger.models.units import Measure
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

    def done(self, act: Act, agreed: Agreed) -> Done:
        """Carry out what a delivery says of one line, in the position alone.

        :raises MoreThanAgreed, OwedIsAnother: if there is not that much of it, or something else is owed.
        """
        line, quantity, worth = agreed.line, agreed.handed, agreed.worth
        match act:
            case Act.RETURN:
                return self.position.take_back(line=line, quantity=quantity)
            case Act.SHORTFALL:
                return self.position.give_up(line=line, quantity=quantity)
            case Act.ALLOWANCE:
                return self.position.allow(line=line, amount=worth or 0)
            case Act.REVALUATION:
                return self.position.revalue(line=line, quantity=quantity, worth=worth or 0)
            case Act.CHANGE:
                return self.position.change(line=line, quantity=quantity, worth=worth or 0)
            case _:
                return self.position.deliver(line=line, quantity=quantity, worth=worth)


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much more (or, below zero, less) one party will owe another, in money or (with a thing) in goods."""

    debtor: str
    creditor: str
    amount: int
    quantity: int = 0
    measure: Measure | None = None
    thing: str = ""

    @property
    def is_more(self) -> bool:
        """Whether more will be owed than before."""
        return (self.quantity or self.amount) > 0

    @property
    def size(self) -> int:
        """How much money, without a sign."""
        return abs(self.amount)

    @property
    def how_much(self) -> int:
        """How much of the thing, without a sign."""
        return abs(self.quantity)


def effects(*, delivery: Delivery) -> list[Effect]:
    """Return what will be owed more or less once a delivery is confirmed; nothing if it cannot be."""
    stands = standing(delivery=delivery)
    moves = []
    try:
        if delivery.act == Act.MONEY:
            paid = {"giver": delivery.giver_id, "receiver": delivery.receiver_id, "amount": delivery.money or 0}
            moves = stands.position.pay(**paid).moves
        for line in [line for line in stands.lines if line.handed]:
            moves += stands.done(Act(delivery.act), line).moves
    except (MoreThanAgreed, OwedIsAnother, WorthNothing):
        return []
    return in_words(moves, stands)


def in_words(moves: Iterable[Move], stands: Standing) -> list[Effect]:
    """Return what debts that move come to, between each two and for each thing."""
    totals: dict[tuple[int, int, int | None], list[int]] = {}
    for move in moves:
        total = totals.setdefault((move.debt.debtor, move.debt.creditor, move.debt.line), [0, 0])
        total[0] += move.amount
        total[1] += move.quantity
    names = {each.pk: each.name for each in Organization.objects.filter(pk__in=stands.books)}
    measures = Measure.objects.select_related("unit").in_bulk([line.measure.pk for line in stands.lines])
    lines = {line.line: (measures[line.measure.pk], line.thing) for line in stands.lines}
    return [
        Effect(names[debtor], names[creditor], amount, quantity, *lines.get(line, (None, "")))  # type: ignore[arg-type]
        for (debtor, creditor, line), (amount, quantity) in totals.items()
        if amount or quantity
    ]


_LINES = """
    SELECT l.id, l.giver_id, l.receiver_id, b.id, l.thing, l.measure_id, m.unit_id,
        l.quantity + CAST(coalesce(sum(CASE d.act WHEN 'change' THEN i.difference
            WHEN 'shortfall' THEN -i.quantity END), 0) AS bigint),
        l.value + CAST(coalesce(sum(CASE WHEN d.act IN ('revaluation', 'change') THEN i.value
            WHEN d.act = 'shortfall' THEN -i.value END), 0) AS bigint),
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
    # Each side of a barter gives something; elsewhere one side may give money alone.
    owners = {line.book: line.giver for line in lines} if agreement.kind == BARTER else _owners(agreement)
    goods = {(line.receiver, line.giver, line.measure.pk): line.line for line in lines}
    if agreement.kind == LOAN:
        # What is lent is owed to whoever gave it.
        goods = {(line.giver, line.receiver, line.measure.pk): line.line for line in lines}
    open_claims, debts = open_debts(agreement.code, owners=owners, goods=goods)
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
        in_proportion=agreement.kind == TOLL_WORK,
    )
    money = next((Measure(pk=pk, unit_id=agreement.unit_id) for *_, pk in found if pk is not None), None)
    return Standing(position, lines, {organization: book for book, organization in owners.items()}, open_claims, money)


def _owners(agreement: Agreement) -> dict[int, int]:
    """Return whose each book is among those who agree."""
    books = Book.objects.filter(organization__in=agreement.parties.values("organization"))
    return dict(books.values_list("pk", "organization"))


def in_money(*, agreement: Agreement) -> Standing:
    """Return what has to be known to post under an agreement by which only money is owed: the books, and the debts."""
    owners = _owners(agreement)
    claims, debts = open_debts(agreement.code, owners=owners, goods={})
    position = Position(promises=[], debts=debts, pegged_to_goods=False)
    money = Measure.objects.filter(unit=agreement.unit_id, thing="").first()
    return Standing(position, [], {organization: book for book, organization in owners.items()}, claims, money)


def open_debts(
    agreement: str, *, owners: dict[int, int], goods: dict[tuple[int, int, int], int]
) -> tuple[dict[int | None, Claim], list[Debt]]:
    """Return what is open of an agreement, oldest first: claims by number, and the debts that they stand for.

    `owners` says whose each book is; `goods` which line is owed, by creditor, debtor and measure: all else is money.
    """
    open_claims: dict[int | None, Claim] = {}
    debts = []
    for pk, creditor, debtor, unit, peg, peg_unit, amount, quantity in rows(_CLAIMS, [agreement]):
        open_claims[pk] = Claim(
            pk=pk, creditor_id=creditor, debtor_id=debtor, unit_id=unit, peg=Measure(pk=peg, unit_id=peg_unit)
        )
        owed, owing = owners[creditor], owners[debtor]
        line = goods.get((owed, owing, peg))
        debts.append(Debt(creditor=owed, debtor=owing, line=line, amount=amount, quantity=quantity, claim=pk))
    return open_claims, debts
