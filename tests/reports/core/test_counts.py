"""Small counts of people are told so that nobody can work them out."""

from hypothesis import given
from hypothesis import strategies as st

from reports.core.counts import LEAST_TOLD, NOBODY, Count, told, total

few = st.integers(1, LEAST_TOLD - 1)
enough = st.one_of(st.just(0), st.integers(LEAST_TOLD, 10_000))


def test_nobody_and_enough_are_told():
    assert (told(0), told(5), told(1190)) == (NOBODY, Count(5), Count(1190))


def test_one_to_four_are_not():
    assert {told(people) for people in range(1, LEAST_TOLD)} == {Count(few=1)}


@given(st.lists(enough), st.lists(st.tuples(few, few)))
def test_whatever_small_counts_there_were_the_same_is_told(large: list[int], small: list[tuple[int, int]]):
    """No total, of whichever of them, lets one tell one small count from another."""
    one = total(map(told, [*large, *(first for first, _second in small)]))
    other = total(map(told, [*large, *(second for _first, second in small)]))

    assert one == other == Count(sum(large), len(small))


@given(st.lists(st.integers(0, 50)), st.integers(0, 50))
def test_a_total_is_that_of_its_parts(people: list[int], cut: int):
    counts = [told(each) for each in people]

    assert total(counts[:cut]) + total(counts[cut:]) == total(counts)
    assert total(counts).number <= sum(people) <= total(counts).number + (LEAST_TOLD - 1) * total(counts).few
