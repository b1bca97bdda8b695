"""Quorum and majority, by hand and by the thousand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.quorum import HALF, TWO_THIRDS, Share, Votes, is_carried, may_meet, quorum, votes_needed

shares = st.builds(
    lambda denominator, part: Share(1 + part % denominator, denominator),
    st.integers(2, 50),
    st.integers(0, 1000),
)
votes = st.builds(Votes, *[st.integers(0, 500)] * 3)


class TestQuorum:
    @pytest.mark.parametrize(("entitled", "needed"), [(1, 1), (2, 2), (10, 6), (11, 6), (45, 23), (100, 51)])
    def test_is_more_than_half(self, entitled: int, needed: int):
        assert quorum(entitled=entitled) == needed
        assert may_meet(present=needed, entitled=entitled)
        assert not may_meet(present=needed - 1, entitled=entitled)

    def test_an_hour_later_whoever_is_there_decides(self):
        assert may_meet(present=3, entitled=45, is_second_call=True)
        assert not may_meet(present=0, entitled=45, is_second_call=True)

    def test_nobody_comes_who_may_not_vote(self):
        assert not may_meet(present=12, entitled=11)

    @given(entitled=st.integers(1, 100_000), share=shares)
    def test_never_asks_for_more_than_there_are_and_always_for_more_than_the_share(self, entitled: int, share: Share):
        needed = quorum(entitled=entitled, share=share)

        assert 1 <= needed <= entitled
        if share.numerator < share.denominator:
            assert needed * share.denominator > entitled * share.numerator
            assert (needed - 1) * share.denominator <= entitled * share.numerator

    @given(entitled=st.integers(1, 1000), present=st.integers(0, 1000), share=shares, is_second_call=st.booleans())
    def test_one_more_never_breaks_it(self, entitled: int, present: int, share: Share, is_second_call: bool):
        told = {"entitled": entitled, "share": share, "is_second_call": is_second_call}
        if may_meet(present=present, **told) and present < entitled:
            assert may_meet(present=present + 1, **told)


class TestMajority:
    @pytest.mark.parametrize(
        ("counted", "carried"),
        [((23, 22, 0), True), ((20, 20, 5), False), ((1, 0, 44), True), ((0, 0, 45), False), ((0, 0, 0), False)],
    )
    def test_simple_is_more_for_than_against(self, counted: tuple[int, int, int], carried: bool):
        assert is_carried(Votes(*counted)) is carried

    @pytest.mark.parametrize(
        ("counted", "carried"), [((30, 15, 0), True), ((29, 15, 1), False), ((29, 14, 2), True), ((0, 0, 9), False)]
    )
    def test_qualified_is_two_thirds_of_those_who_say_yes_or_no(self, counted: tuple[int, int, int], carried: bool):
        assert is_carried(Votes(*counted), qualified=TWO_THIRDS) is carried

    def test_where_abstentions_count_they_weigh_against(self):
        assert not is_carried(Votes(20, 15, 10), abstentions_count=True)
        assert is_carried(Votes(23, 12, 10), abstentions_count=True)

    @given(votes=votes, count=st.booleans())
    def test_what_is_carried_has_more_for_than_against(self, votes: Votes, count: bool):
        if is_carried(votes, abstentions_count=count):
            assert votes.in_favour > votes.against

    @given(votes=votes, count=st.booleans())
    def test_two_thirds_carry_nothing_that_half_does_not(self, votes: Votes, count: bool):
        if is_carried(votes, qualified=TWO_THIRDS, abstentions_count=count):
            assert is_carried(votes, abstentions_count=count)

    @given(votes=votes, qualified=st.sampled_from([None, TWO_THIRDS, Share(3, 4)]), count=st.booleans())
    def test_one_more_in_favour_never_loses(self, votes: Votes, qualified: Share | None, count: bool):
        more = Votes(votes.in_favour + 1, votes.against, votes.abstentions)

        if is_carried(votes, qualified=qualified, abstentions_count=count):
            assert is_carried(more, qualified=qualified, abstentions_count=count)
        assert votes_needed(votes, qualified=qualified, abstentions_count=count) >= 1


class TestShare:
    @pytest.mark.parametrize(("numerator", "denominator"), [(0, 2), (3, 2), (-1, 2)])
    def test_is_part_of_a_whole(self, numerator: int, denominator: int):
        with pytest.raises(ValueError, match="no part"):
            Share(numerator, denominator)

    def test_rounds_up_to_whole_people(self):
        assert (HALF.least_above(9), HALF.least_of(9), TWO_THIRDS.least_of(10)) == (5, 5, 7)

    def test_votes_are_counted_from_zero(self):
        with pytest.raises(ValueError, match="nobody"):
            Votes(1, -1, 0)
