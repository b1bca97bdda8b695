"""Turns at an office that goes round: nobody follows upon themselves, whichever turn was written first."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from network.core.mandates import Turn, is_in_a_row

EMA, LEO = 1, 2
DAY = dt.date(2026, 5, 4)


def turn(person: int, year: int, seat: int = 1) -> Turn:
    return Turn(seat, person, DAY.replace(year=2026 + year))


class TestIsInARow:
    def test_looks_both_ways(self):
        assert is_in_a_row(turn(EMA, 1), [turn(EMA, 0)])
        assert is_in_a_row(turn(EMA, 0), [turn(EMA, 1)])

    def test_somebody_else_in_between_makes_it_a_new_turn(self):
        assert not is_in_a_row(turn(EMA, 2), [turn(EMA, 0), turn(LEO, 1)])
        assert not is_in_a_row(turn(EMA, 0), [turn(EMA, 2), turn(LEO, 1)])

    def test_another_seat_of_the_office_is_the_same_office(self):
        assert is_in_a_row(turn(EMA, 2, seat=2), [turn(EMA, 0), turn(LEO, 1, seat=2)])

    @given(st.permutations(range(4)), st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2)), min_size=4, max_size=4))
    def test_says_the_same_in_whatever_order_they_are_written(self, order: list[int], told: list[tuple[int, int]]):
        turns = [turn(person, year, seat) for year, (person, seat) in enumerate(told)]

        def anybody(written: list[Turn]) -> bool:
            return any(is_in_a_row(each, [other for other in written if other != each]) for each in written)

        assert anybody([turns[place] for place in order]) == anybody(turns)
