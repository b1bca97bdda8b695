"""One record matched with its book, in a process of its own: told as JSON how much of both; it answers in JSON.

What the book has is made up partner by partner as it is read, so that what is held is what matching holds.
"""

import datetime as dt
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ledger.core.matching import WINDOW, Group, Item, Match, Reason, match
from tests.planted import ERRORS, Record, record, wrong

PARTNERS = 100
FIRST = dt.date(2015, 1, 1).toordinal()
YEAR = 365


class Book:
    """Who exchanged what on which day: the same for the same numbers. One in ten has no paper, one in five is round."""

    def __init__(self, facts: int, years: int) -> None:
        self.facts, self.years = facts, years

    def of(self, partner: int) -> list[Item]:
        """Return what was exchanged with one partner, in the order of days."""
        chance = random.Random(f"book of {partner}")  # noqa: S311  # not a secret
        days = sorted(FIRST + chance.randrange(self.years * YEAR) for _ in range(self.facts // PARTNERS))
        return [self._fact(partner, number, day, chance) for number, day in enumerate(days)]

    def _fact(self, partner: int, number: int, day: int, chance: random.Random) -> Item:
        amount = max(100, int(chance.lognormvariate(13, 1.2)))
        if chance.random() < 0.2:
            amount = max(1_000_00, amount // 1_000_00 * 1_000_00)
        marks = () if chance.random() < 0.1 else (f"paper:A-{partner}-{number}",)
        return Item(day, amount, marks, (partner * 1_000_000 + number,))


def planted(book: Book, *, lines: int, papers: bool, rate: float) -> Iterator[tuple[Group, Record]]:
    """Yield each partner's record of the last year, or of so many of the facts of that year, with errors in it."""
    since = FIRST + (book.years - 1) * YEAR
    for partner in range(1, PARTNERS + 1):
        chance = random.Random(f"record of {partner}")  # noqa: S311
        facts = [fact for fact in book.of(partner) if fact.day >= since]
        told = sorted(chance.sample(facts, min(len(facts), lines // PARTNERS)))
        if not papers:
            told = [Item(fact.day, fact.amount, (), fact.keys) for fact in told]
        errors = {at: chance.choice(ERRORS) for at in range(len(told)) if chance.random() < rate}
        yield (partner, "ARS", 1), record(told, errors, chance, start=partner * 1_000_000)


def stream(book: Book, first: int, last: int) -> Iterator[tuple[Group, Item]]:
    """Yield what the book has of those days."""
    for partner in range(1, PARTNERS + 1):
        for fact in book.of(partner):
            if first - WINDOW <= fact.day <= last + WINDOW:
                yield (partner, "ARS", 1), fact


def judged(book: Book, records: dict[Group, Record], matches: list[Match]) -> dict[str, Any]:
    """Return how many sure matches are wrong, and precision and recall, in all and by error."""
    by_partner: defaultdict[int, list[Match]] = defaultdict(list)
    for each in matches:
        of = each.lines[0].keys[0] // 1_000_000 if each.lines else each.postings[0].keys[0] // 1_000_000
        by_partner[of].append(each)
    found: dict[str, list[int]] = {name: [0, 0, 0] for name in ("", *ERRORS)}
    sure_wrong = sure = 0
    for (partner, _unit, _side), written in records.items():
        facts, own = book.of(partner), by_partner[partner]
        sure += sum(each.is_sure for each in own)
        sure_wrong += wrong([each for each in own if each.is_sure], written, facts).total()
        _count(found, own, written)
    return {"sure": sure, "sure wrong": sure_wrong, "found": found}


def _count(found: dict[str, list[int]], matches: list[Match], written: Record) -> None:
    """Add up, by error: links that were found and are right, all that were found, all that there are."""
    claimed: defaultdict[int, set[int]] = defaultdict(set)
    for each in matches:
        if each.reason is Reason.TWICE:
            lines, facts = each.lines, (() if each.postings else _twin(each, written))
        else:
            lines, facts = each.lines, tuple(key for fact in each.postings for key in fact.keys)
        for line in lines:
            claimed[line.keys[0]].update(facts)
    matched = {key for each in matches for fact in each.postings for key in fact.keys}
    dropped = {key for key, error in written.errors.items() if error == "dropped"}
    found["dropped"] = [
        a + b for a, b in zip(found["dropped"], [len(dropped - matched)] * 2 + [len(dropped)], strict=True)
    ]
    for number, own in written.origins.items():
        error = next((written.errors[key] for key in own if key in written.errors), "")
        found[error][0] += len(claimed[number] & own)
        found[error][1] += len(claimed[number])
        found[error][2] += len(own)


def _twin(found: Match, written: Record) -> tuple[int, ...]:
    """Return what the line that it repeats was made of."""
    return tuple(written.origins[found.twin.keys[0]]) if found.twin else ()


def main() -> None:
    """Measure what was asked for; making the book and the record is not measured, reading it is."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    book = Book(told["facts"], told["years"])
    records = dict(planted(book, lines=told["lines"], papers=told["papers"], rate=told["rate"]))
    lines = {group: each.lines for group, each in records.items()}
    days = [line.day for each in lines.values() for line in each]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    computed, began = time.process_time(), time.perf_counter()
    matches = list(match(lines, stream(book, min(days), max(days))))
    answer = {
        "cpu": time.process_time() - computed,
        "wall": time.perf_counter() - began,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mib before": before / 1024,
        "lines": sum(len(each) for each in lines.values()),
        **judged(book, records, matches),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
