"""The terms of an agreement: who may write them, and what they must hold."""

import uuid

import pytest

from ledger.actions import agreements, terms
from ledger.actions.terms import LineTerms
from ledger.models import Agreement
from tests import make
from tests.barters import AGREED, BAGS_DAY, propose
from tests.cast import Cast


class TestLog:
    def test_by_a_member_is_a_draft_that_an_officer_signs(self, cast: Cast):
        agreement = propose(cast, by=cast.beto)
        assert agreement.state == "draft"

        agreement = agreements.sign(agreement=agreement, organization=cast.grafica.organization, by=cast.ana, on=AGREED)

        assert agreement.state == "proposed"

    def test_twice_with_the_same_key_makes_one_agreement(self, cast: Cast):
        key = uuid.uuid4()

        assert propose(cast, key=key) == propose(cast, key=key)
        assert Agreement.objects.count() == 1

    def test_refuses_an_outsider(self, cast: Cast):
        with pytest.raises(agreements.NotForYouToDo):
            propose(cast, by=cast.carla)

    def test_refuses_a_barter_with_oneself(self, cast: Cast):
        with pytest.raises(terms.PartnerIsYourself):
            propose(cast, partner=cast.grafica.organization)

    def test_refuses_a_partner_without_a_book(self, cast: Cast):
        with pytest.raises(terms.PartnerKeepsNoBook):
            propose(cast, partner=cast.federacion)

    def test_refuses_a_gift(self, cast: Cast):
        line = LineTerms(
            giver=cast.grafica.organization,
            receiver=cast.molino.organization,
            thing="Bolsas",
            unit=make.unit("UN"),
            quantity=1,
            value=1,
        )

        with pytest.raises(terms.EachSideGivesSomething):
            propose(cast, lines=[line])

    def test_refuses_an_agreement_of_the_future(self, cast: Cast):
        with pytest.raises(terms.AgreedInTheFuture):
            propose(cast, agreed_on=BAGS_DAY)
