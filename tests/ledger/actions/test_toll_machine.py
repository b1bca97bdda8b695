"""Random toll work through the actions of the pages: handed over, worked, paid in cloth and money, in any order."""

import random
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import custody, deliveries
from ledger.actions.barter import TooLittleToPrice
from ledger.models import Agreement, Book, Claim, Delivery
from ledger.queries import agreements, materials
from network.models import User
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.tolls import PAID, accepted, amount, hand_over, held, pay, sew, tell_cloth

pytestmark = pytest.mark.django_db


class Work:
    """Toll work of the mill for the textile cooperative on its way, and chance."""

    def __init__(self, cast: Cast, agreement: Agreement, chance: random.Random) -> None:
        self.cast, self.agreement, self.chance = cast, agreement, chance

    def some(self, whole: int) -> int:
        return whole if self.chance.random() < 0.4 else self.chance.randint(1, whole)

    def left(self) -> dict[str, int]:
        """Return how much is left of what each gives."""
        of = {self.cast.molino.organization_id: "made", self.cast.textil.organization_id: "cloth"}
        return {of[status.line.giver_id]: status.left for status in agreements.statuses(self.agreement)}

    def to_hand_over(self) -> int:
        return int(self.agreement.toll.quantity) - materials.handed_over(self.agreement)

    def on_hand(self) -> int:
        return materials.custody(self.agreement).on_hand

    def owed(self, debtor: Book) -> int:
        """Return what is owed in money by one of the two."""
        claims = Claim.objects.filter(agreement=self.agreement.code, debtor=debtor, peg__thing="")
        return sum(claims.values_list("balance__amount", flat=True))

    def answered(self, told: Delivery, by: User) -> bool:
        """Confirm it, but for once in a while; what is worth too little to write is said no to as well."""
        if self.chance.random() < 0.85:
            try:
                custody.confirm(delivery=told, by=by, on=PAID)
            except TooLittleToPrice:
                pass
            else:
                return True
        deliveries.reject(delivery=told, reason="No fue así.", by=by, on=PAID)
        return False

    def open_steps(self) -> list[Callable[[], object]]:
        steps: list[Callable[[], object]] = []
        self.agreement.refresh_from_db()
        if self.agreement.state != "accepted":
            return []
        left = self.left()
        if self.to_hand_over():
            steps.append(self.hand_over)
        if self.on_hand():
            steps.append(self.sew if left["made"] else self.give_back)
        if left.get("cloth"):
            steps.append(self.cloth)
        if self.owed(self.cast.textil):
            steps.append(self.pay)
        return steps

    def hand_over(self) -> None:
        self.answered(hand_over(self.agreement, self.cast, self.some(self.to_hand_over())), self.cast.mario)

    def sew(self) -> None:
        """Make some, of some of the cloth; while more is to be made and none will be handed over, some cloth stays."""
        on_hand, left = self.on_hand(), self.left()["made"]
        made = self.some(left) if on_hand > 1 or self.to_hand_over() else left
        kept = int(made < left and not self.to_hand_over())
        worked = self.chance.randint(1, on_hand - kept)
        waste = self.chance.randint(0, min(on_hand - kept - worked, materials.custody(self.agreement).waste_left))
        self.answered(sew(self.agreement, self.cast, made, worked, waste, 0), self.cast.carla)

    def give_back(self) -> None:
        self.answered(sew(self.agreement, self.cast, 0, 0, 0, self.on_hand()), self.cast.carla)

    def cloth(self) -> None:
        self.answered(tell_cloth(self.agreement, self.cast, self.some(self.left()["cloth"])), self.cast.mario)

    def pay(self) -> None:
        self.answered(pay(self.agreement, self.cast, self.some(self.owed(self.cast.textil))), self.cast.mario)

    def pay_back(self) -> None:
        """Give back in money what cloth was given ahead of the work, if it was too much."""
        if too_much := self.owed(self.cast.molino):
            told = pay(self.agreement, self.cast, too_much, is_back=True)
            custody.confirm(delivery=told, by=self.cast.carla, on=PAID)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    material=st.integers(1, 5_000),
    made=st.integers(1, 500),
    fee=st.integers(1, 10**9),
    part=st.integers(0, 100),
    cloth=st.integers(1, 9_999),
    waste=st.integers(0, 5_000),
    rate=st.sampled_from([None, 1050, 2100]),
    seed=st.integers(0, 2**16),
)
def test_any_toll_work(
    cast: Cast, material: int, made: int, fee: int, part: int, cloth: int, waste: int, rate: int | None, seed: int
):
    in_goods = fee * part // 100
    goods = amount("Tela", "M", cloth) if in_goods else None
    with transaction.atomic():
        agreement = accepted(
            cast,
            material=amount("Tela", "M", material),
            made=amount("Uniformes", "UN", made),
            allowed_waste=waste,
            fee=fee,
            vat_rate=rate,
            goods_vat_rate=rate if in_goods else None,
            goods=goods,
            goods_value=in_goods,
        )
        work = Work(cast, agreement, random.Random(seed))  # noqa: S311  # of a test
        while steps := work.open_steps():
            work.chance.choice(steps)()
        work.pay_back()

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not Claim.objects.exclude(balance__amount=0, balance__quantity=0).exists()
        # Nobody holds anything of the other's any more, and it costs its owner nothing more.
        assert [held(cast.molino, number) for number in (custody.HELD, custody.OWNERS)] == [0, 0]
        assert held(cast.textil, custody.WITH_OTHERS) == 0
        assert nothing_is_found()
        transaction.set_rollback(True)
