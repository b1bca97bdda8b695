"""What a clearing round would cancel if it were held now and all took part: a forecast, never a promise."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.core.clearing import clear
from ledger.core.clearing_rings import Ring, rings
from ledger.core.clearing_round import Claim
from ledger.models.clearing import ClearingRound, RoundParty
from ledger.models.units import Measure, Unit
from ledger.queries import clearing
from network.models.organizations import Organization

#: So many circles are named; among more claims than that none is looked for, since it takes its time.
NAMED, SEARCHED = 5, 20_000


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
class Forecast:
    """What would be cancelled of how much, in how many debts, between how many; minor units."""

    total: int
    owed: int
    debts: int
    parties: int
    circles: Sequence[Circle]

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
    return Forecast(solved.total, sum(each.amount for each in claims), len(solved.cancelled), len(part), circles)


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
