"""Somebody else takes over what is owed: three sign, three books move, nobody's worth does."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.actions import agreements, assignments, exits, refusals_agreed
from ledger.core.assignments import take_over
from ledger.models import Assignment, Event
from ledger.queries import claims
from network.actions.admissions import MayNotTrade
from network.queries.admissions import standing
from tests import make
from tests.assignments import TODAY, owed, propose, sign
from tests.barters import BAGS_DAY, FLOUR_DAY, accepted, bags, deliver, flour
from tests.cast import Cast
from tests.ledger.actions.test_thresholds import limit
from tests.notation import journal_of, text
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


class TestCredit:
    def test_set_off_against_what_is_owed_the_other_way(self, cast: Cast):
        from_molino = owed(cast.grafica, cast.molino, 100_00)
        to_textil = owed(cast.textil, cast.grafica, 80_00)

        signed = sign(cast, propose(cast, from_molino, amount=80_00, against=to_textil))

        assert journal_of(cast.grafica, kind="assignment") == text("""
            2026-05-04 1202 molino ARS -80.00
            2026-05-04 2102 textil ARS 80.00
        """)
        assert journal_of(cast.textil, kind="assignment") == text("""
            2026-05-04 1202 grafica ARS -80.00
            2026-05-04 1202 molino ARS 80.00
        """)
        assert journal_of(cast.molino, kind="assignment") == text("""
            2026-05-04 2102 grafica ARS 80.00
            2026-05-04 2102 textil ARS -80.00
        """)
        assert [(each.creditor, each.balance.amount) for each in claims.open_of(agreement=signed.code)] == [
            (cast.textil, 80_00)
        ]

    def test_paid_from_bank_to_bank(self, cast: Cast):
        from_molino = owed(cast.grafica, cast.molino, 100_00)

        sign(cast, propose(cast, from_molino, amount=100_00))

        assert journal_of(cast.grafica, kind="assignment") == text("""
            2026-05-04 1102 100.00
            2026-05-04 1202 molino ARS -100.00
        """)
        assert "1102 -100.00" in journal_of(cast.textil, kind="assignment")

    def test_a_barter_of_which_only_that_was_open_is_settled_by_it(self, cast: Cast):
        barter = accepted(cast)
        bags(barter, cast)
        flour(barter, cast, 4_000_000)
        vat = claims.open_of(agreement=barter.code).get()

        handed = propose(cast, vat, amount=vat.balance.amount, on=FLOUR_DAY)
        sign(cast, handed, on=FLOUR_DAY)

        barter.refresh_from_db()
        assert barter.state == "settled"


class TestDebt:
    def test_whoever_is_rid_of_a_debt_pays_whoever_takes_it(self, cast: Cast):
        to_molino = owed(cast.molino, cast.grafica, 50_00)

        sign(cast, propose(cast, to_molino, amount=50_00))

        assert journal_of(cast.grafica, kind="assignment") == text("""
            2026-05-04 1102 -50.00
            2026-05-04 2102 molino ARS 50.00
        """)
        assert journal_of(cast.molino, kind="assignment") == text("""
            2026-05-04 1202 grafica ARS -50.00
            2026-05-04 1202 textil ARS 50.00
        """)


class TestExit:
    def test_whoever_handed_everything_over_may_leave(self, cast: Cast):
        from_molino = owed(cast.grafica, cast.molino, 100_00)
        with pytest.raises(exits.SomethingIsOwed, match="Molino"):
            _leave(cast)

        sign(cast, propose(cast, from_molino, amount=100_00))
        _leave(cast)

        assert standing(cast.grafica.organization, on=TODAY).code == "left"


def _leave(cast: Cast) -> None:
    act = make.resolution(cast.grafica.organization)
    exits.leave(organization=cast.grafica.organization, resolution=act, by=None, on=TODAY)


class TestRefusals:
    def test_a_third_takes_it_over(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)

        with pytest.raises(assignments.TakerIsOneOfTheTwo):
            propose(cast, claim, amount=1, taker=cast.molino.organization)
        with pytest.raises(assignments.ClaimIsNotYours):
            propose(cast, owed(cast.textil, cast.molino, 1_00), amount=1)

    def test_no_more_than_is_owed(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)

        for amount in (0, 100_01):
            with pytest.raises(assignments.MoreThanIsOwed, match=r"\$.100,00"):
                propose(cast, claim, amount=amount)

    def test_nor_once_some_of_it_was_handed_over_elsewhere(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)
        first, second = propose(cast, claim, amount=60_00), propose(cast, claim, amount=60_00)
        sign(cast, first)

        with pytest.raises(assignments.MoreThanIsOwed, match=r"\$.40,00"):
            sign(cast, second)

    def test_what_is_owed_in_goods_is_first_agreed_on_in_money(self, cast: Cast):
        flour = make.measure("KG", "Harina")

        with pytest.raises(assignments.OwedInGoods):
            propose(cast, owed(cast.grafica, cast.molino, 100_00, peg=flour, quantity=1_000), amount=1)

    def test_what_is_set_off_is_owed_the_other_way(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)

        for wrong in (owed(cast.grafica, cast.textil, 100_00), owed(cast.textil, cast.molino, 100_00)):
            with pytest.raises(assignments.NotOwedTheOtherWay, match=r"Gráfica .* Textil"):
                propose(cast, claim, amount=1, against=wrong)

    def test_nothing_of_it_waits_for_an_answer(self, cast: Cast):
        barter = accepted(cast)
        bags(barter, cast, 30_000)
        claim = claims.open_of(agreement=barter.code).get(peg__unit__code="ARS")
        deliver(barter, "Bolsas impresas", 30_000, by=cast.beto, on=BAGS_DAY)

        with pytest.raises(assignments.SomethingStillWaits, match=barter.code):
            propose(cast, claim, amount=1, on=BAGS_DAY)

    def test_only_its_own_people_and_only_who_may_trade(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)

        with pytest.raises(agreements.NotForYouToDo):
            propose(cast, claim, amount=1, by=cast.carla)
        with pytest.raises(MayNotTrade, match="Nueva"):
            propose(cast, claim, amount=1, taker=make.book("nueva", name="Nueva").organization)

    def test_the_same_form_makes_one(self, cast: Cast):
        claim, key = owed(cast.grafica, cast.molino, 100_00), uuid.uuid4()

        assert propose(cast, claim, amount=1, key=key) == propose(cast, claim, amount=1, key=key)
        with pytest.raises(assignments.KeyWasUsedForSomethingElse):
            propose(cast, claim, amount=2, key=key)


class TestDecided:
    def test_beyond_the_limit_whoever_gives_names_a_resolution(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)
        limit(cast.textil, 99_99)
        limit(cast.molino, 0)  # stays on the other side, and gives nothing
        handed = propose(cast, claim, amount=100_00)
        signing = {"agreement": handed, "organization": cast.textil.organization, "by": cast.carla, "on": TODAY}

        with pytest.raises(agreements.ResolutionIsMissing, match="Textil"):
            assignments.sign(**signing)
        sign_alone = (
            "UPDATE ledger_agreementparty SET signed_by_id = %s WHERE agreement_id = %s AND organization_id = %s"
        )
        assert (
            is_stopped(sign_alone, cast.carla.pk, handed.pk, cast.textil.organization_id)
            is refusals_agreed.SignedByResolution
        )
        assignments.sign(resolution=make.resolution(cast.textil.organization), **signing)
        done = assignments.sign(agreement=handed, organization=cast.molino.organization, by=cast.mario, on=TODAY)

        assert done.state == "accepted"


class TestDatabase:
    def test_no_other_three_and_no_more(self, cast: Cast):
        claim = owed(cast.grafica, cast.molino, 100_00)
        written = Assignment.objects.get(agreement=propose(cast, claim, amount=1))
        other = accepted(cast)
        copy = (
            "INSERT INTO ledger_assignment (agreement_id, claim_id, side, taker_id, other_id, amount)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
        )
        told = (claim.pk, written.side, written.taker_id, written.other_id)

        assert is_stopped(copy, other.pk, *told, 1) is refusals_agreed.AssignedAmongThree

    def test_what_was_written_stays(self, cast: Cast):
        agreement = propose(cast, owed(cast.grafica, cast.molino, 100_00), amount=1)

        more = "UPDATE ledger_assignment SET amount = 2 WHERE agreement_id = %s"
        assert is_stopped(more, agreement.pk) is refusals_agreed.AssignedStays
        assert is_stopped("DELETE FROM ledger_assignment") is refusals_agreed.AssignedStays

    def test_what_is_posted_is_what_was_signed(self, cast: Cast):
        agreement = propose(cast, owed(cast.grafica, cast.molino, 100_00), amount=1)
        another = Event.objects.get()

        told = "UPDATE ledger_assignment SET event_id = %s WHERE agreement_id = %s"
        assert is_stopped(told, another.pk, agreement.pk) is refusals_agreed.AssignedAsSigned


@given(amount=st.integers(1, 10**12), is_credit=st.booleans())
def test_nobodys_worth_changes(amount: int, is_credit: bool):
    """What each is owed less what it owes, with the money that is paid, is what it was before."""
    old, new, paid = take_over(leaver=1, taker=2, other=3, amount=amount, is_credit=is_credit)

    worth = dict.fromkeys((1, 2, 3), 0)
    for each in (old, new):
        worth[each.creditor] += each.amount
        worth[each.debtor] -= each.amount
    worth[paid.payer] -= paid.amount
    worth[paid.payee] += paid.amount

    assert worth == {1: 0, 2: 0, 3: 0}
