"""Counts stand side by side, milestones are shown by a paper, and what was wrong is withdrawn, not lost."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from network.actions import details, history, refusals
from network.actions.details import NotYoursToEdit
from network.core import dates
from network.models import Milestone, WorkerCount
from network.queries import history as history_read
from tests import make
from tests.cast import Cast
from tests.network.register import AT, ON, operator
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


def count(cast: Cast, workers: int = 34, source: str = "INAES", **given: Any) -> WorkerCount:
    values = {"counted_on": ON, "by": cast.ana, **given}
    return history.count_workers(
        organization=cast.grafica.organization, workers=workers, source=source, on=ON, at=AT, **values
    )


def milestone(cast: Cast, kind: str = "occupation", when: str = "3/2002", **given: Any) -> Milestone:
    values = {"organization": cast.grafica.organization, "paper": "Acta 1", "by": cast.ana, **given}
    return history.add_milestone(kind=kind, happened=dates.parse(when), on=ON, at=AT, **values)


class TestCount:
    def test_of_several_sources_stand_side_by_side(self, cast: Cast):
        count(cast, 34)
        count(cast, 36, source="Facultad Abierta")
        count(cast, 31, counted_on=dt.date(2020, 1, 31))

        story = history_read.of_organization(cast.grafica.organization)

        assert [each.workers for each in story.counts] == [36, 34, 31]
        assert (story.latest.workers, story.latest.source) == (36, "Facultad Abierta")

    def test_is_one_by_day_and_source_however_it_is_written(self, cast: Cast):
        count(cast, 34)

        with pytest.raises(history.WasCountedAlready):
            count(cast, 40, source=" inaes ")

    def test_that_was_wrong_is_withdrawn_and_told_anew(self, cast: Cast):
        history.withdraw(noted=count(cast, 43), by=cast.ana, on=ON, at=AT)

        count(cast, 34)

        story = history_read.of_organization(cast.grafica.organization)
        assert [each.workers for each in story.counts] == [34]
        told = history_read.counts_of(cast.grafica.organization)
        assert [(each.workers, each.withdrawn_by) for each in told] == [(34, None), (43, cast.ana)]

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"source": "  "}, history.SourceIsMissing),
            ({"workers": -1}, history.WorkersAreTooMany),
            ({"workers": 100_001}, history.WorkersAreTooMany),
            ({"counted_on": ON + dt.timedelta(days=1)}, history.DayIsStillToCome),
        ],
    )
    def test_says_what_is_missing(self, cast: Cast, given: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            count(cast, **given)

    def test_is_for_its_officers_and_operators(self, cast: Cast):
        count(cast, 35, source="La red", by=operator())
        for stranger in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(NotYoursToEdit):
                count(cast, by=stranger)


class TestMilestone:
    def test_makes_the_stage(self, cast: Cast):
        milestone(cast, "cooperative_formed", "10/2002", link="https://example.org/acta", paper="")
        milestone(cast)

        story = history_read.of_organization(cast.grafica.organization)
        assert [each.kind for each in story.milestones] == ["occupation", "cooperative_formed"]
        assert story.stage == "Cooperativa formada, todavía sin producir"

    def test_that_was_wrong_no_longer_counts(self, cast: Cast):
        milestone(cast)
        wrong = milestone(cast, "end", "2010")

        history.withdraw(noted=wrong, by=operator(), on=ON, at=AT)

        story = history_read.of_organization(cast.grafica.organization)
        assert [each.kind for each in story.milestones] == ["occupation"]
        assert [each.kind for each in history_read.milestones_of(cast.grafica.organization)] == ["occupation", "end"]
        with pytest.raises(history.IsWithdrawnAlready):
            history.withdraw(noted=wrong, by=cast.ana, on=ON, at=AT)

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"paper": " "}, history.PaperIsMissing),
            ({"link": "javascript:alert(1)"}, history.LinkIsWrong),
            ({"when": "2027"}, history.DayIsStillToCome),
        ],
    )
    def test_says_what_is_missing(self, cast: Cast, given: dict[str, Any], refusal: type[Exception]):
        with pytest.raises(refusal):
            milestone(cast, **given)

    def test_is_only_of_enterprises_of_workers(self, cast: Cast):
        with pytest.raises(history.HasNoRecuperation):
            milestone(cast, organization=cast.federacion, by=operator())

    def test_is_for_its_officers_and_operators(self, cast: Cast):
        for stranger in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(NotYoursToEdit):
                milestone(cast, by=stranger)
            with pytest.raises(NotYoursToEdit):
                history.withdraw(noted=milestone(cast), by=stranger, on=ON, at=AT)


class TestTheDatabase:
    """Whoever goes round Python is stopped."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"paper": ""},
            {"paper": "", "link": "javascript:alert(1)"},
            {"kind": "siesta"},
            {"precision": "week"},
            {"withdrawn_at": AT},
        ],
    )
    def test_stops_a_milestone(self, cast: Cast, fields: dict[str, Any]):
        noted = milestone(cast)
        noted.pk = None
        for name, value in fields.items():
            setattr(noted, name, value)

        with pytest.raises(IntegrityError, match="milestone_"), transaction.atomic():
            noted.save(force_insert=True)

    def test_stops_a_second_count_of_a_source_on_a_day(self, cast: Cast):
        grafica = make.organization("otra")
        rows = [
            WorkerCount(organization=grafica, workers=n, counted_on=ON, source=source, noted_at=AT)
            for n, source in ((1, "INAES"), (2, "inaes"))
        ]
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkerCount.objects.bulk_create(rows)

    def test_stops_a_count_without_source_in_plain_sql(self, cast: Cast):
        count(cast)

        with (
            pytest.raises(IntegrityError, match="count_has_source"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO network_workercount (organization_id, workers, counted_on, source, noted_at)"
                " SELECT organization_id, workers, counted_on, '', noted_at FROM network_workercount"
            )

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE network_workercount SET workers = 1",
            "DELETE FROM network_workercount",
            "UPDATE network_milestone SET happened_on = '1999-01-01'",
            "DELETE FROM network_milestone",
            "UPDATE network_organizationchange SET fields = '{}'",
            "DELETE FROM network_organizationchange",
        ],
    )
    def test_keeps_what_was_noted(self, cast: Cast, sql: str):
        count(cast)
        milestone(cast)
        details.publish(organization=cast.grafica.organization, is_public=True, by=cast.ana, on=ON, at=AT)

        assert is_stopped(sql) is refusals.WhatWasNotedStays

    @pytest.mark.parametrize("table", ["workercount", "milestone"])
    def test_keeps_what_was_withdrawn(self, cast: Cast, table: str):
        for noted in (count(cast), milestone(cast)):
            history.withdraw(noted=noted, by=cast.ana, on=ON, at=AT)

        sql = f"UPDATE network_{table} SET withdrawn_at = NULL, withdrawn_by_id = NULL"
        assert is_stopped(sql) is refusals.WhatWasNotedStays
