"""Random loans of money or of things through the actions of the pages: however given back, nothing is left."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import deliveries, lent
from ledger.actions.barter import TooLittleToPrice
from ledger.actions.lent import What
from ledger.models import Agreement, Claim, Delivery, LoanTerms
from ledger.queries import loans
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.lendings import AGREED, BACK, accepted, flour, forgive, give_back, lend, money, things

pytestmark = pytest.mark.django_db


class Lending:
    """A loan of the mill to the print shop on its way, and chance."""

    def __init__(self, cast: Cast, agreement: Agreement, chance: random.Random) -> None:
        self.cast, self.agreement, self.chance = cast, agreement, chance
        self.is_money = agreement.loan.money is not None

    @property
    def stand(self) -> loans.Stand:
        return loans.stand(LoanTerms.objects.get(agreement=self.agreement))

    @property
    def owed(self) -> int:
        return self.stand.money_left if self.is_money else self.stand.things_left

    def what(self, amount: int) -> What:
        return What(money=amount) if self.is_money else What(quantity=amount)

    def answer(self, tell: Callable[[int], Delivery], whole: int, *, by_borrower: bool, on: dt.date) -> None:
        """Tell of a part, and of all where that is worth too little to write; once in a while it is said no to."""
        cast, chance = self.cast, self.chance
        by = cast.ana if by_borrower else cast.mario
        told = tell(whole if chance.random() < 0.4 else chance.randint(1, whole))
        if chance.random() < 0.2:
            deliveries.reject(delivery=told, reason="No fue así.", by=by, on=on)
            return
        try:
            lent.confirm(delivery=told, by=by, on=on)
        except TooLittleToPrice:
            deliveries.reject(delivery=told, reason="Muy poco.", by=by, on=on)
            lent.confirm(delivery=tell(whole), by=by, on=on)

    def lend(self) -> None:
        self.answer(lambda some: lend(self.agreement, self.cast, some), self.stand.left, by_borrower=True, on=AGREED)

    def give_back(self) -> None:
        self.answer(lambda some: self._back(give_back, some), self.owed, by_borrower=False, on=BACK)

    def forgive(self) -> None:
        self.answer(lambda some: self._back(forgive, some), self.owed, by_borrower=True, on=BACK)

    def _back(self, tell: Callable[..., Delivery], some: int) -> Delivery:
        return tell(self.agreement, self.cast, self.what(some))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    is_money=st.booleans(),
    amount=st.integers(1, 10**9),
    value=st.integers(1, 10**9),
    lends=st.integers(1, 4),
    seed=st.integers(0, 2**16),
)
def test_any_loan(cast: Cast, is_money: bool, amount: int, value: int, lends: int, seed: int):
    chance = random.Random(seed)  # noqa: S311  # of a test
    with transaction.atomic():
        terms = money(cast, money=amount) if is_money else things(cast, thing=flour(amount, value))
        loan = Lending(cast, accepted(cast, terms), chance)
        for _time in range(lends):
            if loan.stand.left:
                loan.lend()
        while loan.owed:
            chance.choice([loan.give_back, loan.give_back, loan.forgive])()

        loan.agreement.refresh_from_db()
        was_lent = loan.agreement.deliveries.filter(state="confirmed").exists()
        assert loan.agreement.state == ("settled" if was_lent else "accepted")
        assert not Claim.objects.exclude(balance__amount=0, balance__quantity=0).exists()
        assert nothing_is_found()
        transaction.set_rollback(True)
