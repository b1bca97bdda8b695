"""A balance confirmation: called as of a day, with the balances as the books said them then."""

import datetime as dt
import uuid

import pytest

from ledger.actions.agreements import NoMandateToday
from ledger.actions.balance_confirmations import DaysOfConfirmation, NotAMember, NothingToConfirm
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models import BalanceConfirmation
from tests import make
from tests.balances import AS_OF, CALLED, OWED, UNTIL, Asked
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


def balances(found: BalanceConfirmation) -> list[tuple[str, str, int, int]]:
    rows = found.balances.order_by("number")
    return list(rows.values_list("debtor__organization__code", "creditor__organization__code", "amount", "quantity"))


class TestCall:
    def test_writes_down_what_each_two_owed_each_other_that_day(self, asked: Asked):
        asked.owe(asked.cast.molino, asked.cast.grafica, 300_00, on=AS_OF)
        asked.more(asked.money, -200_00, on=CALLED)  # after the day

        found = asked.call()

        assert balances(found) == [("grafica", "molino", 900_00, 300_000), ("molino", "grafica", 1_500_00, 0)]
        assert found.asked == 2

    def test_stays_whatever_the_books_say_later(self, asked: Asked):
        found = asked.call(as_of=CALLED)
        asked.more(asked.money, -1_200_00, on=CALLED)

        assert ("molino", "grafica", 1_200_00, 0) in balances(found)
        assert balances(asked.call(as_of=CALLED)) == [("grafica", "molino", 900_00, 300_000)]

    def test_is_one_for_a_form_that_was_sent_twice(self, asked: Asked):
        key = uuid.uuid4()
        found = asked.call(key=key)

        assert asked.call(key=key) == found
        with pytest.raises(KeyWasUsedForSomethingElse):
            asked.call(key=key, answer_until=UNTIL + DAY)
        with pytest.raises(KeyWasUsedForSomethingElse):
            asked.call(key=key, chosen=(asked.cast.molino.organization,))

    def test_of_some_asks_both_sides_of_their_balances(self, asked: Asked):
        cast = asked.cast
        make.affiliation(cast.textil.organization, cast.federacion)
        asked.owe(cast.textil, cast.grafica, 50_00)

        found = asked.call(chosen=(cast.textil.organization,))

        assert balances(found) == [("textil", "grafica", 50_00, 0)]
        assert found.chosen == [cast.textil.organization_id]

    def test_asks_nobody_about_those_who_are_no_members(self, asked: Asked):
        cast = asked.cast
        asked.owe(cast.textil, cast.grafica, 50_00)

        assert len(balances(asked.call())) == 2
        with pytest.raises(NotAMember):
            asked.call(chosen=(cast.textil.organization,))

    def test_is_for_officers_of_a_body(self, asked: Asked):
        # The síndico reads, and asks nothing in the body's name.
        with pytest.raises(NoMandateToday):
            asked.call(by=asked.cast.silvia)
        with pytest.raises(NothingToConfirm):
            asked.call(body=asked.cast.grafica.organization, by=asked.cast.ana)

    def test_is_of_a_day_that_was_and_something_that_was_open(self, asked: Asked):
        for days in ({"as_of": CALLED + DAY}, {"answer_until": CALLED - DAY}):
            with pytest.raises(DaysOfConfirmation):
                asked.call(**days)
        with pytest.raises(NothingToConfirm):
            asked.call(as_of=OWED - DAY)
