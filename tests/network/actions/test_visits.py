"""The trace of who read: one line a person, organization, section and day, which only grows."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction

from network.actions import refusals, visits
from network.models import Visit
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped
from tests.roles import as_the_program

MORNING = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
TOMORROW = make.DAY + dt.timedelta(days=1)


def note(cast: Cast, *, section: str = "journal", on: dt.date = make.DAY, at: dt.datetime = MORNING) -> None:
    mandate = make.mandate(cast.silvia)
    visits.note(
        user=cast.silvia, organization=cast.grafica.organization, mandate=mandate, section=section, on=on, at=at
    )


class TestNote:
    def test_counts_the_pages_of_a_day_in_one_line(self, cast: Cast):
        note(cast)
        note(cast, at=NOON)
        note(cast, section="accounts", at=NOON)
        note(cast, on=TOMORROW, at=NOON + dt.timedelta(days=1))

        lines = Visit.objects.order_by("pk").values_list("section", "day", "pages", "first_at", "last_at")
        assert list(lines)[:2] == [
            ("journal", make.DAY, 2, MORNING, NOON),
            ("accounts", make.DAY, 1, NOON, NOON),
        ]
        assert Visit.objects.count() == 3

    def test_stands_two_pages_in_the_other_order(self, cast: Cast):
        note(cast, at=NOON)
        note(cast, at=MORNING)

        visit = Visit.objects.get()
        assert (visit.pages, visit.first_at, visit.last_at) == (2, NOON, NOON)

    def test_is_within_the_rights_of_the_role_that_serves_the_pages(self, cast: Cast):
        with as_the_program():
            note(cast)
            note(cast, at=NOON)
            cache.set("door", 1)

        assert Visit.objects.get().pages == 2


class TestDatabase:
    @pytest.mark.parametrize(
        "change", [{"pages": 1}, {"last_at": MORNING}, {"section": "years"}, {"day": TOMORROW}, {"first_at": NOON}]
    )
    def test_stops_any_other_change(self, cast: Cast, change: dict[str, object]):
        note(cast)
        note(cast, at=NOON)

        with pytest.raises(DatabaseError, match="noted_stays"), transaction.atomic():
            Visit.objects.update(**change)

    def test_stops_taking_it_away(self, cast: Cast):
        note(cast)

        assert is_stopped("DELETE FROM network_visit") is refusals.WhatWasNotedStays
