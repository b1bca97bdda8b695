"""The tree's page."""

import pytest
from django.test import Client

from network.web.tiers import PAGE
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db


class TestTree:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_draws_who_belongs_to_whom(self, cast: Cast, language: str):
        said = browser(cast.carla, language).get("/tiers/").content.decode()

        assert said.index("Federación") < said.index("Gráfica") < said.index("Molino")
        assert "Textil" not in said.split("<main")[1]

    def test_of_a_day_before_anybody_belonged_says_so(self, cast: Cast):
        said = browser(cast.carla).get("/tiers/?at=2019-12-31")

        assert says(said, "On that day nobody belongs to a federation or a network.")

    @pytest.mark.parametrize("query", ["at=ayer", "at=", "at=%00", "at=" + "9" * 50])
    def test_shows_something_for_any_day(self, cast: Cast, query: str):
        assert browser(cast.carla).get(f"/tiers/?{query}").status_code == 200

    def test_shows_so_many_bodies_a_page(self, cast: Cast):
        for number in range(PAGE):
            body = make.organization(f"zfed-{number:02}", kind="federation", name=f"Zfed {number:02}")
            make.affiliation(cast.grafica.organization, body)

        first, second = (browser(cast.carla).get(f"/tiers/?page={page}").content.decode() for page in (1, 2))

        assert "Zfed 18" in first
        assert "Zfed 19" not in first
        assert "Zfed 19" in second
        assert "/network/federacion/" not in second

    def test_is_for_those_with_a_login(self, cast: Cast):
        assert Client().get("/tiers/").status_code == 302
        assert browser(cast.ana).post("/tiers/").status_code == 405
