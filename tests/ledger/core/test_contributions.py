"""The posting rule of a gift, for any amount and any hours."""

from hypothesis import given
from hypothesis import strategies as some

from ledger.core import contributions
from ledger.core.chart import Nature, chart_account
from ledger.core.hosting import WORK_HOURS
from ledger.models.contributions import ChargedTo, PaidFrom

ABOVE_ZERO = some.integers(1, 10**15)


class TestLines:
    @given(ABOVE_ZERO, some.sampled_from(ChargedTo.values), some.sampled_from(PaidFrom.values))
    def test_of_money_and_goods_come_out_of_what_there_is(self, amount: int, charged_to: str, paid_from: str):
        lines = contributions.lines(amount=amount, charged_to=charged_to, paid_from=paid_from)

        assert lines == [(charged_to, amount), (paid_from, -amount)]
        assert chart_account(paid_from).nature == Nature.ASSET

    @given(
        ABOVE_ZERO,
        some.sampled_from([WORK_HOURS, contributions.MENTORING_GIVEN, contributions.MENTORING_RECEIVED]),
    )
    def test_of_hours_touch_memo_accounts_alone(self, hours: int, counted_in: tuple[str, str]):
        lines = contributions.hours_given(hours, counted_in=counted_in)

        assert {chart_account(number).nature for number, _amount in lines} == {Nature.MEMO}
        assert [amount for _number, amount in lines] == [hours, -hours]


class TestIsLeft:
    @given(some.integers(-(10**15), 10**15), ABOVE_ZERO)
    def test_a_fund_holds_what_stands_on_its_credit_side(self, balance: int, amount: int):
        assert contributions.is_left(account="2202", balance=balance, amount=amount) == (balance + amount <= 0)
        assert contributions.is_left(account="1101", balance=balance, amount=amount) == (balance - amount >= 0)
