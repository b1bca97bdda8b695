"""Answering a proposal: by whom, when, with what; and the addresses opened by hand."""

import pytest
from django.test import Client
from django.utils import timezone

from ledger.models import Agreement
from tests import make
from tests.barters import accepted, propose
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

NO_MANDATE = (
    "Only the president, the secretary or the treasurer of %(organization)s, with a mandate in force today,"
    " can do this."
)


def address(agreement: Agreement, code: str = "molino") -> str:
    return f"/coop/{code}/barter/{agreement.pk}/answer/"


def answer(client: Client, agreement: Agreement, code: str = "molino", **sent: str):
    return client.post(address(agreement, code), sent, follow=True)


class TestAnswer:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_by_a_member_without_mandate_is_refused_in_words(self, cast: Cast, language: str):
        for sent in ({"answer": "sign"}, {"answer": "refuse", "reason": "No."}):
            said = answer(browser(cast.nora, language), propose(cast), **sent)

            assert says(said, NO_MANDATE, language=language, organization="Molino")

    def test_by_an_officer_who_was_recalled_meanwhile_is_refused_in_words(self, cast: Cast):
        agreement, open_session = propose(cast), browser(cast.mario)
        assert open_session.get("/coop/molino/").status_code == 200
        make.recall(cast.mario, on=timezone.localdate())

        # The session is over; who logs in anew is told why.
        assert not says(answer(open_session, agreement, answer="sign"), NO_MANDATE, organization="Molino")
        said = answer(browser(cast.mario), agreement, answer="sign")

        assert says(said, NO_MANDATE, organization="Molino")
        agreement.refresh_from_db()
        assert agreement.state == "proposed"

    @pytest.mark.parametrize("wrong", ["", "si", "sign\x00", "x" * 5000])
    def test_that_is_none_is_told_so(self, cast: Cast, wrong: str):
        assert says(answer(browser(cast.mario), propose(cast), answer=wrong), "Choose one of the answers of the page.")

    @pytest.mark.parametrize("reason", ["", "   ", "\x00", "\t\n"])
    def test_without_a_reason_asks_for_one(self, cast: Cast, reason: str):
        said = answer(browser(cast.mario), propose(cast), answer="ask_change", reason=reason)

        assert says(said, "Write a reason, so that the other side knows.")

    @pytest.mark.parametrize("reason", ["x" * 300, "Ñandú <script>alert(1)</script> 🌾", "Falta\x00 el acta"])
    def test_takes_any_reason(self, cast: Cast, reason: str):
        said = answer(browser(cast.mario), propose(cast), answer="ask_change", reason=reason)

        assert says(said, reason.replace("\x00", ""))

    def test_given_twice_says_where_it_stands(self, cast: Cast):
        said = answer(browser(cast.mario), accepted(cast), answer="sign")

        assert "Ahora no se puede" in said.content.decode()

    @pytest.mark.parametrize("what", ["sign", "ask_change", "refuse"])
    def test_to_ones_own_proposal_is_refused_in_words(self, cast: Cast, what: str):
        agreement = propose(cast)

        said = answer(browser(cast.ana), agreement, "grafica", answer=what, reason="Porque sí.")

        assert "flash--error" in said.content.decode()
        agreement.refresh_from_db()
        assert agreement.state == "proposed"


class TestAddress:
    def test_of_another_cooperatives_agreement_does_not_exist(self, cast: Cast):
        agreement = propose(cast)

        assert browser(cast.carla).post(address(agreement, "textil"), {"answer": "sign"}).status_code == 404
        assert browser(cast.carla).post(address(agreement), {"answer": "sign"}).status_code == 404
        assert browser(cast.mario).get(f"/coop/textil/barter/{agreement.pk}/").status_code == 404

    def test_of_a_draft_does_not_exist_for_the_partner(self, cast: Cast):
        draft = propose(cast, by=cast.beto)

        assert browser(cast.mario).post(address(draft), {"answer": "sign"}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
    def test_of_none_does_not_exist(self, cast: Cast, number: str):
        for page in ("", "answer/", "edit/", "deliver/", "pay/"):
            assert browser(cast.mario).get(f"/coop/molino/barter/{number}/{page}", follow=True).status_code == 404, page

    def test_opened_by_hand_leads_to_the_page(self, cast: Cast):
        agreement = propose(cast)

        said = browser(cast.mario).get(address(agreement), follow=True)

        assert said.request["PATH_INFO"] == f"/coop/molino/barter/{agreement.pk}/"
        assert says(said, "Nothing was sent yet. Look at the page and press the button again.")

    def test_takes_no_answer_of_a_page_that_is_not_ours(self, cast: Cast):
        client = Client(enforce_csrf_checks=True, headers={"accept-language": "es-ar"})
        client.force_login(cast.mario)

        said = client.post(address(propose(cast)), {"answer": "sign"})

        assert said.status_code == 403
        assert says(said, "This is not open to you")

    def test_of_pages_that_only_show_takes_nothing(self, cast: Cast):
        agreement, ana = accepted(cast), browser(cast.ana)

        for page in (f"barter/{agreement.pk}/", "barter/", "journal/", "accounts/"):
            assert ana.post(f"/coop/grafica/{page}", {"answer": "sign"}).status_code == 405, page


class TestList:
    @pytest.mark.parametrize(
        "query", ["page=abc", "page=-1", "page=" + "9" * 30, "page=%00", "state=x", "state=%00", "state=settled&page=7"]
    )
    def test_shows_something_for_any_query(self, cast: Cast, query: str):
        propose(cast)

        for page in ("barter", "journal", "accounts", "reconciliation"):
            assert browser(cast.mario).get(f"/coop/molino/{page}/?{query}").status_code == 200, page
