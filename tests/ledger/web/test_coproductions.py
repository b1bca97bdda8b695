"""Making something together, page by page: what each will get, what each confirms, and who reads what."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import settlements
from ledger.models import Agreement, Delivery
from tests import make
from tests.coproductions import (
    BOUGHT,
    COLLECTED,
    INVOICED,
    SETTLED,
    Shops,
    accepted,
    buy,
    collect,
    confirm,
    invoice,
    propose,
    settle,
    tell,
)
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
NEW = "/coop/norte/coproductions/new/"


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


def form(shops: Shops, *stages: tuple[Any, str, str], **changes: str) -> dict[str, Any]:
    """Return Story 3 as a browser sends it."""
    stages = stages or ((shops.norte, "Corte", "50"), (shops.centro, "Soldadura", "30"), (shops.sur, "Pintura", "20"))
    sent = {
        "key": key(),
        "title": "Luminarias",
        "customer": "Municipio de Quilmes",
        "price": "30.000.000",
        "vat_rate": "2100",
        "lead": str(shops.norte.organization_id),
        "split": "shares",
        "costs": "6.000.000",
        "costs_vat_rate": "2100",
        "levy": "2",
        "fund": str(shops.federacion.organization_id),
        "agreed_on": timezone.localdate().isoformat(),
        "stages-TOTAL_FORMS": str(len(stages)),
        "stages-INITIAL_FORMS": "0",
    }
    for number, (book, what, part) in enumerate(stages):
        sent |= {f"stages-{number}-party": str(book.organization_id), f"stages-{number}-what": what}
        sent |= {f"stages-{number}-part": part}
    return sent | changes


def page(agreement: Agreement, code: str = "norte", part: str = "") -> str:
    return f"/coop/{code}/coproductions/{agreement.pk}/{part}"


def told(delivery: Delivery, code: str, part: str = "confirm/") -> str:
    return f"/coop/{code}/coproductions/told/{delivery.pk}/{part}"


class TestWrite:
    def test_is_calculated_before_it_is_saved(self, shops: Shops):
        said = browser(shops.noemi).post(NEW, form(shops) | {"calculate": "1"})

        assert said.status_code == 200
        for amount in ("11.700.000,00", "7.020.000,00", "4.680.000,00"):
            assert amount in said.content.decode()
        assert not Agreement.objects.exists()

    def test_is_saved_and_shown_to_all(self, shops: Shops):
        said = browser(shops.noemi).post(NEW, form(shops), follow=True)

        assert says(said, "Saved. Here is what you make together.")
        found = Agreement.objects.get()
        assert (found.state, found.coproduction.levy) == ("proposed", 200)
        assert [stage.part for stage in found.stages.all()] == [500_000, 300_000, 200_000]
        assert says(browser(shops.cora).get("/coop/centro/"), "%(who)s proposes it to you.", who="Norte")

    def test_at_a_price_for_each_stage(self, shops: Shops):
        stages = ((shops.sur, "Hilado", "1.000,50"), (shops.norte, "Tejido", "2.000,50"))
        sent = form(shops, *stages, split="prices", price="3.001", costs="", levy="", fund="")
        browser(shops.noemi).post(NEW, sent)

        assert [stage.part for stage in Agreement.objects.get().stages.all()] == [1_000_50, 2_000_50]

    def test_is_changed_as_it_stands(self, shops: Shops):
        agreement = propose(shops)
        began = browser(shops.noemi).get(page(agreement, part="edit/")).context

        assert began["form"]["levy"].value() == "2"
        assert [row["part"].value() for row in began["stages"]][:3] == ["50", "30", "20"]
        browser(shops.noemi).post(page(agreement, part="edit/"), form(shops, price="31.000.000"))
        agreement.coproduction.refresh_from_db()
        assert agreement.coproduction.price == 31_000_000_00

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_keeps_what_was_written(self, shops: Shops, language: str):
        whole = (
            "The parts of all stages do not come to exactly the whole: to 100 per cent, or to the price. Check them."
        )
        at = browser(shops.noemi, language)
        part = "49.9999" if language == "en" else "49,9999"
        said = at.post(NEW, form(shops, (shops.norte, "Corte", part), (shops.sur, "Pintura", "50")))
        assert (said.status_code, said.context["form"]["title"].value()) == (422, "Luminarias")
        assert says(said, whole, language=language)

        fine = at.post(NEW, form(shops, (shops.norte, "Corte", part + "9"), (shops.sur, "Pintura", "50")))
        sentence = "Write a share in per cent with at most %(decimals)s decimals."
        assert says(fine, sentence, language=language, decimals=4)
        more = at.post(NEW, form(shops) | {"more": "1"})
        assert (more.status_code, len(more.context["stages"])) == (200, 5)

    def test_whatever_is_sent_is_answered(self, shops: Shops):
        at = browser(shops.noemi)
        for wrong in (
            {"price": "9" * 40},
            {"levy": "200"},
            {"levy": "0,001"},
            {"fund": "x"},
            {"lead": ""},
            {"split": "?"},
            {"key": "x"},
            {"stages-TOTAL_FORMS": "x"},
            {"stages-1-party": "999999"},
            {"stages-1-part": "1e9"},
            {"costs": "-1"},
            {"title": "\x00"},
        ):
            for button in ({}, {"calculate": "1"}):
                assert at.post(NEW, form(shops, **wrong) | button).status_code == 422
        assert browser(shops.noemi).post(NEW, {}).status_code == 422


class TestAnswer:
    def test_each_reads_what_it_will_get_before_it_signs(self, shops: Shops):
        agreement = propose(shops)
        read = browser(shops.cora).get(page(agreement, "centro"))
        for text in ("9.000.000,00", "1.890.000,00", "7.020.000,00", "8.532.000,00"):
            assert text in read.content.decode()
        fund = browser(shops.fermin).get(page(agreement, "metal")).content.decode()
        assert "600.000,00" in fund
        # Whom it is for is the affair of those who make it.
        assert "Municipio de Quilmes" not in fund
        assert "Municipio de Quilmes" in read.content.decode()

        said = browser(shops.cora).post(page(agreement, "centro", "answer/"), {"answer": "sign"}, follow=True)
        assert says(said, "Accepted. Both sides can see it now.")


class TestActs:
    def test_from_the_first_stage_to_the_last_cent(self, shops: Shops):
        agreement = accepted(shops)
        by = {code: browser(person) for code, person in self._people(shops).items()}
        self._tell(by["norte"], agreement, "norte", "tell", stage="1", percent="60", what="300 columnas")
        self._tell(by["norte"], agreement, "norte", "buy", what="Acero", amount="6.000.000", vat_rate="2100")
        self._tell(by["norte"], agreement, "norte", "invoice", amount="30.000.000")
        for delivery in Delivery.objects.order_by("pk"):
            self._all_say_so(by, delivery)
        self._tell(by["norte"], agreement, "norte", "collect", amount="36.300.000")
        self._all_say_so(by, Delivery.objects.last())
        for code, book in (("centro", shops.centro), ("sur", shops.sur)):
            self._tell(by["norte"], agreement, "norte", "settle", other=str(book.organization_id))
            said = by[code].post(told(Delivery.objects.last(), code), {"answer": "confirm"}, follow=True)
            assert says(said, "Noted: you say that it was so.")

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        read = by["sur"].get(page(agreement, "sur"))
        assert says(read, "What each got stands in the agreed ratio, to the cent, besides VAT.")
        assert says(read, "Nothing: everything was invoiced, paid and settled.")

    def test_begin_with_what_is_left(self, shops: Shops):
        agreement = accepted(shops)
        confirm(invoice(agreement, shops, 10_000_000_00), shops, on=INVOICED)

        assert self._begun(shops, agreement, "invoice")["amount"].value() == "20.000.000,00"
        assert self._begun(shops, agreement, "collect")["amount"].value() == "12.100.000,00"
        # Of ten million Centro and Sur invoice three and two, and their VAT.
        assert "3.630.000,00" in self._read(shops, agreement, "pay")
        assert "2.420.000,00" in self._read(shops, agreement, "settle")

    def test_say_what_is_wrong_and_answer_whatever_is_sent(self, shops: Shops):
        agreement = accepted(shops)
        confirm(buy(agreement, shops), shops, on=BOUGHT)
        at = browser(shops.noemi)
        for part, wrong in (
            ("tell", {"stage": "9", "percent": "5"}),
            ("tell", {"stage": "1", "percent": "101"}),
            ("buy", {"what": "", "amount": "5"}),
            ("buy", {"what": "Acero", "amount": "9" * 30}),
            ("buy", {"what": "Acero", "amount": "5", "happened_on": "2099-01-01"}),
            ("invoice", {"amount": "30.000.000,01"}),
            ("collect", {"amount": "1"}),
            ("settle", {"other": "x"}),
            ("pay", {"other": str(shops.sur.organization_id), "amount": "x"}),
        ):
            sent = {"key": key(), "happened_on": timezone.localdate().isoformat()} | wrong
            assert at.post(page(agreement, part=f"{part}/"), sent).status_code == 422
            assert at.post(page(agreement, part=f"{part}/"), {}).status_code == 422

    def test_are_said_no_to_and_undone_by_all(self, shops: Shops):
        agreement = accepted(shops)
        first = buy(agreement, shops)
        read = browser(shops.cora).get(page(agreement, "centro"))
        assert "2.178.000,00" in read.content.decode()
        said = browser(shops.susi).post(told(first, "sur"), {"answer": "reject", "reason": "Otro precio"}, follow=True)
        assert says(said, "Noted. The others can read why, and it can be written anew.")

        second = confirm(buy(agreement, shops), shops, on=BOUGHT)
        browser(shops.susi).post(told(second, "sur", "reverse/"), {"answer": "ask", "reason": "Otro precio"})
        assert says(browser(shops.cora).get("/coop/centro/"), "the other side asks to undo a delivery.")
        browser(shops.cora).post(told(second, "centro", "reverse/"), {"answer": "agree"})
        kept = browser(shops.noemi).post(told(second, "norte", "reverse/"), {"answer": "keep"}, follow=True)
        assert says(kept, "It stands as it was.")
        for wrong in ("confirm/", "reverse/"):
            assert browser(shops.noemi).post(told(second, "norte", wrong), {"answer": "?"}).status_code == 302
        assert browser(shops.noemi).get(told(second, "norte", "")).status_code == 302

    @staticmethod
    def _people(shops: Shops) -> dict[str, Any]:
        return {organization.code: person for organization, person in shops.officers.items()}

    @staticmethod
    def _tell(at: Any, agreement: Agreement, code: str, part: str, **fields: str) -> None:
        sent = {"key": key(), "happened_on": timezone.localdate().isoformat()} | fields
        said = at.post(page(agreement, code, f"{part}/"), sent, follow=True)
        assert says(said, "Noted. It counts once all whom it concerns have said that it was so.")

    @staticmethod
    def _all_say_so(by: dict[str, Any], delivery: Delivery) -> None:
        for code, at in by.items():
            at.post(told(delivery, code), {"answer": "confirm"})
        delivery.refresh_from_db()
        assert delivery.state == "confirmed"

    @staticmethod
    def _begun(shops: Shops, agreement: Agreement, part: str) -> Any:
        return browser(shops.noemi).get(page(agreement, part=f"{part}/")).context["form"]

    @staticmethod
    def _read(shops: Shops, agreement: Agreement, part: str) -> str:
        return browser(shops.noemi).get(page(agreement, part=f"{part}/")).content.decode()


class TestSeen:
    def test_by_nobody_else_and_by_no_stranger_to_one_of_it(self, shops: Shops):
        agreement, other = accepted(shops), make.book("otra", name="Otra")
        stranger = make.officer("Olga", other.organization)

        assert browser(stranger).get(page(agreement)).status_code == 404
        assert browser(stranger).get(page(agreement, "otra")).status_code == 404
        # The federation reads the desk of its member, and not whom it works for.
        audited = browser(shops.fermin).get(page(agreement))
        assert audited.status_code == 200
        assert "Municipio de Quilmes" not in audited.content.decode()
        assert browser(shops.fermin).get(page(agreement, part="buy/")).status_code == 404

    def test_a_draft_by_whoever_wrote_it(self, shops: Shops):
        draft = propose(shops, by=make.member("Nico", shops.norte.organization))

        assert browser(shops.cora).get(page(draft, "centro")).status_code == 404

    def test_in_as_many_queries_however_much_was_done(self, shops: Shops):
        agreement = accepted(shops)
        confirm(buy(agreement, shops), shops, on=BOUGHT)
        tell(agreement, shops, 1, 10)
        few = self._queries(shops, agreement)
        for percent in (20, 30, 40):
            tell(agreement, shops, 1, percent)
            confirm(buy(agreement, shops, 100_00), shops, on=BOUGHT)
        confirm(invoice(agreement, shops), shops, on=INVOICED)
        confirm(collect(agreement, shops), shops, on=COLLECTED)
        settlements.confirm(delivery=settle(agreement, shops, shops.sur), by=shops.susi, on=SETTLED)

        assert self._queries(shops, agreement) == few

    @staticmethod
    def _queries(shops: Shops, agreement: Agreement) -> tuple[int, int]:
        at, counted = browser(shops.noemi), []
        for address in (page(agreement), "/coop/norte/coproductions/"):
            at.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert at.get(address).status_code == 200
            counted.append(len(queries))
        return tuple(counted)  # type: ignore[return-value]
