"""Paper vouchers page by page: print, enter in a batch with a wrong row in it, void; nobody else's."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.actions.deliveries import MoreThanIsLeft
from ledger.models import Delivery, Voucher
from ledger.queries import vouchers as read
from tests import funds, hostings, machines, make, purchasings, tolls
from tests.barters import accepted
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.vouchers import entered, printed

pytestmark = pytest.mark.django_db
LIST = "/coop/grafica/vouchers/"
ENTER = f"{LIST}enter/"


def reads(page: Any, words: str) -> bool:
    """Say whether an English page holds these words."""
    return words in html.unescape(page.content.decode())


def row(voucher: Voucher, **written: str) -> dict[str, Any]:
    """Return what a browser sends for one row."""
    return {f"v-{voucher.code}-{name}": text for name, text in written.items()}


def batch(*vouchers: Voucher, **rows: Any) -> dict[str, Any]:
    return {"voucher": [each.code for each in vouchers], **rows}


class TestPrint:
    def test_from_the_page_of_the_agreement_to_the_paper(self, cast: Cast):
        agreement = accepted(cast)
        beto = browser(cast.beto, "en")
        address = f"{LIST}print/{agreement.pk}/"
        assert address in beto.get(f"/coop/grafica/barter/{agreement.pk}/").content.decode()

        page = beto.post(address, {"key": key(), "count": "3"}, follow=True)

        assert reads(page, "Vouchers to print")
        assert all(each.shown in page.content.decode() for each in Voucher.objects.all())
        sheet = Voucher.objects.all()[0].sheet
        paper = beto.get(f"/reports/grafica/vouchers/{sheet}/")
        assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_refuses_a_ream_kindly(self, cast: Cast, language: str):
        address = f"{LIST}print/{accepted(cast).pk}/"
        for count in ("0", "25", "", "muchos"):
            page = browser(cast.beto, language).post(address, {"key": key(), "count": count})
            assert page.status_code == 422
        assert not Voucher.objects.exists()


class TestEnter:
    def test_keeps_what_is_right_and_shows_what_is_not(self, cast: Cast):
        agreement = accepted(cast)
        good, wrong, blank = printed(agreement, cast, 3)
        line = f"line:{agreement.lines.get(thing='Bolsas impresas').pk}"
        sent = batch(good, wrong, blank)
        sent |= row(good, what=line, amount="30000", happened_on="2023-11-20", delivery_note="R 5")
        sent |= row(wrong, what=line, amount="muchas", happened_on="2023-11-20")
        sent |= row(blank, what="")

        page = browser(cast.beto, "en").post(ENTER, sent)

        assert page.status_code == 422
        assert Delivery.objects.get().key == good.key
        for words in ("1 voucher was entered. Put right the others below.", "“muchas” is not a number", wrong.shown):
            assert reads(page, words), words
        assert good.shown not in page.content.decode()

        page = browser(cast.beto, "en").post(ENTER, sent | row(wrong, amount="1000"), follow=True)

        assert reads(page, "1 voucher was entered.")
        assert Delivery.objects.filter(key=wrong.key).exists()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_refusal_stands_on_its_row(self, cast: Cast, language: str):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        line = f"line:{agreement.lines.get(thing='Bolsas impresas').pk}"
        sent = batch(slip) | row(slip, what=line, amount="60001", happened_on="2023-11-20")

        page = browser(cast.beto, language).post(ENTER, sent)

        assert page.status_code == 422
        assert says(page, str(MoreThanIsLeft.message), language=language, thing="Bolsas impresas")
        assert not Delivery.objects.exists()

    def test_nothing_written_says_so(self, cast: Cast):
        slip = printed(accepted(cast), cast)[0]
        page = browser(cast.beto, "en").post(ENTER, batch(slip) | row(slip, what=""), follow=True)
        assert reads(page, "Nothing was written.")

    def test_finds_one_by_its_code_however_it_is_written(self, cast: Cast):
        one, other = printed(accepted(cast), cast)
        beto = browser(cast.beto, "en")

        page = beto.get(ENTER, {"code": one.shown.lower()}).content.decode()

        assert one.shown in page
        assert other.shown not in page
        assert reads(
            beto.get(ENTER, {"code": "XXXX"}), "No voucher of yours that is still to be entered has that code."
        )

    def test_what_takes_more_is_told_on_its_own_page_with_the_key_of_the_voucher(self, cast: Cast):
        agreement = tolls.accepted(cast)
        slip = printed(agreement, cast, organization=cast.molino.organization, by=cast.nora, on=tolls.AGREED)[0]
        nora = browser(cast.nora)
        address = f"/coop/molino/toll/{agreement.pk}/work/?voucher={slip.code}"
        assert address in nora.get("/coop/molino/vouchers/enter/").content.decode()

        assert str(slip.key) in nora.get(address).content.decode()
        # Another agreement's voucher is none of this one.
        body, elsa = hostings.school()
        hosting = hostings.running(cast, body, elsa)
        other = browser(cast.ana).get(f"/coop/grafica/community/{hosting.pk}/tell/?voucher={slip.code}")
        assert str(slip.key) not in other.content.decode()

    def test_hours_of_a_machine_are_told_from_the_paper_on_the_page_of_their_booking(self, cast: Cast):
        agreement = machines.accepted(cast)
        booking = machines.booked(agreement, cast, cast.molino.organization)
        slip = printed(agreement, cast, organization=cast.molino.organization, by=cast.nora, on=machines.AGREED)[0]
        nora = browser(cast.nora)
        address = f"/coop/molino/machines/booked/{booking.pk}/tell/?voucher={slip.code}"
        assert address in nora.get(ENTER.replace("grafica", "molino")).content.decode()

        assert str(slip.key) in nora.get(address).content.decode()
        nora.post(address, {"key": str(slip.key), "hours": "1", "minutes": "30"})

        assert read.told(slip).use.minutes == 90

    def test_parts_of_a_purchase_are_told_from_the_paper_on_their_own_page(self, cast: Cast):
        agreement = purchasings.accepted(cast)
        part = purchasings.part(purchasings.tell(agreement, cast), cast.textil.organization)
        slip = printed(agreement, cast, organization=cast.molino.organization, by=cast.nora, on=purchasings.BOUGHT)[0]
        nora = browser(cast.nora)
        address = f"/coop/molino/purchases/parts/{part.pk}/?voucher={slip.code}"
        assert address in nora.get(ENTER.replace("grafica", "molino")).content.decode()

        assert str(slip.key) in nora.get(address).content.decode()

    def test_asks_no_more_of_the_database_for_more_vouchers_that_are_not_shown(self, cast: Cast):
        agreement, beto = accepted(cast), browser(cast.beto)
        counts = []
        for more in (12, 24):
            printed(agreement, cast, more)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                beto.get(ENTER)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestVoid:
    def test_with_a_reason(self, cast: Cast):
        slip = printed(accepted(cast), cast)[0]
        beto = browser(cast.beto, "en")
        assert reads(beto.post(f"{LIST}{slip.code}/void/", {"reason": ""}, follow=True), "reason")

        page = beto.post(f"{LIST}{slip.code}/void/", {"reason": "Se mojó."}, follow=True)

        assert reads(page, "“Se mojó.”. It can be entered no more.")
        assert reads(beto.get(f"{LIST}?show=all"), "Voided")
        assert slip.shown not in beto.get(LIST).content.decode()

    def test_an_entered_one_says_where_it_stands(self, cast: Cast):
        slip = printed(accepted(cast), cast)[0]
        entered(slip, f"pay:{cast.molino.organization_id}", 1_00, by=cast.beto)
        page = browser(cast.beto, "en").get(f"{LIST}{slip.shown}/")
        assert reads(page, "Waiting for confirmation")


class TestOthers:
    def test_nobody_else_finds_them(self, cast: Cast):
        agreement = accepted(cast)
        slip = printed(agreement, cast)[0]
        for page in (LIST, ENTER, f"{LIST}{slip.code}/", f"{LIST}sheet/{slip.sheet}/", f"{LIST}print/{agreement.pk}/"):
            assert browser(cast.carla).get(page).status_code == 404
        assert browser(cast.carla).get(f"/reports/grafica/vouchers/{slip.sheet}/").status_code == 404
        # The other side of the agreement has vouchers of its own.
        assert browser(cast.mario).get(f"/coop/molino/vouchers/{slip.code}/").status_code == 404
        assert browser(cast.mario).get(f"/reports/molino/vouchers/{slip.sheet}/").status_code == 404


class TestWithoutAnAgreement:
    def test_hours_given_are_told_from_the_paper_on_their_own_page(self, cast: Cast):
        beto = browser(cast.beto, "en")
        assert f"{LIST}print/gifts/" in beto.get("/coop/grafica/community/").content.decode()

        page = beto.post(f"{LIST}print/gifts/", {"key": key(), "count": "1"}, follow=True)

        slip = Voucher.objects.get()
        assert reads(page, "Gifts and mentoring")
        assert beto.get(f"/reports/grafica/vouchers/{slip.sheet}/").content[:5] == b"%PDF-"
        address = f"/coop/grafica/community/gifts/work/?voucher={slip.code}"
        assert address in beto.get(ENTER).content.decode()
        assert str(slip.key) in beto.get(address).content.decode()
        told = {"key": str(slip.key), "what": "Pintura", "hours": "24", "people": "4", "happened_on": "2026-04-30"}
        beto.post(address, told | {"receiver": "", "receiver_name": "Sala de Barracas"})
        assert reads(beto.get(f"{LIST}{slip.code}/"), "It was entered")

    def test_what_is_paid_to_a_fund_is_told_from_the_paper(self, cast: Cast):
        kept = funds.Kept(cast)
        levy = kept.levied(cast.grafica, 90_00)
        beto, address = browser(cast.beto, "en"), f"{LIST}print/fund/{kept.fund.pk}/"
        assert address in beto.get(f"/coop/grafica/fund/{kept.fund.pk}/").content.decode()

        beto.post(address, {"key": key(), "count": "1"}, follow=True)

        slip = Voucher.objects.get()
        assert f"/coop/grafica/fund/acts/{levy.pk}/pay/?voucher={slip.code}" in beto.get(ENTER).content.decode()
        assert beto.get(f"/reports/grafica/vouchers/{slip.sheet}/").content[:5] == b"%PDF-"

    def test_a_fund_that_one_has_nothing_to_do_with_is_not_there(self, cast: Cast):
        kept = funds.Kept(cast, body=make.organization("otra", kind="federation"))

        assert browser(cast.beto, "en").get(f"{LIST}print/fund/{kept.fund.pk}/").status_code == 404
