"""Trees of organizations: everybody counted once, whatever the ways that lead there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.tiers import BelongsToItself, Tiers

#: The higher number belongs to the lower one: no circle can arise.
trees = st.sets(st.tuples(st.integers(1, 20), st.integers(1, 20)).filter(lambda pair: pair[0] > pair[1]), max_size=60)


class TestAllBelow:
    def test_counts_once_what_is_reached_by_two_ways(self):
        # 1 confederation, 2 and 3 federations, 4 belongs to both.
        tiers = Tiers.of([(2, 1), (3, 1), (4, 2), (4, 3), (5, 3)])

        assert tiers.all_below(1) == {2, 3, 4, 5}
        assert tiers.total(1, {4: 30, 5: 12}) == 42
        assert tiers.roots() == {1}

    def test_of_somebody_without_members_is_nobody(self):
        assert Tiers.of([]).all_below(7) == frozenset()

    @given(pairs=trees, worth=st.dictionaries(st.integers(1, 20), st.integers(0, 500)))
    def test_the_sum_is_that_of_the_set(self, pairs: set[tuple[int, int]], worth: dict[int, int]):
        tiers = Tiers.of(pairs)

        for body in range(1, 21):
            below = tiers.all_below(body)
            assert body not in below
            assert tiers.total(body, worth) == sum(worth.get(member, 0) for member in below)
            assert all(tiers.all_below(member) <= below for member in below)


class TestCheck:
    @given(pairs=trees, member=st.integers(1, 20), body=st.integers(1, 20))
    def test_refuses_exactly_what_would_close_a_circle(self, pairs: set[tuple[int, int]], member: int, body: int):
        tiers = Tiers.of(pairs)
        would_close = member == body or body in tiers.all_below(member)

        if would_close:
            with pytest.raises(BelongsToItself):
                tiers.check(member, body)
        else:
            tiers.check(member, body)
            assert member not in Tiers.of({*pairs, (member, body)}).all_below(member)
