"""The pages on which the register is written: by operators, and by officers of the organization itself."""

from typing import Any

import pytest
from django.test import Client

from network.models import Milestone, Organization, WorkerCount
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.network.actions.test_history import count, milestone
from tests.network.register import CBU, operator

pytestmark = pytest.mark.django_db

NEW = {
    "code": "", "name": "Vidriera Unida", "kind": "recuperated_enterprise", "sector": "glass", "country": "AR",
    "province": "AR-B", "tax_id": "30-99900006-8", "national_number": "25.310", "bank_key": CBU,
}  # fmt: skip


def fresh(code: str = "grafica") -> Organization:
    return Organization.objects.get(code=code)


class TestNew:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_registers(self, language: str):
        client = browser(operator(), language)
        assert says(client.get("/register/new/"), "Before the law", language=language)

        said = client.post("/register/new/", NEW, follow=True)

        assert says(said, "It is in the register.", language=language)
        assert (fresh("vidriera-unida").tax_id, fresh("vidriera-unida").bank_key) == ("30999000068", CBU)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"tax_id": "30999000069"}, "tax_id"),
            ({"tax_id": "30999000017"}, "tax_id"),
            ({"bank_key": "1"}, "bank_key"),
            ({"province": "BO-L"}, "province"),
            ({"country": "BO"}, "province"),
            ({"code": "grafica"}, "code"),
            ({"name": ""}, "name"),
            ({"name": "¡!"}, "code"),
            ({"kind": "union"}, "national_number"),
            ({"website": "javascript:alert(1)"}, "website"),
            ({"households": "9" * 30}, "households"),
        ],
    )
    def test_says_what_is_wrong_where_it_is(self, cast: Cast, given: dict[str, str], field: str):
        said = browser(operator()).post("/register/new/", NEW | given)

        assert said.status_code == 422
        assert list(said.context["form"].errors) == [field]

    def test_does_not_exist_for_anybody_else(self, cast: Cast):
        for address in ("/register/new/", "/register/load/"):
            assert Client().get(address).status_code == 302
            assert browser(cast.ana).get(address).status_code == 404
            assert browser(cast.silvia).post(address, NEW).status_code == 404


class TestEdit:
    def test_shows_an_officer_what_is_hers_to_write(self, cast: Cast):
        client = browser(cast.ana)
        fields = list(client.get("/network/grafica/edit/").context["form"].fields)
        assert fields == ["city", "address", "email", "phone", "website", "bank_key", "is_public"]

        client.post("/network/grafica/edit/", {"phone": "4201", "is_public": "on", "name": "Otra", "tax_id": "1"})

        kept = fresh()
        assert (kept.phone, kept.is_public, kept.name, kept.tax_id) == ("4201", True, "Gráfica", "30999000017")

    def test_lets_an_operator_change_all_of_it(self, cast: Cast):
        client = browser(operator())
        shown: dict[str, Any] = client.get("/network/grafica/edit/").context["form"].initial
        assert shown["province"] == "AR-C"

        sent = {name: value for name, value in shown.items() if value not in (None, False)} | {"name": "Gráfica 2"}
        said = client.post("/network/grafica/edit/", sent, follow=True)

        assert says(said, "Saved.")
        assert (fresh().name, fresh().tax_id) == ("Gráfica 2", "30999000017")

    @pytest.mark.parametrize("path", ["edit/", "counts/add/", "milestones/add/"])
    def test_does_not_exist_for_anybody_else(self, cast: Cast, path: str):
        address = f"/network/grafica/{path}"
        assert Client().get(address).status_code == 302
        for stranger in (cast.beto, cast.mario, cast.carla, cast.silvia):
            assert browser(stranger).get(address).status_code == 404
            assert browser(stranger).post(address, {"phone": "1"}).status_code == 404
        assert fresh().phone == ""


class TestCount:
    def test_is_noted(self, cast: Cast):
        sent = {"workers": "34", "counted_on": "2026-05-04", "source": "INAES"}

        said = browser(cast.ana).post("/network/grafica/counts/add/", sent, follow=True)

        assert says(said, "The count is noted.")
        assert WorkerCount.objects.get().noted_by == cast.ana

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"workers": "muchos"}, "workers"),
            ({"workers": "-1"}, "workers"),
            ({"counted_on": "2999-01-01"}, "counted_on"),
            ({"source": ""}, "source"),
            ({}, "counted_on"),
        ],
    )
    def test_says_what_is_wrong_where_it_is(self, cast: Cast, given: dict[str, str], field: str):
        count(cast)
        sent = {"workers": "34", "counted_on": "2026-05-04", "source": "INAES"} | given

        said = browser(cast.ana).post("/network/grafica/counts/add/", sent)

        assert said.status_code == 422
        assert list(said.context["form"].errors) == [field]

    def test_is_withdrawn_by_whoever_may(self, cast: Cast):
        address = f"/network/grafica/counts/{count(cast).pk}/withdraw/"

        assert browser(cast.mario).post(address).status_code == 404
        assert browser(cast.ana).post(address.replace("grafica", "molino")).status_code == 404
        assert says(browser(cast.ana).post(address, follow=True), "Nobody has counted yet.")
        assert WorkerCount.objects.get().withdrawn_by == cast.ana
        assert says(browser(cast.ana).post(address, follow=True), "This was already withdrawn.")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/network/grafica/counts/1/withdraw/", "/network/grafica/counts/"),
        ("/network/grafica/milestones/1/withdraw/", "/network/grafica/milestones/"),
        ("/coop/grafica/people/1/end/", "/coop/grafica/people/"),
    ],
)
def test_what_was_not_sent_leads_to_the_page(cast: Cast, address: str, page: str):
    """Back from the login the browser opens what was to be sent."""
    said = browser(cast.ana).get(address, follow=True)

    assert said.request["PATH_INFO"] == page
    assert says(said, "Nothing was sent yet. Look at the page and press the button again.")


class TestMilestone:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_noted_as_far_as_its_date_is_known(self, cast: Cast, language: str):
        sent = {"kind": "occupation", "happened": "3/2002", "paper": "Acta 1"}

        said = browser(cast.ana, language).post("/network/grafica/milestones/add/", sent, follow=True)

        assert says(said, "The milestone is noted.", language=language)
        assert "03/2002" in said.content.decode()
        assert Milestone.objects.get().precision == "month"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"kind": "siesta"}, "kind"),
            ({"happened": "ayer"}, "happened"),
            ({"happened": "2999"}, "happened"),
            ({"paper": ""}, "paper"),
            ({"link": "javascript:alert(1)"}, "link"),
        ],
    )
    def test_says_what_is_wrong_where_it_is(self, cast: Cast, given: dict[str, str], field: str):
        sent = {"kind": "occupation", "happened": "3/2002", "paper": "Acta 1"} | given

        said = browser(cast.ana).post("/network/grafica/milestones/add/", sent)

        assert said.status_code == 422
        assert list(said.context["form"].errors) == [field]

    def test_is_withdrawn_by_whoever_may(self, cast: Cast):
        address = f"/network/grafica/milestones/{milestone(cast).pk}/withdraw/"

        assert browser(cast.silvia).post(address).status_code == 404
        assert says(browser(operator()).post(address, follow=True), "Nobody has told its story yet.")
