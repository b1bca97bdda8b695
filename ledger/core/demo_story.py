"""What happens in the demo network: barters drawn from a seed, as plain facts to be played day by day."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ledger.core.demo_network import COOPERATIVES, GOODS, Cooperative, Good

MONTHS = 12
BARTERS = 112
#: Prices rise by so many thousandths a month: contracts of the year's end name other figures than its beginning's.
MONTHLY_RISE = 21
HEADLINE = ("grafica-barracas", "bolsas impresas", "harina 000")
#: What waits at the end for an answer, counted from the last barter.
WAITING = {1: "wait", 2: "draft"}


@dataclass(frozen=True, slots=True)
class Part:
    """Goods that one side hands over on a day: thousandths of the whole line, and how the receiver answers."""

    of_proposer: bool
    on: dt.date
    share: int
    #: "confirm", "wait", "reject" or "reverse".
    ending: str
    answered_on: dt.date


@dataclass(frozen=True, slots=True)
class Barter:
    """One agreement and what becomes of it."""

    proposer: Cooperative
    partner: Cooperative
    gives: Good
    takes: Good
    #: Whole units of each side's thing; both sides are worth the same.
    gives_quantity: int
    takes_quantity: int
    #: Whole pesos.
    value: int
    pegged_to_goods: bool
    agreed_on: dt.date
    due_on: dt.date
    act: int
    #: "accept", "wait", "change", "refuse" or "draft".
    answer: str
    answered_on: dt.date
    parts: tuple[Part, ...] = field(default_factory=tuple)


def barters(*, seed: int, until: dt.date) -> Iterator[Barter]:
    """Draw the year's barters, the same for a seed and a last day."""
    chance = random.Random(seed)  # noqa: S311  # made-up facts, not secrets
    first = until - dt.timedelta(days=30 * MONTHS)
    pairs = [
        (a, b, gives, takes)
        for a in COOPERATIVES
        for b in COOPERATIVES
        if a.code != b.code
        for gives in GOODS
        for takes in GOODS
        if gives.sector == a.sector
        and takes.sector == b.sector
        and b.sector in gives.wanted_by
        and a.sector in takes.wanted_by
    ]
    # The print shop and the mill are the ones that a newcomer logs in as: they barter all year.
    headline = next(
        pair for pair in pairs if (pair[0].code, pair[2].thing, pair[3].thing) == HEADLINE and pair[1].sector == "food"
    )
    span = (until - first).days
    for number in range(BARTERS):
        # Spread over the year, the last days among them, so that something always waits for an answer.
        agreed_on = first + dt.timedelta(days=span * number // (BARTERS - 1))
        left = BARTERS - number
        pair = headline if number % 12 == 5 or left in WAITING else chance.choice(pairs)
        barter = _barter(chance, pair, agreed_on, number, first=first, until=until)
        yield replace(barter, answer=WAITING[left], parts=()) if left in WAITING else barter


def _barter(
    chance: random.Random,
    pair: tuple[Cooperative, Cooperative, Good, Good],
    agreed_on: dt.date,
    number: int,
    *,
    first: dt.date,
    until: dt.date,
) -> Barter:
    proposer, partner, gives, takes = pair
    months = (agreed_on - first).days // 30
    quantity = max(1, round(gives.lot * chance.choice([50, 75, 100, 125, 150]) / 100))
    value = quantity * _risen(gives.price, months)
    answered_on = agreed_on + dt.timedelta(days=chance.randint(0, 4))
    answer = "wait" if answered_on > until else chance.choices(["accept", "change", "refuse"], [94, 3, 3])[0]
    if answer != "accept" and (until - agreed_on).days < 3:
        answer = chance.choice(["wait", "draft"])
    return Barter(
        proposer=proposer,
        partner=partner,
        gives=gives,
        takes=takes,
        gives_quantity=quantity,
        takes_quantity=max(1, round(value / _risen(takes.price, months))),
        value=value,
        pegged_to_goods=chance.random() < 0.7,
        agreed_on=agreed_on,
        due_on=agreed_on + dt.timedelta(days=chance.choice([30, 45, 60, 90])),
        act=20 + number // 4,
        answer=answer,
        answered_on=answered_on,
        parts=tuple(_parts(chance, answered_on, until)) if answer == "accept" else (),
    )


def _risen(price: int, months: int) -> int:
    """Return a price after some months, in whole pesos."""
    for _month in range(months):
        price += price * MONTHLY_RISE // 1000
    return price


def _parts(chance: random.Random, start: dt.date, until: dt.date) -> Iterator[Part]:
    """Draw the deliveries of both sides: in one to three parts, some late, a few wrong, none after the last day."""
    for of_proposer in (True, False):
        day = start + dt.timedelta(days=chance.randint(1, 12 if of_proposer else 30))
        shares = chance.choice([(1000,), (500, 500), (400, 300, 300)])
        for share in shares:
            if day > until or chance.random() < 0.04:
                break
            answered_on = day + dt.timedelta(days=chance.randint(0, 5))
            ending = "wait" if answered_on > until else chance.choices(["confirm", "reject", "reverse"], [95, 3, 2])[0]
            yield Part(of_proposer=of_proposer, on=day, share=share, ending=ending, answered_on=answered_on)
            if ending in {"reject", "reverse"}:
                again = answered_on + dt.timedelta(days=2)
                if again <= until:
                    yield Part(of_proposer=of_proposer, on=again, share=share, ending="confirm", answered_on=again)
            day += dt.timedelta(days=chance.randint(7, 35))
