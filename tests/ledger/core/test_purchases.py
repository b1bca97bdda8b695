"""What is bought for several: whose is what, to the cent and to the smallest quantity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.purchases import Asked, MoreThanAsked, PartOfNothing, Share, is_dear, share_out, worth


def steel(*quantities: int) -> list[Asked]:
    return [Asked(request=number, quantity=quantity) for number, quantity in enumerate(quantities, start=1)]


class TestShareOut:
    def test_story_3(self):
        assert share_out(steel(50, 30, 20), quantity=100, amount=6_000_000_00, vat=1_260_000_00) == [
            Share(1, 50, 3_000_000_00, 630_000_00),
            Share(2, 30, 1_800_000_00, 378_000_00),
            Share(3, 20, 1_200_000_00, 252_000_00),
        ]

    def test_cents_that_do_not_divide_go_to_the_largest_remainder(self):
        assert [each.amount for each in share_out(steel(1, 1, 1), quantity=3, amount=100, vat=21)] == [34, 33, 33]

    def test_refuses_more_than_is_asked_for_and_a_part_of_nothing(self):
        with pytest.raises(MoreThanAsked):
            share_out([Asked(request=1, quantity=10, before=9)], quantity=2, amount=1, vat=0)
        with pytest.raises(PartOfNothing):
            share_out(steel(1, 1), quantity=2, amount=1, vat=0)

    @given(st.data())
    def test_of_any_purchases_nothing_is_lost_and_each_ends_with_what_it_asked_for(self, data: st.DataObject):
        wanted = data.draw(st.lists(st.integers(1, 10**9), min_size=2, max_size=8))
        had = dict.fromkeys(range(1, len(wanted) + 1), 0)
        left = sum(wanted)
        while left:
            quantity = left if data.draw(st.booleans()) else data.draw(st.integers(1, left))
            amount, vat = data.draw(st.integers(10**10, 10**15)), data.draw(st.integers(0, 10**14))
            asked = [Asked(request=each, quantity=wanted[each - 1], before=had[each]) for each in had]

            shares = share_out(asked, quantity=quantity, amount=amount, vat=vat)

            assert sum(share.quantity for share in shares) == quantity
            assert (sum(share.amount for share in shares), sum(share.vat for share in shares)) == (amount, vat)
            assert all(abs(share.amount * quantity - amount * share.quantity) < quantity for share in shares)
            for share in shares:
                had[share.request] += share.quantity
                assert had[share.request] <= wanted[share.request - 1]
            left -= quantity
        assert list(had.values()) == wanted


class TestPrice:
    def test_is_compared_for_each_whole_unit(self):
        # 1,300.00 for a kilogram of 1,000 grams.
        assert not is_dear(amount=650_00, quantity=500, most=1_300_00, scale=3)
        assert is_dear(amount=650_01, quantity=500, most=1_300_00, scale=3)

    def test_a_request_is_worth_its_quantity_at_that_price(self):
        assert worth(quantity=1_500, most=1_300_00, scale=3) == 1_950_00
        assert worth(quantity=1, most=1, scale=3) == 1
