"""Solidarity funds page by page: open one, ask, agree, pay, give, decide, spend, undo; what each side reads."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.actions import accounts
from ledger.models import Fund, FundAct, FundTerms
from ledger.models.funded import FundKind
from tests import make
from tests.cast import Cast
from tests.funds import Kept
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast: Cast) -> Kept:
    return Kept(cast)


def read(person: Any, address: str) -> str:
    """Return what somebody reads on a page, in English."""
    found = browser(person, "en").get(address).content.decode()
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def page(kept: Kept, code: str = "federacion", part: str = "") -> str:
    return f"/coop/{code}/fund/{kept.book.pk}/{part}"


def act_page(act: FundAct, code: str = "grafica", part: str = "") -> str:
    return f"/coop/{code}/fund/acts/{act.pk}/{part}"


def form(**what: Any) -> dict[str, Any]:
    return {"key": key(), "happened_on": "2026-05-04"} | what


class TestTerms:
    def test_a_federation_opens_its_fund_and_changes_what_holds(self, cast: Cast):
        fede = make.officer("Fede", cast.federacion)
        assert "No body that you belong to keeps a fund" in read(fede, "/coop/federacion/fund/")
        accounts.open_book(organization=cast.federacion, unit=make.unit(), on=make.DAY)
        act = make.resolution(cast.federacion)
        sent = {"percent": "2", "purpose": "Ayuda", "since": "2026-01-01", "resolution": act.pk}
        wrong = browser(fede).post("/coop/federacion/fund/terms/", sent | {"percent": "11"})
        assert wrong.status_code == 422
        assert says(wrong, "Write at most 10 per cent, with two decimals at most.")

        browser(fede).post("/coop/federacion/fund/terms/", sent)

        fund = Fund.objects.get()
        assert FundTerms.objects.get().basis_points == 200
        more = {f"terms-{name}": value for name, value in sent.items()} | {"terms-percent": ""}
        browser(fede).post("/coop/federacion/fund/terms/", more)
        assert "It lives of gifts." in read(fede, f"/coop/federacion/fund/{fund.pk}/")
        bad = browser(fede).post("/coop/federacion/fund/terms/", more | {"terms-since": "2019-01-01"})
        assert bad.status_code == 422

    def test_nobody_else_sets_them(self, cast: Cast, kept: Kept):
        sent = {
            "terms-purpose": "x",
            "terms-since": "2026-05-04",
            "terms-resolution": make.resolution(cast.federacion).pk,
        }
        assert browser(cast.silvia).post("/coop/federacion/fund/terms/", sent).status_code == 422
        assert browser(cast.ana).post("/coop/grafica/fund/terms/", sent).status_code == 404
        assert FundTerms.objects.count() == 1


class TestActs:
    def test_asked_for_agreed_on_and_paid(self, cast: Cast, kept: Kept):
        """From the federation's form to the print shop's payment and back."""
        sent = form(other=cast.grafica.organization_id, what="Pedido de mayo", base="30.000")
        said = browser(kept.fede).post(page(kept, part="levy/"), sent, follow=True)
        assert says(said, "Noted. It counts once %(who)s says that it was so.", who="Gráfica")
        levy = FundAct.objects.get()
        assert "Federación asks you to contribute. Do you agree?" in read(cast.ana, "/coop/grafica/")
        told = read(cast.ana, act_page(levy))
        for words in ("Gráfica contributes", "$ 600.00", "you will owe $ 600.00 to the fund of Federación"):
            assert words in told, words

        browser(cast.ana).post(act_page(levy, part="answer/"), {"answer": "confirm"})

        mine = read(cast.beto, page(kept, "grafica"))
        assert "You still owe $ 600.00 for: Pedido de mayo" in mine
        begun = browser(cast.beto).get(act_page(levy, part="pay/"))
        assert begun.context["form"]["amount"].value() == "600,00"
        browser(cast.beto).post(act_page(levy, part="pay/"), form(amount="600"))
        payment = FundAct.objects.get(kind="payment")
        assert "you receive $ 600.00 from Gráfica in your bank" in read(kept.fede, act_page(payment, "federacion"))
        browser(kept.fede).post(act_page(payment, "federacion", "answer/"), {"answer": "confirm"})

        assert kept.fund.left == 600_00
        assert "$ 600.00" in read(kept.fede, page(kept))

    def test_decided_on_and_spent(self, cast: Cast, kept: Kept):
        kept.collected(cast.molino, 900_00)
        act = make.resolution(cast.federacion, text="Se ayuda a la Gráfica.", on=make.DAY)
        sent = {"decision-amount": "500", "decision-purpose": "Una prensa", "decision-resolution": act.pk}
        browser(kept.fede).post(page(kept, part="decide/"), sent)
        decision = kept.fund.decisions.get()
        spending = form(decision=decision.pk, other=cast.grafica.organization_id, what="Una prensa", amount="400")

        browser(kept.fede).post(page(kept, part="spend/"), spending)

        help_ = FundAct.objects.get(kind="spending")
        assert "you receive $ 400.00 of the fund of Federación, and owe nothing" in read(cast.ana, act_page(help_))
        browser(cast.ana).post(act_page(help_, part="answer/"), {"answer": "confirm"})
        assert kept.fund.left == 500_00
        assert "The fund helped you with: $ 400.00" in read(cast.ana, page(kept, "grafica"))
        shown = read(kept.fede, page(kept))
        assert "$ 400.00 of it drawn" in shown
        for part in ("movements/", "acts/"):
            assert "Una prensa" in read(kept.fede, page(kept, part=part))

    def test_a_gift_of_somebody_in_no_register_is_noted_and_undone_alone(self, kept: Kept):
        sent = form(name="Sindicato del Papel", amount="50")
        wrong = browser(kept.fede).post(page(kept, part="gift/"), sent)
        assert wrong.status_code == 422
        assert says(wrong, "Write the number of the receipt or the invoice: nobody of the other side can say so here.")
        assert wrong.context["form"]["name"].value() == "Sindicato del Papel"

        browser(kept.fede).post(page(kept, part="gift/"), sent | {"papers": "R 1"})

        gift = FundAct.objects.get()
        assert gift.state == "confirmed"
        browser(kept.fede).post(act_page(gift, "federacion", "answer/"), {"answer": "undo", "reason": "Otro"})
        assert kept.fund.left == 0

    def test_said_no_to_and_undone(self, cast: Cast, kept: Kept):
        told = kept.tell(FundKind.LEVY, cast.grafica, 5)
        browser(cast.beto).post(act_page(told, part="answer/"), {"answer": "reject", "reason": "No"})
        told.refresh_from_db()
        assert told.state == "rejected"
        levy = kept.levied(cast.grafica, 5_00)
        ask = {"answer": "undo", "reason": "Otro monto"}
        browser(kept.fede).post(act_page(levy, "federacion", "answer/"), ask)
        assert "the other side asks to undo it." in read(cast.ana, "/coop/grafica/")
        browser(cast.ana).post(act_page(levy, part="answer/"), {"answer": "keep"})
        browser(kept.fede).post(act_page(levy, "federacion", "answer/"), ask)
        browser(cast.ana).post(act_page(levy, part="answer/"), {"answer": "undo"})
        levy.refresh_from_db()
        assert levy.state == "reversed"
        said = browser(cast.ana).post(act_page(levy, part="answer/"), {"answer": "?"}, follow=True)
        assert says(said, "Choose one of the answers of the page.")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, kept: Kept, language: str):
        sent = form(other=cast.grafica.organization_id, what="Mayo")
        said = browser(kept.fede, language).post(page(kept, part="levy/"), sent)
        assert said.status_code == 422
        sentence = "Write the amount, or what was earned so that the rate is taken: one of the two."
        assert says(said, sentence, language=language)
        assert said.context["form"]["what"].value() == "Mayo"

    def test_whatever_is_sent_is_answered(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 5)
        for part in ("levy/", "gift/", "spend/"):
            for wrong in ({}, {"amount": "9" * 40}, {"other": "x", "key": "y"}, {"decision": "0", "happened_on": "?"}):
                assert browser(kept.fede).post(page(kept, part=part), wrong).status_code == 422
        for wrong in ({}, form(amount="0"), form(amount="6")):
            assert browser(cast.ana).post(act_page(levy, part="pay/"), wrong).status_code == 422
        assert browser(kept.fede).post(page(kept, part="decide/"), {}).status_code == 422


class TestWho:
    def test_strangers_find_nothing(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 5)
        for address in (page(kept), page(kept, "textil"), page(kept, "textil", "levy/"), act_page(levy, "molino")):
            assert browser(cast.carla).get(address).status_code == 404
        assert browser(cast.mario).get(act_page(levy, "molino")).status_code == 404

    def test_a_member_reads_its_own_part_alone(self, cast: Cast, kept: Kept):
        kept.levied(cast.grafica, 77_00)
        said = read(cast.mario, page(kept, "molino"))
        assert "You have not contributed yet." in said
        assert "Gráfica" not in said
        assert "Gráfica" not in read(cast.mario, page(kept, "molino", "movements/"))

    def test_only_officers_of_the_body_spend(self, cast: Cast, kept: Kept):
        assert browser(cast.ana).get(page(kept, "grafica", "spend/")).status_code == 404
        assert browser(cast.silvia).get(page(kept, part="spend/")).status_code == 404
        assert browser(cast.silvia).get(page(kept, part="levy/")).status_code == 404


class TestCost:
    def test_the_page_costs_the_same_after_many_acts(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 5)
        reader = browser(kept.fede)

        def queries(part: str) -> int:
            reader.get(page(kept, part=part))
            with CaptureQueriesContext(connection) as made:
                reader.get(page(kept, part=part))
            return len(made)

        before = [queries(part) for part in ("", "movements/", "acts/")]
        for _time in range(3):
            kept.collected(cast.molino, 5)
            kept.spend(kept.decide(1), 1)

        assert [queries(part) for part in ("", "movements/", "acts/")] == before
