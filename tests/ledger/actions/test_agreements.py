"""The answers to an agreement: sign, ask for a change, refuse."""

import pytest

from ledger.actions import agreements, terms
from ledger.actions.terms import LineTerms, Terms
from tests import make
from tests.barters import AGREED, accepted, propose
from tests.cast import Cast


class TestAnswer:
    def test_a_change_that_is_asked_for_goes_back_to_the_proposer(self, cast: Cast):
        agreement = agreements.ask_change(
            agreement=propose(cast),
            organization=cast.molino.organization,
            reason="Que sean 3.000 kg",
            by=cast.nora,
            on=AGREED,
        )
        assert agreement.state == "changes_asked"

        lines = [
            LineTerms(
                giver=line.giver,
                receiver=line.receiver,
                thing=line.thing,
                unit=line.measure.unit,
                quantity=line.quantity // 2,
                value=line.value,
                vat_rate=line.vat_rate,
            )
            for line in agreement.lines.all()
        ]
        again = Terms(title="Otra vez", pegged_to_goods=True, agreed_on=AGREED)
        agreement = terms.revise(agreement=agreement, terms=again, lines=lines, by=cast.ana, on=AGREED)

        assert agreement.state == "proposed"
        assert agreement.lines.get(thing="Harina 000").quantity == 2_000_000

    def test_refuses_to_say_no_without_a_reason(self, cast: Cast):
        with pytest.raises(agreements.ReasonIsMissing):
            agreements.refuse(
                agreement=propose(cast), organization=cast.molino.organization, reason=" ", by=cast.mario, on=AGREED
            )

    def test_a_member_without_a_mandate_cannot_accept(self, cast: Cast):
        with pytest.raises(agreements.NoMandateToday):
            agreements.sign(agreement=propose(cast), organization=cast.molino.organization, by=cast.nora, on=AGREED)

    def test_a_recalled_officer_cannot_accept(self, cast: Cast):
        make.recall(cast.mario, on=AGREED)

        with pytest.raises(agreements.NoMandateToday):
            accepted(cast)

    def test_an_officer_of_another_cooperative_cannot_accept(self, cast: Cast):
        with pytest.raises(agreements.NoMandateToday):
            agreements.sign(agreement=propose(cast), organization=cast.molino.organization, by=cast.carla, on=AGREED)

    def test_is_given_once(self, cast: Cast):
        with pytest.raises(agreements.NotAtThisPoint):
            agreements.sign(agreement=accepted(cast), organization=cast.molino.organization, by=cast.mario, on=AGREED)
