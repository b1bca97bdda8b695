"""The page of a finding: what is wrong, between whom, how much, what to do; who may answer."""

import re

import pytest
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import Finding, FindingStep
from ledger.models.findings import Check
from ledger.queries import findings
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.findings import behind_the_back, found, right_again
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.ledger.web.test_pages import count

pytestmark = pytest.mark.django_db


def page(finding: Finding, code: str = "grafica") -> str:
    return f"/coop/{code}/reconciliation/{finding.pk}/"


@pytest.fixture
def vat(cast: Cast) -> Finding:
    """The VAT of bags handed over, changed from outside by a peso."""
    bags(accepted(cast), cast, 30_000)
    behind_the_back("UPDATE ledger_deliveryitem SET vat = vat + 100")
    reconciliation.reconcile(full=True, clock=timezone.now)
    return Finding.objects.filter(check_code="vat", scope__startswith="item").get()


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_between_whom_how_much_and_what_to_do(self, cast: Cast, vat: Finding, language: str):
        said = browser(cast.ana, language).get(page(vat))

        text = said.content.decode()
        assert "Gráfica" in text
        assert "Molino" in text
        assert ("1.00" if language == "en" else "1,00") in text
        assert says(said, str(said.context["told"].rule.to_do), language=language)

    def test_leads_to_the_entry_and_the_agreement(self, cast: Cast, vat: Finding):
        text = browser(cast.ana).get(page(vat)).content.decode()

        for path in (f"/coop/grafica/barter/{vat.agreement_id}/", "/coop/grafica/journal/"):
            assert path in text
            assert browser(cast.ana).get(path).status_code == 200

    def test_is_seen_from_the_federation_and_not_from_elsewhere(self, cast: Cast):
        gap = found(cast.grafica)

        assert browser(cast.silvia).get(page(gap, "federacion")).status_code == 200
        for person, code in ((cast.carla, "textil"), (cast.carla, "grafica"), (cast.mario, "molino")):
            assert browser(person).get(page(gap, code)).status_code == 404
            assert browser(person).post(f"{page(gap, code)}answer/", {"answer": "take"}).status_code == 404

    def test_of_one_that_closed_says_since_when_and_takes_no_answer(self, cast: Cast):
        gap = right_again(found(cast.grafica))

        said = browser(cast.ana).get(page(gap))

        assert says(said, "Right again")
        assert not says(said, "I see to it")

    def test_is_not_seen_from_the_federation_by_whoever_holds_no_office_there(self, cast: Cast):
        gap = found(cast.grafica)
        rita = browser(make.member("Rita", cast.federacion))

        assert rita.get(f"/coop/federacion/reconciliation/{gap.pk}/").status_code == 404
        for at in ("/coop/federacion/", "/coop/federacion/reconciliation/"):
            assert rita.get(at).context["health"].findings == []


class TestAnswers:
    def test_are_offered_to_whom_may_give_them(self, cast: Cast):
        gap = found(cast.grafica)
        offered = {
            person.name: [says(browser(person).get(page(gap)), text) for text in ("I see to it", "Accept it as it is")]
            for person in (cast.ana, cast.beto, cast.silvia)
        }

        assert offered == {"Ana": [True, True], "Beto": [True, False], "Silvia": [False, False]}

    def test_are_kept_and_shown(self, cast: Cast):
        gap = found(cast.grafica)
        browser(cast.ana).post(f"{page(gap)}answer/", {"answer": "take"})
        accepted_so = {"answer": "accept", "note": "Hoja 12 anulada."}
        said = browser(cast.ana).post(f"{page(gap)}answer/", accepted_so, follow=True)

        assert "Hoja 12 anulada." in said.content.decode()
        gap.refresh_from_db()
        assert (gap.owner, gap.acceptance.note) == (cast.ana, "Hoja 12 anulada.")
        listed = browser(cast.ana).get("/coop/grafica/reconciliation/")
        assert says(listed, "Accepted as they are")

    @pytest.mark.parametrize(
        "sent", [{}, {"answer": "explain"}, {"answer": "accept", "note": "\x00"}, {"answer": "x" * 500}]
    )
    def test_that_cannot_be_are_answered_with_a_sentence(self, cast: Cast, sent: dict[str, str]):
        gap = found(cast.grafica)

        assert browser(cast.ana).post(f"{page(gap)}answer/", sent, follow=True).status_code == 200
        assert FindingStep.objects.count() == 1

    def test_refused_are_not_lost(self, cast: Cast):
        gap = found(cast.grafica)

        sent = {"answer": "accept", "note": "La hoja 12 se anuló."}
        said = browser(cast.beto).post(f"{page(gap)}answer/", sent, follow=True)

        assert "La hoja 12 se anuló." in said.content.decode()


class TestBetweenTwo:
    def test_is_seen_by_both_and_leads_each_into_its_own_book(self, cast: Cast, vat: Finding):
        for person, code in ((cast.ana, "grafica"), (cast.mario, "molino")):
            seen = browser(person, "en")
            assert page(vat, code) in seen.get(f"/coop/{code}/").content.decode()
            links = set(re.findall(r'href="(/coop/[^"]+)"', seen.get(page(vat, code)).content.decode()))
            assert any(f"/coop/{code}/journal/" in link for link in links)
            assert any(f"/coop/{code}/barter/" in link for link in links)
            assert all(link.startswith(f"/coop/{code}/") for link in links)
            assert all(seen.get(link).status_code == 200 for link in links)

    def test_is_nothing_to_a_third_and_is_answered_in_whose_book_it_is(self, cast: Cast, vat: Finding):
        assert browser(cast.carla).get(page(vat, "textil")).status_code == 404
        browser(cast.mario).post(f"{page(vat, 'molino')}answer/", {"answer": "explain", "note": "No fuimos."})
        assert not vat.steps.filter(note="No fuimos.").exists()


class TestList:
    def test_shows_the_worst_first_and_costs_the_same_however_long(self, cast: Cast):
        found(cast.grafica)
        few = count(browser(cast.ana), "/coop/grafica/reconciliation/")
        make.sale(cast.grafica, 10_00)
        make.sale(cast.grafica, 20_00)
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1")
        reconciliation.reconcile(full=True, clock=timezone.now)
        assert Finding.objects.filter(closed_at=None).count() > 1

        assert count(browser(cast.ana), "/coop/grafica/reconciliation/") <= few + 1

    def test_a_mistake_is_seen_though_many_notes_are_older(self, cast: Cast):
        at, note = timezone.now(), Check.PERSONAL
        notes = [Finding(check_code=note, scope=f"text:{n}:1", book=cast.grafica, opened_at=at, seen_at=at)
                 for n in range(findings.SHOWN)]  # fmt: skip
        Finding.objects.bulk_create(notes)
        gap = found(cast.grafica)

        told = browser(cast.ana).get("/coop/grafica/reconciliation/").context["health"].findings

        assert (told[0].finding, len(told)) == (gap, findings.SHOWN)
