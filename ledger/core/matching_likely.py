"""Match probably what is left: the likeliest first, and each with its reason."""

from collections.abc import Callable

from ledger.core.matching_table import WINDOW, Item, Match, Reason, Table, agree, said, sums_of, swapped


def proposed(table: Table) -> list[Match]:
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
        for each in sorted(sums_of(wholes, parts)):
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
