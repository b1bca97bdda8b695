"""Toll work page by page, as each side sees it: propose, hand over, tell what was made, pay."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Agreement, Delivery, MaterialCost
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.tolls import HANDED, SEWN, accepted, hand_over, handed, propose, sew, sewn

pytestmark = pytest.mark.django_db
NEW = "/coop/textil/toll/new/"


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return Story 2 as a browser sends it."""
    metres, pieces = str(make.unit("M").pk), str(make.unit("UN").pk)
    sent = {"key": key(), "whose": "ours", "partner": cast.molino.organization_id, "title": "Uniformes"}
    sent |= {"material": "Tela", "material_quantity": "1.500", "material_unit": metres, "waste": "2"}
    sent |= {"made": "Uniformes", "made_quantity": "1.000", "made_unit": pieces, "fee": "3.000.000"}
    sent |= {"goods": "Tela", "goods_quantity": "450", "goods_unit": metres, "goods_value": "1.800.000"}
    return sent | {"vat_rate": "2100", "goods_vat_rate": "2100", "agreed_on": "2026-05-02"} | changes


def page(agreement: Agreement, code: str = "textil", part: str = "") -> str:
    return f"/coop/{code}/toll/{agreement.pk}/{part}"


def read(person: Any, agreement: Agreement, code: str = "textil") -> str:
    """Return what somebody reads on the page of the agreement, in English."""
    found = browser(person, "en").get(page(agreement, code)).content.decode()
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


class TestPropose:
    def test_proposes_it_and_the_other_side_reads_in_plain_words_what_it_takes_on(self, cast: Cast):
        assert says(browser(cast.carla).post(NEW, form(cast), follow=True), "Saved. Here is what you agreed.")
        agreement = Agreement.objects.get()
        assert (agreement.state, agreement.toll.allowed_waste, agreement.lines.count()) == ("proposed", 200, 2)

        said = read(cast.mario, agreement, "molino")

        for words in ("1,500 m of Tela", "stay Textil", "450 m of Tela", "$ 1,830,000.00"):
            assert words in said

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"waste": "51"}, "The waste that is allowed is between nothing and half of what is handed over."),
            ({"goods_value": ""}, "Complete this, or empty all that says how goods pay a part."),
            (
                {"goods_value": "3.000.001"},
                "The goods are worth more than the fee. Write at most as much of them as pays all of it.",
            ),
            ({"made_quantity": "1,5"}, "%(unit)s are counted with at most %(scale)s decimals."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, language: str, wrong, sentence: str):
        en = {"material_quantity": "1500", "made_quantity": "1000", "fee": "3000000", "goods_value": "1800000"}
        sent = form(cast, **en) | {name: value.replace(".", "") for name, value in wrong.items()}
        if language == "en":
            sent = {name: str(value).replace(",", ".") for name, value in sent.items()}

        said = browser(cast.carla, language).post(NEW, sent)

        assert said.status_code == 422
        unit = {"es": "Unidades", "en": "Units"}[language[:2]]
        assert says(said, sentence, language=language, unit=unit, scale=0)
        assert said.context["form"]["title"].value() == "Uniformes"

    def test_whatever_is_sent_is_answered(self, cast: Cast):
        for wrong in (
            {"whose": "?"},
            {"key": "x"},
            {"partner": "x"},
            {"made_unit": ""},
            {"goods_unit": ""},
            {"fee": "9" * 30},
            {"made": ""},
        ):
            assert browser(cast.carla).post(NEW, form(cast, **wrong)).status_code == 422
        assert browser(cast.carla).post(NEW, {"a": "b"}).status_code == 422

    def test_is_written_anew(self, cast: Cast):
        agreement = propose(cast)
        shown = browser(cast.carla).get(page(agreement, part="edit/")).context["form"]
        assert (shown["waste"].value(), shown["goods_value"].value()) == ("2", "1.800.000,00")

        browser(cast.carla).post(page(agreement, part="edit/"), form(cast, goods="", goods_quantity="", goods_value=""))

        assert agreement.lines.count() == 1


class TestActs:
    def test_what_it_cost_is_read_by_nobody_else(self, cast: Cast):
        agreement = accepted(cast)
        sent = {"key": key(), "quantity": "1.500", "cost": "4.650.000", "account": "1303", "happened_on": str(HANDED)}

        browser(cast.carla).post(page(agreement, part="hand-over/"), sent)

        assert MaterialCost.objects.get().amount == 4_650_000_00
        said = read(cast.mario, agreement, "molino")
        assert "stay Textil" in said
        assert "4,650,000" not in said

    def test_what_was_made_is_told_and_what_confirming_it_means(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast)
        sent = {"key": key(), "made": "1000", "worked": "1450", "waste": "30", "returned": "20", "waste_act": "Merma 3"}

        browser(cast.nora).post(page(agreement, "molino", "work/"), sent | {"happened_on": str(SEWN)})

        said = read(cast.carla, agreement)
        for words in ("1,450 m of Tela", "30 m were lost", "450 m of tela more", "$ 1,830,000.00 more"):
            assert words.casefold() in said.casefold()
        told = Delivery.objects.get(act="goods")
        confirm = f"/coop/textil/toll/told/{told.pk}/confirm/"
        browser(cast.carla).post(confirm, {"answer": "confirm"})
        assert Delivery.objects.get(pk=told.pk).state == "confirmed"

    @pytest.mark.parametrize(("code", "part"), [("molino", "hand-over/"), ("molino", "goods/"), ("textil", "work/")])
    def test_each_side_has_its_own_forms(self, cast: Cast, code: str, part: str):
        agreement = accepted(cast)

        by = cast.mario if code == "molino" else cast.carla
        assert browser(by).get(page(agreement, code, part)).status_code == 404

    def test_refusals_are_on_the_form(self, cast: Cast):
        agreement = accepted(cast)
        for part, by, code in (("hand-over/", cast.carla, "textil"), ("work/", cast.nora, "molino")):
            for sent in ({"a": "b"}, {"key": key(), "quantity": "x", "worked": "x", "happened_on": str(SEWN)}):
                assert browser(by).post(page(agreement, code, part), sent).status_code == 422
        sent = {"key": key(), "made": "1", "worked": "1", "happened_on": str(SEWN)}
        assert browser(cast.nora).post(page(agreement, "molino", "work/"), sent).status_code == 422


class TestCost:
    def test_of_a_page_does_not_grow_with_what_was_told(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast, 1_000_00)
        hand_over(agreement, cast, 1_00)
        sewn(agreement, cast, 10, 14_00, 20, 0)

        def questions() -> int:
            client = browser(cast.mario)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page(agreement, "molino")).status_code == 200
            return len(asked)

        before = questions()
        for _each in range(5):
            sewn(agreement, cast, 10, 14_00, 20, 0)
            sew(agreement, cast, 10, 14_00, 20, 0)

        assert questions() == before
