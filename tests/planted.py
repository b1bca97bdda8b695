"""Records with errors planted in them, of which it is known what each line was made of."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.core.matching import WINDOW, Item, Match

#: What may become of an exchange in somebody's own record; `put together` takes the next one along.
ERRORS = ("dropped", "written twice", "dated otherwise", "digits swapped", "split", "put together")


@dataclass(frozen=True)
class Record:
    """The lines, and what each is made of: line's key → keys of facts; what was done to each fact, if anything."""

    lines: list[Item]
    origins: dict[int, frozenset[int]]
    errors: dict[int, str]


def record(facts: Sequence[Item], errors: Mapping[int, str], chance: random.Random, *, start: int = 0) -> Record:
    """Write down the facts of one partner, with an error at each place that has one; lines count from `start`."""
    writer = _Writer(chance, start)
    at = 0
    while at < len(facts):
        after = facts[at + 1] if at + 1 < len(facts) and facts[at + 1].day - facts[at].day <= WINDOW else None
        error = errors.get(at, "")
        at += writer.tell(facts[at], error, after)
    return Record(writer.lines, writer.origins, writer.errors)


class _Writer:
    """Writes fact after fact, each in the way of its error."""

    def __init__(self, chance: random.Random, start: int) -> None:
        self.chance, self.number = chance, start
        self.lines: list[Item] = []
        self.origins: dict[int, frozenset[int]] = {}
        self.errors: dict[int, str] = {}

    def tell(self, fact: Item, error: str, after: Item | None) -> int:
        """Write a fact, together with the next one if that is its error, and return how many were told."""
        if error == "put together" and after:
            self._write(fact.amount + after.amount, fact, after)
        elif error == "written twice":
            self._write(fact.amount, fact)
            self._write(fact.amount, fact)
        elif error == "dated otherwise":
            self._write(fact.amount, fact, moved=self.chance.choice([-1, 1]) * self.chance.randint(1, WINDOW))
        elif error == "digits swapped" and (swapped := _swapped(fact.amount, self.chance)):
            self._write(swapped, fact)
        elif error == "split" and fact.amount > 1:
            part = self.chance.randint(1, fact.amount - 1)
            self._write(part, fact)
            self._write(fact.amount - part, fact)
        elif error != "dropped":
            error = ""
            self._write(fact.amount, fact)
        told = [fact, *([after] if error == "put together" and after else [])]
        self.errors |= dict.fromkeys((key for each in told for key in each.keys if error), error)
        return len(told)

    def _write(self, amount: int, *of: Item, moved: int = 0) -> None:
        self.number += 1
        marks = tuple(sorted({mark for fact in of for mark in fact.marks}))
        self.lines.append(Item(of[0].day + moved, amount, marks, (self.number,)))
        self.origins[self.number] = frozenset(key for fact in of for key in fact.keys)


def _swapped(amount: int, chance: random.Random) -> int:
    """Return the amount with two neighbouring digits swapped, or 0 if that changes nothing."""
    text = str(amount)
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1]]
    if not places:
        return 0
    at = chance.choice(places)
    return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def wrong(matches: Iterable[Match], planted: Record, facts: Iterable[Item]) -> Counter[tuple[object, ...]]:
    """Return what of the matches nobody could excuse: facts that lines were matched with instead of their own.

    What reads alike is as good as the fact itself; so are errors that cancel each other, where several lines have
    changed places and all together say exactly what the facts say.
    """
    said = {key: (fact.day, fact.amount, fact.marks) for fact in facts for key in fact.keys}
    got, due = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for each in matches:
        theirs = {key for fact in each.postings for key in fact.keys}
        own = {key for line in each.lines for key in planted.origins[line.keys[0]]}
        got.update(said[key] for key in theirs - own)
        due.update(said[key] for key in own - theirs)
    return got - due
