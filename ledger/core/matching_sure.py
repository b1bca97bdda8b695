"""Match surely: by marks and by day, where whatever hangs together comes out even."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from ledger.core.matching_table import PAPER, Item, Match, Reason, Side, Table, agree, sums_of, swapped


def by_mark(table: Table, kind: str) -> list[Match]:
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


def by_day(table: Table) -> list[Match]:
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
    for is_line, found in ((True, sums_of(lines, facts)), (False, sums_of(facts, lines))):
        for each in found:
            members = {(is_line, each.whole), *((not is_line, part) for part in each.parts)}
            for member in members:
                together[member] |= members
    return together
