"""Lines whose partner nobody knows: what they could mean, whoever it is with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.core.matching_sides import Group, Item, Match, Reason, said


class Strangers:
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
