"""Clearing rounds: the most there is, of it the oldest, of that what the lots say; and one result only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.clearing import ClaimUnfit, TooMuch, clear
from ledger.core.clearing_certificate import problems
from ledger.core.clearing_rings import rings
from ledger.core.clearing_round import AGE_MAX, Claim, Lending, tie
from tests.clearings import CIRCLE, best, best_with, drawn_claims, drawn_lendings, net, round_of


class TestCircle:
    def test_cancels_the_smallest_of_the_circle_from_each(self):
        cleared = clear(CIRCLE, seed="acta 12")

        assert cleared.cancelled == {"1": 450_000, "2": 450_000, "3": 450_000}
        assert cleared.total == 1_350_000

    def test_names_it(self):
        (ring,) = rings(CIRCLE, clear(CIRCLE, seed="acta 12").cancelled, limit=5)

        assert (ring.amount, ring.total) == (450_000, 1_350_000)
        assert [claim.debtor for claim in ring.claims] == ["A", "B", "C"]

    def test_leaves_alone_who_owes_and_is_not_owed(self):
        cleared = clear([*CIRCLE, Claim("4", "A", "D", 100, 900)], seed="acta 12")

        assert "4" not in cleared.cancelled
        assert set(cleared.heights) == {"A", "B", "C", "D"}


class TestChoice:
    def test_a_pair_first_would_block_the_circle(self):
        """The measured counterexample: two cancel 2 between them, and 3 was to be had."""
        claims = [Claim("1", "U", "V", 1, 0), Claim("2", "V", "U", 1, 90), *_way("V", "W", "U")]

        assert clear(claims, seed="s").total == 3

    def test_takes_the_older_of_two_ways(self):
        claims = [Claim("back", "B", "A", 10, 1), Claim("new", "A", "B", 10, 5), Claim("old", "A", "B", 7, 60)]

        assert clear(claims, seed="s").cancelled == {"back": 10, "old": 7, "new": 3}

    def test_takes_the_larger_total_though_it_is_younger(self):
        claims = [Claim("in", "B", "A", 1, 0), Claim("old", "A", "B", 1, 999), *_way("A", "C", "B")]

        assert clear(claims, seed="s").total == 3

    def test_lets_the_seed_decide_between_equals(self):
        claims = [Claim("back", "B", "A", 10, 1), Claim("x", "A", "B", 10, 5), Claim("y", "A", "B", 10, 5)]

        chosen = {frozenset(clear(claims, seed=f"seed {at}").cancelled) for at in range(20)}

        assert chosen == {frozenset({"back", "x"}), frozenset({"back", "y"})}

    def test_draws_again_where_two_lots_are_equal(self):
        one, other = _of_equal_lots("s")
        claims = [Claim("back", "B", "A", 10, 1), Claim(one, "A", "B", 10, 5), Claim(other, "A", "B", 10, 5)]

        cleared = clear(claims, seed="s")

        assert cleared.seed == "s+"
        assert not problems(round_of(claims, cleared))
        assert problems(round_of(claims, replace(cleared, seed="s")))


def _way(*names: str) -> list[Claim]:
    return [Claim(f"{one}{other}", one, other, 1, 0) for one, other in pairwise(names)]


def _of_equal_lots(seed: str) -> tuple[str, str]:
    met: dict[int, str] = {}
    for number in range(1_000_000):
        if (lot := tie(seed, f"claim {number}")) in met:
            return met[lot], f"claim {number}"
        met[lot] = f"claim {number}"
    raise AssertionError


class TestAnyRound:
    @given(claims=drawn_claims())
    def test_cancels_as_much_as_an_independent_program_finds(self, claims: list[Claim]):
        cleared = clear(claims, seed="s")

        most, _ = best(claims, then=[0] * len(claims))
        assert cleared.total == most

    @given(claims=drawn_claims())
    def test_cancels_of_that_the_oldest(self, claims: list[Claim]):
        cleared = clear(claims, seed="s")

        _, oldest = best(claims, then=[claim.age for claim in claims])
        assert sum(claim.age * cleared.cancelled.get(claim.id, 0) for claim in claims) == oldest

    @given(claims=drawn_claims())
    def test_leaves_everybody_where_they_stood(self, claims: list[Claim]):
        cleared = clear(claims, seed="s")

        after = [claim._replace(amount=claim.amount - cleared.cancelled.get(claim.id, 0)) for claim in claims]
        assert net(after) == net(claims)
        assert all(claim.amount >= 0 for claim in after)
        assert all(amount > 0 for amount in cleared.cancelled.values())

    @given(claims=drawn_claims(), data=st.data())
    def test_is_the_same_in_any_order_and_under_any_names(self, claims: list[Claim], data: st.DataObject):
        names = sorted({name for claim in claims for name in (claim.debtor, claim.creditor)})
        called = dict(zip(names, data.draw(st.permutations(names)), strict=True))
        shuffled = [
            claim._replace(debtor=called[claim.debtor], creditor=called[claim.creditor])
            for claim in data.draw(st.permutations(claims))
        ]

        one, other = clear(claims, seed="s"), clear(shuffled, seed="s")

        assert one.cancelled == other.cancelled
        assert {called[name]: height for name, height in one.heights.items()} == other.heights
        assert {called[name]: pair for name, pair in one.order.items()} == other.order

    @given(claims=drawn_claims())
    def test_is_certified(self, claims: list[Claim]):
        assert problems(round_of(claims, clear(claims, seed="s"))) == []

    @given(claims=drawn_claims())
    def test_falls_apart_into_circles_that_are_all_of_it(self, claims: list[Claim]):
        cancelled = clear(claims, seed="s").cancelled

        found = rings(claims, cancelled, limit=len(claims))

        summed = Counter[str]()
        for ring in found:
            following = [*ring.claims[1:], ring.claims[0]]
            assert all(one.creditor == other.debtor for one, other in zip(ring.claims, following, strict=True))
            assert len({claim.debtor for claim in ring.claims}) == len(ring.claims)
            summed.update({claim.id: ring.amount for claim in ring.claims})
        assert summed == cancelled
        assert [ring.total for ring in found] == sorted((ring.total for ring in found), reverse=True)


#: The workshop owes the foundry, the foundry the carriers: no circle.
CHAIN = [Claim("1", "A", "B", 100, 30), Claim("2", "B", "C", 80, 20)]


class TestWithSomethingLent:
    def test_closes_a_chain(self):
        cleared = clear(CHAIN, seed="s", lending=Lending(most=500, pays={"A": 90}, takes={"C": 90}))

        assert cleared.cancelled == {"1": 80, "2": 80}
        assert cleared.lent == {"+pays A": 80, "+takes C": 80, "+lent": 80}
        assert cleared.total == 160

    def test_goes_no_further_than_each_said(self):
        cleared = clear(CHAIN, seed="s", lending=Lending(most=500, pays={"A": 70, "B": 5}, takes={"B": 30, "C": 60}))

        assert cleared.cancelled == {"1": 70, "2": 60}
        assert cleared.lent == {"+pays A": 70, "+takes B": 10, "+takes C": 60, "+lent": 70}

    def test_lends_nothing_where_a_circle_does_it(self):
        lending = Lending(most=10**9, pays={"A": 450_000}, takes={"A": 450_000})

        cleared = clear(CIRCLE, seed="s", lending=lending)

        assert (cleared.total, cleared.lent) == (1_350_000, {})

    def test_what_nobody_gives_or_takes_changes_nothing(self):
        assert clear(CHAIN, seed="s", lending=Lending(most=0, pays={"A": 9}, takes={"C": 9})).total == 0
        assert clear(CHAIN, seed="s", lending=Lending(most=9, pays={}, takes={})).total == 0

    @given(claims=drawn_claims(), data=st.data())
    def test_cancels_the_most_with_the_least(self, claims: list[Claim], data: st.DataObject):
        lending = data.draw(drawn_lendings(claims))

        cleared = clear(claims, seed="s", lending=lending)

        assert (cleared.total, cleared.lent.get("+lent", 0)) == best_with(claims, lending)
        assert problems(round_of(claims, cleared, lending)) == []

    @given(claims=drawn_claims(), data=st.data())
    def test_is_the_same_in_any_order(self, claims: list[Claim], data: st.DataObject):
        lending = data.draw(drawn_lendings(claims))
        turned = Lending(
            most=lending.most, pays=dict([*lending.pays.items()][::-1]), takes=dict([*lending.takes.items()][::-1])
        )

        assert clear(claims, seed="s", lending=lending) == clear(
            data.draw(st.permutations(claims)), seed="s", lending=turned
        )

    @given(claims=drawn_claims())
    def test_nothing_to_lend_is_a_round_by_itself(self, claims: list[Claim]):
        alone = clear(claims, seed="s")

        with_none = clear(claims, seed="s", lending=Lending(most=0, pays={}, takes={}))

        assert (with_none.cancelled, with_none.lent) == (alone.cancelled, {})

    @pytest.mark.parametrize(
        "unfit", [Claim("+9", "A", "B", 5, 0), Claim("9", "+lent", "B", 5, 0), Claim("9", "A", "+taken", 5, 0)]
    )
    def test_a_claim_under_a_name_of_what_is_lent_is_refused(self, unfit: Claim):
        with pytest.raises(ClaimUnfit):
            clear([unfit], seed="s", lending=Lending(most=5, pays={}, takes={}))


class TestBounds:
    def test_no_claims_cancel_nothing(self):
        assert clear([], seed="s").total == 0

    @pytest.mark.parametrize(
        "unfit",
        [
            Claim("1", "A", "B", 5, 0),
            Claim("9", "A", "A", 5, 0),
            Claim("9", "A", "B", 0, 0),
            Claim("9", "A", "B", 5, -1),
            Claim("9", "A", "B", 5, AGE_MAX + 1),
        ],
    )
    def test_a_claim_that_cannot_take_part_is_named(self, unfit: Claim):
        with pytest.raises(ClaimUnfit, match=unfit.id):
            clear([*CIRCLE, unfit], seed="s")

    def test_more_than_is_counted_exactly_is_refused(self):
        with pytest.raises(TooMuch):
            clear([Claim("1", "A", "B", 1 << 61, 0), Claim("2", "B", "A", 1 << 61, 0)], seed="s")

    def test_up_to_there_it_is_exact(self):
        claims = [
            Claim("1", "A", "B", (1 << 61) - 1, AGE_MAX),
            Claim("2", "B", "C", (1 << 60) + 1, 0),
            Claim("3", "C", "A", (1 << 59) + 1, AGE_MAX),
        ]

        assert set(clear(claims, seed="s").cancelled.values()) == {(1 << 59) + 1}

    def test_a_long_circle_climbs_as_high_as_it_is_long(self):
        claims = _circle(300)

        cleared = clear(claims, seed="s")

        assert len(cleared.cancelled) == 300
        assert problems(round_of(claims, cleared)) == []


def _circle(length: int) -> Sequence[Claim]:
    return [Claim(str(at), f"coop {at}", f"coop {(at + 1) % length}", 7 + at, at % 99) for at in range(length)]
