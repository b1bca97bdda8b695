"""The posting rule of barter: by the worked story, and for any agreement played in any order."""

import pytest

from ledger.core.barter import OwedIsAnother, Position, Promise
from ledger.core.debts import WorthNothing

GRAFICA, MOLINO = 1, 2
BAGS, FLOUR = 10, 20


def story_1(*, pegged_to_goods: bool = True) -> Position:
    """Return Story 1: 60,000 bags (21 % VAT) against 4,000 kg of flour (10.5 %), 1,200,000 pesos each."""
    return Position(
        promises=[
            Promise(line=BAGS, giver=GRAFICA, receiver=MOLINO, quantity=60_000, value=1_200_000_00, vat_rate=2100),
            Promise(line=FLOUR, giver=MOLINO, receiver=GRAFICA, quantity=4_000_000, value=1_200_000_00, vat_rate=1050),
        ],
        debts=[],
        pegged_to_goods=pegged_to_goods,
    )


def owed(position: Position) -> dict[tuple[int, int | None], tuple[int, int]]:
    """Return (amount, quantity) by (debtor, line), without what is settled."""
    totals: dict[tuple[int, int | None], tuple[int, int]] = {}
    for debt in position.debts.all:
        amount, quantity = totals.get((debt.debtor, debt.line), (0, 0))
        totals[debt.debtor, debt.line] = amount + debt.amount, quantity + debt.quantity
    return {key: total for key, total in totals.items() if any(total)}


class TestStory1:
    def test_bags_leave_flour_and_vat_owed(self):
        position = story_1()

        bags = position.deliver(line=BAGS, quantity=60_000)

        assert (bags.value, bags.vat) == (1_200_000_00, 252_000_00)
        assert owed(position) == {(MOLINO, FLOUR): (1_200_000_00, 4_000_000), (MOLINO, None): (252_000_00, 0)}

    def test_half_of_the_flour_settles_half_and_some_vat(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)

        flour = position.deliver(line=FLOUR, quantity=2_000_000)

        assert (flour.value, flour.vat) == (600_000_00, 63_000_00)
        assert owed(position) == {(MOLINO, FLOUR): (600_000_00, 2_000_000), (MOLINO, None): (189_000_00, 0)}

    def test_all_of_it_leaves_the_difference_of_vat_in_money(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)
        position.deliver(line=FLOUR, quantity=2_000_000)
        position.deliver(line=FLOUR, quantity=2_000_000)

        # 252,000 - 126,000: the story's 94,500 comes of a later price.
        assert owed(position) == {(MOLINO, None): (126_000_00, 0)}
        assert not position.is_settled()
        position.pay(giver=MOLINO, receiver=GRAFICA, amount=126_000_00)
        assert position.is_settled()

    def test_flour_given_first_leaves_bags_owed(self):
        position = story_1()

        position.deliver(line=FLOUR, quantity=1_000_000)

        assert owed(position) == {(GRAFICA, BAGS): (300_000_00, 15_000), (GRAFICA, None): (31_500_00, 0)}

    def test_pegged_to_pesos_everything_is_owed_in_pesos(self):
        position = story_1(pegged_to_goods=False)

        position.deliver(line=BAGS, quantity=60_000)
        position.deliver(line=FLOUR, quantity=2_000_000)

        assert owed(position) == {(MOLINO, None): (789_000_00, 0)}


class TestTodaysPrice:
    """Story 1 to its end: the price of flour jumps while half of it is owed."""

    @pytest.fixture
    def owing(self) -> Position:
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)
        position.deliver(line=FLOUR, quantity=2_000_000)
        return position

    def test_what_is_owed_is_worth_more_at_the_end_of_the_year(self, owing: Position):
        closing = owing.revalue(line=FLOUR, quantity=2_000_000, worth=800_000_00)

        assert closing.held == 200_000_00
        assert owed(owing)[MOLINO, FLOUR] == (800_000_00, 2_000_000)

    def test_and_more_again_when_it_is_delivered(self, owing: Position):
        owing.revalue(line=FLOUR, quantity=2_000_000, worth=800_000_00)

        last = owing.deliver(line=FLOUR, quantity=2_000_000, worth=900_000_00)

        assert (last.value, last.worth, last.held, last.vat) == (800_000_00, 900_000_00, 100_000_00, 94_500_00)
        assert owed(owing) == {(MOLINO, None): (94_500_00, 0)}
        owing.pay(giver=MOLINO, receiver=GRAFICA, amount=94_500_00)
        assert owing.is_settled()

    def test_is_not_set_for_what_is_not_owed(self, owing: Position):
        for line, quantity in ((BAGS, 0), (BAGS, 1), (FLOUR, 1_999_999)):
            with pytest.raises(OwedIsAnother):
                owing.revalue(line=line, quantity=quantity, worth=1)


class TestPutRight:
    def test_what_is_returned_is_owed_again_and_its_vat_in_money(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)
        position.deliver(line=FLOUR, quantity=4_000_000)

        returned = position.take_back(line=FLOUR, quantity=1_000_000)

        assert (returned.worth, returned.vat) == (-300_000_00, -31_500_00)
        assert owed(position) == {(MOLINO, FLOUR): (300_000_00, 1_000_000), (MOLINO, None): (157_500_00, 0)}

    def test_what_will_not_come_any_more_is_owed_in_money(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)

        position.give_up(line=FLOUR, quantity=1_000_000)

        assert owed(position) == {(MOLINO, FLOUR): (900_000_00, 3_000_000), (MOLINO, None): (552_000_00, 0)}

    def test_what_is_less_good_costs_less_with_less_vat(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=60_000)

        allowed = position.allow(line=BAGS, amount=100_000_00)

        assert (allowed.worth, allowed.vat) == (-100_000_00, -21_000_00)
        assert owed(position)[MOLINO, None] == (131_000_00, 0)

    def test_what_is_still_to_be_given_is_agreed_anew_and_what_is_owed_stays(self):
        position = story_1()
        position.deliver(line=BAGS, quantity=30_000)

        position.change(line=FLOUR, quantity=1_000_000, worth=300_000_00)

        assert owed(position)[MOLINO, FLOUR] == (600_000_00, 2_000_000)
        assert position.promises[FLOUR].left == 3_000_000


class TestRing:
    """The print shop gives the school its books, the school trains the mill, the mill gives the print shop flour."""

    ESCUELA = 3
    BOOKS, TRAINING = 11, 31

    def ring(self, *, pegged_to_goods: bool = True) -> Position:
        hundred = {"value": 100_00, "vat_rate": None}
        return Position(
            promises=[
                Promise(line=self.BOOKS, giver=GRAFICA, receiver=self.ESCUELA, quantity=50, **hundred),
                Promise(line=self.TRAINING, giver=self.ESCUELA, receiver=MOLINO, quantity=20, **hundred),
                Promise(line=FLOUR, giver=MOLINO, receiver=GRAFICA, quantity=1_000, **hundred),
            ],
            debts=[],
            pegged_to_goods=pegged_to_goods,
        )

    def test_whoever_received_owes_the_next_and_the_last_owes_whoever_gave(self):
        position = self.ring()

        position.deliver(line=self.BOOKS, quantity=25)

        assert {(d.debtor, d.creditor, d.line, d.amount, d.quantity) for d in position.debts.all} == {
            (self.ESCUELA, MOLINO, self.TRAINING, 50_00, 10),
            (MOLINO, GRAFICA, FLOUR, 50_00, 500),
        }

    @pytest.mark.parametrize("pegged_to_goods", [True, False])
    def test_once_all_have_given_nobody_owes(self, pegged_to_goods: bool):
        position = self.ring(pegged_to_goods=pegged_to_goods)

        position.deliver(line=self.BOOKS, quantity=50)
        position.deliver(line=self.TRAINING, quantity=20)
        position.deliver(line=FLOUR, quantity=1_000)

        assert position.is_settled()


class TestLessThanACent:
    def position(self, *, pegged_to_goods: bool) -> Position:
        """Return a thousand grams for two centavos."""
        flour = Promise(line=FLOUR, giver=MOLINO, receiver=GRAFICA, quantity=1_000, value=2)
        bags = Promise(line=BAGS, giver=GRAFICA, receiver=MOLINO, quantity=1, value=2)
        return Position(promises=[flour, bags], debts=[], pegged_to_goods=pegged_to_goods)

    @pytest.mark.parametrize("pegged_to_goods", [True, False])
    @pytest.mark.parametrize("grams", [1, 249, 751, 999])
    @pytest.mark.parametrize("act", ["deliver", "give_up"])
    def test_neither_a_part_nor_what_it_leaves_may_be_worth_nothing(self, pegged_to_goods, grams, act):
        position = self.position(pegged_to_goods=pegged_to_goods)
        if pegged_to_goods:
            position.deliver(line=BAGS, quantity=1)
        with pytest.raises(WorthNothing):
            getattr(position, act)(line=FLOUR, quantity=grams)

    @pytest.mark.parametrize("grams", [250, 749])
    def test_a_cent_for_each_is_enough(self, grams):
        position = self.position(pegged_to_goods=True)
        position.deliver(line=BAGS, quantity=1)

        assert [position.deliver(line=FLOUR, quantity=part).value for part in (grams, 1_000 - grams)] == [1, 1]
        assert position.is_settled()

    def test_nor_may_todays_price_of_all_that_is_owed(self):
        position = self.position(pegged_to_goods=True)
        position.deliver(line=BAGS, quantity=1)
        with pytest.raises(WorthNothing):
            position.revalue(line=FLOUR, quantity=1_000, worth=0)
