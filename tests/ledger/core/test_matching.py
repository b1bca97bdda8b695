"""Own records against books: no sure match is ever wrong, and where there are no errors everything is sure."""

import datetime as dt
import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core import matching
from ledger.core.matching import Item, Match, Reason, matched, swapped
from ledger.core.matching_sums import sums
from tests.planted import ERRORS, record, wrong

MAY = dt.date(2026, 5, 1).toordinal()


def item(day: int, amount: int, *papers: str, keys: tuple[int, ...] = (1,)) -> Item:
    """Of a day of May, with the numbers of its papers."""
    return Item(MAY + day, amount, tuple(f"paper:{each}" for each in papers), keys)


def shape(matches: list[Match]) -> list[tuple[str, bool, int, int]]:
    return sorted((each.reason.value, each.is_sure, len(each.lines), len(each.postings)) for each in matches)


class TestSure:
    def test_same_day_and_amount(self):
        assert shape(matched([item(4, 100_00)], [item(4, 100_00)])) == [("day", True, 1, 1)]

    def test_same_paper_on_another_day(self):
        (found,) = matched([item(4, 100_00, "A-3-12")], [item(25, 100_00, "A-3-12")])

        assert (found.reason, found.is_sure, found.days) == (Reason.PAPER, True, 21)

    def test_one_line_for_value_and_vat_of_one_invoice(self):
        found = matched([item(4, 121_00, "A-3-12")], [item(4, 100_00, "A-3-12"), item(4, 21_00, "A-3-12")])

        assert shape(found) == [("paper", True, 1, 2)]

    def test_alike_ones_of_a_day_if_there_are_as_many_of_them(self):
        lines, facts = [item(4, 50_00, keys=(n,)) for n in (1, 2)], [item(4, 50_00, keys=(n,)) for n in (7, 8)]

        assert shape(matched(lines, facts)) == [("day", True, 1, 1)] * 2


class TestNotSure:
    def test_where_the_amount_stands_on_another_day_too(self):
        found = matched([item(4, 100_00)], [item(4, 100_00), item(9, 100_00, keys=(2,))])

        assert shape(found) == [("day", False, 1, 1)]

    def test_where_another_one_only_has_its_digits_swapped(self):
        assert shape(matched([item(4, 120_00)], [item(4, 120_00), item(5, 210_00)])) == [("day", False, 1, 1)]

    def test_where_others_add_up_to_it(self):
        found = matched([item(4, 100_00)], [item(4, 100_00), item(4, 30_00), item(6, 70_00)])

        assert shape(found) == [("day", False, 1, 1)]

    def test_where_papers_speak_against_it(self):
        assert shape(matched([item(4, 100_00, "A-3-12")], [item(4, 100_00, "A-3-13")])) == [("day", False, 1, 1)]


class TestLikely:
    def test_dated_otherwise(self):
        (found,) = matched([item(4, 100_00)], [item(14, 100_00)])
        assert (found.reason, found.is_sure, found.days) == (Reason.DATED, False, 10)
        assert matched([item(4, 100_00)], [item(15, 100_00)]) == []

    def test_digits_swapped(self):
        assert shape(matched([item(4, 132_050)], [item(5, 123_050)])) == [("digits", False, 1, 1)]

    def test_same_paper_with_another_amount(self):
        assert shape(matched([item(4, 90_00, "A-3-12")], [item(9, 100_00, "A-3-12")])) == [("amount", False, 1, 1)]

    def test_one_line_for_several_and_several_lines_for_one(self):
        merged = matched([item(4, 100_00)], [item(4, 30_00), item(6, 50_00), item(7, 20_00)])
        split = matched([item(4, 30_00), item(6, 70_00)], [item(4, 100_00)])

        assert (shape(merged), shape(split)) == ([("merged", False, 1, 3)], [("split", False, 2, 1)])

    def test_what_was_written_twice(self):
        lines = [item(4, 100_00, keys=(1,)), item(4, 100_00, keys=(2,))]
        pair, twice = matched(lines, [item(4, 100_00)])

        assert (pair.reason, twice.reason, twice.twin) == (Reason.DAY, Reason.TWICE, lines[0])
        assert twice.postings == ()

    def test_the_nearest_first(self):
        (found,) = matched([item(4, 100_00)], [item(1, 100_00), item(6, 100_00)])

        assert found.postings == (item(6, 100_00),)


class TestStrangers:
    def test_are_proposed_if_they_fit_one_alone(self):
        lines = {(0, "ARS", 1): [item(4, 100_00, keys=(1,)), item(5, 70_00, keys=(2,)), item(8, 5_00, keys=(3,))]}
        facts = [
            ((7, "ARS", 1), item(4, 100_00, keys=(11,))),
            ((7, "ARS", 1), item(5, 70_00, keys=(12,))),
            ((8, "ARS", 1), item(5, 70_00, keys=(13,))),
            ((8, "ARS", -1), item(8, 5_00, keys=(14,))),
        ]
        (found,) = matching.match(lines, facts, strangers=[(0, "ARS", 1)])

        assert (found.reason, found.lines[0].keys, found.postings[0].keys) == (Reason.STRANGER, (1,), (11,))


def test_swapped_digits_are_two_neighbours():
    assert swapped(1_320, 1_230)
    assert swapped(50_00, 500_00)
    assert not swapped(1_320, 3_210)
    assert not swapped(120, 120)


def test_sums_are_of_the_nearest():
    parts = [(0, 1, 40), (1, 3, 60), (2, 9, 60), (3, 30, 40)]

    found = sorted(sums([(0, 2, 100)], parts, window=10))

    assert [(each.parts, each.days) for each in found] == [((0, 1), 1), ((0, 2), 7)]


DAYS, AMOUNTS = st.integers(MAY, MAY + 60), st.integers(1, 400)
PAPERS = st.one_of(st.just(()), st.integers(1, 6).map(lambda number: (f"paper:A-1-{number}",)))


@st.composite
def books(draw: st.DrawFn, *, with_errors: bool) -> tuple[list[Item], dict[int, str], random.Random]:
    said = draw(st.lists(st.tuples(DAYS, AMOUNTS, PAPERS), max_size=14))
    facts = [Item(*each, (number,)) for number, each in enumerate(sorted(said), start=1)]
    places = st.integers(0, max(0, len(facts) - 1))
    errors = draw(st.dictionaries(places, st.sampled_from(ERRORS), max_size=4)) if with_errors else {}
    return facts, errors, draw(st.randoms(use_true_random=False))


@given(books(with_errors=True))
@settings(max_examples=300)
def test_no_sure_match_is_ever_wrong(made: tuple[list[Item], dict[int, str], random.Random]):
    facts, errors, chance = made
    planted = record(facts, errors, chance)

    sure = [each for each in matched(planted.lines, facts) if each.is_sure]

    assert not wrong(sure, planted, facts)


@given(books(with_errors=False))
def test_without_errors_everything_is_sure(made: tuple[list[Item], dict[int, str], random.Random]):
    facts, _errors, chance = made
    planted = record(facts, {}, chance)

    matches = matched(planted.lines, facts)

    assert all(each.is_sure for each in matches)
    assert sum(len(each.lines) for each in matches) == sum(len(each.postings) for each in matches) == len(facts)
    assert not wrong(matches, planted, facts)


@given(books(with_errors=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    made: tuple[list[Item], dict[int, str], random.Random], shuffled: random.Random
):
    facts, errors, chance = made
    lines = record(facts, errors, chance).lines
    mixed, of_facts = lines.copy(), facts.copy()
    shuffled.shuffle(mixed)
    shuffled.shuffle(of_facts)

    assert told(matched(lines, facts)) == told(matched(mixed, of_facts))


@given(books(with_errors=True))
def test_nothing_is_matched_more_than_once(made: tuple[list[Item], dict[int, str], random.Random]):
    facts, errors, chance = made
    matches = matched(record(facts, errors, chance).lines, facts)
    counted = Counter((side, key) for each in matches for side in ("lines", "postings") for key in keys(each, side))

    assert set(counted.values()) <= {1}


def keys(found: Match, side: str) -> list[int]:
    return [key for each in getattr(found, side) for key in each.keys]


def told(matches: list[Match]) -> Counter[object]:
    """What matches say, whichever of two that read alike they took."""
    return Counter(
        (
            each.reason,
            each.is_sure,
            *(tuple((i.day, i.amount, i.marks) for i in side) for side in (each.lines, each.postings)),
        )
        for each in matches
    )
