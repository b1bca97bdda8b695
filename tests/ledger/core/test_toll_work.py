"""The arithmetic of toll work: material never below zero, its cost to the cent, the fee in goods and money to zero."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.barter import Position, Promise
from ledger.core.debts import WorthNothing
from ledger.core.toll_work import Custody, NotOnHand, Taken, TooMuchWaste

PRINCIPAL, WORKER, WORK, GOODS = 1, 2, 10, 20


def fee(*, fee: int, made: int, goods: int = 0, quantity: int = 0, rate: int = 2100) -> Position:
    promises = [Promise(line=WORK, giver=WORKER, receiver=PRINCIPAL, quantity=made, value=fee, vat_rate=rate)]
    if goods:
        promises.append(
            Promise(line=GOODS, giver=PRINCIPAL, receiver=WORKER, quantity=quantity, value=goods, vat_rate=rate)
        )
    return Position(promises=promises, debts=[], pegged_to_goods=True, in_proportion=True)


def owed(position: Position) -> dict[tuple[int, int | None], tuple[int, int]]:
    """Return (debtor, line or none for money) → amount, quantity."""
    found: dict[tuple[int, int | None], tuple[int, int]] = {}
    for debt in position.debts.all:
        amount, quantity = found.get((debt.debtor, debt.line), (0, 0))
        if debt.amount or debt.quantity:
            found[debt.debtor, debt.line] = amount + debt.amount, quantity + debt.quantity
    return found


class TestCustody:
    def test_cost_follows_the_material_to_the_cent(self):
        custody = Custody(allowed_waste=1000)
        custody.receive(3, 100)

        costs = [custody.take(Taken(worked=1)).made for _each in range(3)]

        assert costs == [33, 34, 33]
        assert (custody.on_hand, custody.cost) == (0, 0)

    def test_waste_is_a_part_of_what_was_received(self):
        custody = Custody(allowed_waste=200)
        custody.receive(1_500_00, 465_000_000)

        with pytest.raises(TooMuchWaste):
            custody.take(Taken(worked=1_450_00, waste=30_01))
        made = custody.take(Taken(worked=1_450_00, waste=30_00, returned=20_00))

        assert (made.made, made.returned) == (458_800_000, 6_200_000)
        assert custody.waste_left == 0

    @pytest.mark.parametrize("taken", [Taken(), Taken(worked=11), Taken(worked=5, returned=6)])
    def test_nothing_leaves_that_is_not_there(self, taken: Taken):
        custody = Custody(allowed_waste=0)
        custody.receive(10, 10)

        with pytest.raises(NotOnHand):
            custody.take(taken)


class TestFee:
    def test_each_part_of_the_work_is_owed_partly_in_goods(self):
        position = fee(fee=3_000_000_00, made=1_000, goods=1_800_000_00, quantity=450_00)

        position.deliver(line=WORK, quantity=500)

        assert owed(position) == {
            (PRINCIPAL, GOODS): (900_000_00, 225_00),
            (PRINCIPAL, None): (600_000_00 + 315_000_00, 0),
        }

    def test_goods_given_ahead_are_paid_back_by_work(self):
        position = fee(fee=3_000, made=1_000, goods=1_800, quantity=450, rate=0)

        position.deliver(line=GOODS, quantity=450)
        assert owed(position) == {(WORKER, WORK): (1_800, 600)}
        position.deliver(line=WORK, quantity=1_000)

        assert owed(position) == {(PRINCIPAL, None): (1_200, 0)}

    def test_a_fee_in_money_alone(self):
        position = fee(fee=3_000, made=1_000)

        position.deliver(line=WORK, quantity=1_000)

        assert owed(position) == {(PRINCIPAL, None): (3_630, 0)}


@dataclass
class Work:
    """Toll work that is carried out in random pieces."""

    data: st.DataObject
    material: int
    price: int
    custody: Custody
    position: Position
    handed: int = 0
    gone: int = 0

    def some(self, whole: int) -> int:
        """Return all of it, or a part."""
        return -(-whole // self.data.draw(st.sampled_from([1, 2, 3, 7])))

    def open_steps(self) -> dict[str, Callable[[], None]]:
        """Return what can be done now."""
        steps: dict[str, Callable[[], None]] = {
            f"deliver {line}": partial(self.deliver, line)
            for line, promise in self.position.promises.items()
            if promise.left
        }
        if self.handed < self.material:
            steps["hand over"] = self.hand_over
        if self.custody.on_hand:
            steps["take"] = self.take
        if self.position.debts.owed(PRINCIPAL, WORKER):
            steps["pay"] = self.pay
        return steps

    def deliver(self, line: int) -> None:
        before, left = copy.deepcopy(self.position), self.position.promises[line].left
        try:
            self.position.deliver(line=line, quantity=self.some(left))
        except WorthNothing:
            self.position = before
            self.position.deliver(line=line, quantity=left)

    def hand_over(self) -> None:
        more = self.some(self.material - self.handed)
        self.handed += more
        self.custody.receive(more, more * self.price)

    def take(self) -> None:
        all_ = self.some(self.custody.on_hand)
        waste = self.data.draw(st.integers(0, min(all_, self.custody.waste_left)))
        worked = self.some(all_ - waste)
        self.gone += self.custody.take(Taken(worked=worked, waste=waste, returned=all_ - waste - worked)).all

    def pay(self) -> None:
        amount = self.some(self.position.debts.owed(PRINCIPAL, WORKER))
        self.position.pay(giver=PRINCIPAL, receiver=WORKER, amount=amount)

    def holds(self) -> None:
        custody = self.custody
        assert custody.received == custody.worked + custody.waste + custody.returned + custody.on_hand
        assert min(custody.on_hand, custody.cost, custody.waste_left) >= 0
        assert custody.cost == self.handed * self.price - self.gone
        assert all(debt.amount >= 0 and debt.quantity >= 0 for debt in self.position.debts.all)


# Slow is the machine that does other things at that moment.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_order_everything_ends_at_zero(data: st.DataObject):
    """Handed over, worked, returned, paid in goods and money in random pieces and order: nothing is left anywhere."""
    worth = data.draw(st.integers(1, 10**9), label="fee")
    position = fee(
        fee=worth,
        made=data.draw(st.integers(1, 500), label="made"),
        goods=data.draw(st.integers(0, worth), label="goods"),
        quantity=data.draw(st.integers(1, 9_999)),
        rate=data.draw(st.sampled_from([0, 1050, 2100])),
    )
    custody = Custody(allowed_waste=data.draw(st.integers(0, 5_000), label="waste"))
    work = Work(data, data.draw(st.integers(1, 5_000)), data.draw(st.integers(1, 9_999)), custody, position)

    while steps := work.open_steps():
        steps[data.draw(st.sampled_from(sorted(steps)))]()
        work.holds()

    assert (custody.on_hand, custody.cost) == (0, 0)
    # What was paid for goods that were given ahead is paid back.
    position = work.position
    position.pay(giver=WORKER, receiver=PRINCIPAL, amount=position.debts.owed(WORKER, PRINCIPAL))
    assert position.is_settled()
