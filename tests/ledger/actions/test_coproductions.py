"""Co-production: several make one product; who agrees, and on what."""

import uuid

import pytest

from ledger.actions import agreements, coproductions, settlements, shared
from ledger.actions.agreements import NotForYouToDo, ReasonIsMissing, ResolutionIsMissing
from ledger.actions.coproductions import FundTakesNoPart, SeveralMakeIt, SomethingIsOpen, TakesNoPart
from ledger.actions.endings import SomethingWaits
from ledger.actions.products import (
    LevyNeedsItsFund,
    ProductIsIncomplete,
    RateIsNotRight,
    SharesAreNotWhole,
    StageIsIncomplete,
    TooManyStages,
)
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import AgreedInTheFuture, PartnerKeepsNoBook
from ledger.models import Agreement, ApprovalThreshold
from network.actions.admissions import MayNotTrade
from tests import make
from tests.coproductions import (
    AGREED,
    COLLECTED,
    INVOICED,
    PRICE,
    Shops,
    accepted,
    buy,
    collect,
    confirm,
    invoice,
    product,
    propose,
    settle,
    sign,
    stage,
    thirds,
)


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


class TestPropose:
    def test_all_agree_who_do_a_stage_lead_or_receive_the_levy(self, shops: Shops):
        agreement = propose(shops)

        assert [party.organization.name for party in agreement.parties.all()] == [
            "Norte",
            "Centro",
            "Sur",
            "Federación",
        ]
        assert agreement.state == "proposed"
        assert sign(agreement, shops).state == "accepted"

    def test_whoever_proposes_need_not_lead(self, shops: Shops):
        agreement = propose(shops, proposer=shops.sur.organization, by=shops.susi)

        assert agreement.coproduction.lead == shops.norte.organization
        assert sign(agreement, shops).state == "accepted"

    def test_the_same_form_makes_one_agreement(self, shops: Shops):
        key = uuid.uuid4()

        assert propose(shops, key=key) == propose(shops, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(shops, key=key, price=PRICE + 1)
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(shops, key=key, stages=[stage(shops.norte, "Todo", 500_000), stage(shops.sur, "Nada", 500_000)])

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"title": " "}, ProductIsIncomplete),
            ({"customer": ""}, ProductIsIncomplete),
            ({"price": 0}, ProductIsIncomplete),
            ({"vat_rate": 10_000}, RateIsNotRight),
            ({"costs": -1}, RateIsNotRight),
            ({"levy": 0}, LevyNeedsItsFund),
            ({"fund": None}, LevyNeedsItsFund),
            ({"split": "prices"}, SharesAreNotWhole),
            ({"agreed_on": AGREED.replace(day=2)}, AgreedInTheFuture),
        ],
    )
    def test_refuses_terms_that_do_not_add_up(self, shops: Shops, changes: dict[str, object], refusal: type[Exception]):
        with pytest.raises(refusal):
            propose(shops, **changes)
        assert not Agreement.objects.exists()

    def test_refuses_stages_that_do_not_add_up(self, shops: Shops):
        norte, sur = shops.norte, shops.sur
        for stages, refusal in (
            ([stage(norte, "Corte", 500_000), stage(sur, "Pintura", 499_999)], SharesAreNotWhole),
            ([stage(norte, "Corte", 1_000_000), stage(sur, "Pintura", 0)], StageIsIncomplete),
            ([stage(norte, "Corte", 500_000), stage(sur, " ", 500_000)], StageIsIncomplete),
            ([stage(norte, "Corte", 1_000_000)], SeveralMakeIt),
            ([stage(norte, "Corte", 1)] * 21, TooManyStages),
            ([stage(sur, "Corte", 500_000), stage(shops.federacion, "Pintura", 500_000)], FundTakesNoPart),
        ):
            with pytest.raises(refusal):
                propose(shops, stages=stages)

    def test_refuses_who_has_nothing_to_do_with_it(self, shops: Shops):
        without = [stage(shops.norte, "Corte", 500_000), stage(shops.sur, "Pintura", 500_000)]
        with pytest.raises(TakesNoPart):
            propose(shops, stages=without, proposer=shops.centro.organization, by=shops.cora)
        with pytest.raises(NotForYouToDo):
            propose(shops, by=shops.cora)
        with pytest.raises(FundTakesNoPart):
            propose(shops, stages=without, fund=shops.centro.organization)

    def test_refuses_who_keeps_no_book_or_may_not_trade(self, shops: Shops):
        bare = make.organization("taller", name="Taller")
        with pytest.raises(PartnerKeepsNoBook):
            propose(shops, lead=bare)
        listed = make.book("nueva", name="Nueva")
        with pytest.raises(MayNotTrade):
            propose(shops, lead=listed.organization)

    def test_prices_of_the_stages_come_to_the_price(self, shops: Shops):
        stages = [stage(shops.norte, "Hilado", 7), stage(shops.sur, "Tejido", 5), stage(shops.norte, "Control", 1)]
        agreement = accepted(shops, stages=stages, price=13, split="prices", costs=0)

        assert agreement.state == "accepted"

    def test_beyond_what_officers_may_agree_on_a_resolution_is_needed(self, shops: Shops):
        """Centro gives 9,000,000; whoever leads answers for all of it."""
        for book, amount in ((shops.centro, 8_999_999_99), (shops.norte, PRICE - 1)):
            by = make.resolution(book.organization)
            ApprovalThreshold.objects.create(
                book=book, amount=amount, resolution=by, noted_by=shops.noemi, noted_at=make.NOON
            )
        agreement = propose(shops)

        assert agreement.state == "draft"
        allowed = make.resolution(shops.norte.organization)
        agreement = agreements.sign(
            agreement=agreement, organization=shops.norte.organization, by=shops.noemi, on=AGREED, resolution=allowed
        )
        with pytest.raises(ResolutionIsMissing):
            agreements.sign(agreement=agreement, organization=shops.centro.organization, by=shops.cora, on=AGREED)


class TestEnd:
    def test_with_less_invoiced_once_nothing_is_open(self, shops: Shops):
        agreement, norte = accepted(shops), shops.norte.organization
        told = confirm(invoice(agreement, shops, 100_00), shops, on=INVOICED)
        how = {"agreement": agreement, "organization": norte, "by": shops.noemi, "on": COLLECTED}
        with pytest.raises(SomethingIsOpen):
            coproductions.end(reason="Se cayó el pedido", **how)
        confirm(collect(agreement, shops, told.shared.gross), shops, on=COLLECTED)
        for receiver, officer in ((shops.centro, shops.cora), (shops.sur, shops.susi)):
            settlements.confirm(delivery=settle(agreement, shops, receiver, on=COLLECTED), by=officer, on=COLLECTED)
        waits = buy(agreement, shops, on=COLLECTED)
        with pytest.raises(SomethingWaits):
            coproductions.end(reason="Se cayó el pedido", **how)
        shared.reject(delivery=waits, organization=norte, reason="No se compró", by=shops.noemi, on=COLLECTED)
        with pytest.raises(ReasonIsMissing):
            coproductions.end(reason=" ", **how)

        assert coproductions.end(reason="Se cayó el pedido", **how).state == "settled"


class TestRevise:
    def test_writes_who_and_what_anew_and_all_sign_again(self, shops: Shops):
        agreement = propose(shops)
        agreement = agreements.ask_change(
            agreement=agreement, organization=shops.sur.organization, reason="Sin pintura", by=shops.susi, on=AGREED
        )
        stages = [stage(shops.norte, "Corte", 600_000), stage(shops.centro, "Soldadura", 400_000)]

        revised = coproductions.revise(
            agreement=agreement, terms=product(shops, levy=0, fund=None), stages=stages, by=shops.noemi, on=AGREED
        )

        assert revised.state == "proposed"
        assert [party.organization.name for party in revised.parties.all()] == ["Norte", "Centro"]
        assert sign(revised, shops).state == "accepted"

    def test_refuses_once_all_have_signed(self, shops: Shops):
        agreement = accepted(shops)

        with pytest.raises(agreements.NotAtThisPoint):
            coproductions.revise(
                agreement=agreement, terms=product(shops), stages=thirds(shops), by=shops.noemi, on=AGREED
            )
