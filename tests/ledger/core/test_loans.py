"""The arithmetic of loans: exactly what was lent is owed, and however it is given back nothing is left."""

import copy
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.debts import Debts, WorthNothing
from ledger.core.loans import Loan, MoreThanLent, MoreThanOwed, OwedIsAnother

LENDER, BORROWER, FLOUR = 1, 2, 10


def flour(left: int = 1_000, value: int = 300) -> Loan:
    return Loan(lender=LENDER, borrower=BORROWER, debts=Debts([]), line=FLOUR, left=left, value=value)


def money(left: int = 20_000) -> Loan:
    return Loan(lender=LENDER, borrower=BORROWER, debts=Debts([]), left=left)


class TestLend:
    def test_so_much_of_the_thing_is_owed_however_little_it_is_worth(self):
        """Three kilograms that cost ten cents: what is owed is never a gram less than what was lent."""
        loan = flour(left=3_000, value=10)

        worth = [loan.lend(1_000) for _part in range(3)]

        assert worth == [3, 4, 3]
        assert [debt.quantity for debt in loan.debts.all] == [1_000] * 3
        assert (loan.owed_things, loan.left, loan.value) == (3_000, 0, 0)

    @pytest.mark.parametrize("loan", [flour(), money(1_000)])
    @pytest.mark.parametrize("amount", [0, 1_001])
    def test_no_more_than_was_agreed(self, loan: Loan, amount: int):
        with pytest.raises(MoreThanLent):
            loan.lend(amount)


class TestGiveBack:
    def test_the_oldest_first(self):
        loan = flour()
        for part in (400, 600):
            loan.lend(part)

        assert loan.settle_things(500) == 150
        assert [debt.quantity for debt in loan.debts.all] == [0, 500]
        assert loan.settle_things(500) == 150
        assert loan.is_settled

    def test_no_more_than_is_owed(self):
        things, pesos = flour(), money()
        things.lend(500)
        pesos.lend(500)

        for settle in (things.settle_things, things.settle_money, pesos.settle_things, pesos.settle_money):
            with pytest.raises(MoreThanOwed):
                settle(501)

    def test_in_money_instead_at_the_price_of_that_day(self):
        loan = flour()
        loan.lend(1_000)

        assert loan.revalue(1_000, 450) == 150
        assert loan.turn_into_money(400) == 180
        assert (loan.owed_things, loan.owed_money) == (600, 180)
        with pytest.raises(OwedIsAnother):
            loan.revalue(1_000, 500)


acts = st.lists(
    st.tuples(
        st.sampled_from(["lend", "back", "pay", "forgive", "in_money", "revalue"]),
        st.integers(1, 10**6),
        st.integers(1, 10**9),
    ),
    max_size=25,
)


def carry_out(loan: Loan, act: str, amount: int, worth: int) -> tuple[int, int]:
    """Do one of the acts, if it can be done; return how much of what was lent it lent, and how much it settled."""
    is_money = loan.line is None
    settle = loan.settle_money if is_money else loan.settle_things
    before = copy.deepcopy(loan)
    try:
        match act:
            case "lend":
                loan.lend(amount)
                return amount, 0
            case "pay":
                loan.settle_money(amount)
                return 0, amount if is_money else 0
            case "in_money":
                loan.turn_into_money(amount)
            case "revalue":
                loan.revalue(loan.owed_things, worth)
                return 0, 0
            case _:
                settle(amount)
    except (MoreThanLent, MoreThanOwed, OwedIsAnother, WorthNothing):
        # What is refused leaves all as it was.
        for field in dataclasses.fields(loan):
            setattr(loan, field.name, getattr(before, field.name))
        return 0, 0
    return 0, amount


class TestAlwaysCloses:
    @given(acts=acts, is_money=st.booleans(), left=st.integers(1, 10**6), value=st.integers(1, 10**9))
    def test_whatever_is_lent_and_given_back_in_which_pieces_and_order(self, acts, is_money, left, value):
        loan = money(left) if is_money else flour(left, value)
        lent = settled = 0
        for act, amount, worth in acts:
            more, back = carry_out(loan, act, amount, worth)
            lent, settled = lent + more, settled + back
            assert all(debt.amount >= 0 and debt.quantity >= 0 for debt in loan.debts.all)
            assert lent == settled + (loan.owed_money if is_money else loan.owed_things)
            assert lent + loan.left == left
        if loan.owed_things:
            loan.settle_things(loan.owed_things)
        if loan.owed_money:
            loan.settle_money(loan.owed_money)

        assert loan.is_settled
