"""The two sides of a matching: lines of a record and facts of a book, and by what they are looked up."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ledger.core.matching_sums import Sum, sums

#: So many days may lie between what a record says and what the book says.
WINDOW = 10

#: What marks begin with, those that prove most first: a number in the book itself, the number of a paper.
ENTRY, PAPER = KINDS = ("entry:", "paper:")


class Reason(StrEnum):
    """Why two belong together."""

    PAPER = "paper"
    DAY = "day"
    DATED = "dated"
    DIGITS = "digits"
    AMOUNT = "amount"
    SPLIT = "split"
    MERGED = "merged"
    TWICE = "twice"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A line of a record, or what one event did with one partner: a day (ordinal) and minor units, above zero.

    `marks` are numbers of papers and the like, that it alone has or shares with few. `keys` name what it stands for: a
    line, or the postings of an event.
    """

    day: int
    amount: int
    marks: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What belongs together; of what stands twice, the second alone, and `twin` is the first."""

    reason: Reason
    is_sure: bool
    lines: tuple[Item, ...]
    postings: tuple[Item, ...]
    twin: Item | None = None

    @property
    def days(self) -> int:
        """How many days lie between the two sides, at most."""
        return max((abs(line.day - fact.day) for line in self.lines for fact in self.postings), default=0)


class Side:
    """The items of one side in the order of their days, and by what they are looked up; `free` are in no match yet."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items)
        self.free = set(range(len(self.items)))
        self.by_amount: defaultdict[int, list[int]] = defaultdict(list)
        self.by_digits: defaultdict[str, list[int]] = defaultdict(list)
        self.by_mark: defaultdict[str, list[int]] = defaultdict(list)
        for at, item in enumerate(self.items):
            self.by_amount[item.amount].append(at)
            self.by_digits[_digits(item.amount)].append(at)
            for mark in item.marks:
                self.by_mark[mark].append(at)

    def alike(self, item: Item) -> Iterator[int]:
        """Yield what could be the same fact as an item of the other side, sums apart."""
        near = set(self._near(self.by_amount.get(item.amount, []), item.day))
        for at in self._near(self.by_digits.get(_digits(item.amount), []), item.day):
            if swapped(item.amount, self.items[at].amount):
                near.add(at)
        yield from near.union(*(self.by_mark.get(mark, ()) for mark in item.marks))

    def _near(self, ats: list[int], day: int) -> list[int]:
        """Return which of these, in the order of their days, lie inside the window."""
        first = bisect_left(ats, day - WINDOW, key=lambda at: self.items[at].day)
        last = bisect_right(ats, day + WINDOW, lo=first, key=lambda at: self.items[at].day)
        return ats[first:last]


@dataclass
class Table:
    """Both sides of a group, and what was matched so far."""

    lines: Side
    postings: Side
    #: What was proposed or is sure, to be looked up for what stands twice.
    matches: list[Match] = field(default_factory=list)

    def take(self, reason: Reason, lines: Sequence[int], postings: Sequence[int], *, is_sure: bool) -> Match:
        """Match these, which are then no longer free."""
        self.lines.free.difference_update(lines)
        self.postings.free.difference_update(postings)
        found = Match(
            reason,
            is_sure,
            tuple(self.lines.items[at] for at in lines),
            tuple(self.postings.items[at] for at in postings),
        )
        self.matches.append(found)
        return found


def swapped(one: int, other: int) -> bool:
    """Return whether two amounts differ in two neighbouring digits that changed places (1.320 and 1.230)."""
    size = len(str(max(one, other)))
    pairs = list(zip(str(one).zfill(size), str(other).zfill(size), strict=True))
    differ = [at for at, (a, b) in enumerate(pairs) if a != b]
    return len(differ) == 2 and differ[1] == differ[0] + 1 and pairs[differ[0]] == pairs[differ[1]][::-1]


def _digits(amount: int) -> str:
    return "".join(sorted(str(amount).replace("0", "")))


def agree(line: Item, fact: Item) -> bool:
    """Return whether papers do not speak against it: one side names none, or both name the same."""
    kinds = {mark.partition(":")[0] for mark in line.marks} & {mark.partition(":")[0] for mark in fact.marks}
    return not kinds or not set(line.marks).isdisjoint(fact.marks)


def said(item: Item) -> list[tuple[int, str | int]]:
    """Return what two have in common that are the same written twice: amount and paper, or amount and day."""
    return [(item.amount, mark) for mark in item.marks] or [(item.amount, item.day)]


def sums_of(wholes: Side, parts: Side) -> Iterator[Sum]:
    """Yield the sums among what is free."""
    of_wholes = [(at, wholes.items[at].day, wholes.items[at].amount) for at in sorted(wholes.free)]
    of_parts = [(at, parts.items[at].day, parts.items[at].amount) for at in sorted(parts.free)]
    return sums(of_wholes, of_parts, window=WINDOW)
