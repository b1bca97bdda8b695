"""A page is opened by an officer, closed at any time, both noted; only finished open-factory reports stand on it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ledger.actions.agreements import NoMandateToday
from network import rules
from network.actions.refusals import AnotherBodyDecided
from reports.actions import openings
from reports.actions.refusals import RULES, IsNotOpen, IsPublishedAlready, NotToBePublished, StoryTellsOfAPerson
from reports.actions.requests import NoBookYet
from reports.models import Opening, Publication
from reports.queries import openings as reading
from tests import make
from tests.cast import Cast
from tests.opened import finished, opened, published
from tests.plain_sql import stays

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def now() -> dict[str, object]:
    return {"on": timezone.localdate(), "at": timezone.now()}


class TestOpen:
    def test_is_noted_with_who_and_when(self, cast: Cast):
        opening = opened(cast)

        assert (opening.noted_by, opening.withdrawn_at) == (cast.ana, None)
        assert reading.of_organization(cast.grafica.organization) == opening

    def test_other_words_are_a_new_row_and_the_old_one_stays(self, cast: Cast):
        first = opened(cast)
        second = opened(cast, story="Otra historia.")

        first.refresh_from_db()
        assert (first.story, first.withdrawn_by) == ("La tomamos entre todos en 2003.", cast.ana)
        assert list(reading.standing()) == [second]

    def test_the_same_words_twice_are_once(self, cast: Cast):
        assert opened(cast) == opened(cast)

    def test_only_by_whoever_binds_it(self, cast: Cast):
        for person in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(NoMandateToday):
                opened(cast, by=person)

    def test_by_its_own_resolution_where_it_names_one(self, cast: Cast):
        own, other = make.resolution(cast.grafica.organization), make.resolution(cast.molino.organization)

        assert opened(cast, resolution=own).resolution == own
        with pytest.raises(AnotherBodyDecided):
            opened(cast, story="Otra", resolution=other)

    @pytest.mark.parametrize("story", ["Escribile a ana.gomez@example.org", "DNI 12.345.678", "Tel. 4301-1234"])
    def test_not_with_what_belongs_to_a_person(self, cast: Cast, story: str):
        with pytest.raises(StoryTellsOfAPerson):
            opened(cast, story=story)

    def test_not_without_a_book(self, cast: Cast):
        body = make.organization("sin-libro")
        with pytest.raises(NoBookYet):
            openings.open_page(
                organization=body, story="", shows_address=False, by=make.officer("Oscar", body), **now()
            )


class TestClose:
    def test_leaves_nothing_open_and_the_trace(self, cast: Cast):
        opened(cast)

        closed = openings.close_page(organization=cast.grafica.organization, by=cast.ana, **now())

        assert closed.withdrawn_by == cast.ana
        assert not reading.standing().exists()
        assert [each.pk for each in reading.history(cast.grafica.organization)] == [closed.pk]
        with pytest.raises(IsNotOpen):
            openings.close_page(organization=cast.grafica.organization, by=cast.ana, **now())

    def test_only_by_whoever_binds_it(self, cast: Cast):
        opened(cast)
        with pytest.raises(NoMandateToday):
            openings.close_page(organization=cast.grafica.organization, by=cast.beto, **now())


class TestPublish:
    def test_a_finished_open_factory_report(self, cast: Cast):
        report = finished(cast)
        assert list(reading.publishable(cast.grafica.organization)) == [report]

        shown = openings.publish(report=report, by=cast.ana, **now())

        assert list(reading.published(cast.grafica.organization)) == [shown]
        assert not reading.publishable(cast.grafica.organization)
        with pytest.raises(IsPublishedAlready):
            openings.publish(report=report, by=cast.ana, **now())

    def test_no_other_report(self, cast: Cast):
        with pytest.raises(NotToBePublished):
            openings.publish(report=finished(cast, kind="statement"), by=cast.ana, **now())

    def test_none_that_is_not_made(self, cast: Cast):
        report = finished(cast)
        report.sha256 = ""
        with pytest.raises(NotToBePublished):
            openings.publish(report=report, by=cast.ana, **now())

    def test_taken_away_it_may_come_back(self, cast: Cast):
        shown = published(cast)

        openings.withdraw(publication=shown, by=cast.ana, **now())

        assert not reading.published(cast.grafica.organization)
        openings.publish(report=shown.report, by=cast.ana, **now())
        assert Publication.objects.count() == 2

    def test_only_by_whoever_binds_it(self, cast: Cast):
        report = finished(cast)
        with pytest.raises(NoMandateToday):
            openings.publish(report=report, by=cast.beto, **now())
        shown = published(cast)
        with pytest.raises(NoMandateToday):
            openings.withdraw(publication=shown, by=cast.mario, **now())


def stopped_by(sql: str, *params: object) -> str:
    """Run plain SQL, and return the name of the rule that stops it."""
    with pytest.raises(IntegrityError) as stopped, transaction.atomic():
        stays(sql, *params)
    return rules.said_by(stopped.value)


class TestRoundPython:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE reports_opening SET story = 'Otra'",
            "UPDATE reports_opening SET shows_address = NOT shows_address",
            "UPDATE reports_opening SET noted_at = '2020-01-01 00:00:00+00:00'",
            "DELETE FROM reports_opening",
            "UPDATE reports_publication SET noted_at = '2020-01-01 00:00:00+00:00'",
            "DELETE FROM reports_publication",
        ],
    )
    def test_what_was_shown_stays(self, cast: Cast, sql: str):
        opened(cast)
        published(cast)

        assert stopped_by(sql) == "noted_stays"

    @pytest.mark.parametrize("table", ["opening", "publication"])
    def test_what_was_withdrawn_is_not_put_back(self, cast: Cast, table: str):
        opened(cast)
        shown = published(cast)
        openings.withdraw(publication=shown, by=cast.ana, **now())
        openings.close_page(organization=cast.grafica.organization, by=cast.ana, **now())

        assert stopped_by(f"UPDATE reports_{table} SET withdrawn_at = NULL, withdrawn_by_id = NULL") == "noted_stays"

    def test_nothing_but_a_finished_open_factory_report(self, cast: Cast):
        statement = finished(cast, kind="statement")
        insert = "INSERT INTO reports_publication (report_id, noted_at) VALUES (%s, '2026-05-04 12:00:00+00:00')"

        assert stopped_by(insert, statement.pk) == "published_is_open_factory"
        assert RULES[stopped_by(insert, statement.pk)] is NotToBePublished
        assert RULES[stopped_by(insert, published(cast).report_id)] is IsPublishedAlready

    def test_no_page_by_the_decision_of_another(self, cast: Cast):
        other = make.resolution(cast.molino.organization)
        insert = (
            "INSERT INTO reports_opening (organization_id, story, shows_address, resolution_id, noted_at)"
            " VALUES (%s, '', %s, %s, '2026-05-04 12:00:00+00:00')"
        )

        assert stopped_by(insert, cast.grafica.organization.pk, False, other.pk) == "opened_by_itself"

    def test_no_two_pages_of_one(self, cast: Cast):
        opening = opened(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Opening.objects.create(
                organization=opening.organization, shows_address=False, noted_at=timezone.now() + dt.timedelta(1)
            )
