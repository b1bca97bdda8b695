"""What a clearing round would cancel if it were held now and all took part: a forecast, never a promise."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.core.clearing import TooMuch, clear
from ledger.core.clearing_curve import SHARES, Point, curve, lending_to_all
from ledger.core.clearing_rings import Ring, rings
from ledger.core.clearing_round import Claim
from ledger.models.accounts import Book
from ledger.models.clearing import ClearingRound, RoundParty
from ledger.models.funds import Fund
from ledger.models.units import Measure, Unit
from ledger.queries import clearing, credit
from network.models.organizations import Organization

#: So many circles are named; among more claims than that none is looked for, since it takes its time.
NAMED, SEARCHED = 5, 20_000
#: What a few points of a curve say where more would take their time, in per cent of all that helps; and of how many
#: credits there is one.
FEW, CREDITS = (5, 20, 100), 3


@dataclass(frozen=True, slots=True)
class Circle:
    """Who owes whom in a circle, by name, and how much of each debt is cancelled; minor units."""

    names: Sequence[str]
    amount: int

    @property
    def count(self) -> int:
        """How many debts there are in it."""
        return len(self.names)

    @property
    def total(self) -> int:
        """How much it cancels in all."""
        return self.amount * len(self.names)


@dataclass(frozen=True, slots=True)
class Help:
    """How much more would be cancelled with something lent: the body's fund, or the credit of its network."""

    #: None of a fund.
    credit: Unit | None
    #: How much of it there is to lend, minor units.
    there: int
    points: Sequence[Point]

    @property
    def most(self) -> Point:
        """With all that helps: a unit more would cancel nothing more."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be cancelled of how much, in how many debts, between how many; minor units."""

    total: int
    owed: int
    debts: int
    parties: int
    circles: Sequence[Circle]
    helps: Sequence[Help] = ()

    @property
    def percent(self) -> int:
        """How much of what is owed would be cancelled."""
        return 100 * self.total // self.owed if self.owed else 0


def forecast(body: Organization, *, unit: Unit, on: dt.date) -> Forecast:
    """Return what a round of all below a body would cancel today."""
    invited = {each.pk: each.name for each in clearing.invited(body, on=on)}
    peg = Measure.objects.filter(unit=unit, thing="").first()
    if peg is None:
        return Forecast(0, 0, 0, 0, ())
    found = clearing.candidates(invited, unit=unit, peg=peg, cut_off=on, today=on, takes_undue=False)
    claims = [
        Claim(str(each.claim), str(each.debtor), str(each.creditor), each.amount, each.age)
        for each in found
        if not each.left_out
    ]
    solved = clear(claims, seed="forecast")
    part = {claim.debtor for claim in claims if claim.id in solved.cancelled}
    names = {str(pk): name for pk, name in invited.items()}
    circles = _circles(claims, solved.cancelled, names)
    return Forecast(
        total=solved.total,
        owed=sum(each.amount for each in claims),
        debts=len(solved.cancelled),
        parties=len(part),
        circles=circles,
        helps=_helps(body, claims, invited, unit=unit),
    )


def _helps(body: Organization, claims: Sequence[Claim], invited: Mapping[int, str], *, unit: Unit) -> list[Help]:
    """Return what the body's fund and the credits of its book would help, of those that help at all."""
    book = Book.objects.filter(organization=body, unit=unit).first()
    if book is None:
        return []
    found = []
    fund = Fund.objects.filter(book=book).first()
    if fund is not None and fund.left > 0:
        found.append(_help(claims, credit=None, there=fund.left, rooms=None))
    credits = [each for each in credit.credits_of(book)[:CREDITS] if each.scale == unit.scale]
    books = dict(Book.objects.filter(organization__in=invited).values_list("pk", "organization")) if credits else {}
    for each in credits:
        rooms = {str(books[one.book]): one.room for one in credit.positions(books=books, credit=each)}
        found.append(_help(claims, credit=each, there=sum(rooms.values()), rooms=rooms))
    return [each for each in found if each.points]


def _help(claims: Sequence[Claim], *, credit: Unit | None, there: int, rooms: Mapping[str, int] | None) -> Help:
    shares = SHARES if len(claims) <= SEARCHED else FEW
    try:
        points = curve(claims, lending_to_all(claims, most=there, rooms=rooms), shares=shares)
    except TooMuch:
        points = []
    return Help(credit, there, points)


def circles(found: ClearingRound) -> list[Circle]:
    """Return the circles of a round that cancel most, in the names of its parties."""
    rows, claims = clearing.arcs(found)
    names = dict(RoundParty.objects.filter(round=found).values_list("code", "organization__name"))
    return _circles(claims, {row.code: row.cancelled for row in rows if row.cancelled}, names)


def _circles(claims: Sequence[Claim], cancelled: Mapping[str, int], names: Mapping[str, str]) -> list[Circle]:
    if len(claims) > SEARCHED:
        return []
    return [_named(ring, names) for ring in rings(claims, cancelled, limit=NAMED)]


def _named(ring: Ring, names: Mapping[str, str]) -> Circle:
    return Circle([names[claim.debtor] for claim in ring.claims], ring.amount)
