"""Match the lines of a cooperative's own record with what stands in its book, partner by partner.

A *sure* match is one that nothing else could claim. Whatever an exchange may have become in a record (dated otherwise,
its digits swapped, split, put together, written twice, left out), the lines and the facts that could be each other hang
together; only where all of them come out even is any of them sure. So a sure match is wrong only if several errors
cancel each other exactly, so that the record reads as if there were none. All else is proposed, with its reason.

The result does not depend on the order of rows. What is held is what one partner's lines and facts of those days are.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ledger.core.matching_sides import (
    KINDS,
    PAPER,
    WINDOW,
    Group,
    Item,
    Match,
    Reason,
    Side,
    Table,
    agree,
    said,
    swapped,
)
from ledger.core.matching_strangers import Strangers
from ledger.core.matching_sums import Sum, sums


def match(
    lines: Mapping[Group, Sequence[Item]], postings: Iterable[tuple[Group, Item]], *, strangers: Sequence[Group] = ()
) -> Iterator[Match]:
    """Yield the matches of a record; what is in none is missing on one side.

    `postings` come group by group, those of a group together. `strangers` are groups of lines whose partner is not
    known: they are proposed where paper or day and amount fit one fact alone that no other line has.
    """
    unknown = Strangers({group[1:]: lines[group] for group in strangers})
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
    sure = [found for kind in KINDS for found in _by_mark(table, kind)]
    sure += _by_day(table)
    return sure + _proposed(table)


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


def _by_mark(table: Table, kind: str) -> list[Match]:
    """Match what has the same marks, where all that has them comes out even."""
    lines, facts, found = table.lines, table.postings, []
    for ours, theirs in list(_of_marks(lines, facts, kind)):
        if (pairs := _even(lines, facts, ours, theirs)) is not None:
            found += [table.take(Reason.PAPER, [line], [fact], is_sure=True) for line, fact in pairs]
        elif len(ours) == 1 or len(theirs) == 1:
            some, others = [lines.items[at] for at in ours], [facts.items[at] for at in theirs]
            if _adds_up(some, others, may_be_swapped=kind == PAPER):
                found.append(table.take(Reason.PAPER, ours, theirs, is_sure=True))
    return found


def _of_marks(lines: Side, facts: Side, kind: str) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the free lines and facts that hang together by their marks of a kind."""
    seen: set[int] = set()
    for start in sorted(lines.free):
        if start in seen:
            continue
        ours, theirs, known = {start}, set[int](), set[str]()
        waiting = deque(lines.items[start].marks)
        while waiting:
            mark = waiting.popleft()
            if mark in known or not mark.startswith(kind):
                continue
            known.add(mark)
            for side, ats in ((lines, ours), (facts, theirs)):
                new = side.free.intersection(side.by_mark.get(mark, ())) - ats
                ats |= new
                waiting.extend(other for at in new for other in side.items[at].marks)
        seen |= ours
        if theirs:
            yield sorted(ours), sorted(theirs)


def _even(lines: Side, facts: Side, ours: list[int], theirs: list[int]) -> list[tuple[int, int]] | None:
    """Return pairs of the same amount if all of them make such pairs; of several of one amount, days agree too."""
    by_amount: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at in ours:
        by_amount[lines.items[at].amount][0].append(at)
    for at in theirs:
        by_amount[facts.items[at].amount][1].append(at)
    pairs: list[tuple[int, int]] = []
    for some, others in by_amount.values():
        days = [lines.items[at].day for at in some], [facts.items[at].day for at in others]
        if len(some) != len(others) or (len(some) > 1 and days[0] != days[1]):
            return None
        pairs += zip(some, others, strict=True)
    return pairs


def _adds_up(lines: Sequence[Item], facts: Sequence[Item], *, may_be_swapped: bool) -> bool:
    """Return whether one is the sum of the others, and could not be one of them with its digits swapped."""
    comes_out = sum(line.amount for line in lines) == sum(fact.amount for fact in facts)
    is_doubtful = may_be_swapped and any(swapped(line.amount, fact.amount) for line in lines for fact in facts)
    return comes_out and not is_doubtful


def _by_day(table: Table) -> list[Match]:
    """Match what has the same day and amount, where nothing that hangs together with it is left over."""
    lines, facts = table.lines, table.postings
    tentative: dict[int, int] = {}
    days: defaultdict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at in sorted(lines.free):
        days[lines.items[at].day, lines.items[at].amount][0].append(at)
    for at in sorted(facts.free):
        days[facts.items[at].day, facts.items[at].amount][1].append(at)
    for some, others in days.values():
        if len(some) == len(others) and all(agree(lines.items[a], facts.items[b]) for a in some for b in others):
            tentative.update(zip(some, others, strict=True))
    sure = _unclaimed(table, tentative)
    return [table.take(Reason.DAY, [line], [fact], is_sure=True) for line, fact in sorted(sure.items())]


def _unclaimed(table: Table, tentative: dict[int, int]) -> dict[int, int]:
    """Return the pairs that nothing left over could claim, nor anything that is claimed."""
    lines, facts = table.lines, table.postings
    back = {fact: line for line, fact in tentative.items()}
    waiting = deque([(True, at) for at in sorted(lines.free - tentative.keys())])
    waiting.extend((False, at) for at in sorted(facts.free - back.keys()))
    if not waiting:
        return tentative
    sure, together = dict(tentative), _hang_together(table)
    while waiting and sure:
        is_line, at = waiting.popleft()
        here, there = (lines, facts) if is_line else (facts, lines)
        claimed = [(not is_line, other) for other in there.alike(here.items[at])]
        for side, other in [*claimed, *together.pop((is_line, at), ())]:
            line = other if side else back.get(other)
            if line is not None and line in sure:
                waiting.extend([(True, line), (False, sure.pop(line))])
    return sure


def _hang_together(table: Table) -> dict[tuple[bool, int], set[tuple[bool, int]]]:
    """Return (is it a line, which) → all with which it makes up a sum."""
    lines, facts = table.lines, table.postings
    together: defaultdict[tuple[bool, int], set[tuple[bool, int]]] = defaultdict(set)
    for is_line, found in ((True, _sums(lines, facts)), (False, _sums(facts, lines))):
        for each in found:
            members = {(is_line, each.whole), *((not is_line, part) for part in each.parts)}
            for member in members:
                together[member] |= members
    return together


def _sums(wholes: Side, parts: Side) -> Iterator[Sum]:
    """Yield the sums among what is free."""
    of_wholes = [(at, wholes.items[at].day, wholes.items[at].amount) for at in sorted(wholes.free)]
    of_parts = [(at, parts.items[at].day, parts.items[at].amount) for at in sorted(parts.free)]
    return sums(of_wholes, of_parts, window=WINDOW)


def _proposed(table: Table) -> list[Match]:
    """Match what is likely: one to one by what speaks for it, then sums, then other amounts, then what stands twice."""
    one_to_one = _pairs(table, lambda line, fact: line.amount == fact.amount or swapped(line.amount, fact.amount))
    in_parts = _proposed_sums(table)
    return [*one_to_one, *in_parts, *_pairs(table, lambda _line, _fact: True), *_twice(table)]


def _pairs(table: Table, may_be: Callable[[Item, Item], bool]) -> list[Match]:
    """Match one to one what is free, the likeliest first."""
    lines, facts = table.lines, table.postings
    likely = [
        (*cost, at, other)
        for at in sorted(lines.free)
        for other in facts.alike(lines.items[at])
        if other in facts.free
        and may_be(lines.items[at], facts.items[other])
        and (cost := _cost(lines.items[at], facts.items[other])) is not None
    ]
    found = []
    for _rank, _days, reason, line, fact in sorted(likely):
        if line in lines.free and fact in facts.free:
            found.append(table.take(reason, [line], [fact], is_sure=False))
    return found


def _cost(line: Item, fact: Item) -> tuple[int, int, Reason] | None:
    """Return how much speaks against a pair, less first, and its reason; None if papers do."""
    days = abs(line.day - fact.day)
    same_paper = not set(line.marks).isdisjoint(fact.marks)
    if line.amount == fact.amount:
        if same_paper:
            return 0, days, Reason.PAPER
        if not days:
            return 1 if agree(line, fact) else 4, 0, Reason.DAY
        return (3, days, Reason.DATED) if agree(line, fact) else None
    if swapped(line.amount, fact.amount):
        if same_paper:
            return 2, days, Reason.DIGITS
        return (3, days, Reason.DIGITS) if agree(line, fact) and days <= WINDOW else None
    return (5, days, Reason.AMOUNT) if same_paper else None


def _proposed_sums(table: Table) -> list[Match]:
    found = []
    for reason, wholes, parts in (
        (Reason.MERGED, table.lines, table.postings),
        (Reason.SPLIT, table.postings, table.lines),
    ):
        for each in sorted(_sums(wholes, parts)):
            if each.whole in wholes.free and parts.free.issuperset(each.parts):
                of_lines, of_facts = [each.whole], list(each.parts)
                if reason is Reason.SPLIT:
                    of_lines, of_facts = of_facts, of_lines
                found.append(table.take(reason, of_lines, of_facts, is_sure=False))
    return found


def _twice(table: Table) -> list[Match]:
    """Return what is left and repeats something that is matched."""
    found = []
    first_lines = {key: item for each in table.matches for item in each.lines for key in said(item)}
    first_facts = {key: item for each in table.matches for item in each.postings for key in said(item)}
    for side, first in ((table.lines, first_lines), (table.postings, first_facts)):
        for at in sorted(side.free):
            item = side.items[at]
            if twin := next((first[key] for key in said(item) if key in first), None):
                side.free.discard(at)
                ours, theirs = ((item,), ()) if side is table.lines else ((), (item,))
                found.append(Match(Reason.TWICE, is_sure=False, lines=ours, postings=theirs, twin=twin))
    return found
