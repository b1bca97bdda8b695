"""The posting rule of barter: by the worked story, and for any agreement played in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.apportion import percentage
from ledger.core.barter import Position, Promise

GRAFICA, MOLINO = 1, 2
BAGS, FLOUR = 10, 20


def story_1(*, pegged_to_goods: bool = True) -> Position:
    """Return Story 1: 60,000 bags (21 % VAT) against 4,000 kg of flour (10.5 %), 1,200,000 pesos each."""
    return Position(
        promises=[
            Promise(line=BAGS, giver=GRAFICA, quantity=60_000, value=1_200_000_00, vat_rate=2100),
            Promise(line=FLOUR, giver=MOLINO, quantity=4_000_000, value=1_200_000_00, vat_rate=1050),
        ],
        debts=[],
        pegged_to_goods=pegged_to_goods,
    )


def owed(position: Position) -> dict[tuple[int, int | None], tuple[int, int]]:
    """Return (amount, quantity) by (debtor, line), without what is settled."""
    totals: dict[tuple[int, int | None], tuple[int, int]] = {}
    for debt in position.debts:
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

        # 252,000 - 126,000: the story's 94,500 comes of a later price, which revaluation brings.
        assert owed(position) == {(MOLINO, None): (126_000_00, 0)}
        assert not position.is_settled()
        position.pay(giver=MOLINO, amount=126_000_00)
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


promised = st.tuples(st.integers(1, 10**7), st.integers(1, 10**10), st.sampled_from([None, 1050, 2100]))


@st.composite
def agreements(draw):
    """Draw an agreement with one to three lines on each side, of any quantities and values."""
    promises = []
    for giver in (GRAFICA, MOLINO):
        for number, (quantity, value, vat_rate) in enumerate(draw(st.lists(promised, min_size=1, max_size=3))):
            promises.append(
                Promise(line=giver * 10 + number, giver=giver, quantity=quantity, value=value, vat_rate=vat_rate)
            )
    return Position(promises=promises, debts=[], pegged_to_goods=draw(st.booleans()))


class TestAnyAgreement:
    @settings(max_examples=300, deadline=None)
    @given(position=agreements(), data=st.data())
    def test_played_to_its_end_in_any_order_everything_closes_at_zero(self, position: Position, data):
        values = {line: promise.value for line, promise in position.promises.items()}
        given_away = {GRAFICA: 0, MOLINO: 0}
        charged = dict.fromkeys(values, 0)
        while lines := [line for line in position.promises if position.open_to_deliver(line)]:
            line = data.draw(st.sampled_from(lines))
            left = position.open_to_deliver(line)
            quantity = data.draw(st.one_of(st.just(left), st.integers(1, left)))
            delivered = position.deliver(line=line, quantity=quantity)
            given_away[position.promises[line].giver] += delivered.value + delivered.vat
            charged[line] += delivered.vat
            assert all(debt.amount >= 0 and debt.quantity >= 0 for debt in position.debts)
            net = sum(d.amount if d.debtor == MOLINO else -d.amount for d in position.debts)
            assert net == given_away[GRAFICA] - given_away[MOLINO]

        assert {line: promise.delivered_value for line, promise in position.promises.items()} == values
        assert charged == {
            line: percentage(values[line], basis_points=promise.vat_rate or 0)
            for line, promise in position.promises.items()
        }
        assert not [debt for debt in position.debts if debt.line is not None and (debt.amount or debt.quantity)]
        for side in (GRAFICA, MOLINO):
            if owing := sum(debt.amount for debt in position.debts if debt.debtor == side):
                position.pay(giver=side, amount=owing)
        assert position.is_settled()
