"""An organization asks its officers for a second factor: who decides it, and that nothing is bound without."""

import datetime as dt

import pytest

from ledger.actions import agreements, barter, years
from ledger.models.agreements import AgreementState
from network import permissions
from network.actions import refusals, second_factor
from network.actions.second_factor import OnlyOfficersDecideThis, SecondFactorIsMissing, SetUpYourOwnFirst
from network.models import SecondFactorDecision, User
from tests import make
from tests.barters import AGREED, BAGS_DAY, accepted, deliver, propose
from tests.cast import Cast
from tests.plain_sql import is_stopped

NOW = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)


def decide(cast: Cast, by: User, *, is_required: bool = True) -> SecondFactorDecision:
    molino = cast.molino.organization
    return second_factor.decide(organization=molino, is_required=is_required, by=by, on=make.DAY, at=NOW)


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Have the mill ask it: its president has one, its treasurer Mario has none."""
    president = make.officer("Pilar", cast.molino.organization, office="president")
    make.second_factor(president)
    decide(cast, president)
    return cast


class TestDecide:
    def test_is_written_down_with_who_and_when(self, asked: Cast):
        decision = SecondFactorDecision.objects.get()

        assert (decision.decided_by.name, decision.decided_at, decision.is_required) == ("Pilar", NOW, True)

    def test_the_same_again_changes_nothing(self, asked: Cast):
        decide(asked, User.objects.get(name="Pilar"))

        assert SecondFactorDecision.objects.count() == 1

    def test_is_not_for_members_nor_for_auditors(self, cast: Cast):
        for person in (cast.nora, cast.silvia, cast.ana):
            make.second_factor(person)
            with pytest.raises(OnlyOfficersDecideThis):
                decide(cast, person)

    def test_wants_ones_own_first(self, cast: Cast):
        with pytest.raises(SetUpYourOwnFirst):
            decide(cast, cast.mario)

    def test_a_stolen_password_does_not_take_it_back(self, asked: Cast):
        with pytest.raises(SecondFactorIsMissing):
            decide(asked, asked.mario, is_required=False)

    def test_can_be_taken_back_by_who_has_one(self, asked: Cast):
        decide(asked, User.objects.get(name="Pilar"), is_required=False)

        assert permissions.can_confirm(asked.mario, asked.molino.organization, on=make.DAY)

    @pytest.mark.parametrize("sql", ["UPDATE {} SET is_required = '0'", "DELETE FROM {}"])
    def test_the_database_stops_a_change_of_what_was_decided(self, asked: Cast, sql: str):
        assert is_stopped(sql.format("network_secondfactordecision")) is refusals.WhatWasDecidedStays


class TestWithoutOne:
    def test_one_reads_and_logs_but_does_not_confirm(self, asked: Cast):
        molino = asked.molino.organization

        assert permissions.can_read_book(asked.mario, molino, on=make.DAY)
        assert permissions.can_log(asked.mario, molino, on=make.DAY)
        assert not permissions.can_confirm(asked.mario, molino, on=make.DAY)
        assert permissions.lacks_second_factor(asked.mario, molino, on=make.DAY)
        assert not permissions.lacks_second_factor(asked.nora, molino, on=make.DAY)

    def test_every_action_that_binds_says_no(self, asked: Cast):
        agreement = propose(asked)
        molino, mario = asked.molino.organization, asked.mario

        with pytest.raises(SecondFactorIsMissing):
            agreements.sign(agreement=agreement, organization=molino, by=mario, on=AGREED)
        with pytest.raises(SecondFactorIsMissing):
            agreements.refuse(agreement=agreement, organization=molino, reason="No.", by=mario, on=AGREED)
        with pytest.raises(SecondFactorIsMissing):
            years.close_period(book=asked.molino, through=dt.date(2026, 3, 31), on=make.DAY, by=mario)

    def test_a_delivery_is_not_confirmed(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)
        make.second_factor(president := make.officer("Pilar", cast.molino.organization, office="president"))
        decide(cast, president)

        with pytest.raises(SecondFactorIsMissing):
            barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)
        assert barter.confirm(delivery=delivery, by=president, on=BAGS_DAY).state == "confirmed"

    def test_what_one_logs_stays_a_draft(self, cast: Cast):
        make.second_factor(secretary := make.officer("Sara", cast.grafica.organization, office="secretary"))
        second_factor.decide(
            organization=cast.grafica.organization, is_required=True, by=secretary, on=make.DAY, at=NOW
        )

        assert propose(cast, by=cast.ana).state == AgreementState.DRAFT

    def test_setting_it_up_is_enough(self, asked: Cast):
        make.second_factor(asked.mario)

        assert permissions.can_confirm(asked.mario, asked.molino.organization, on=make.DAY)

    def test_a_recalled_officer_is_told_of_the_mandate_not_of_the_factor(self, asked: Cast):
        mandate = make.mandate(asked.mario)
        make.recall(mandate.user, on=make.DAY)

        with pytest.raises(agreements.NoMandateToday):
            agreements.require_confirm(by=asked.mario, organization=asked.molino.organization, on=make.DAY)
