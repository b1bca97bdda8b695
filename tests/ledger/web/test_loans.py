"""Loans page by page, as each side sees them: propose, hand over, give back, forgive; what is past its day."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.actions.lent import What
from ledger.models import Agreement, Delivery
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.lendings import accepted, decided, given_back, goods, lend, lent_out, money, propose, things

pytestmark = pytest.mark.django_db
NEW = "/coop/molino/loans/new/"


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return a loan of 600 kg of sugar as a browser sends it."""
    sent = {"key": key(), "whose": "ours", "partner": cast.grafica.organization_id, "title": "Azúcar"}
    sent |= {"money": "", "thing": "Azúcar", "thing_quantity": "600", "thing_unit": str(make.unit("KG").pk)}
    sent |= {"thing_value": "1200", "due_on": "2026-04-20", "agreed_on": "2026-04-01"}
    return sent | {"back_unit": str(make.unit("UN").pk), "back_vat_rate": "2100"} | changes


def page(agreement: Agreement, code: str = "molino", part: str = "") -> str:
    return f"/coop/{code}/loans/{agreement.pk}/{part}"


def read(person: Any, at: str) -> str:
    """Return what somebody reads on a page, in English."""
    found = browser(person, "en").get(at).content.decode()
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def told(**what: str) -> dict[str, str]:
    return {"key": str(key()), "happened_on": "2026-04-16"} | what


class TestPropose:
    def test_the_other_side_reads_in_plain_words_what_it_takes_on(self, cast: Cast):
        assert says(browser(cast.mario).post(NEW, form(cast), follow=True), "Saved. Here is what you agreed.")

        said = read(cast.ana, page(Agreement.objects.get(), "grafica"))

        for words in ("You receive", "600 kg of Azúcar", "will owe Molino as much of it until", "20/04/2026"):
            assert words in said, words

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"thing_value": ""}, "Complete this, or empty all that is said of the thing."),
            (
                {"money": "5"},
                "Write what is lent: an amount of money above zero, or a thing with its quantity and what it is worth."
                " One of the two.",
            ),
            (
                {"back": "Pan", "back_quantity": "1", "back_value": "1"},
                "A thing that is lent is given back in the same thing. What is given for it in another thing is a"
                " barter: write it down as one.",
            ),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, language: str, wrong, sentence: str):
        said = browser(cast.mario, language).post(NEW, form(cast, **wrong))

        assert said.status_code == 422
        assert says(said, sentence, language=language)
        assert said.context["form"]["title"].value() == "Azúcar"

    def test_whatever_is_sent_is_answered(self, cast: Cast):
        for wrong in (
            {"whose": "?"},
            {"key": "x"},
            {"due_on": ""},
            {"thing_unit": ""},
            {"thing_quantity": "9" * 30},
            {"thing": "", "thing_quantity": "", "thing_value": "", "money": "0"},
        ):
            assert browser(cast.mario).post(NEW, form(cast, **wrong)).status_code == 422
        assert browser(cast.mario).post(NEW, {"a": "b"}).status_code == 422

    def test_is_written_anew(self, cast: Cast):
        agreement = propose(cast, money(cast, back=goods("Bolsas", "UN", 100, 10_000_00, 2100)))
        begun = browser(cast.mario).get(page(agreement, part="edit/")).context["form"]
        sent = {name: field.initial if name in begun.initial else "" for name, field in begun.fields.items()}
        sent |= {name: value for name, value in begun.initial.items() if value is not None}

        browser(cast.mario).post(page(agreement, part="edit/"), sent | {"money": "30.000"})

        agreement.loan.refresh_from_db()
        assert agreement.loan.money == 30_000_00
        assert agreement.lines.get().quantity == 100


class TestActs:
    def test_hand_over_give_back_and_forgive(self, cast: Cast):
        """From one side to the other, until nothing is owed."""
        agreement, act = accepted(cast, things(cast)), decided(cast)
        for by, code, part, sent in (
            (cast.nora, "molino", "lend/", told(quantity="1.000")),
            (cast.beto, "grafica", "give-back/", told(quantity="600", worth="270.000")),
            (cast.mario, "molino", "forgive/", told(quantity="400", resolution=str(act.pk))),
        ):
            said = browser(by).post(page(agreement, code, part), sent, follow=True)
            assert says(said, "Logged. It counts once the other side confirms it.")
            delivery = Delivery.objects.latest("pk")
            other, theirs = (cast.mario, "molino") if code == "grafica" else (cast.ana, "grafica")
            assert "If you say yes:" in read(other, page(agreement, theirs))
            browser(other).post(f"/coop/{theirs}/loans/told/{delivery.pk}/confirm/", {"answer": "confirm"})

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert "Nothing is owed any more." in read(cast.ana, page(agreement, "grafica"))

    @pytest.mark.parametrize(
        ("part", "sent", "sentence"),
        [
            ("lend/", {"quantity": "500,001"}, "That is more than is left to lend. Make a new agreement for the rest."),
            ("lend/", {"quantity": ""}, "Write a number above zero."),
            ("forgive/", {"quantity": "1"}, "Choose the resolution of your assembly that allows it."),
            ("give-back/", {"quantity": "1", "money": "1"}, "Write the one or the other: each is told by itself."),
        ],
    )
    def test_says_what_is_wrong(self, cast: Cast, part: str, sent: dict[str, str], sentence: str):
        agreement = accepted(cast, things(cast) if part != "give-back/" else money(cast, back=goods("Pan", "KG", 1, 1)))
        lent_out(agreement, cast, 500_000)
        by, code = (cast.ana, "grafica") if part == "give-back/" else (cast.mario, "molino")

        said = browser(by).post(page(agreement, code, part), told(**sent))

        assert said.status_code == 422
        assert says(said, sentence)

    def test_are_of_the_side_that_does_them(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        for by, code, part in (
            (cast.ana, "grafica", "lend/"),
            (cast.ana, "grafica", "forgive/"),
            (cast.nora, "molino", "forgive/"),
            (cast.mario, "molino", "give-back/"),
            (cast.carla, "textil", "lend/"),
        ):
            assert browser(by).get(page(agreement, code, part)).status_code == 404

    def test_what_waits_is_told_in_plain_words_and_said_no_to(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        delivery = lend(agreement, cast, 20_000_00)
        said = read(cast.ana, page(agreement, "grafica"))
        for words in ("$ 20,000.00", "will owe it to Molino until", "20/04/2026"):
            assert words in said, words

        browser(cast.beto).post(
            f"/coop/grafica/loans/told/{delivery.pk}/confirm/", {"answer": "reject", "reason": "No llegó."}
        )

        delivery.refresh_from_db()
        assert delivery.state == "rejected"

    def test_ends_what_was_not_handed_over(self, cast: Cast):
        agreement = accepted(cast, money(cast))

        said = browser(cast.ana).post(page(agreement, "grafica", "end/"), {"reason": "Ya no."}, follow=True)

        assert says(said, "Ended. What took place stays noted.")


class TestOverdue:
    def test_is_named_on_both_start_pages_and_its_own(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        assert "Loans past their day" not in read(cast.ana, "/coop/grafica/")
        lent_out(agreement, cast, 20_000_00)

        assert "you were to give it back to Molino by 20/04/2026" in read(cast.ana, "/coop/grafica/")
        assert "Gráfica was to give it back by 20/04/2026" in read(cast.mario, "/coop/molino/")
        assert "Gráfica was to give this back by 20/04/2026" in read(cast.mario, page(agreement))
        # A body above reads the books, and is told of no lateness.
        assert "Loans past their day" not in read(cast.silvia, "/coop/molino/")


class TestCost:
    def test_the_page_costs_the_same_after_many_acts(self, cast: Cast):
        agreement = accepted(cast, things(cast))
        lent_out(agreement, cast, 500_000)
        address = page(agreement)
        reader = browser(cast.mario)
        reader.get(address)

        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                reader.get(address)
            return len(made)

        before = queries()
        for day in range(5):
            given_back(agreement, cast, What(quantity=10_000), on=dt.date(2026, 4, 16 + day))

        assert queries() == before
