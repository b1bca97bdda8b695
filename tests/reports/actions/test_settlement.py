"""The account of an agreement: each fact, what was open after it, and whether anything still is."""

from pathlib import Path

import pytest
from django.utils import translation

from ledger.models import Agreement
from reports.actions import settlement
from reports.models import IssuedPaper
from reports.queries import settlement as read
from tests import make
from tests.barters import accepted, bags, flour, propose
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
ADDRESS = "https://trama.example/coop/grafica/barter/1/"


@pytest.fixture
def barter(cast: Cast) -> Agreement:
    """Bags were handed over for flour, and half of the flour came."""
    agreement = accepted(cast)
    bags(agreement, cast)
    flour(agreement, cast)
    return agreement


class TestSettlement:
    def test_tells_each_fact_and_what_was_open_after_it(self, cast: Cast, barter: Agreement):
        told = read.settlement(agreement=barter, book=cast.grafica)

        for account in told.accounts:
            amount = quantity = 0
            for each in account.moves:
                amount, quantity = amount + each.amount, quantity + each.quantity
                assert (each.open_amount, each.open_quantity) == (amount, quantity)
            assert (account.amount, account.quantity) == (account.claim.balance.amount, account.claim.balance.quantity)
        assert sum(len(account.moves) for account in told.accounts) >= 2

    def test_is_the_same_from_the_other_side(self, cast: Cast, barter: Agreement):
        ours = read.settlement(agreement=barter, book=cast.grafica)
        theirs = read.settlement(agreement=barter, book=cast.molino)

        for one, other in zip(ours.accounts, theirs.accounts, strict=True):
            assert one.is_owed_to_us != other.is_owed_to_us
            assert [each.amount for each in one.moves] == [each.amount for each in other.moves]
            assert [each.open_quantity for each in one.moves] == [each.open_quantity for each in other.moves]

    def test_costs_no_more_with_more_facts(self, cast: Cast, barter: Agreement, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            read.settlement(agreement=barter, book=cast.grafica)


class TestCompose:
    def test_is_archival_accessible_and_made_alike_twice(self, cast: Cast, barter: Agreement, tmp_path: Path):
        told = {"agreement": barter, "book": cast.grafica, "address": ADDRESS, "at": make.NOON}
        for language in ("es-ar", "en"):
            first, second = (settlement.compose(language=language, **told) for _ in range(2))

            assert first == second
            (tmp_path / f"{language}.pdf").write_bytes(first)
        for flavour, verdict in judge(sorted(tmp_path.glob("*.pdf"))).items():
            assert verdict["checks"], flavour
            assert not verdict["failed"], flavour
        assert set(IssuedPaper.objects.values_list("kind", flat=True)) == {"settlement"}

    def test_of_an_agreement_under_which_nothing_was_handed_over_says_so(self, cast: Cast):
        told = read.settlement(agreement=accepted(cast), book=cast.grafica)

        with translation.override("en"):
            assert "Nothing was handed over" in settlement.html(told, language="en", made_at=make.NOON)
        assert told.is_closed

    def test_refuses_what_nobody_has_accepted(self, cast: Cast):
        with pytest.raises(settlement.NothingIsAgreedYet):
            settlement.compose(agreement=propose(cast), book=cast.grafica, address=ADDRESS, language="en", at=make.NOON)


class TestDownload:
    def test_is_a_pdf_for_the_people_of_a_party_and_nobody_else(self, cast: Cast, barter: Agreement):
        address = f"/reports/grafica/agreements/{barter.pk}/"
        assert address in browser(cast.beto).get(f"/coop/grafica/barter/{barter.pk}/").text
        for reader in (cast.ana, cast.beto, cast.silvia):
            assert browser(reader).get(address).content.startswith(b"%PDF")
        for outsider in (cast.mario, cast.carla):
            assert browser(outsider).get(address).status_code == 404
        assert browser(cast.carla).get(f"/reports/textil/agreements/{barter.pk}/").status_code == 404

    def test_leads_back_to_the_page_where_nothing_is_agreed_yet(self, cast: Cast):
        asked = propose(cast)
        answer = browser(cast.ana).get(f"/reports/grafica/agreements/{asked.pk}/")

        assert answer.headers["location"] == f"/coop/grafica/barter/{asked.pk}/"
