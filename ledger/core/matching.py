"""Match the lines of a cooperative's own record with what stands in its book, partner by partner.

A *sure* match is one that nothing else could claim. Whatever an exchange may have become in a record (dated otherwise,
its digits swapped, split, put together, written twice, left out), the lines and the facts that could be each other hang
together; only where all of them come out even is any of them sure. So a sure match is wrong only if several errors
cancel each other exactly, so that the record reads as if there were none. All else is proposed, with its reason.

The result does not depend on the order of rows. What is held is what one partner's lines and facts of those days are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.core.matching_likely import proposed
from ledger.core.matching_sure import by_day, by_mark
from ledger.core.matching_table import (
    ENTRY,
    KINDS,
    PAPER,
    WINDOW,
    Item,
    Match,
    Reason,
    Side,
    Table,
    said,
    swapped,
)

__all__ = ["ENTRY", "PAPER", "WINDOW", "Group", "Item", "Match", "Reason", "match", "matched", "swapped"]

#: Partner, unit and side (1: given, -1: received); only what is alike in all three is matched.
Group = tuple[int, str, int]


def match(
    lines: Mapping[Group, Sequence[Item]], postings: Iterable[tuple[Group, Item]], *, strangers: Sequence[Group] = ()
) -> Iterator[Match]:
    """Yield the matches of a record; what is in none is missing on one side.

    `postings` come group by group, those of a group together. `strangers` are groups of lines whose partner is not
    known: they are proposed where paper or day and amount fit one fact alone that no other line has.
    """
    unknown = _Unknown({group[1:]: lines[group] for group in strangers})
    for group, facts in _together(postings):
        taken: set[Item] = set()
        if group in lines and group not in strangers:
            for found in matched(lines[group], facts):
                taken.update(found.postings)
                yield found
        unknown.look(group, (fact for fact in facts if fact not in taken))
    yield from unknown.matches()


def matched(lines: Sequence[Item], postings: Sequence[Item]) -> list[Match]:
    """Return the matches of one group."""
    table = Table(Side(lines), Side(postings))
    sure = [found for kind in KINDS for found in by_mark(table, kind)]
    sure += by_day(table)
    return sure + proposed(table)


def _together(postings: Iterable[tuple[Group, Item]]) -> Iterator[tuple[Group, list[Item]]]:
    group, held = None, list[Item]()
    for each, item in postings:
        if each != group and group is not None:
            yield group, held
            held = []
        group = each
        held.append(item)
    if group is not None:
        yield group, held


class _Unknown:
    """Lines whose partner nobody knows, and the facts that could be meant, whoever they are with."""

    #: With more than so many it is not looked further.
    MOST = 2

    def __init__(self, lines: Mapping[tuple[str, int], Sequence[Item]]) -> None:
        self.by_key: defaultdict[tuple[str, int, tuple[int, str | int]], list[Item]] = defaultdict(list)
        self.candidates: defaultdict[Item, set[Item]] = defaultdict(set)
        for (unit, side), items in lines.items():
            for item in items:
                for key in said(item):
                    self.by_key[unit, side, key].append(item)

    def look(self, group: Group, facts: Iterable[Item]) -> None:
        """Remember the facts that lines could mean."""
        _partner, unit, side = group
        for fact in facts if self.by_key else ():
            for key in [*said(fact), (fact.amount, fact.day)]:
                for line in self.by_key.get((unit, side, key), ()):
                    if len(self.candidates[line]) < self.MOST:
                        self.candidates[line].add(fact)

    def matches(self) -> Iterator[Match]:
        """Yield those that fit one fact alone, which no other line fits."""
        meant: defaultdict[Item, list[Item]] = defaultdict(list)
        for line, facts in self.candidates.items():
            if len(facts) == 1:
                meant[next(iter(facts))].append(line)
        for fact, lines in sorted(meant.items()):
            if len(lines) == 1:
                yield Match(Reason.STRANGER, is_sure=False, lines=(lines[0],), postings=(fact,))
