"""Where an event stands in the inventory of diverse economies: by its kind, or as somebody of the book says."""

import pytest

from ledger.actions import economies, refusals_given, reversals
from ledger.actions.agreements import NotForYouToDo, ReasonIsMissing
from ledger.actions.barter import KINDS
from ledger.actions.refusals import WrittenIsWritten
from ledger.core.economies import DEFAULTS, Enterprise, Labour, Management, Place, Transaction, default
from ledger.models import Book, Event
from ledger.queries.economies import classified
from tests import make
from tests.barters import BAGS_DAY, accepted, bags
from tests.cast import Cast
from tests.plain_sql import is_stopped

GIFT = Place(Transaction.GIFT, Labour.RECIPROCAL, Enterprise.COMMUNAL, Management.OUTSIDE)


def say(event: Event, book: Book, by, **told):
    told = {"place": GIFT, "reason": "Fue un regalo", "on": make.DAY, "at": make.NOON} | told
    return economies.classify(event=event, book=book, by=by, **told)


@pytest.fixture
def event(cast: Cast) -> Event:
    posted = bags(accepted(cast), cast).event
    assert posted is not None
    return posted


def test_every_kind_of_barter_has_a_place():
    assert set(KINDS.values()) <= set(DEFAULTS)


@pytest.mark.django_db
class TestClassify:
    def test_by_its_kind_unless_somebody_says_otherwise(self, cast: Cast, event: Event):
        assert classified(event, book=cast.grafica).place == default("barter_delivery")

        say(event, cast.grafica, cast.beto)
        say(event, cast.grafica, cast.ana, place=default("own_entry"), reason="No, fue una venta")

        stands = classified(event, book=cast.grafica)
        assert stands.place == default("own_entry")
        assert stands.said is not None
        assert stands.said.reason == "No, fue una venta"
        # Each book says it for itself.
        assert classified(event, book=cast.molino).said is None

    def test_what_undoes_it_stands_where_it_does(self, cast: Cast, event: Event):
        say(event, cast.grafica, cast.ana)
        delivery = event.delivery
        reversals.ask(
            delivery=delivery, organization=cast.grafica.organization, reason="Error", by=cast.ana, on=BAGS_DAY
        )
        reversals.agree(delivery=delivery, by=cast.mario, on=BAGS_DAY)
        reversal = Event.objects.get(reverses=event)

        assert classified(reversal, book=cast.grafica).place == GIFT
        with pytest.raises(economies.ReversalStandsWhereItUndoes):
            say(reversal, cast.grafica, cast.ana)

    def test_refusals(self, cast: Cast, event: Event):
        with pytest.raises(NotForYouToDo):
            say(event, cast.grafica, cast.mario)
        with pytest.raises(economies.NotInThisBook, match="Textil"):
            say(event, cast.textil, cast.carla)
        with pytest.raises(ReasonIsMissing):
            say(event, cast.grafica, cast.ana, reason=" ")

    def test_the_database_keeps_what_was_said_in_its_book(self, cast: Cast, event: Event):
        said = say(event, cast.grafica, cast.ana)
        copy = (
            "INSERT INTO ledger_classification (event_id, book_id, transaction, labour, enterprise, management, reason,"
            " recorded_at, recorded_by_id) SELECT event_id, %s, transaction, labour, enterprise, management, reason,"
            " recorded_at, recorded_by_id FROM ledger_classification WHERE id = %s"
        ).replace("transaction", '"transaction"')

        assert is_stopped(copy, cast.textil.pk, said.pk) is refusals_given.ClassifiedInItsBook
        assert is_stopped("UPDATE ledger_classification SET reason = 'otra'") is WrittenIsWritten
        assert is_stopped("DELETE FROM ledger_classification") is WrittenIsWritten
