"""Pages that anybody reads: what they tell, whom they never name, and that whoever did not open one is nowhere."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.actions import openings
from reports.core.counts import Count
from reports.queries import open_network, open_pages
from reports.queries import openings as reading
from tests import make
from tests.cast import Cast
from tests.opened import Neighborhood, finished, opened, published

pytestmark = pytest.mark.django_db
FEEDS = ("activities.ics", "profile.json", "open.json")


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path, monkeypatch):
    """A page tells of the last twelve months: on this day, the story's April is among them."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC))


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def neighborhood(cast: Cast) -> Neighborhood:
    """All that the print shop gave, and its page, which is open."""
    found = Neighborhood(cast)
    found.everything()
    opened(cast)
    return found


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


class TestPage:
    def test_tells_the_story_the_hours_and_the_figures(self, anybody: Client, neighborhood: Neighborhood):
        said = text(anybody, "/open/grafica/")

        assert "La tomamos entre todos en 2003." in said
        assert "Monday, Tuesday, Wednesday, Thursday, from 18:00 to 22:00" in said
        assert "Open 17 times, 204 room hours. Visits: 1,190." in said
        assert "In part an estimate." in said
        assert "Pintura del frente (Hours of work), to Bachillerato, 24 hours" in said
        assert "People who learned: 5" in said

    def test_tells_no_money_no_debt_and_nobody(self, anybody: Client, neighborhood: Neighborhood):
        make.delivery(neighborhood.cast.grafica, neighborhood.cast.molino)
        for path in ("/open/", "/open/grafica/", *(f"/open/grafica/{feed}" for feed in FEEDS)):
            said = text(anybody, path)

            for private in (
                "176,200",
                "176200",
                "250,000",
                "250000",
                "427200",
                "Gómez",
                "Ana",
                "Beto",
                "Elsa",
                "Recibo",
            ):
                assert private not in said, (path, private)

    def test_hides_a_title_that_names_somebody_of_theirs(self, anybody: Client, neighborhood: Neighborhood):
        make.member("Pintura del frente", neighborhood.cast.grafica.organization)

        said = text(anybody, "/open/grafica/")

        assert "Pintura del frente" not in said
        assert "Hours of work, to Bachillerato, 24 hours" in said

    def test_escapes_the_story(self, anybody: Client, neighborhood: Neighborhood):
        opened(neighborhood.cast, story='<script>alert("x")</script>\n\nSegundo párrafo')

        said = text(anybody, "/open/grafica/")

        assert "<script>alert" not in said
        assert "&lt;script&gt;" in said

    def test_tells_few_people_as_few(self, anybody: Client, cast: Cast):
        found = Neighborhood(cast)
        found.april(sessions=1, people=[3])
        opened(cast)

        assert "Visits: fewer than 5." in text(anybody, "/open/grafica/")
        assert json.loads(text(anybody, "/open/grafica/open.json"))["given"]["visits"] == {
            "people": 0,
            "counts_below": 1,
            "below": 5,
        }

    def test_tells_who_came_to_an_event_and_nothing_of_sponsorship(self, anybody: Client, cast: Cast):
        Neighborhood(cast).events()
        opened(cast)

        said = text(anybody, "/open/grafica/")

        assert "Festival (Cultural or sports event), to Bachillerato. Visits: 300, counted at the door" in said
        for path in ("/open/", "/open/grafica/", *(f"/open/grafica/{feed}" for feed in FEEDS)):
            assert "Camisetas" not in text(anybody, path)
        figures = json.loads(text(anybody, "/open/grafica/open.json"))["given"]
        assert (figures["activities"], figures["visits"]["people"]) == (1, 300)

    def test_shows_the_street_only_where_they_said_so(self, anybody: Client, neighborhood: Neighborhood):
        organization = neighborhood.cast.grafica.organization
        type(organization).objects.filter(pk=organization.pk).update(address="California 2716")
        assert "California 2716" not in text(anybody, "/open/grafica/") + text(anybody, "/open/grafica/profile.json")

        opened(neighborhood.cast, shows_address=True)

        assert "California 2716" in text(anybody, "/open/grafica/")
        assert "California 2716" in text(anybody, "/open/grafica/profile.json")

    def test_speaks_spanish_first(self, neighborhood: Neighborhood):
        assert "Semana a semana" in text(Client(headers={"accept-language": "es-ar"}), "/open/grafica/")


class TestWhoIsThere:
    def test_whoever_did_not_open_is_nowhere(self, anybody: Client, neighborhood: Neighborhood):
        for path in ("", "reports/1.pdf", *FEEDS):
            assert anybody.get(f"/open/molino/{path}").status_code == 404
        assert "Molino" not in text(anybody, "/open/").replace("Encuadernación", "")

    def test_whoever_closed_is_gone_at_once(self, anybody: Client, neighborhood: Neighborhood):
        shown = published(neighborhood.cast)
        text(anybody, "/open/grafica/")
        assert "Gráfica" in text(anybody, "/open/")

        openings.close_page(
            organization=neighborhood.cast.grafica.organization,
            by=neighborhood.cast.ana,
            on=timezone.localdate(),
            at=timezone.now(),
        )

        for path in ("", f"reports/{shown.report_id}.pdf", *FEEDS):
            assert anybody.get(f"/open/grafica/{path}").status_code == 404
        assert "Gráfica" not in text(anybody, "/open/")


class TestReports:
    def test_a_published_one_is_handed_out(self, anybody: Client, neighborhood: Neighborhood):
        shown = published(neighborhood.cast)
        path = f"/open/grafica/reports/{shown.report_id}.pdf"
        assert path in text(anybody, "/open/grafica/")

        answer = anybody.get(path)

        assert answer["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 made up"

    def test_no_other_and_none_that_was_taken_away(self, anybody: Client, neighborhood: Neighborhood):
        cast = neighborhood.cast
        for report in (finished(cast, kind="statement"), finished(cast)):
            assert anybody.get(f"/open/grafica/reports/{report.pk}.pdf").status_code == 404
        shown = published(cast)
        openings.withdraw(publication=shown, by=cast.ana, on=timezone.localdate(), at=timezone.now())

        assert anybody.get(f"/open/grafica/reports/{shown.report_id}.pdf").status_code == 404

    def test_one_whose_file_is_gone_is_not_there(self, anybody: Client, neighborhood: Neighborhood, tmp_path):
        shown = published(neighborhood.cast)
        for file in tmp_path.rglob("*.pdf"):
            file.unlink()

        assert anybody.get(f"/open/grafica/reports/{shown.report_id}.pdf").status_code == 404


class TestFeeds:
    def test_the_calendar_returns_each_week(self, anybody: Client, neighborhood: Neighborhood):
        answer = anybody.get("/open/grafica/activities.ics")
        lines = answer.content.decode().split("\r\n")

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "DTSTART:20260302T180000" in lines
        assert "DTEND:20260302T220000" in lines
        assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH" in lines
        assert "DTSTART;VALUE=DATE:20260430" in lines

    def test_the_profile_is_of_murmurations(self, anybody: Client, neighborhood: Neighborhood):
        answer = anybody.get("/open/grafica/profile.json")
        said = json.loads(answer.content)

        assert said["linked_schemas"] == ["organizations_schema-v1.0.0"]
        assert (said["name"], said["region"]) == ("Gráfica", "Ciudad Autónoma de Buenos Aires")
        assert said["country_name"] == "Argentina"
        assert said["primary_url"] == "http://testserver/open/grafica/"
        assert said["description"] == "La tomamos entre todos en 2003."
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_the_figures_are_those_of_the_page(self, anybody: Client, neighborhood: Neighborhood):
        shown = published(neighborhood.cast)
        said = json.loads(text(anybody, "/open/grafica/open.json"))

        assert said["given"]["room_hours"] == "204.00"
        assert said["given"]["visits"]["people"] == 1190
        assert [each["what"] for each in said["weekly"]] == ["Bachillerato popular"]
        assert [each["sha256"] for each in said["reports"]] == [shown.report.sha256]
        assert "cost" not in json.dumps(said)


class TestNetwork:
    def test_totals_are_those_of_the_pages(self, anybody: Client, neighborhood: Neighborhood):
        neighborhood.events()
        opening = reading.standing().get()
        on = timezone.localdate()
        page, network = open_pages.shown(opening, on=on).given, open_network.network([opening], on=on)

        names = ("activities", "sessions", "room_hours", "work_hours", "mentoring_hours", "visits", "learners")
        assert [getattr(network.sums, name) for name in names] == [getattr(page, name) for name in names]
        assert network.sums.visits == Count(1190 + 300)

    def test_counts_only_those_that_opened(self, anybody: Client, neighborhood: Neighborhood):
        said = text(anybody, "/open/")

        assert 'Organizations that opened a page</th><td class="num">1</td>' in said
        assert 'Ciudad Autónoma de Buenos Aires</th><td class="num">1</td>' in said
        assert "Only those that opened a page are in these sums" in said

    def test_with_nobody_there(self, anybody: Client, cast: Cast):
        assert "No organization has opened a page yet." in text(anybody, "/open/")


def questions(client: Client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        text(client, path)
    return len(asked)


class TestCost:
    @pytest.mark.parametrize("path", ["/open/", "/open/grafica/", "/open/grafica/open.json"])
    def test_the_same_questions_for_much_and_for_little(self, anybody: Client, cast: Cast, path: str):
        found = Neighborhood(cast)
        found.april()
        opened(cast)
        little = questions(anybody, path)
        found.gifts()
        found.by_hand()
        for book, person in ((cast.molino, cast.mario), (cast.textil, cast.carla)):
            openings.open_page(
                organization=book.organization,
                story="",
                shows_address=False,
                by=person,
                on=timezone.localdate(),
                at=timezone.now(),
            )

        assert questions(anybody, path) <= little

    def test_asks_the_books_once_in_ten_minutes(self, anybody: Client, neighborhood: Neighborhood):
        first = questions(anybody, "/open/grafica/")
        with CaptureQueriesContext(connection) as asked:
            text(anybody, "/open/grafica/")

        assert len(asked) < first / 2


def test_what_is_older_than_a_year_is_not_told(neighborhood: Neighborhood):
    opening = reading.standing().get()

    later = open_pages.shown(opening, on=dt.date(2027, 6, 1))

    assert (later.since, later.given.deeds) == (dt.date(2026, 6, 1), ())
    # It still takes place, as far as anybody said.
    assert [each.what for each in later.going] == ["Bachillerato popular"]
