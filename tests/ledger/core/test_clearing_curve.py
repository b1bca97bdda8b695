"""How much more is cancelled with something lent: beside an independent program, and never less for a unit more."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.clearing import clear
from ledger.core.clearing_curve import Point, curve, lending_to_all
from ledger.core.clearing_round import Claim, Lending
from tests.clearings import CIRCLE, best_with, drawn_claims, drawn_lendings

#: The workshop owes the foundry, the foundry the carriers: no circle.
CHAIN = [Claim("1", "A", "B", 100, 30), Claim("2", "B", "C", 80, 20), Claim("3", "C", "D", 60, 10)]
EVERY = range(1, 101)


def small_claims() -> st.SearchStrategy[list[Claim]]:
    """Draw claims of a few cents, so that every amount lent can be looked at."""
    return drawn_claims().map(lambda claims: [claim._replace(amount=1 + claim.amount % 9) for claim in claims])


class TestCurve:
    def test_one_that_is_lent_closes_a_chain_of_three(self):
        points = curve(CHAIN, lending_to_all(CHAIN, most=1000))

        assert points[-1] == Point(lent=100, total=240, more=240)
        # The first sixty go all the way.
        assert [(point.lent, point.more) for point in points[:6]] == [
            (1, 3),
            (5, 15),
            (10, 30),
            (20, 60),
            (40, 120),
            (60, 180),
        ]
        assert (str(points[0].each), str(points[-1].each)) == ("3.0", "2.4")

    def test_goes_no_further_than_there_is_to_lend(self):
        assert curve(CHAIN, lending_to_all(CHAIN, most=10))[-1] == Point(lent=10, total=30, more=30)

    def test_goes_only_to_those_who_have_room(self):
        rooms = {"A": 0, "B": 50, "C": 0, "D": 0}

        assert curve(CHAIN, lending_to_all(CHAIN, most=1000, rooms=rooms))[-1] == Point(lent=50, total=100, more=100)

    def test_is_paid_to_those_alone_who_have_a_position(self):
        rooms = {"A": 100, "B": 0}

        assert curve(CHAIN, lending_to_all(CHAIN, most=1000, rooms=rooms))[-1] == Point(lent=100, total=100, more=100)

    def test_counts_only_what_comes_on_top(self):
        points = curve(CIRCLE, lending_to_all(CIRCLE, most=10**9))

        assert points[-1] == Point(lent=250_000, total=1_650_000, more=300_000)

    def test_has_no_points_where_nothing_helps(self):
        whole = [Claim("1", "A", "B", 5, 0), Claim("2", "B", "A", 5, 0)]

        assert curve(whole, lending_to_all(whole, most=100)) == []
        assert curve(CHAIN, lending_to_all(CHAIN, most=0)) == []
        assert curve(CHAIN, Lending(most=5, pays={}, takes={"B": 5})) == []
        assert curve([], Lending(most=5, pays={}, takes={})) == []


class TestAnyCurve:
    @given(claims=small_claims(), data=st.data())
    def test_is_what_an_independent_program_finds(self, claims: list[Claim], data: st.DataObject):
        lending = data.draw(drawn_lendings(claims))
        points = curve(claims, lending)

        most, least = best_with(claims, lending)

        without = clear(claims, seed="s").total
        assert (points[-1].total, points[-1].lent) == (most, least) if points else (most, least) == (without, 0)

    @given(claims=small_claims(), data=st.data())
    def test_rises_and_each_unit_more_brings_no_more_than_the_one_before(
        self, claims: list[Claim], data: st.DataObject
    ):
        lending = data.draw(drawn_lendings(claims))

        points = curve(claims, lending, shares=EVERY)

        steps = [Point(0, clear(claims, seed="s").total, 0), *points]
        assert all(point.more == point.total - steps[0].total for point in points)
        assert [point.lent for point in points] == list(range(1, len(steps)))
        gained = [after.total - before.total for before, after in pairwise(steps)]
        assert all(gain >= 1 for gain in gained)
        assert gained == sorted(gained, reverse=True)

    @given(claims=drawn_claims())
    def test_with_enough_for_everybody_all_is_cancelled(self, claims: list[Claim]):
        owed = sum(claim.amount for claim in claims)

        points = curve(claims, lending_to_all(claims, most=owed))

        assert (points[-1].total if points else clear(claims, seed="s").total) == owed
