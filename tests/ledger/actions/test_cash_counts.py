"""Cash is counted: what there is is what the book holds, and a difference is entered with what is known of it."""

import uuid

import pytest

from ledger.actions.agreements import NoMandateToday
from ledger.actions.cash_counts import CountIsNotCash, DifferenceNeedsReason
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_audited import CashCountStays, CashMovedMeanwhile
from ledger.models import CashCount, Event
from ledger.queries import cash_counts as read
from tests import make
from tests.cash import COUNTED, TAKEN, count, takings
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.plain_sql import is_stopped
from tests.tolls import held

pytestmark = pytest.mark.django_db
COUNT = (
    "INSERT INTO ledger_cashcount (key, book_id, counted_on, pieces, rest, counted, expected, event_id, counted_by_id,"
    " recorded_at) VALUES (%s, %s, %s, '{}', %s, %s, %s, %s, %s, %s)"
)


class TestCount:
    def test_of_what_the_book_says_enters_nothing(self, cast: Cast):
        takings(cast)
        found = count(cast, {10_000: 1, 2_000: 1}, 350_00)

        assert (found.counted, found.difference, found.event) == (TAKEN, 0, None)
        assert Event.objects.count() == 1

    @pytest.mark.parametrize(("coins", "difference"), [(300_00, -50_00), (400_00, 50_00)])
    def test_a_difference_is_entered_with_what_is_known_of_it(self, cast: Cast, coins: int, difference: int):
        takings(cast)
        found = count(cast, {10_000: 1, 2_000: 1}, coins, reason="Un vuelto mal dado.")

        assert found.difference == difference
        assert held(cast.grafica, "1101") == found.counted
        assert held(cast.grafica, "4902") == -difference
        assert found.event.memo == "Un vuelto mal dado."
        assert nothing_is_found()

    def test_a_difference_needs_a_word(self, cast: Cast):
        takings(cast)
        with pytest.raises(DifferenceNeedsReason):
            count(cast, {}, 1_00)
        assert not CashCount.objects.exists()

    def test_is_against_what_one_saw(self, cast: Cast):
        takings(cast)
        with pytest.raises(CashMovedMeanwhile):
            count(cast, {}, TAKEN, expected=0)

    def test_is_an_officers_and_of_notes_that_there_are(self, cast: Cast):
        with pytest.raises(NoMandateToday):
            count(cast, {}, by=cast.beto)
        with pytest.raises(CountIsNotCash):
            count(cast, {300: 1})

    def test_the_same_form_counts_once(self, cast: Cast):
        takings(cast)
        key = uuid.uuid4()
        first = count(cast, {10_000: 1}, 2_000_00, key=key, reason="Faltan.")

        assert count(cast, {10_000: 1}, 2_000_00, key=key, reason="Faltan.") == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            count(cast, {10_000: 2}, 2_000_00, key=key, reason="Faltan.")
        assert read.last(cast.grafica, since=COUNTED) == first


class TestInTheDatabase:
    def test_what_was_counted_stays(self, cast: Cast):
        count(cast, {})
        for change in ("UPDATE ledger_cashcount SET counted = 1", "DELETE FROM ledger_cashcount"):
            assert is_stopped(change) is CashCountStays

    def test_it_is_what_the_book_holds_and_its_entry_is_of_that_book(self, cast: Cast):
        takings(cast)
        entered = count(cast, {}, TAKEN - 1_00, reason="Falta.").event
        foreign = make.sale(cast.molino, 5_00, on=COUNTED)
        for counted, expected, event in (
            (TAKEN, TAKEN, None),
            (TAKEN - 1_00, TAKEN, None),
            (TAKEN - 1_00, TAKEN, foreign.pk),
            (TAKEN - 1_00, TAKEN + 1_00, entered.pk),
        ):
            row = (uuid.uuid4().hex, cast.grafica.pk, COUNTED, 0, counted, expected, event, cast.ana.pk, make.NOON)
            assert is_stopped(COUNT, *row) in {CashMovedMeanwhile, CashCountStays}
        assert CashCount.objects.count() == 1
