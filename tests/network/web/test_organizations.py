"""The register's pages: for whoever has a login, in either language, whatever is asked."""

import pytest
from django.test import Client
from django.utils import timezone

from network.actions import councils
from network.models import Mandate
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db


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

    def test_is_closed_to_strangers_and_takes_nothing(self, cast: Cast):
        assert Client().get("/network/").status_code == 302
        assert browser(cast.ana).post("/network/").status_code == 405


class TestDetail:
    def test_leads_in_only_where_one_may_read(self, cast: Cast):
        assert says(browser(cast.ana).get("/network/grafica/"), "Open its pages")
        assert says(browser(cast.silvia).get("/network/grafica/"), "Open its pages")
        assert not says(browser(cast.carla).get("/network/grafica/"), "Open its pages")

    def test_says_when_nobody_holds_an_office(self, cast: Cast):
        mandate = Mandate.objects.get(user=cast.mario)
        councils.resign(mandate=mandate, resolution=None, by=cast.mario, on=timezone.localdate())

        assert says(browser(cast.carla).get("/network/molino/"), "No mandate is in force today.")

    @pytest.mark.parametrize("code", ["nadie", "x" * 200, "GRAFICA"])
    def test_of_nobody_does_not_exist(self, cast: Cast, code: str):
        assert browser(cast.ana).get(f"/network/{code}/").status_code == 404
