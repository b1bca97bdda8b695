"""The page for a cooperative's own entries: nothing that was written is lost, whatever is sent has an answer."""

from typing import Any

import pytest
from django.utils import timezone

from ledger.models import Entry, Event
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side

pytestmark = pytest.mark.django_db
ADDRESS = "/coop/grafica/journal/new/"


def row(account: str = "", **written: str) -> dict[str, str]:
    return {"account": account, "debit": "", "credit": "", "quantity": "", "unit": "", "thing": ""} | written


COST = (row("5101", debit="700.000,00"), row("1303", credit="700000"), row())


def form(*rows: dict[str, str], **changes: str) -> dict[str, str]:
    """Return the form as a browser sends it."""
    fact = {"key": key(), "happened_on": timezone.localdate().isoformat(), "memo": "Costo de las bolsas"}
    return fact | side("rows", *(rows or COST)) | changes


class TestWrite:
    def test_writes_it_and_shows_the_entry(self, cast: Cast):
        said = browser(cast.ana).post(ADDRESS, form(papers="Parte 7"), follow=True)

        entry = Entry.objects.get(book=cast.grafica)
        assert said.redirect_chain[-1][0] == f"/coop/grafica/journal/{entry.year}/{entry.number}/"
        assert "700.000,00" in said.content.decode()
        assert "Parte 7" in said.content.decode()

    def test_counts_what_was_given(self, cast: Cast):
        kilograms = str(make.unit("KG").pk)
        given = row("1301", credit="450000", quantity="1.500", unit=kilograms, thing="Harina 000")

        browser(cast.ana).post(ADDRESS, form(row("5201", debit="450000"), given))

        posting = Event.objects.get().postings.get(account__number="1301")
        assert (posting.quantity, str(posting.measure)) == (-1_500_000, "KG harina 000")

    def test_sent_twice_is_written_once(self, cast: Cast):
        client, sent = browser(cast.ana), form()

        client.post(ADDRESS, sent)
        again = client.post(ADDRESS, sent)

        assert again.status_code == 302
        assert Event.objects.count() == 1

    def test_gives_more_rows_and_keeps_what_was_written(self, cast: Cast):
        said = browser(cast.ana).post(ADDRESS, form(more="1"))

        assert said.status_code == 200
        assert said.content.decode().count("-account") > 3 * 2
        assert "700.000,00" in said.content.decode()
        assert not Event.objects.exists()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_by_how_much_it_does_not_balance(self, cast: Cast, language: str):
        sent = form(row("5101", debit="700000"), row("1303", credit="70000"))

        said = browser(cast.ana, language).post(ADDRESS, sent)

        assert said.status_code == 422
        page = said.content.decode().replace("\xa0", " ")
        assert ("$ 630.000,00" if language == "es-ar" else "$ 630,000.00") in page
        assert "Costo de las bolsas" in page

    @pytest.mark.parametrize(
        "rows",
        [
            (row("5101", debit="5", credit="5"),),
            (row("5101"),),
            (row(debit="5"),),
            (row("1202", debit="5"), row("4101", credit="5")),
            (row("77", debit="5"), row("4101", credit="5")),
            (row("5101", debit="cinco"), row("4101", credit="5")),
            (row("5101", debit="0,001"), row("4101", credit="5")),
            (row("1301", debit="5", quantity="3"), row("4101", credit="5")),
            (row("1301", debit="5", thing="harina"), row("4101", credit="5")),
            (row("1301", debit="5", quantity="3", thing="harina"), row("4101", credit="5")),
            (row("1301", debit="5", quantity="3", unit="99999", thing="harina"), row("4101", credit="5")),
            (row("5101", debit="9" * 27), row("4101", credit="9" * 27)),
            (row("5101", debit="\x00"),),
            (),
        ],
    )
    def test_answers_whatever_is_sent_with_a_sentence(self, cast: Cast, rows: tuple[dict[str, str], ...]):
        sent = form() | side("rows", *rows)

        said = browser(cast.ana).post(ADDRESS, sent)

        assert said.status_code == 422
        assert "error" in said.content.decode()
        assert "Costo de las bolsas" in said.content.decode()
        assert not Event.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"memo": ""},
            {"happened_on": "mañana"},
            {"happened_on": "2999-01-01"},
            {"key": "x"},
            {"rows-TOTAL_FORMS": "x"},
            {"rows-TOTAL_FORMS": "4000"},
            {"papers": "x" * 300},
        ],
    )
    def test_says_what_is_not_right_in_the_rest(self, cast: Cast, changes: dict[str, str]):
        said = browser(cast.ana).post(ADDRESS, form(**changes))

        assert said.status_code == 422
        assert "error" in said.content.decode()
        assert not Event.objects.exists()

    def test_says_that_the_days_are_closed_only_where_today_is(self, cast: Cast):
        make.sale(cast.grafica, on=timezone.localdate())

        said = browser(cast.ana).post(ADDRESS, form(happened_on="2021-03-01"), follow=True)

        assert Event.objects.latest("pk").is_late
        assert said.status_code == 200

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_tells_a_member_who_writes_it(self, cast: Cast, language: str):
        client = browser(cast.beto, language)
        sentence = "The president, the secretary or the treasurer writes entries of the book."

        assert says(client.get(ADDRESS), sentence, language=language)
        kept = client.post(ADDRESS, form())
        assert kept.status_code == 422
        assert "Costo de las bolsas" in kept.content.decode()
        assert not Event.objects.exists()

    @pytest.mark.parametrize("who", ["mario", "carla", "silvia"])
    def test_does_not_exist_for_others(self, cast: Cast, who: str):
        client = browser(getattr(cast, who))

        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, form()).status_code == 404
        assert not Event.objects.exists()


class TestReverse:
    def reverse(self, cast: Cast, who: str = "ana", **sent: Any) -> Any:
        entry = Entry.objects.filter(book=cast.grafica).order_by("-pk")[0]
        address = f"/coop/grafica/journal/{entry.year}/{entry.number}/reverse/"
        return browser(getattr(cast, who)).post(address, {"reason": "Eran 710.000"} | sent, follow=True)

    def test_is_offered_on_the_page_of_the_entry(self, cast: Cast):
        page = browser(cast.ana).post(ADDRESS, form(), follow=True)

        assert says(page, "Reverse this entry")
        assert says(self.reverse(cast), "Reversed with a new entry. Here it is.")
        assert Event.objects.latest("pk").memo == "Eran 710.000"

    @pytest.mark.parametrize("reason", ["", "  ", "\x00"])
    def test_wants_a_reason(self, cast: Cast, reason: str):
        browser(cast.ana).post(ADDRESS, form())

        said = self.reverse(cast, reason=reason)

        assert says(said, "Write why it is reversed: whoever reads the books later wants to know.")
        assert Event.objects.count() == 1

    def test_is_not_offered_for_what_two_agreed_on(self, cast: Cast):
        bags(accepted(cast), cast)

        said = self.reverse(cast)

        assert not says(said, "Reverse this entry")
        assert says(said, "This is no entry of the book's own: what two agreed on is undone where it was agreed.")

    @pytest.mark.parametrize("who", ["beto", "silvia", "mario", "carla"])
    def test_is_for_the_cooperatives_officers(self, cast: Cast, who: str):
        browser(cast.ana).post(ADDRESS, form())

        self.reverse(cast, who)

        assert Event.objects.count() == 1

    def test_leads_whoever_opens_the_address_to_the_entry(self, cast: Cast):
        browser(cast.ana).post(ADDRESS, form())
        entry = Entry.objects.get()

        said = browser(cast.ana).get(f"/coop/grafica/journal/{entry.year}/{entry.number}/reverse/")

        assert said.status_code == 302


class TestCost:
    def test_of_the_page_does_not_grow_with_the_journal(
        self, cast: Cast, django_assert_max_num_queries, django_assert_num_queries
    ):
        client = browser(cast.ana)
        client.get(ADDRESS)
        with django_assert_max_num_queries(20) as few:
            client.get(ADDRESS)
        for _each in range(5):
            make.sale(cast.grafica)

        with django_assert_num_queries(len(few)):
            client.get(ADDRESS)
