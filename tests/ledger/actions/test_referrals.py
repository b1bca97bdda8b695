"""Sharing a customer: who agrees, on what, how a tender comes out, and how it ends."""

import uuid

import pytest

from ledger.actions import agreements, exits, referrals, referred, terms
from ledger.actions.agreements import NoMandateToday, NotAParty, NotAtThisPoint, NotForYouToDo, ReasonIsMissing
from ledger.actions.deliveries import DeliveredBeforeAgreed, DeliveredInTheFuture
from ledger.actions.endings import SomethingWaits
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_referred import CustomerInTheBooks, NotToInvoiceNow, SomethingIsOpen
from ledger.models import Agreement, Event, ReferralTerms
from network.actions import admissions
from tests import make
from tests.cast import Cast
from tests.referrals import AGREED, WORKED, accepted, held, paid, propose, share, tell, worked
from tests.referrals import terms as told

pytestmark = pytest.mark.django_db


def tender(cast: Cast, **changes) -> Agreement:
    return accepted(cast, share(cast.textil), share(cast.molino, 900_000_00), form="tender", **changes)


def decide(agreement: Agreement, cast: Cast, outcome: str, **changes) -> Agreement:
    how = {"organization": cast.grafica.organization, "decided_on": WORKED, "by": cast.ana, "on": WORKED} | changes
    return referrals.decide(agreement=agreement, outcome=outcome, **how)


class TestPropose:
    def test_runs_once_all_have_signed(self, cast: Cast):
        agreement = propose(cast, share(cast.textil), share(cast.molino))
        for book, by, state in ((cast.molino, cast.mario, "proposed"), (cast.textil, cast.carla, "accepted")):
            agreement = agreements.sign(agreement=agreement, organization=book.organization, by=by, on=AGREED)
            assert agreement.state == state

        assert [each.taker for each in agreement.referral.shares.all()] == [
            cast.textil.organization,
            cast.molino.organization,
        ]

    def test_a_member_writes_a_draft_that_an_officer_signs(self, cast: Cast):
        assert propose(cast, by=cast.beto).state == "draft"

    def test_the_same_form_makes_one(self, cast: Cast):
        key = uuid.uuid4()

        assert propose(cast, key=key) == propose(cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(cast, key=key, fee_rate=400)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"customer": " "}, referrals.CustomerIsMissing),
            ({"work": " "}, referrals.CustomerIsMissing),
            ({"work": "Bolsas para la escuela 14"}, CustomerInTheBooks),
            ({"fee_rate": 5001}, referrals.FeeIsTooHigh),
            ({"fee_rate": -1}, referrals.FeeIsTooHigh),
            ({"agreed_on": WORKED}, terms.AgreedInTheFuture),
            ({"shares": []}, terms.PartnerIsYourself),
        ],
    )
    def test_refuses_what_nobody_can_say_yes_to(self, cast: Cast, wrong, refusal):
        with pytest.raises(refusal):
            propose(cast, **wrong)

    def test_refuses_a_share_of_nothing(self, cast: Cast):
        with pytest.raises(referrals.ExpectedIsMissing):
            propose(cast, share(cast.textil, 0))

    def test_refuses_whoever_may_not_write_or_trade(self, cast: Cast):
        with pytest.raises(NotForYouToDo):
            propose(cast, by=cast.mario)
        with pytest.raises(terms.PartnerIsYourself):
            propose(cast, share(cast.grafica))
        act = make.resolution(cast.federacion, text="Se suspende.", on=AGREED)
        admissions.suspend(organization=cast.molino.organization, resolution=act, by=None, on=AGREED)
        with pytest.raises(admissions.MayNotTrade):
            propose(cast, share(cast.molino))

    def test_without_a_fee_there_is_no_vat(self, cast: Cast):
        assert propose(cast, fee_rate=0, vat_rate=2100).referral.vat_rate is None


class TestRevise:
    def test_writes_the_terms_anew_as_was_asked_for(self, cast: Cast):
        agreement = propose(cast)
        carla, textil = cast.carla, cast.textil.organization
        agreements.ask_change(agreement=agreement, organization=textil, reason="3 %", by=carla, on=AGREED)

        revised = referrals.revise(
            agreement=agreement, referral=told(share(cast.textil, 5_00), fee_rate=300), by=cast.ana, on=AGREED
        )

        assert revised.state == "proposed"
        assert ReferralTerms.objects.get(agreement=agreement).fee_rate == 300
        assert ReferralTerms.objects.get(agreement=agreement).shares.get().expected == 5_00

    def test_adds_nobody_and_leaves_nobody_out(self, cast: Cast):
        agreement = propose(cast)

        for shares, refusal in (
            ([share(cast.molino)], NotAParty),
            ([share(cast.textil)] * 2, referrals.ExpectedIsMissing),
            ([], referrals.ExpectedIsMissing),
        ):
            with pytest.raises(refusal):
                referrals.revise(agreement=agreement, referral=told(*shares), by=cast.ana, on=AGREED)

    def test_refuses_once_all_have_signed(self, cast: Cast):
        with pytest.raises(NotAtThisPoint):
            referrals.revise(agreement=accepted(cast), referral=told(share(cast.textil)), by=cast.ana, on=AGREED)


class TestTender:
    def test_is_worked_on_once_it_is_won(self, cast: Cast):
        agreement = tender(cast)
        with pytest.raises(NotToInvoiceNow):
            tell(agreement, cast, 100_00)

        decide(agreement, cast, "won")

        assert worked(agreement, cast, 100_00).state == "confirmed"

    def test_that_is_lost_ends_it(self, cast: Cast):
        agreement = decide(tender(cast), cast, "lost")

        assert (agreement.state, agreement.settled_on) == ("settled", WORKED)
        with pytest.raises(NotAtThisPoint):
            tell(agreement, cast, 100_00)
        assert not Event.objects.exists()

    def test_comes_out_once_and_for_whose_customer_it_is(self, cast: Cast):
        agreement = tender(cast)
        for wrong, refusal in (
            ({"organization": cast.textil.organization, "by": cast.carla}, referrals.NotYourTender),
            ({"by": cast.beto}, NoMandateToday),
            ({"decided_on": AGREED.replace(day=1)}, DeliveredBeforeAgreed),
            ({"decided_on": make.DAY}, DeliveredInTheFuture),
        ):
            with pytest.raises(refusal):
                decide(agreement, cast, "won", **wrong)
        decide(agreement, cast, "won")

        with pytest.raises(referrals.NoTenderIsOpen):
            decide(agreement, cast, "lost")

    def test_an_order_does_not_come_out(self, cast: Cast):
        with pytest.raises(referrals.NoTenderIsOpen):
            decide(accepted(cast), cast, "won")


class TestEnd:
    def end(self, agreement: Agreement, cast: Cast, *, reason: str = "Entregado.") -> Agreement:
        textil = cast.textil.organization
        return referrals.end(agreement=agreement, organization=textil, reason=reason, by=cast.carla, on=WORKED)

    def test_with_a_note_once_the_fee_is_paid(self, cast: Cast):
        agreement = accepted(cast)
        with pytest.raises(ReasonIsMissing):
            self.end(agreement, cast, reason=" ")
        waiting = tell(agreement, cast, 100_000_00)
        with pytest.raises(SomethingWaits):
            self.end(agreement, cast)
        referred.confirm(delivery=waiting, by=cast.ana, on=WORKED)
        with pytest.raises(SomethingIsOpen):
            self.end(agreement, cast)
        paid(agreement, cast, 6_050_00)

        assert self.end(agreement, cast).state == "settled"

    def test_work_that_was_given_keeps_nobody_from_leaving(self, cast: Cast):
        agreement = accepted(cast, share(cast.molino), fee_rate=0)
        worked(agreement, cast, 100_000_00, taker=cast.molino)
        end = {"organization": cast.molino.organization, "reason": "Listo.", "by": cast.mario, "on": WORKED}
        referrals.end(agreement=agreement, **end)
        assert held(cast.molino, "9503", cast.grafica) == -100_000_00

        act = make.resolution(cast.molino.organization)
        exits.leave(organization=cast.molino.organization, resolution=act, by=None, on=make.DAY)

        with pytest.raises(admissions.MayNotTrade):
            propose(cast, share(cast.molino), on=make.DAY)
