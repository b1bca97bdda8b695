"""The register's pages: for whoever has a login, in either language, whatever is asked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from network.actions import councils, history
from network.actions import details as entries
from network.queries.details import details_of
from network.queries.history import COUNTS, MILESTONES
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.network.actions.test_history import count, milestone
from tests.network.register import AT, CBU, ON, operator

pytestmark = pytest.mark.django_db

#: By name: the cast, and where the federation's auditor comes from.
EVERYBODY = ["Casa De Silvia", "Federación", "Gráfica", "Molino", "Textil"]


def told(cast: Cast) -> None:
    """Have the register tell of the print shop: a matrícula, a CBU, counts, milestones, and what was withdrawn."""
    grafica = cast.grafica.organization
    details = replace(details_of(grafica), national_number="6781", bank_key=CBU)
    entries.edit(organization=grafica, details=details, by=operator("Ema"), on=ON, at=AT)
    count(cast, 34)
    history.withdraw(noted=count(cast, 43, source="La red"), by=cast.ana, on=ON, at=AT)
    milestone(cast, "occupation", "3/2002", paper="Boletín 1", link="https://example.org/ley")
    milestone(cast, "first_production", "2002")
    history.withdraw(noted=milestone(cast, "end", "15/3/2010"), by=cast.ana, on=ON, at=AT)


class TestList:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_everybody_in_ones_language(self, cast: Cast, language: str):
        said = browser(cast.carla, language).get("/network/")

        for name in ("Gráfica", "Molino", "Textil", "Federación"):
            assert name in said.content.decode()
        assert says(said, "Worker-recuperated enterprise", language=language)

    @pytest.mark.parametrize("query", ["page=abc", "page=0", "page=" + "9" * 30, "page=%00"])
    def test_shows_something_for_any_query(self, cast: Cast, query: str):
        assert browser(cast.carla).get(f"/network/?{query}").status_code == 200

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=Gráfica", ["Gráfica"]),
            ("q=grafica", ["Gráfica"]),
            ("q=30-99900002-5", ["Molino"]),
            ("kind=federation", ["Federación"]),
            ("sector=textile", ["Textil"]),
            ("place=AR-B", ["Molino"]),
            ("q=molino&place=AR-C", []),
            ("kind=club", EVERYBODY),
            ("q=%00", EVERYBODY),
        ],
    )
    def test_finds_by_word_kind_sector_and_province(self, cast: Cast, query: str, names: list[str]):
        said = browser(cast.carla).get(f"/network/?{query}")

        assert [each.name for each in said.context["page"]] == names

    def test_costs_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.carla)
        for number in range(60):
            make.organization(f"otra-{number}")

        with django_assert_max_num_queries(5):
            said = client.get("/network/?page=2")
        assert len(said.context["page"]) == 10 + len(EVERYBODY)

    def test_offers_writing_to_operators_only(self, cast: Cast):
        assert says(browser(operator()).get("/network/"), "Register an organization")
        assert not says(browser(cast.ana).get("/network/"), "Register an organization")

    def test_is_closed_to_strangers_and_takes_nothing(self, cast: Cast):
        assert Client().get("/network/").status_code == 302
        assert browser(cast.ana).post("/network/").status_code == 405


class TestDetail:
    def test_leads_in_only_where_one_may_read(self, cast: Cast):
        assert says(browser(cast.ana).get("/network/grafica/"), "Open its pages")
        assert says(browser(cast.silvia).get("/network/grafica/"), "Open its pages")
        assert not says(browser(cast.carla).get("/network/grafica/"), "Open its pages")

    def test_says_when_nobody_holds_an_office(self, cast: Cast):
        mandate = make.mandate(cast.mario, on=timezone.localdate())
        councils.resign(mandate=mandate, resolution=None, by=cast.mario, on=timezone.localdate())

        assert says(browser(cast.carla).get("/network/molino/"), "No mandate is in force today.")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_tells_counts_and_story_with_who_counted_and_what_shows_it(self, cast: Cast, language: str):
        told(cast)

        said = browser(cast.carla, language).get("/network/grafica/")

        assert says(said, "on %(day)s, counted by %(source)s", language=language, day="04/05/2026", source="INAES")
        assert says(said, "All that was told: %(number)s", language=language, number=3)
        for msgid in ("Occupied by its workers", "Producing"):
            assert says(said, msgid, language=language), msgid
        for text in ("Boletín 1", "https://example.org/ley", "03/2002", CBU, "6.781", "30-99900001-7"):
            assert text in said.content.decode(), text
        assert not says(said, "Change this", language=language)
        assert not says(said, "It was wrong: withdraw it", language=language)

    def test_lets_an_officer_write_and_shows_what_changed(self, cast: Cast):
        told(cast)

        said = browser(cast.ana).get("/network/grafica/")

        for msgid in ("Change this", "Add a count", "Add a milestone", "It was wrong: withdraw it", "Last changes"):
            assert says(said, msgid), msgid

    def test_costs_the_same_for_a_long_story(self, cast: Cast, django_assert_max_num_queries):
        told(cast)
        for year in range(1960, 1990):
            milestone(cast, "other", str(year))
            count(cast, counted_on=dt.date(year, 1, 1))
        client = browser(cast.ana)

        with django_assert_max_num_queries(17):
            said = client.get("/network/grafica/")
        # The latest of each; of the counts the lines and the large number.
        assert says(said, "All that was counted: %(number)s", number=32)
        assert said.content.decode().count("/withdraw/") == COUNTS + MILESTONES

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_all_of_a_long_story_on_pages_of_their_own(self, cast: Cast, language: str):
        told(cast)
        for year in range(1960, 1990):
            milestone(cast, "other", str(year))
            count(cast, counted_on=dt.date(year, 1, 1))
        client = browser(cast.carla, language)

        counts, milestones = (
            [client.get(f"/network/grafica/{of}/?page={page}").content.decode() for page in (1, 2)]
            for of in ("counts", "milestones")
        )

        # The withdrawn ones too: the latest count is one, and the last but two of the milestones.
        assert [said.split("<main")[1].count("<li>") for said in counts] == [25, 7]
        assert [said.split("<main")[1].count("<li>") for said in milestones] == [25, 8]
        assert "<s>" in counts[0]
        assert "<s>" in milestones[1]

    @pytest.mark.parametrize("code", ["nadie", "x" * 200, "GRAFICA"])
    def test_of_nobody_does_not_exist(self, cast: Cast, code: str):
        assert browser(cast.ana).get(f"/network/{code}/").status_code == 404
