"""Sharing a customer, telling what was invoiced, confirming and paying it, page by page, as each side sees it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions.agreements import ResolutionIsMissing
from ledger.models import Account, Agreement, Delivery
from tests import make
from tests.cast import Cast
from tests.ledger.actions.test_thresholds import limit
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side
from tests.referrals import AGREED, CUSTOMER, WORKED, accepted, offered, propose, share, tell, worked

pytestmark = pytest.mark.django_db
NEW = "/coop/grafica/customers/new/"
WORK = "/coop/{}/customers/work/"


def form(cast: Cast, *takers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the school's bags, for the textile cooperative, as a browser sends them."""
    rows = takers or ({"taker": cast.textil.organization_id, "expected": "4.000.000"},)
    sent = {"key": key(), "way": "order", "work": "4.000 bolsas de tela", "customer": CUSTOMER, "fee": "5"}
    return sent | {"vat_rate": "2100", "agreed_on": AGREED.isoformat()} | side("shares", *rows) | changes


def page(agreement: Agreement, code: str = "grafica", part: str = "") -> str:
    return f"/coop/{code}/customers/{agreement.pk}/{part}"


class TestPropose:
    def test_asks_little_and_proposes_it(self, cast: Cast):
        said = browser(cast.ana).post(NEW, form(cast), follow=True)

        assert says(said, "Saved. Here is what you share.")
        found = Agreement.objects.get()
        assert (found.state, found.referral.fee_rate, found.referral.vat_rate) == ("proposed", 500, 2100)
        assert found.referral.shares.get().expected == 4_000_000_00

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"fee": "51"}, "A fee is between nothing and half of what is invoiced."),
            ({"fee": "1/3"}, "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ({"shares-0-expected": ""}, "Complete this, or empty the whole row."),
            ({"shares-0-expected": "9" * 15}, "Write about how much each of the others will invoice for it: an amount"
             " above zero."),
            ({"shares-0-taker": "", "shares-0-expected": ""}, "Choose another cooperative: it takes two to agree."),
            ({"work": "Bolsas de la Escuela 14"}, "What the work is stands in the books of all: leave the name of the"
             " customer out of it. Whose order it is has a place of its own."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, language: str, wrong, sentence: str):
        said = browser(cast.ana, language).post(NEW, form(cast, **{"shares-0-expected": "400"} | wrong))

        assert said.status_code == 422
        assert says(said, sentence, language=language, text="1/3")
        assert said.context["form"]["customer"].value() == CUSTOMER

    def test_whatever_is_sent_is_answered(self, cast: Cast):
        for wrong in ({"way": "?"}, {"key": "x"}, {"shares-0-taker": "x"}, {"fee": "5,555"}, {"vat_rate": "7"}):
            assert browser(cast.ana).post(NEW, form(cast, **wrong)).status_code == 422
        assert browser(cast.ana).post(NEW, {}).status_code == 422

    def test_another_row_keeps_what_was_written(self, cast: Cast):
        said = browser(cast.ana).post(NEW, form(cast, more="1"))

        assert (said.status_code, len(said.context["shares"].forms)) == (200, 2)
        assert said.context["form"]["customer"].value() == CUSTOMER

    def test_an_offer_leads_here(self, cast: Cast):
        began = browser(cast.ana).get(f"{NEW}?to=textil&work=Costura").context

        assert (began["form"]["work"].value(), began["shares"].forms[0]["taker"].value()) == (
            *("Costura", cast.textil.organization_id),
        )

    def test_is_written_anew_with_the_same_others(self, cast: Cast):
        agreement = propose(cast)
        took = browser(cast.ana).get(page(agreement, part="edit/"))
        assert (took.context["form"]["fee"].value(), took.context["form"]["customer"].value()) == ("5,00", CUSTOMER)

        said = browser(cast.ana).post(page(agreement, part="edit/"), form(cast, fee=""), follow=True)

        assert says(said, "Without a fee")


class TestAnswer:
    def test_the_other_side_reads_in_plain_words_what_it_takes_on(self, cast: Cast):
        agreement = propose(cast)

        read = browser(cast.carla, "en").get(page(agreement, "textil"))
        said = browser(cast.carla).post(page(agreement, "textil", "answer/"), {"answer": "sign"}, follow=True)

        assert "You receive work from Gráfica: about" in read.content.decode()
        assert b"242,000.00 with VAT" in read.content
        assert says(said, "Accepted. Both sides can see it now.")

    def test_a_fee_beyond_the_limit_asks_for_a_resolution(self, cast: Cast):
        agreement = propose(cast)
        limit(cast.textil, 100_00)

        read = browser(cast.carla).get(page(agreement, "textil"))
        said = browser(cast.carla).post(page(agreement, "textil", "answer/"), {"answer": "sign"}, follow=True)

        assert says(read, "What you give is worth more than your officers may agree on by themselves.")
        assert says(said, str(ResolutionIsMissing.message), organization="Textil")

    def test_nobody_else_reads_who_the_customer_is(self, cast: Cast):
        agreement = accepted(cast)
        worked(agreement, cast, 100_00)

        assert browser(cast.mario).get(page(agreement, "molino")).status_code == 404
        for address in ("", "journal/", "accounts/", "customers/", "customers/work/"):
            assert CUSTOMER not in browser(cast.ana).get(f"/coop/grafica/{address}").content.decode()
        assert CUSTOMER in browser(cast.ana).get(page(agreement)).content.decode()
        assert CUSTOMER not in browser(cast.silvia).get(page(agreement)).content.decode()


class TestTell:
    def test_is_told_confirmed_and_paid(self, cast: Cast):
        agreement = accepted(cast)
        told = {"key": key(), "amount": "4.000.000", "invoice": "A 3-1234", "happened_on": WORKED.isoformat()}

        said = browser(cast.carla).post(page(agreement, "textil", "tell/"), told, follow=True)
        assert says(said, "Noted. It counts once the other side has said that it was so.")
        home, read = browser(cast.ana, "en").get("/coop/grafica/"), browser(cast.ana, "en").get(page(agreement))
        assert b"tells what it invoiced your customer" in home.content
        assert b"owes you a fee of" in read.content
        assert b"242,000.00" in read.content
        work = Delivery.objects.get()
        said = browser(cast.ana).post(
            f"/coop/grafica/customers/told/{work.pk}/confirm/", {"answer": "confirm"}, follow=True
        )
        assert says(said, "Confirmed. It is now in both books.")
        paid = {"key": key(), "amount": "242.000", "happened_on": WORKED.isoformat()}
        browser(cast.carla).post(page(agreement, "textil", "pay/"), paid)
        payment = Delivery.objects.exclude(pk=work.pk).get()
        browser(cast.ana).post(f"/coop/grafica/customers/told/{payment.pk}/confirm/", {"answer": "confirm"})
        ended = browser(cast.carla).post(page(agreement, "textil", "end/"), {"reason": "Listo."}, follow=True)

        assert says(ended, "Ended. What was given and received stays noted.")

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"invoice": "sin número"}, "Write the number of the invoice to the customer, like A 0003-00001234."),
            ({"invoice": "a-1-1"}, "That invoice was told of already. Look at its number, and at what is noted in the"
             " other agreements."),
            ({"amount": "0,001"}, "%(unit)s are counted with at most %(scale)s decimals."),
            ({"happened_on": "2030-01-01"}, "That day has not come yet. Log the delivery once it has happened."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, cast: Cast, wrong: dict[str, str], sentence: str):
        agreement = accepted(cast)
        tell(agreement, cast, 100_00)
        told = {"key": key(), "amount": "100", "invoice": "A 1-2", "happened_on": WORKED.isoformat()}

        said = browser(cast.carla).post(page(agreement, "textil", "tell/"), told | wrong)

        assert said.status_code == 422
        assert says(said, sentence, unit=make.unit().name.capitalize(), scale=2)

    def test_is_the_takers_to_do(self, cast: Cast):
        assert browser(cast.ana).get(page(accepted(cast), part="tell/")).status_code == 404


class TestTender:
    def test_is_won_or_lost_on_its_page(self, cast: Cast):
        agreement = accepted(cast, form="tender")
        day = timezone.localdate().isoformat()
        for wrong in ({"outcome": "?", "decided_on": day}, {"outcome": "won", "decided_on": "ayer"}):
            browser(cast.ana).post(page(agreement, part="outcome/"), wrong)
            assert Agreement.objects.get().referral.outcome == ""

        said = browser(cast.ana).post(
            page(agreement, part="outcome/"), {"outcome": "lost", "decided_on": day}, follow=True
        )

        assert says(said, "Tender lost")


class TestReciprocity:
    def test_says_with_each_what_was_given_and_received(self, cast: Cast):
        worked(accepted(cast, share(cast.molino)), cast, 4_000_000_00, taker=cast.molino)
        agreement = offered(cast)
        browser(cast.ana).post(page(agreement, part="answer/"), {"answer": "sign"})
        worked_back = tell(agreement, cast, 1_500_000_00, taker=cast.grafica)
        browser(cast.mario).post(f"/coop/molino/customers/told/{worked_back.pk}/confirm/", {"answer": "confirm"})

        ours = browser(cast.ana, "en").get(WORK.format("grafica")).content.decode()
        theirs = browser(cast.mario, "en").get(WORK.format("molino")).content.decode()

        for text in (ours, theirs):
            assert "4,000,000.00" in text
            assert "1,500,000.00" in text
            assert "2,500,000.00" in text
        assert ("more given" in ours, "more received" in theirs) == (True, True)

    def test_costs_the_same_whatever_there_is(self, cast: Cast):
        def queries(times: int) -> dict[str, int]:
            agreement = accepted(cast)
            for _time in range(times):
                agreement = accepted(cast, share(cast.molino), share(cast.textil), fee_rate=0)
                for taker in (cast.molino, cast.textil):
                    for waits in (False, True):
                        invoice = f"A {agreement.pk}-{waits + 1}"
                        (tell if waits else worked)(agreement, cast, 100_00, taker=taker, invoice=invoice)
            found = {}
            for name, address in (
                ("list", "/coop/grafica/customers/"),
                ("work", WORK.format("grafica")),
                ("page", page(agreement)),
                ("home", "/coop/grafica/"),
            ):
                with CaptureQueriesContext(
                    connection,
                ) as asked:
                    assert browser(cast.ana).get(address).status_code == 200
                found[name] = len(asked)
            return found

        first = queries(1)

        assert queries(5) == first
        assert Account.objects.filter(number="9501").count() == 2

    def test_of_nothing_says_so(self, cast: Cast):
        assert says(browser(cast.ana).get(WORK.format("grafica")), "No work was given or received here yet.")
