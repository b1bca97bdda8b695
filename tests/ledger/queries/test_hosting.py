"""What a cooperative gave this year follows from balances that are kept, across the closing of years."""

import datetime as dt

from ledger.actions import hosted, years
from ledger.actions.hosted import Cost
from ledger.queries import hosting
from ledger.queries.hosting import Given
from tests.barters import own
from tests.cast import Cast
from tests.hostings import running, school, tell

LIGHT = [Cost(what="Luz", account="5301", amount=100_00)]
LAST_YEAR, NEW_YEAR, LATER = dt.date(2025, 12, 15), dt.date(2026, 1, 12), dt.date(2026, 2, 2)


def month(cast: Cast, agreement, elsa, day: dt.date) -> None:
    """Lend one room of an evening, with a hundred pesos of light, to ten people."""
    own(cast, cast.grafica, "Luz", "5301", "1102", 300_00, on=day)
    told = {"starts_on": day, "ends_on": day, "sessions": 1, "rooms": 1, "people": [10]}
    hosted.confirm(delivery=tell(agreement, cast, costs=LIGHT, on=day, **told), by=elsa, on=day)


class TestGiven:
    def test_is_of_this_year_alone_before_and_after_the_last_one_is_closed(self, cast: Cast):
        body, elsa = school()
        agreement = running(cast, body, elsa, since=LAST_YEAR)
        month(cast, agreement, elsa, LAST_YEAR)
        month(cast, agreement, elsa, NEW_YEAR)
        expected = Given(dt.date(2026, 1, 1), 100_00, 4_00, 0, 10, 0)

        assert hosting.given(book=cast.grafica, on=NEW_YEAR) == expected
        years.close_year(book=cast.grafica, year=2025, resolution="Acta 9", on=LATER, by=None)

        assert hosting.given(book=cast.grafica, on=LATER) == expected

    def test_is_nothing_where_nothing_was_given(self, cast: Cast, django_assert_num_queries):
        with django_assert_num_queries(3):
            assert not hosting.given(book=cast.molino, on=NEW_YEAR).is_anything
