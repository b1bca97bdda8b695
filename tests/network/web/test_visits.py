"""Auditors read, and the cooperative sees that they did."""

import pytest
from django.core.paginator import Paginator
from django.utils import timezone

from network.models import Visit
from network.web.visits import section_of
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db


class TestSections:
    @pytest.mark.parametrize(
        ("route", "section"),
        [
            ("coop/<slug:code>/", "coop"),
            ("coop/<slug:code>/journal/<int:year>/<int:number>/", "journal"),
            ("reports/<slug:code>/<int:pk>/download/", "reports"),
        ],
    )
    def test_are_named_by_the_address(self, route: str, section: str):
        assert section_of(route) == section


class TestTrace:
    def test_is_left_by_who_reads_for_a_body_above(self, cast: Cast):
        silvia = browser(cast.silvia)
        for page in ("/coop/grafica/", "/coop/grafica/journal/", "/coop/grafica/journal/", "/reports/grafica/"):
            assert silvia.get(page).status_code == 200

        assert sorted(Visit.objects.values_list("section", "pages")) == [("coop", 1), ("journal", 2), ("reports", 1)]
        visit = Visit.objects.filter(section="journal").get()
        assert visit.mandate == make.mandate(cast.silvia, on=timezone.localdate())
        assert visit.day == timezone.localdate()

    def test_is_not_left_by_ones_own_people_nor_by_whoever_saw_nothing(self, cast: Cast):
        assert browser(cast.ana).get("/coop/grafica/").status_code == 200
        assert browser(cast.silvia).get("/coop/federacion/").status_code == 200
        assert browser(cast.carla).get("/coop/grafica/").status_code == 404

        assert not Visit.objects.exists()

    def test_ends_with_the_mandate(self, cast: Cast):
        make.recall(cast.silvia, on=timezone.localdate())

        assert browser(cast.silvia).get("/coop/grafica/").status_code == 404
        assert not Visit.objects.exists()


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_tell_the_cooperative_who_and_for_whom(self, cast: Cast, language: str):
        browser(cast.silvia).get("/coop/grafica/journal/")

        said = browser(cast.beto, language).get("/network/grafica/visits/")

        assert "Silvia" in said.content.decode()
        assert "Federación" in said.content.decode()
        assert says(said, "Internal auditor (síndico)", language=language)
        assert says(said, "Journal", language=language)

    def test_tell_others_nothing(self, cast: Cast):
        browser(cast.silvia).get("/coop/grafica/journal/")

        assert browser(cast.mario).get("/network/grafica/visits/").status_code == 404
        assert "Silvia" not in browser(cast.mario).get("/network/molino/visits/").content.decode()

    def test_tell_the_auditor_her_own(self, cast: Cast):
        browser(cast.silvia).get("/coop/grafica/journal/")

        assert "Gráfica" in browser(cast.silvia).get("/me/visits/").content.decode()
        assert says(browser(cast.mario).get("/me/visits/"), "You have looked at nobody's books but your own.")

    def test_come_in_parts_and_stand_any_query(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        for section in ("", "journal/", "accounts/"):
            browser(cast.silvia).get(f"/coop/grafica/{section}")
        monkeypatch.setattr("network.web.visits.PAGE", 2)

        first = browser(cast.ana).get("/network/grafica/visits/")
        assert isinstance(first.context["page"].paginator, Paginator)
        assert len(first.context["rows"]) == 2
        for query in ("page=2", "page=abc", "page=-1", "page=%00"):
            assert browser(cast.ana).get(f"/network/grafica/visits/?{query}").status_code == 200


class TestSecondFactorPage:
    def test_leads_an_officer_without_one_to_set_it_up(self, cast: Cast):
        make.second_factor(president := make.officer("Pilar", cast.grafica.organization, office="president"))
        said = browser(president).post("/network/grafica/second-factor/", {"is_required": "yes"}, follow=True)
        assert says(said, "From now on your officers need a second factor to accept and confirm.")

        for page in ("/coop/grafica/", "/network/grafica/second-factor/"):
            led = browser(cast.ana).get(page)
            assert says(led, "Set up a second factor")
            assert 'href="/accounts/2fa/"' in led.content.decode()
        assert not says(browser(cast.beto).get("/coop/grafica/"), "Set up a second factor")

    def test_says_why_not(self, cast: Cast):
        said = browser(cast.ana).post("/network/grafica/second-factor/", {"is_required": "yes"}, follow=True)
        assert says(said, "Set up your own second factor first, or you could no longer confirm anything yourself.")

        said = browser(cast.ana).post("/network/grafica/second-factor/", {"is_required": "perhaps"}, follow=True)
        assert says(said, "Choose one of the answers of the page.")
