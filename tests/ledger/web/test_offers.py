"""The pages of offers and needs: to search, to see who matches, and the barter that is one step away."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.models import Agreement
from tests import make, offers
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db
LIST = "/coop/grafica/offers/"


def flour(cast: Cast, **changes: Any):
    return offers.flour(cast, on=timezone.localdate(), **changes)


def bags(cast: Cast, **changes: Any):
    return offers.bags(cast, on=timezone.localdate(), **changes)


class TestList:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_what_others_list_in_ones_language(self, cast: Cast, language: str):
        flour(cast, province="B", city="Chivilcoy", price=620_00)
        bags(cast)
        said = browser(cast.beto, language).get(LIST)

        assert says(said, "in the next province", language=language)
        assert "Harina 000" in said.content.decode()
        assert "Chivilcoy, Buenos Aires" in said.content.decode()
        assert "Bolsas impresas" not in said.content.decode()

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("q=HARÍNAS", 1), ("q=tela", 0), ("kind=need", 0), ("kind=offer", 1), ("sector=food", 1), ("place=AR-S", 1),
            ("place=AR-S&far=0", 0), ("far=1", 1), ("far=9", 1), ("kind=gift", 1), ("q=%00", 1), ("page=abc", 1),
            ("sector=none", 1), ("place=BO-O", 1), ("place=AR-O", 1), ("q=" + "b+" * 40, 0),
        ],
    )  # fmt: skip
    def test_finds_by_filters_and_shows_something_for_any_query(self, cast: Cast, query: str, count: int):
        flour(cast, province="B")

        assert len(browser(cast.beto).get(f"{LIST}?{query}").context["page"]) == count

    def test_costs_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.beto)
        for _each in range(30):
            flour(cast)

        with django_assert_max_num_queries(13):
            assert len(client.get(f"{LIST}?q=harina&page=2").context["page"]) == 5

    def test_works_for_a_body_without_a_book(self, cast: Cast):
        offer = flour(cast)
        client = browser(cast.silvia)

        assert "Harina 000" in client.get("/coop/federacion/offers/").content.decode()
        assert "barter/new" not in client.get(f"/coop/federacion/offers/{offer.pk}/").content.decode()

    def test_is_for_ones_own_people(self, cast: Cast):
        for person in (cast.mario, cast.silvia, make.user("Nadie")):
            assert browser(person).get(LIST).status_code == 404

    def test_names_no_person(self, cast: Cast):
        offer = flour(cast)
        client = browser(cast.beto)

        for page in (LIST, f"{LIST}{offer.pk}/", f"{LIST}ofertas.csv"):
            answer = client.get(page)
            said = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"Nora" not in said, page


class TestDetail:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_a_need_who_could_meet_it_and_what_could_go_back(self, cast: Cast, language: str):
        need, offer = flour(cast, kind="need", price=600_00), flour(cast, price=620_00)
        bags(cast)
        theirs = bags(cast, kind="need")
        said = browser(cast.beto, language).get(f"{LIST}{need.pk}/")

        for sentence in ("Who could meet it", "The same thing", "Enough for all that is needed."):
            assert says(said, sentence, language=language), sentence
        assert says(said, "At a higher price than yours.", language=language)
        assert f"/coop/grafica/barter/new/?listing={offer.pk}&amp;listing={theirs.pk}" in said.content.decode()

    def test_pages_through_many_matches_at_the_same_cost(self, cast: Cast, django_assert_max_num_queries):
        need, client = flour(cast, kind="need"), browser(cast.beto)
        bags(cast)
        for _each in range(13):
            flour(cast)

        with django_assert_max_num_queries(16):
            assert len(client.get(f"{LIST}{need.pk}/?page=2").context["matches"]) == 3

    def test_of_another_offers_a_barter_and_no_buttons_of_its_own(self, cast: Cast):
        offer = flour(cast)
        said = browser(cast.beto).get(f"{LIST}{offer.pk}/")

        assert says(said, "Propose a barter")
        assert not says(said, "Withdraw it")

    def test_of_another_that_has_ended_is_not_there(self, cast: Cast):
        old = offers.flour(cast)

        assert browser(cast.beto).get(f"{LIST}{old.pk}/").status_code == 404
        assert says(browser(cast.nora).get(f"/coop/molino/offers/{old.pk}/"), "Expired")


class TestProposal:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_begins_the_form_of_a_barter_and_saves_nothing(self, cast: Cast, language: str):
        offer, need = flour(cast, price=620_50), bags(cast, kind="need")
        said = browser(cast.beto, language).get(f"/coop/grafica/barter/new/?listing={offer.pk}&listing={need.pk}")
        page = said.content.decode()

        assert f'<option value="{cast.molino.organization.pk}" selected>Molino</option>' in page
        for text in ("Harina 000", "Bolsas impresas"):
            assert f'value="{text}"' in page
        assert f'value="{"4,000" if language == "en" else "4.000"}"' in page
        assert f'value="{"2,482,000.00" if language == "en" else "2.482.000,00"}"' in page
        assert 'name="ours-0-thing" value="Bolsas impresas"' in page
        assert not Agreement.objects.exists()

    def test_can_be_sent_as_it_is_once_the_values_are_there(self, cast: Cast):
        offer, need = flour(cast, price=620_00), bags(cast, kind="need", price=38_00)
        client, address = browser(cast.ana), f"/coop/grafica/barter/new/?listing={offer.pk}&listing={need.pk}"
        said = client.get(address).context
        sent = {f"{rows.prefix}-{name}": "1" for rows in (said["ours"], said["theirs"]) for name in ("TOTAL_FORMS",)}
        sent |= {f"{rows.prefix}-INITIAL_FORMS": "1" for rows in (said["ours"], said["theirs"])}
        for form in (said["form"], *said["ours"], *said["theirs"]):
            sent |= {field.html_name: field.value() for field in form if field.value() is not None}

        assert says(client.post(address, sent, follow=True), "Saved. Here is what you agreed.")
        lines = Agreement.objects.get().lines
        assert lines.get(giver=cast.molino.organization).measure == offer.measure
        assert lines.get(giver=cast.grafica.organization).measure == need.measure

    @pytest.mark.parametrize("query", ["listing=0", "listing=abc", "listing=" + "9" * 30, "listing=%00", "listing="])
    def test_begins_empty_for_what_is_not_listed(self, cast: Cast, query: str):
        said = browser(cast.beto).get(f"/coop/grafica/barter/new/?{query}")

        assert said.status_code == 200
        assert said.context["form"]["title"].value() is None


class TestHome:
    def test_warns_of_what_ends_soon(self, cast: Cast):
        offer = flour(cast, expires_on=timezone.localdate())

        assert says(browser(cast.nora).get("/coop/molino/"), "Look and renew")
        assert not says(browser(cast.silvia).get("/coop/molino/"), "Look and renew")
        browser(cast.nora).post(f"/coop/molino/offers/{offer.pk}/renew/")
        assert not says(browser(cast.nora).get("/coop/molino/"), "Look and renew")

    def test_leads_to_offers_in_its_sections_for_ones_own_people(self, cast: Cast):
        def leads(client: Client) -> bool:
            return 'href="/coop/molino/offers/"' in client.get("/coop/molino/").content.decode()

        assert leads(browser(cast.nora))
        assert not leads(browser(cast.silvia))
