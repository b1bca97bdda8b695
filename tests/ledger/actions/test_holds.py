"""Network credit that is held for what was accepted: nobody promises the same credit twice."""

import datetime as dt
import uuid
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ledger.actions import holds, refusals
from ledger.models import AccountBalance, Book, Hold
from ledger.models.holds import HoldEnd
from tests import client, credit, make
from tests.cast import Cast
from tests.credit import position
from tests.plain_sql import is_stopped

LATER = make.DAY + dt.timedelta(days=30)


@pytest.fixture
def red(cast: Cast) -> Book:
    """The printer may go 100 below zero."""
    book = credit.network()
    credit.limit(cast.grafica, book, 100, cast.ana)
    return book


def reserve(of: Book, red: Book, amount: int, *, until: dt.date = LATER, on: dt.date = make.DAY, key=None) -> Hold:
    return holds.reserve(
        key=key or uuid.uuid4(), account=position(of, red), amount=amount, until=until, on=on, by=None, agreement="P-1"
    )


class TestReserve:
    def test_counts_as_spent(self, cast: Cast, red: Book):
        reserve(cast.grafica, red, 60)

        with pytest.raises(refusals.CreditBeyondLimit):
            credit.pay(cast.grafica, cast.molino, red, 41)
        credit.pay(cast.grafica, cast.molino, red, 40)

    def test_stops_at_what_may_still_be_spent(self, cast: Cast, red: Book):
        credit.pay(cast.grafica, cast.molino, red, 30)
        reserve(cast.grafica, red, 60)

        with pytest.raises(refusals.CreditBeyondLimit):
            reserve(cast.grafica, red, 11)
        reserve(cast.grafica, red, 10)

    def test_of_what_a_member_has_needs_no_limit(self, cast: Cast, red: Book):
        credit.pay(cast.grafica, cast.molino, red, 30)

        reserve(cast.molino, red, 30)

        with pytest.raises(refusals.CreditBeyondLimit):
            reserve(cast.molino, red, 1)

    def test_is_written_once_for_a_key(self, cast: Cast, red: Book):
        key = uuid.uuid4()

        assert reserve(cast.grafica, red, 60, key=key) == reserve(cast.grafica, red, 60, key=key)
        with pytest.raises(refusals.KeyWasUsedForSomethingElse):
            reserve(cast.grafica, red, 61, key=key)

    def test_holds_nothing_but_network_credit(self, cast: Cast, red: Book):
        with pytest.raises(refusals.HoldIsOfCredit):
            holds.reserve(
                key=uuid.uuid4(),
                account=make.account(cast.grafica, "1102"),
                amount=1,
                until=LATER,
                on=make.DAY,
                by=None,
            )

    @pytest.mark.parametrize("amount", [0, -1, 2**63, 1.5])
    def test_needs_an_amount_above_zero(self, cast: Cast, red: Book, amount: int):
        with pytest.raises(refusals.AmountIsNotWhole):
            reserve(cast.grafica, red, amount)

    def test_ends_in_days_to_come(self, cast: Cast, red: Book):
        with pytest.raises(holds.HoldEndsInThePast):
            reserve(cast.grafica, red, 1, until=make.DAY - dt.timedelta(days=1))


class TestSpending:
    def test_gives_the_event_what_was_held(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 100)

        with holds.spending(hold=hold, amount=100, on=make.DAY):
            credit.pay(cast.grafica, cast.molino, red, 100)

        assert AccountBalance.objects.get(account=position(cast.grafica, red)).amount == -100
        assert not Hold.objects.filter(released_at=None).exists()

    def test_goes_on_holding_the_rest(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 100)

        with holds.spending(hold=hold, amount=30, on=make.DAY):
            credit.pay(cast.grafica, cast.molino, red, 30)

        (rest,) = Hold.objects.filter(released_at=None)
        assert (rest.amount, rest.until, rest.agreement) == (70, LATER, "P-1")

    def test_changes_nothing_where_the_event_is_refused(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 50)

        with pytest.raises(refusals.CreditBeyondLimit), holds.spending(hold=hold, amount=50, on=make.DAY):
            credit.pay(cast.grafica, cast.molino, red, 101)

        hold.refresh_from_db()
        assert hold.released_at is None

    def test_happens_once(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 50)
        with holds.spending(hold=hold, amount=50, on=make.DAY):
            pass

        with pytest.raises(holds.HoldHasEnded), holds.spending(hold=hold, amount=50, on=make.DAY):
            pass
        with pytest.raises(holds.HoldHasEnded):
            holds.give_up(hold=hold)

    def test_spends_no_more_than_is_held(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 50)

        with pytest.raises(holds.MoreThanIsHeld), holds.spending(hold=hold, amount=51, on=make.DAY):
            pass


class TestExpire:
    def test_releases_what_was_held_until_an_earlier_day(self, cast: Cast, red: Book):
        old = reserve(cast.grafica, red, 40, until=make.DAY)
        reserve(cast.grafica, red, 50, until=LATER)

        assert holds.expire(on=make.DAY) == 0
        assert holds.expire(on=LATER) == 1

        old.refresh_from_db()
        assert old.ended_as == HoldEnd.EXPIRED

    def test_makes_room_for_a_new_one_at_once(self, cast: Cast, red: Book):
        reserve(cast.grafica, red, 100, until=make.DAY)

        reserve(cast.grafica, red, 100, on=make.DAY + dt.timedelta(days=1))

    def test_an_expired_hold_is_not_spent(self, cast: Cast, red: Book):
        hold = reserve(cast.grafica, red, 40, until=make.DAY)

        with pytest.raises(holds.HoldHasEnded), holds.spending(hold=hold, amount=1, on=LATER):
            pass


class TestTheDatabase:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_hold SET amount = 1",
            "UPDATE ledger_hold SET until = '2030-01-01'",
            "UPDATE ledger_hold SET account_id = account_id + 1",
            "DELETE FROM ledger_hold",
        ],
    )
    def test_changes_no_hold(self, cast: Cast, red: Book, sql: str):
        reserve(cast.grafica, red, 40)

        assert is_stopped(sql) is refusals.WrittenIsWritten

    def test_opens_no_hold_again(self, cast: Cast, red: Book):
        holds.give_up(hold=reserve(cast.grafica, red, 40))

        assert is_stopped("UPDATE ledger_hold SET released_at = NULL, ended_as = ''") is refusals.WrittenIsWritten

    def test_holds_nothing_beyond_the_limit(self, cast: Cast, red: Book):
        reserve(cast.grafica, red, 100)

        refusal = is_stopped(
            "INSERT INTO ledger_hold (key, account_id, amount, agreement, until, recorded_at, ended_as)"
            " VALUES (%s, %s, 1, '', '2030-01-01', '2026-05-04 12:00:00+00:00', '')",
            uuid.uuid4().hex,
            position(cast.grafica, red).pk,
        )

        assert refusal is refusals.CreditBeyondLimit


class Promises(RuleBasedStateMachine):
    """A member promises, delivers, gives up and pays; what it owes and has promised never goes beyond its limit."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.red = credit.network()
        self.grafica, self.molino = make.book("grafica"), make.book("molino")
        credit.limit(self.grafica, self.red, 100, make.user("Ana"))
        self.balance = 0
        self.open: dict[int, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    def left(self) -> int:
        return 100 + self.balance - sum(self.open.values())

    @rule(amount=st.integers(1, 120))
    def promise(self, amount: int) -> None:
        fits = amount <= self.left()
        try:
            hold = reserve(self.grafica, self.red, amount)
        except refusals.CreditBeyondLimit:
            assert not fits
        else:
            assert fits
            self.open[hold.pk] = amount

    @rule(amount=st.integers(1, 60))
    def pay(self, amount: int) -> None:
        fits = amount <= self.left()
        try:
            credit.pay(self.grafica, self.molino, self.red, amount)
        except refusals.CreditBeyondLimit:
            assert not fits
        else:
            assert fits
            self.balance -= amount

    @rule(amount=st.integers(1, 60))
    def earn(self, amount: int) -> None:
        try:
            credit.pay(self.molino, self.grafica, self.red, amount)
        except refusals.CreditBeyondLimit:
            return
        self.balance += amount

    @rule(share=st.integers(1, 4))
    def deliver(self, share: int) -> None:
        if not self.open:
            return
        pk, amount = next(iter(self.open.items()))
        spent = max(1, amount // share)
        hold = Hold.objects.get(pk=pk)
        with holds.spending(hold=hold, amount=spent, on=make.DAY):
            credit.pay(self.grafica, self.molino, self.red, spent)
        del self.open[pk]
        self.balance -= spent
        if amount > spent:
            rest = Hold.objects.exclude(pk__in=self.open).get(released_at=None)
            assert rest.amount == amount - spent
            self.open[rest.pk] = rest.amount

    @rule()
    def give_up(self) -> None:
        if self.open:
            pk, _amount = self.open.popitem()
            holds.give_up(hold=Hold.objects.get(pk=pk))

    @invariant()
    def nobody_is_beyond_the_limit(self) -> None:
        kept = AccountBalance.objects.get(account=position(self.grafica, self.red)).amount
        held = sum(Hold.objects.filter(released_at=None).values_list("amount", flat=True))
        assert (kept, held) == (self.balance, sum(self.open.values()))
        assert kept - held >= -100


@pytest.mark.django_db
def test_promises_never_go_beyond_the_limit():
    run_state_machine_as_test(Promises, settings=settings(max_examples=20, stateful_step_count=20, deadline=None))


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_hundreds_of_clients_on_one_account_stay_within_its_limit():
    """200 clients, each of whom wants 1 of the 100 that are left: half of them by paying, half by a hold."""
    red, grafica, molino = credit.network(), make.book("grafica"), make.book("molino")
    credit.limit(grafica, red, 100, make.user("Ana"))
    credit.position(molino, red)
    connection.close()

    clients = [client.start("spend", number, 25) for number in range(8)]
    codes = [each.wait(timeout=250) for each in clients]

    assert codes == [0] * 8
    kept = AccountBalance.objects.get(account=position(grafica, red)).amount
    held = sum(Hold.objects.values_list("amount", flat=True))
    assert kept - held == -100
