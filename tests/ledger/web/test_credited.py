"""Network credit page by page: where one stands, paying in it, a plus, a sale, a position handed over, demurrage."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Book, CreditAct, Delivery, DemurrageCharge, Unit
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.credit import limit, network, pay, stands
from tests.credited import ALL, plus, sale
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
CREDIT = "/coop/grafica/credit/"


@pytest.fixture
def red(cast: Cast) -> Book:
    red = network()
    limit(cast.grafica, red, ALL, cast.ana)
    limit(cast.molino, red, ALL, cast.ana)
    return red


def read(person: Any, address: str) -> str:
    """Return what somebody reads on a page, in English."""
    found = browser(person, "en").get(address).content.decode()
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def form(**what: Any) -> dict[str, Any]:
    return {"key": key(), "credit": Unit.objects.get(code="MIA").pk, "happened_on": "2026-05-04"} | what


class TestPay:
    def test_in_credit_of_what_is_owed(self, cast: Cast, red: Book):
        agreement = accepted(cast)
        bags(agreement, cast)
        address = f"/coop/molino/barter/{agreement.pk}/pay/"
        said = read(cast.nora, address)
        assert "Through the bank" in said
        assert "In mía: you can go on by 45,000.00 MIA" in said
        sent = form(amount="40.000", happened_on="2026-05-04")

        refused = browser(cast.nora).post(address, sent | {"amount": "45.000,01"})
        assert (refused.status_code, "45.000,01" in refused.content.decode()) == (422, True)
        assert browser(cast.nora).post(address, sent | {"credit": "0"}).status_code == 422
        assert browser(cast.nora).post(address, sent).status_code == 302

        payment = Delivery.objects.get(act="money")
        page = f"/coop/grafica/barter/{agreement.pk}/"
        assert "40,000.00 MIA" in read(cast.ana, page)
        browser(cast.ana).post(f"/coop/grafica/delivery/{payment.pk}/confirm/", {"answer": "confirm"})
        assert stands(cast.molino, cast.grafica) == [-40_000_00, 40_000_00]

    def test_is_not_asked_of_whoever_has_no_position(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        assert "Through the bank" not in read(cast.nora, f"/coop/molino/barter/{agreement.pk}/pay/")


class TestActs:
    def test_a_plus_and_its_sale(self, cast: Cast, red: Book):
        act = make.resolution(cast.grafica.organization).pk
        assert says(browser(cast.ana).get(f"{CREDIT}plus/"), "How many members it goes to")
        for wrong in ({"people": "0"}, {"amount": "45.000,01"}, {"amount": "mucho"}, {"amount": "1,001"}):
            sent = form(amount="45.000", people="45", resolution=act) | wrong
            assert browser(cast.ana).post(f"{CREDIT}plus/", sent).status_code == 422
        browser(cast.ana).post(f"{CREDIT}plus/", form(amount="45.000", people="45", resolution=act))
        assert "Its members hold 45,000.00 MIA together in mía" in read(cast.beto, CREDIT)
        assert "In mía it stands at -45,000.00 MIA" in read(cast.beto, "/coop/grafica/").replace("−", "-").replace(
            "<strong>", ""
        )

        shop = {"buyers": "members", "other": cast.grafica.organization_id, "amount": "45.000", "vat_rate": "2100"}
        browser(cast.nora).post("/coop/molino/credit/sale/", form(**shop))
        told = CreditAct.objects.get(kind="sale")
        assert told.vat == 7_809_92
        assert "Sale for credit" in read(cast.ana, "/coop/grafica/")
        browser(cast.ana).post(f"{CREDIT}acts/{told.pk}/answer/", {"answer": "confirm"})

        assert stands(cast.grafica, cast.molino) == [-ALL, ALL]
        assert "7,809.92 MIA of it are VAT" in read(cast.nora, f"/coop/molino/credit/acts/{told.pk}/")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_buyer_says_what_it_bought_it_for(self, cast: Cast, red: Book, language: str):
        told = sale(cast, 100_00, of_members=False)
        address = f"{CREDIT}acts/{told.pk}/"
        ana = browser(cast.ana, language)
        assert says(ana.get(address), "What did you buy it for?", language=language)

        missing = ana.post(f"{address}answer/", {"answer": "confirm"}, follow=True)
        assert says(missing, "Say whether you bought it to work with or to sell on.", language=language)
        ana.post(f"{address}answer/", {"answer": "confirm", "stock": "1301"})
        ana.post(f"{address}answer/", {"answer": "undo", "reason": "Otro remito"})
        browser(cast.mario).post(f"/coop/molino/credit/acts/{told.pk}/answer/", {"answer": "undo"})

        told.refresh_from_db()
        assert (told.state, *stands(cast.grafica, cast.molino)) == ("reversed", 0, 0)

    def test_a_position_is_handed_over(self, cast: Cast, red: Book):
        plus(cast)
        limit(cast.textil, red, ALL, cast.ana)

        browser(cast.ana).post(f"{CREDIT}handover/", form(other=cast.textil.organization_id))
        told = CreditAct.objects.get(kind="handover")
        browser(cast.carla).post(f"/coop/textil/credit/acts/{told.pk}/answer/", {"answer": "confirm"})

        assert stands(cast.grafica, cast.textil) == [0, -ALL]
        for other in (cast.mario, cast.nora):
            assert browser(other).get(f"/coop/molino/credit/acts/{told.pk}/").status_code == 404


class TestNetwork:
    def test_sees_how_its_credit_goes_whatever_was_paid(self, cast: Cast, red: Book):
        rosa = make.officer("Rosa", red.organization, office="secretary")
        pay(cast.grafica, cast.molino, red, 300_00)
        pay(cast.molino, cast.grafica, red, 100_00)
        with CaptureQueriesContext(connection) as before:
            said = read(rosa, "/coop/red/credit/")
        assert "200.00 MIA</strong> circulate: one position is above zero." in said
        assert "The three largest positions hold 100 % of it." in said
        for _again in range(3):
            pay(cast.grafica, cast.molino, red, 1_00)
        with CaptureQueriesContext(connection) as after:
            read(rosa, "/coop/red/credit/")
        assert len(after) == len(before)

    def test_sets_a_rate_looks_and_notes(self, cast: Cast, red: Book):
        rosa = make.officer("Rosa", red.organization, office="secretary")
        pay(cast.grafica, cast.molino, red, 300_00)
        address = f"/coop/red/credit/{Unit.objects.get(code='MIA').pk}/demurrage/"
        act = make.resolution(red.organization).pk
        assert "No rate holds" in read(rosa, address)
        for wrong in ({"percent": "11"}, {"percent": "1,001"}, {"idle_days": "1"}):
            sent = {"percent": "1,5", "idle_days": "60", "resolution": act} | wrong
            assert browser(rosa).post(f"{address}rate/", sent).status_code == 422
        browser(rosa).post(f"{address}rate/", {"percent": "1,5", "idle_days": "60", "resolution": act})
        said = read(rosa, address)
        assert "1.5 %" in said
        assert "4.50" in said
        stale = browser(rosa).post(f"{address}note/", {"total": "449"}, follow=True)
        assert says(stale, "Something has moved since this was computed. Look at it again, and note it then.")
        browser(rosa).post(f"{address}note/", {"total": "450"})

        assert DemurrageCharge.objects.get().amount == 4_50
        assert stands(cast.molino) == [295_50]
        assert browser(cast.silvia).get(address).status_code == 404

        undo = f"{address}{DemurrageCharge.objects.get().pk}/"
        assert browser(cast.silvia).post(undo, {"reason": "No."}).status_code == 404
        assert says(browser(rosa).post(undo, {"reason": "Estaba de obra."}, follow=True), "Taken back")
        assert stands(cast.molino) == [300_00]
