"""Beyond an amount that the assembly set, an agreement is signed with a resolution of one's own."""

import datetime as dt

import pytest

from ledger.actions import agreements, refusals_agreed, terms, thresholds
from ledger.actions.terms import Terms
from ledger.models import Agreement, ApprovalThreshold
from ledger.models.agreements import AgreementState
from network.actions.refusals import AnotherBodyDecided, DecidedLater, WhatWasDecidedStays
from network.actions.resolutions import NotYoursToMinute
from tests import make, referrals
from tests.barters import AGREED, propose
from tests.cast import Cast
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

#: Each side of Story 1 gives 1,200,000.00.
GIVEN = 1_200_000_00


def limit(book, amount: int | None, **told) -> ApprovalThreshold:
    told = {"by": None, "on": AGREED, "at": make.NOON, "resolution": make.resolution(book.organization)} | told
    return thresholds.set_threshold(book=book, amount=amount, **told)


def sign(agreement: Agreement, cast: Cast, **told) -> Agreement:
    return agreements.sign(agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED, **told)


class TestSign:
    @pytest.mark.parametrize("amount", [GIVEN, None])
    def test_up_to_the_amount_by_themselves(self, cast: Cast, amount: int | None):
        limit(cast.molino, amount)

        assert sign(propose(cast), cast).state == AgreementState.ACCEPTED

    def test_beyond_it_with_a_resolution(self, cast: Cast):
        limit(cast.molino, GIVEN - 1)
        proposed = propose(cast)

        with pytest.raises(agreements.ResolutionIsMissing):
            sign(proposed, cast)
        with pytest.raises(AnotherBodyDecided):
            sign(proposed, cast, resolution=make.resolution(cast.grafica.organization))
        late = make.resolution(cast.molino.organization, on=AGREED + dt.timedelta(days=1))
        with pytest.raises(DecidedLater):
            sign(proposed, cast, resolution=late)
        act = make.resolution(cast.molino.organization)
        assert sign(proposed, cast, resolution=act).parties.get(organization=cast.molino.organization).resolution == act

    def test_the_newest_amount_counts(self, cast: Cast):
        limit(cast.molino, 1)
        limit(cast.molino, None)

        assert sign(propose(cast), cast).state == AgreementState.ACCEPTED

    def test_a_fee_is_given_too(self, cast: Cast):
        """Of 4,000,000.00 of work that is passed on, 5 %."""
        passed_on = referrals.propose(cast, referrals.share(cast.molino))
        limit(cast.molino, 200_000_00 - 1)

        with pytest.raises(agreements.ResolutionIsMissing):
            sign(passed_on, cast)
        alone = "UPDATE ledger_agreementparty SET signed_by_id = %s WHERE organization_id = %s"
        assert is_stopped(alone, cast.mario.pk, cast.molino.organization_id) is refusals_agreed.SignedByResolution
        limit(cast.molino, 200_000_00)
        assert sign(passed_on, cast).state == AgreementState.ACCEPTED

    def test_an_officers_own_proposal_stays_a_draft(self, cast: Cast):
        limit(cast.grafica, GIVEN - 1)
        drafted = propose(cast)
        assert drafted.state == AgreementState.DRAFT

        act = make.resolution(cast.grafica.organization)
        signed = agreements.sign(
            agreement=drafted, organization=cast.grafica.organization, by=cast.ana, on=AGREED, resolution=act
        )

        said = signed.parties.get(organization=cast.grafica.organization)
        assert (signed.state, said.resolution) == (AgreementState.PROPOSED, act)

    def test_new_terms_are_signed_anew(self, cast: Cast):
        proposed = propose(cast)
        limit(cast.grafica, 0)
        lines = [
            terms.LineTerms(
                giver=line.giver,
                receiver=line.receiver,
                thing=line.thing,
                unit=line.measure.unit,
                quantity=line.quantity,
                value=line.value,
            )
            for line in proposed.lines.order_by("number")
        ]

        revised = terms.revise(
            agreement=proposed,
            terms=Terms(title="Otra vez", pegged_to_goods=True, agreed_on=AGREED),
            lines=lines,
            by=cast.ana,
            on=AGREED,
        )

        assert revised.state == AgreementState.DRAFT


class TestSet:
    def test_by_those_who_speak_for_it_as_its_own_assembly_decided(self, cast: Cast):
        with pytest.raises(NotYoursToMinute):
            limit(cast.molino, 1, by=cast.nora)
        with pytest.raises(AnotherBodyDecided):
            limit(cast.molino, 1, resolution=make.resolution(cast.grafica.organization))
        with pytest.raises(DecidedLater):
            limit(cast.molino, 1, resolution=make.resolution(cast.molino.organization, on=make.DAY))
        with pytest.raises(thresholds.ThresholdIsNoAmount):
            limit(cast.molino, -1)
        assert limit(cast.molino, 1, by=cast.mario).noted_by == cast.mario


class TestRoundPython:
    def test_the_database_stops_a_signature_without_one(self, cast: Cast):
        limit(cast.molino, 1)
        proposed = propose(cast)
        signed = "UPDATE ledger_agreementparty SET signed_by_id = %s, resolution_id = %s"
        signed += " WHERE agreement_id = %s AND number = 2"

        assert is_stopped(signed, cast.mario.pk, None, proposed.pk) is refusals_agreed.SignedByResolution
        foreign = make.resolution(cast.grafica.organization).pk
        assert is_stopped(signed, cast.mario.pk, foreign, proposed.pk) is refusals_agreed.SignedByResolution

    def test_of_either_side(self, cast: Cast):
        limit(cast.grafica, 1)
        drafted = propose(cast)
        signed = "UPDATE ledger_agreementparty SET signed_by_id = %s WHERE agreement_id = %s AND number = 1"

        assert is_stopped(signed, cast.ana.pk, drafted.pk) is refusals_agreed.SignedByResolution

    def test_and_whoever_would_rewrite_what_was_set(self, cast: Cast):
        held = limit(cast.molino, 1).pk
        changed = "UPDATE ledger_approvalthreshold SET amount = 2 WHERE id = %s"

        assert is_stopped(changed, held) is WhatWasDecidedStays
        assert is_stopped("DELETE FROM ledger_approvalthreshold WHERE id = %s", held) is WhatWasDecidedStays
        foreign = make.resolution(cast.grafica.organization).pk
        written = (
            "INSERT INTO ledger_approvalthreshold (book_id, amount, resolution_id, noted_at) VALUES (%s, 1, %s, %s)"
        )
        assert is_stopped(written, cast.molino.pk, foreign, make.NOON) is AnotherBodyDecided
