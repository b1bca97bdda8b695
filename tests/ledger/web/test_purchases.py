"""Joint purchases page by page, as each side sees them: propose, buy, hand over, confirm, pay, take back."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Agreement, Delivery, Purchase
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side
from tests.purchasings import accepted, asked, hand_over, invoice, part, propose, received, steel, tell

pytestmark = pytest.mark.django_db
NEW = "/coop/molino/purchases/new/"


def form(cast: Cast, *, rows: list[dict[str, str]] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a joint purchase of two as a browser sends it."""
    asked = [
        {"organization": str(cast.molino.organization_id), "quantity": "2.500", "most": "1.300"},
        {"organization": str(cast.grafica.organization_id), "quantity": "1.500", "most": "1.300"},
        {"organization": "", "quantity": "", "most": ""},
    ]
    sent = {"key": key(), "title": "Chapa de mayo", "thing": "Chapa", "unit": str(make.unit("KG").pk)}
    sent |= {"buyer": str(cast.molino.organization_id), "agreed_on": "2026-04-01", "due_on": "", "resolution": ""}
    return sent | side("requests", *(asked if rows is None else rows)) | changes


def page(agreement: Agreement, code: str = "molino", part: str = "") -> str:
    return f"/coop/{code}/purchases/{agreement.pk}/{part}"


def read(person: Any, at: str) -> str:
    """Return what somebody reads on a page, in English."""
    found = browser(person, "en").get(at).content.decode()
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def told(**what: str) -> dict[str, str]:
    return {"key": str(key()), "happened_on": "2026-04-06"} | what


class TestPropose:
    def test_the_other_side_reads_in_plain_words_what_it_takes_on(self, cast: Cast):
        assert says(browser(cast.mario).post(NEW, form(cast), follow=True), "Saved. Here is what you agreed.")

        said = read(cast.ana, page(Agreement.objects.get(), "grafica"))

        for words in ("You receive up to", "1,500 kg of Chapa", "You give nothing now.", "you will owe Molino"):
            assert words in said, words
        assert "$ 1,300.00" in said
        assert "$ 1,950,000.00" in said

    def test_asks_for_more_rows_and_keeps_what_was_written(self, cast: Cast):
        said = browser(cast.mario).post(NEW, form(cast) | {"more": "1"})

        assert (said.status_code, len(said.context["requests"].forms)) == (200, 5)
        assert said.context["requests"][1]["quantity"].value() == "1.500"

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("rows", "sentence"),
        [
            ([], "In a joint purchase one buys for several: besides the buyer at least one more, and each of them with how much it asks for."),  # noqa: E501
            ([{"organization": "", "quantity": "1", "most": "1"}], "Complete this, or empty the whole row."),
            ([{"organization": "", "quantity": "x", "most": "1"}], "“%(text)s” is not a number. Write it like 1500 or 1500,50."),  # noqa: E501
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, language: str, rows, sentence: str):
        said = browser(cast.mario, language).post(NEW, form(cast, rows=rows))

        assert said.status_code == 422
        assert says(said, sentence, language=language, **({"text": "x"} if "text" in sentence else {}))
        assert said.context["form"]["title"].value() == "Chapa de mayo"

    def test_whatever_is_sent_is_answered(self, cast: Cast):
        rows = [{"organization": str(cast.grafica.organization_id), "quantity": "0,0001", "most": "9" * 30}]
        for sent in (
            form(cast, key="x"),
            form(cast, unit=""),
            form(cast, buyer="?"),
            form(cast, title="\0"),
            form(cast, rows=rows),
            form(cast, **{"requests-TOTAL_FORMS": "x"}),
            {"a": "b"},
        ):
            assert browser(cast.mario).post(NEW, sent).status_code == 422

    def test_is_written_anew(self, cast: Cast):
        agreement = propose(cast)
        begun = browser(cast.mario).get(page(agreement, part="edit/"))
        assert begun.context["requests"][2]["quantity"].value() == "1.000"

        browser(cast.mario).post(page(agreement, part="edit/"), form(cast))

        assert [each.quantity for each in agreement.requests.all()] == [2_500_000, 1_500_000]


class TestActs:
    def test_buy_hand_over_and_pay(self, cast: Cast):
        agreement = accepted(cast)
        invoiced = {"supplier": "Acería", "quantity": "5.000", "net": "6.000.000", "vat_rate": "2100", "costs": "0,01"}
        bought = browser(cast.nora).post(page(agreement, part="buy/"), told(**invoiced, invoice="A 1"), follow=True)
        assert says(bought, "Logged, and shared out. An officer of yours enters it in your book.")
        purchase = Purchase.objects.get()
        entered = browser(cast.mario).post(
            f"/coop/molino/purchases/bought/{purchase.pk}/", {"answer": "enter"}, follow=True
        )
        assert says(entered, "Entered in your book, and shared out. Hand each its part.")
        assert "$ 1,800,000.00" in read(cast.ana, page(agreement, "grafica"))

        ours = part(purchase, cast.grafica.organization)
        at = f"/coop/molino/purchases/parts/{ours.pk}/"
        assert "Gráfica" in read(cast.nora, at)
        browser(cast.nora).post(at, told(delivery_note="R 5"))
        delivery = Delivery.objects.get()
        assert "You receive 1,500 kg of Chapa, and will owe Molino $ 2,178,000.00" in read(
            cast.ana, page(agreement, "grafica")
        ).replace("<strong>", "").replace("</strong>", "")
        assert "Did you receive it?" in read(cast.ana, "/coop/grafica/")
        browser(cast.ana).post(f"/coop/grafica/purchases/told/{delivery.pk}/confirm/", {"answer": "confirm"})
        assert "Gráfica owes Molino <strong>$ 2,178,000.00" in read(cast.ana, page(agreement, "grafica"))

        paid = told(amount="2.178.000", receiver=str(cast.molino.organization_id))
        browser(cast.beto).post(page(agreement, "grafica", "pay/"), paid)
        payment = Delivery.objects.latest("pk")
        browser(cast.mario).post(f"/coop/molino/purchases/told/{payment.pk}/confirm/", {"answer": "confirm"})
        assert "Nothing yet, or nothing any more." in read(cast.ana, page(agreement, "grafica"))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"quantity": "5.001"}, "More was bought than is still asked for."),
            ({"net": "9.000.000"}, "With freight, each unit costs more than one of those who asked for it allowed."),
            ({"supplier": ""}, "This field is required."),
            ({"costs": "-1"}, "Write a number above zero."),
        ],
    )
    def test_says_what_is_wrong_with_a_purchase(self, cast: Cast, changes: dict[str, str], sentence: str):
        sent = {"supplier": "Acería", "quantity": "5.000", "net": "6.000.000", "vat_rate": "2100"} | changes
        said = browser(cast.mario, "en").post(
            page(accepted(cast), part="buy/"), told(**{k: v.replace(".", "") for k, v in sent.items()})
        )

        assert said.status_code == 422
        assert sentence in html.unescape(said.content.decode())

    def test_takes_back_says_why_and_answers_whatever_is_sent(self, cast: Cast):
        agreement = accepted(cast)
        purchase = tell(agreement, cast)
        at = f"/coop/molino/purchases/bought/{purchase.pk}/"
        for answer in ({"answer": "take_back", "reason": ""}, {"answer": "?"}, {}):
            assert browser(cast.mario).post(at, answer).status_code == 302
            assert Purchase.objects.get().state == "confirmed"

        browser(cast.mario).post(at, {"answer": "take_back", "reason": "Era otra."})

        assert "“Era otra.”" in read(cast.ana, page(agreement, "grafica"))

    def test_what_others_bought_is_not_found(self, cast: Cast):
        purchase = tell(accepted(cast), cast)
        ours = part(purchase, cast.grafica.organization)
        for at in (f"bought/{purchase.pk}/", f"parts/{ours.pk}/", f"{purchase.agreement_id}/buy/"):
            assert browser(cast.ana).post(f"/coop/grafica/purchases/{at}", {}).status_code == 404

    def test_what_is_contested_says_what_it_was(self, cast: Cast):
        handed = received(tell(accepted(cast), cast), cast, cast.grafica.organization)

        assert "1,500 kg of Chapa" in read(cast.ana, f"/coop/grafica/deliveries/{handed.pk}/contest/")


class TestPages:
    def test_ask_the_database_as_often_however_much_was_bought(self, cast: Cast):
        agreement = accepted(cast)

        def questions() -> int:
            with CaptureQueriesContext(connection) as context:
                assert browser(cast.mario).get(page(agreement)).status_code == 200
            return len(context)

        hand_over(tell(agreement, cast, invoice(quantity=100, net=1_00)), cast, cast.grafica.organization)
        before = questions()
        for _purchase in range(3):
            hand_over(tell(agreement, cast, invoice(quantity=100, net=1_00)), cast, cast.grafica.organization)

        assert questions() == before

    def test_an_outsider_finds_nothing(self, cast: Cast):
        two = accepted(cast, steel(cast, requests=[asked(cast.grafica.organization, 1)]))
        tell(two, cast, invoice(quantity=1, net=1))
        for at in (page(two, "textil"), page(two, "grafica"), "/coop/grafica/purchases/"):
            assert browser(cast.carla).get(at).status_code == 404
        assert "Chapa" not in read(cast.carla, "/coop/textil/purchases/")

    def test_a_federations_auditor_reads_and_does_nothing(self, cast: Cast):
        agreement = accepted(cast)
        tell(agreement, cast)

        said = read(cast.silvia, page(agreement))

        assert "$ 3,000,000.00" in said
        for words in ("Acería", "Tell what you bought", "Take it back", "Hand it over to"):
            assert words not in said
