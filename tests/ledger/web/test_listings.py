"""What one lists oneself: the form says what is wrong and keeps what was written; renew and close are one button."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import Listing
from tests import make, offers
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
OWN, NEW = "/coop/molino/offers/own/", "/coop/molino/offers/new/"


def form(**changes: str) -> dict[str, str]:
    """Return flour as a browser sends it, with changes by field."""
    sent = {
        "key": key(),
        "kind": "offer",
        "thing": "Harina 000",
        "quantity": "4.000",
        "unit": str(make.unit("KG").pk),
        "rhythm": "monthly",
        "price": "620,50",
        "place": "AR-B",
        "city": "Chivilcoy",
        "note": "En bolsas de 25 kg.",
        "expires_on": (timezone.localdate() + dt.timedelta(days=60)).isoformat(),
    }
    return sent | changes


def flour(cast: Cast, **changes: Any) -> Listing:
    return offers.flour(cast, on=timezone.localdate(), **changes)


class TestNew:
    def test_lists_what_was_written_and_shows_who_matches(self, cast: Cast):
        said = browser(cast.nora).post(NEW, form(), follow=True)

        assert says(said, "It is in the list. Below is who matches.")
        assert says(said, "Who needs it")
        found = Listing.objects.get()
        assert (found.quantity, found.price, found.rhythm, found.place) == (4_000_000, 620_50, "monthly", ("AR", "B"))

    def test_begins_where_the_organization_is_for_ninety_days(self, cast: Cast):
        said = browser(cast.nora).get(f"{NEW}?kind=need").context["form"]

        assert (said["kind"].value(), said["place"].value()) == ("need", "AR-B")
        assert said["expires_on"].value() == timezone.localdate() + dt.timedelta(days=90)

    def test_needs_no_price_and_no_place(self, cast: Cast):
        browser(cast.nora).post(NEW, form(price="", place="", city="", note=""))

        found = Listing.objects.get()
        assert (found.price, found.place) == (None, ("AR", ""))

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("quantity", "muchas", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("quantity", "-5", "Write a number above zero."),
            ("quantity", "9" * 25, "That number is too large. Check that no digit is too many."),
            ("price", "mucho", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("price", "0", "Write a number above zero."),
            ("thing", "¡…!", "Write what it is, in letters: others find it by its words."),
            ("expires_on", "ayer", "That is not a day. Write it like 31/12/2026."),
            ("expires_on", "2001-01-01", "The last day has passed already. Choose today or a later day."),
            (
                "expires_on",
                "2150-01-01",
                "It can be listed for a year at most. Choose an earlier last day; it can be renewed later.",
            ),
            ("key", "no", "This page is not whole. Open it again from the start page, and write it once more."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, cast: Cast, language: str, field: str, text: str, sentence: str
    ):
        answer = browser(cast.nora, language).post(NEW, form(**{field: text}))

        assert answer.status_code == 422
        assert says(answer, sentence, language=language, **({"text": text} if "%" in sentence else {}))
        assert 'value="Chivilcoy"' in answer.content.decode()
        assert not Listing.objects.exists()

    @pytest.mark.parametrize("field", ["kind", "unit", "rhythm", "place"])
    def test_takes_no_choice_that_is_none(self, cast: Cast, field: str):
        assert browser(cast.nora).post(NEW, form(**{field: "999"})).status_code == 422
        assert not Listing.objects.exists()

    def test_refuses_more_decimals_than_the_unit_has(self, cast: Cast):
        answer = browser(cast.nora).post(NEW, form(quantity="1,5", unit=str(make.unit("UN").pk)))

        assert answer.status_code == 422

    def test_sent_twice_lists_once(self, cast: Cast):
        client, sent = browser(cast.nora), form()

        assert client.post(NEW, sent).status_code == client.post(NEW, sent).status_code == 302
        assert Listing.objects.count() == 1


class TestEdit:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_what_is_written_and_takes_it_back_unchanged(self, cast: Cast, language: str):
        first = flour(cast, price=620_50, province="B", city="Chivilcoy", note="En bolsas.")
        client, address = browser(cast.nora, language), f"/coop/molino/offers/{first.pk}/edit/"
        shown = client.get(address).context["form"]
        answer = client.post(address, {each.html_name: each.value() for each in shown})

        anew = Listing.objects.get(replaces=first)
        assert answer.url == f"/coop/molino/offers/{anew.pk}/"
        same = (
            "kind",
            "thing",
            "measure_id",
            "quantity",
            "price",
            "money_id",
            "province",
            "city",
            "note",
            "expires_on",
        )
        assert [getattr(anew, name) for name in same] == [getattr(first, name) for name in same]
        assert says(client.get(answer.url), "what stood here before", language=language)

    def test_of_another_is_not_there(self, cast: Cast):
        first = flour(cast)

        assert browser(cast.beto).get(f"/coop/grafica/offers/{first.pk}/edit/").status_code == 404

    def test_says_who_was_faster(self, cast: Cast):
        first = flour(cast)
        client = browser(cast.nora)
        client.post(f"/coop/molino/offers/{first.pk}/close/", {"ending": "met"})
        answer = client.post(f"/coop/molino/offers/{first.pk}/edit/", form())

        assert says(
            answer, "This was closed already, or written anew. Look at your list, and list it again if it is needed."
        )


class TestOwn:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_how_each_stands(self, cast: Cast, language: str):
        flour(cast)
        flour(cast, expires_on=timezone.localdate() + dt.timedelta(days=3))
        offers.flour(cast)
        closed = flour(cast)
        client = browser(cast.nora, language)
        client.post(f"/coop/molino/offers/{closed.pk}/close/", {"ending": "met"})
        said = client.get(OWN)

        for word in ("Listed", "Ends soon", "Expired", "Renew"):
            assert says(said, word, language=language), word
        assert len(said.context["page"]) == 3
        assert says(client.get(f"{OWN}?show=closed"), "Met", language=language)

    def test_costs_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.nora)
        for _each in range(30):
            flour(cast)

        with django_assert_max_num_queries(9):
            assert len(client.get(f"{OWN}?page=2").context["page"]) == 5

    def test_is_renewed_by_one_button(self, cast: Cast):
        old = offers.flour(cast)
        said = browser(cast.nora).post(f"/coop/molino/offers/{old.pk}/renew/", follow=True)

        last = timezone.localdate() + dt.timedelta(days=90)
        assert says(said, "Renewed: others see it until %(day)s.", day=last.strftime("%d/%m/%Y"))

    def test_that_is_closed_is_not_renewed(self, cast: Cast):
        gone = flour(cast)
        client = browser(cast.nora)
        client.post(f"/coop/molino/offers/{gone.pk}/close/", {"ending": "withdrawn"})

        for what in ("renew", "close"):
            said = client.post(f"/coop/molino/offers/{gone.pk}/{what}/", follow=True)
            assert says(
                said, "This was closed already, or written anew. Look at your list, and list it again if it is needed."
            )
        gone.refresh_from_db()
        assert gone.ending == "withdrawn"
