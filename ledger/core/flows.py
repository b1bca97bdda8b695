"""Who gives what to whom: which events hand something over, and which of their lines say how much of it.

What counts is what was really given, at the value agreed for it and without VAT: goods, work, what is lent, what a
fund pays out. The payment of a debt is no gift of anything, nor is what only changes how much is owed.

The tables of both engines' `98_flows.sql` are `SIDES`, row by row; a test compares them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class FlowKind(StrEnum):
    """In what somebody gives, in the order in which it is shown."""

    BARTER = "barter"
    TOLL_WORK = "toll_work"
    COPRODUCTION = "coproduction"
    MACHINE = "machine"
    PURCHASE = "purchase"
    REFERRAL = "referral"
    CREDIT = "credit"
    LOAN = "loan"
    FUND = "fund"
    COMMUNITY = "community"
    MENTORING = "mentoring"


class Side(NamedTuple):
    """A line of an event that says what somebody gives, or who receives it.

    `part` keeps apart what one event hands over in two units. `sign` is 1 where a debit is above zero, -1 where a
    credit is. `is_one_way`: the same account is on both sides, and the sign tells who gives.
    """

    event: str
    kind: FlowKind
    part: int
    gives: bool
    number: str
    sign: int
    is_one_way: bool


def _sides(event: str, kind: FlowKind, gives: str, *receives: str, part: int = 1) -> list[Side]:
    """Return the sides of an event: `-4103` gives by a credit, `+1301` receives by a debit."""
    is_one_way = any(gives[1:] == each[1:] for each in receives)
    return [
        Side(event, kind, part, each is gives, each[1:], 1 if each[0] == "+" else -1, is_one_way)
        for each in (gives, *receives)
    ]


SIDES: tuple[Side, ...] = tuple(
    side
    for sides in (
        *(
            _sides(f"barter_{act}", FlowKind.BARTER, "-4103", "+1301")
            for act in ("delivery", "return", "shortfall", "allowance", "change")
        ),
        # Goods that pay a loan are sold for it; those that pay toll work are part of it.
        _sides("loan_paid_in_goods", FlowKind.BARTER, "-4103", "+1301"),
        _sides("toll_work", FlowKind.TOLL_WORK, "-4102", "+1302"),
        _sides("toll_goods", FlowKind.TOLL_WORK, "-4103", "+1301"),
        # One buys and charges the others; one invoices the customer, and the others it.
        _sides("coproduction_cost", FlowKind.COPRODUCTION, "-1301", "+1301"),
        _sides("coproduction_invoice", FlowKind.COPRODUCTION, "-4101", "+5102"),
        _sides("machine_use", FlowKind.MACHINE, "-4102", "+5101"),
        _sides("machine_use", FlowKind.MACHINE, "+9211", "+9213", part=2),
        _sides("joint_purchase_share", FlowKind.PURCHASE, "-1301", "+1301"),
        _sides("referred_work", FlowKind.REFERRAL, "-4101", "+5101"),
        # To members it is their cooperative that hands over what it keeps for them.
        _sides("credit_sale", FlowKind.CREDIT, "-4101", "+1301", "+1303", "+2303"),
        _sides("loan_lent", FlowKind.LOAN, "-1301", "+1301"),
        _sides("loan_lent", FlowKind.LOAN, "-1102", "+1102", part=2),
        _sides("fund_levy", FlowKind.FUND, "+5402", "-2301"),
        _sides("fund_gift", FlowKind.FUND, "+5402", "-2301"),
        _sides("fund_spending", FlowKind.FUND, "+2301", "-4204"),
        # Who receives it keeps no book.
        _sides("contribution", FlowKind.COMMUNITY, "+5401"),
        _sides("contribution", FlowKind.COMMUNITY, "+9203", part=2),
        _sides("contribution", FlowKind.MENTORING, "+9207", "+9209", part=3),
        _sides("hosted_period", FlowKind.COMMUNITY, "+5401"),
        _sides("hosted_period", FlowKind.COMMUNITY, "+9203", part=2),
    )
    for side in sides
)

#: Whoever keeps no book: who gives to a fund from outside, the community that is hosted.
WITHOUT_BOOK = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one gave another in something, in minor units of one unit; below zero where more came back.

    Giver and receiver are organizations; `WITHOUT_BOOK` is whoever keeps none.
    """

    giver: int
    kind: str
    receiver: int
    amount: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Rolled:
    """Flows by group: between two of them, and inside one. Every flow stands in one of both, once."""

    between: tuple[Flow, ...]
    inside: Mapping[int, int]

    @property
    def between_all(self) -> int:
        """All that groups gave one another, less what came back."""
        return sum(flow.amount for flow in self.between)

    @property
    def inside_all(self) -> int:
        """All that was given inside a group: none of it was given by the group."""
        return sum(self.inside.values())


def rolled(flows: Iterable[Flow], groups: Mapping[int, int]) -> Rolled:
    """Roll up flows by the group of each side, the largest first; whoever is in none stands for themselves."""
    sums: defaultdict[tuple[int, str, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    inside: defaultdict[int, int] = defaultdict(int)
    for flow in flows:
        giver, receiver = (groups.get(each, each) for each in (flow.giver, flow.receiver))
        # What came from and went to the same organization is none of these: a flow has two sides.
        if giver == receiver:
            inside[giver] += flow.amount
        else:
            amount, count = sums[giver, flow.kind, receiver]
            sums[giver, flow.kind, receiver] = amount + flow.amount, count + flow.count
    between = [
        Flow(giver=giver, kind=kind, receiver=receiver, amount=amount, count=count)
        for (giver, kind, receiver), (amount, count) in sums.items()
    ]
    return Rolled(tuple(sorted(between, key=lambda f: (-f.amount, f.giver, f.kind, f.receiver))), dict(inside))


class Line(NamedTuple):
    """What of an event's line a flow is told from; minor units, debit above zero."""

    book: int
    number: str
    unit: int
    amount: int


class Told(NamedTuple):
    """A flow as an event tells it, between books; None is whoever keeps none."""

    giver: int | None
    receiver: int | None
    kind: str
    unit: int
    amount: int


_BY_EVENT: dict[str, list[Side]] = defaultdict(list)
for _side in SIDES:
    _BY_EVENT[_side.event].append(_side)


def of_event(event: str, lines: Iterable[Line]) -> list[Told]:
    """Return what an event of that kind hands over: what one gives several is what each receives."""
    sums: defaultdict[tuple[int, bool, int], int] = defaultdict(int)
    kinds: dict[int, FlowKind] = {}
    units: dict[tuple[int, bool, int], int] = {}
    for line in lines:
        for side in _BY_EVENT.get(event, ()):
            worth = side.sign * line.amount
            if side.number == line.number and (worth > 0 or not side.is_one_way):
                place = side.part, side.gives, line.book
                sums[place] += worth
                units[place] = min(line.unit, units.get(place, line.unit))
                kinds[side.part] = side.kind
    told = []
    for part, kind in kinds.items():
        givers: list[int | None] = [book for its, gives, book in sums if (its, gives) == (part, True)]
        takers: list[int | None] = [book for its, gives, book in sums if (its, gives) == (part, False)]
        for giver in givers or [None]:
            others = [book for book in takers if book != giver]
            # Who used a machine of their own gave nobody anything; who gave to the community gave.
            for taker in others or ([] if takers else [None]):
                says_giver = giver is not None and len(others) <= 1
                place = part, says_giver, (giver if says_giver else taker) or 0
                if sums[place]:
                    told.append(Told(giver, taker, kind, units[place], sums[place]))
    return told


def undone(told: Iterable[Told]) -> list[Told]:
    """Return what a reversal takes back."""
    return [each._replace(amount=-each.amount) for each in told]
