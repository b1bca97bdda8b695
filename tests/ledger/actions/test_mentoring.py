"""One cooperative teaches another: hours in both books, counted and never priced; and what is passed on to a third."""

import datetime as dt
import uuid
from typing import Any

import pytest

from ledger.actions import contributions, countersignatures
from ledger.actions.contributions import HoursAreMissing, MentoringIsOfCooperatives, PassesOnWhatItReceived
from ledger.actions.refusals_given import PassedOnOnceReceived
from ledger.core import economies
from ledger.models import Book, Contribution
from ledger.queries.economies import classified
from ledger.queries.hosting import given as given_this_year
from tests.cast import Cast
from tests.contributions import GIVEN, give, lesson
from tests.hostings import school
from tests.plain_sql import is_stopped

PASS_ON = (
    'INSERT INTO ledger_contribution ("key", giver_id, kind, what, receiver_id, receiver_name, happened_on, charged_to,'
    " paid_from, hours, people, trainees, manuals, passes_on_id, state, logged_by_id, receipt, reason)"
    " VALUES (%s, %s, 'mentoring', 'Molienda', %s, '', %s, '', '', 100, 1, 1, 0, %s, 'logged', %s, '', '')"
)


def taught(cast: Cast, **changes: Any) -> Contribution:
    """The print shop taught the mill, which says so."""
    told = give(cast, lesson(cast.molino.organization, **changes))
    return countersignatures.confirm(contribution=told, by=cast.mario, on=GIVEN)


def passed_on(cast: Cast, earlier: Contribution, **changes: Any) -> Contribution:
    """The mill teaches the textile shop what it has learned."""
    gift = lesson(changes.pop("to", cast.textil.organization), passes_on=earlier, **changes)
    return contributions.log(key=uuid.uuid4(), giver=cast.molino.organization, gift=gift, by=cast.mario, on=GIVEN)


def hours(book: Book) -> dict[str, int]:
    """Return the hours of mentoring that a book counts, in hundredths."""
    found = book.accounts.filter(number__in=["9207", "9208", "9209", "9210"]).exclude(balance__amount=0)
    return dict(found.values_list("number", "balance__amount"))


class TestTaught:
    def test_counts_in_both_books_and_costs_nothing(self, cast: Cast):
        told = taught(cast)

        assert hours(cast.grafica) == {"9207": 16_00, "9208": -16_00}
        assert hours(cast.molino) == {"9209": 16_00, "9210": -16_00}
        assert given_this_year(book=cast.grafica, on=GIVEN).mentoring_hours == 16_00
        assert classified(told.event, book=cast.grafica).place == economies.MENTORING

    def test_is_undone_in_both_books(self, cast: Cast):
        told = taught(cast)
        for person, book in ((cast.mario, cast.molino), (cast.ana, cast.grafica)):
            countersignatures.undo(
                contribution=told, organization=book.organization, reason="Otro mes", by=person, on=GIVEN
            )

        assert hours(cast.grafica) == hours(cast.molino) == {}

    def test_of_whoever_keeps_no_book_counts_in_the_givers_alone(self, cast: Cast):
        body, elsa = school()
        told = give(cast, lesson(body))

        countersignatures.confirm(contribution=told, by=elsa, on=GIVEN)

        assert hours(cast.grafica) == {"9207": 16_00, "9208": -16_00}

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"to": None, "receiver_name": "El barrio"}, MentoringIsOfCooperatives),
            ({"trainees": None}, MentoringIsOfCooperatives),
            ({"manuals": -1}, MentoringIsOfCooperatives),
            ({"hours": 0}, HoursAreMissing),
        ],
    )
    def test_says_whom_how_long_and_how_many(self, cast: Cast, changes: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            give(cast, lesson(**({"to": cast.molino.organization} | changes)))


class TestPassedOn:
    def test_names_what_was_received(self, cast: Cast):
        earlier = taught(cast)

        returned = passed_on(cast, earlier)

        assert earlier.passed_on.get() == returned

    def test_is_what_was_received_and_counter_signed_before_and_goes_to_a_third(self, cast: Cast):
        waiting, done = give(cast, lesson(cast.molino.organization)), taught(cast)

        for earlier, changes in (
            (waiting, {}),
            (done, {"to": cast.grafica.organization}),
            (done, {"happened_on": GIVEN - dt.timedelta(days=1)}),
        ):
            with pytest.raises(PassesOnWhatItReceived):
                passed_on(cast, earlier, **changes)
        with pytest.raises(PassesOnWhatItReceived):
            give(cast, lesson(cast.textil.organization, passes_on=done))

    def test_is_stopped_by_the_database_otherwise(self, cast: Cast):
        done, molino = taught(cast), cast.molino.organization_id
        day, mario = GIVEN - dt.timedelta(days=1), cast.mario.pk

        for receiver, on in ((cast.grafica.organization_id, GIVEN), (cast.textil.organization_id, day)):
            refusal = is_stopped(PASS_ON, uuid.uuid4().hex, molino, receiver, on, done.pk, mario)
            assert refusal is PassedOnOnceReceived
