"""A clearing round: called, joined, worked out with its proof, contested, written into all books at once, reversed."""

import datetime as dt
import uuid

import pytest

from ledger.actions import cleared, clearing
from ledger.actions.agreements import NoMandateToday
from ledger.actions.cleared import NothingToClear, RoundNotAtThisPoint, StillTimeToJoin
from ledger.actions.clearing import DaysOfRound, NoBodyOfMembers, NotInTheRound, RoundOfMoney, TooLateToAnswer
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_clearing import ClaimIsInARound
from ledger.core import clearing_file
from ledger.models import Claim, ClearingRound
from ledger.models.clearing import Consent, LeftOut, Stance
from ledger.queries import clearing as read
from tests import disputes, make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.rounds import ANSWER, CALLED, JOIN, SOLVED, Circle, is_proven

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def circle(cast: Cast) -> Circle:
    return Circle(cast)


def stances(found: ClearingRound) -> dict[str, str]:
    return dict(found.parties.values_list("organization__code", "stance"))


class TestCall:
    def test_asks_all_members_with_books_once(self, circle: Circle):
        key = uuid.uuid4()
        called = circle.call(key=key)

        assert circle.call(key=key) == called
        assert stances(called) == dict.fromkeys(("grafica", "molino", "textil"), "joined")
        assert set(stances(circle.call(consent=Consent.ASKED)).values()) == {"asked"}
        with pytest.raises(KeyWasUsedForSomethingElse):
            circle.call(key=key, takes_undue=True)

    def test_is_for_officers_of_a_body_with_members(self, circle: Circle):
        with pytest.raises(NoMandateToday):
            circle.call(by=circle.cast.silvia)
        with pytest.raises(NoBodyOfMembers):
            circle.call(body=circle.cast.grafica.organization, by=circle.cast.ana)

    def test_is_in_money_on_days_that_follow(self, circle: Circle):
        with pytest.raises(RoundOfMoney):
            circle.call(unit=make.unit("KG"))
        for days in ({"cut_off": CALLED + DAY}, {"join_until": CALLED - DAY}, {"answer_until": JOIN - DAY}):
            with pytest.raises(DaysOfRound):
                circle.call(**days)


class TestPropose:
    def test_cancels_the_circle_with_a_proof(self, circle: Circle):
        found = circle.proposed()

        assert (found.state, found.total, found.solved) == ("proposed", 3 * 450_00, 1)
        assert {(each.debtor.organization.code, each.cancelled, each.after) for each in found.claims.all()} == {
            ("grafica", 450_00, 50_00),
            ("molino", 450_00, 250_00),
            ("textil", 450_00, 0),
        }
        assert is_proven(found)
        told = clearing_file.written(read.told(found))
        assert not any(name in told for name in ("grafica", "molino", "textil", "Gráfica"))

    def test_waits_until_all_could_say(self, circle: Circle):
        called = circle.call()
        with pytest.raises(StillTimeToJoin):
            circle.propose(called, on=JOIN)
        with pytest.raises(NoMandateToday):
            cleared.propose(found=called, by=circle.cast.silvia, on=SOLVED)

        circle.propose(called)

        with pytest.raises(RoundNotAtThisPoint):
            circle.propose(called)

    def test_where_each_is_asked_takes_those_who_said_yes(self, circle: Circle):
        called = circle.call(consent=Consent.ASKED)
        cast = circle.cast
        for book in (cast.grafica, cast.molino):
            circle.take_part(called, book, on=JOIN)
        with pytest.raises(StillTimeToJoin):
            circle.propose(called, on=JOIN)
        with pytest.raises(NothingToClear):
            circle.propose(called)

        circle.take_part(called, cast.textil, on=JOIN)
        assert circle.propose(called, on=JOIN).total == 3 * 450_00

    def test_says_what_is_left_out_and_why(self, circle: Circle):
        cast = circle.cast
        claim = circle.owe(cast.textil, cast.molino, 9_00)
        undue = Claim.objects.create(
            creditor=cast.grafica, debtor=cast.molino, unit=make.unit(), peg=make.measure(), opened_on=CALLED,
            due_on=CALLED + DAY, agreement="",
        )  # fmt: skip
        make.event([*make.claim_lines(undue, 8_00), *circle_lines(cast, 8_00)], on=CALLED)
        goods = make.claim(cast.grafica, cast.molino, peg=make.measure("KG", "harina"), on=CALLED)
        make.event([*make.claim_lines(goods, 5_00, 2_000), *circle_lines(cast, 5_00)], on=CALLED)

        found = circle.proposed()

        left = {each.claim_id: each.left_out for each in found.claims.exclude(left_out="")}
        assert left == {undue.pk: LeftOut.NOT_DUE, goods.pk: LeftOut.IN_GOODS}
        assert dict(read.left_out(found)) == {"Todavía no venció": 1, "Se mantiene en mercadería, o en otra unidad": 1}
        assert claim.pk not in left
        assert is_proven(found)

    def test_leaves_out_what_is_disputed(self, cast: Cast):
        delivered = bags(accepted(cast, pegged_to_goods=False), cast)
        disputes.contest(delivered, cast, organization=cast.molino.organization, by=cast.mario)

        found = Circle(cast).proposed()

        left = found.claims.exclude(left_out="")
        assert {(each.claim.agreement, each.left_out) for each in left} == {
            (delivered.agreement.code, LeftOut.DISPUTED)
        }

    def test_takes_what_is_not_yet_due_where_that_was_said(self, circle: Circle):
        cast = circle.cast
        undue = Claim.objects.create(
            creditor=cast.grafica, debtor=cast.molino, unit=make.unit(), peg=make.measure(), opened_on=CALLED,
            due_on=CALLED + DAY, agreement="",
        )  # fmt: skip
        make.event([*make.claim_lines(undue, 8_00), *circle_lines(cast, 8_00)], on=CALLED)

        found = circle.proposed(takes_undue=True)

        assert not found.claims.exclude(left_out="").exists()
        assert found.total == 3 * 450_00 + 2 * 8_00

    def test_counts_claims_as_they_stood_less_what_was_paid_since(self, circle: Circle):
        cast = circle.cast
        circle.owe(cast.textil, cast.grafica, 50_00, on=CALLED + DAY)

        found = circle.proposed()

        assert found.total == 3 * 450_00

    def test_keeps_what_takes_part_from_being_paid_meanwhile(self, circle: Circle):
        found = circle.proposed()
        row = found.claims.get(debtor__organization__code="textil")
        pay = [
            *make.claim_lines(row.claim, -1_00),
            *(circle_lines(circle.cast, 1_00, debtor=circle.cast.textil)),
        ]
        with pytest.raises(ClaimIsInARound):
            make.event(pay, on=SOLVED)

        clearing.call_off(found=found, reason="Falta gente.", by=circle.fede, on=SOLVED)

        make.event(pay, on=SOLVED)
        assert circle.debts()["textil", "grafica"] == 449_00


def circle_lines(cast: Cast, amount: int, debtor=None):
    """Return the other side of a claim between the print shop and the mill, or of its payment by somebody."""
    if debtor is None:
        pairs = ((cast.grafica, "4103", -amount), (cast.molino, "1301", amount))
    else:
        pairs = ((cast.grafica, "1102", amount), (debtor, "1102", -amount))
    return [journal_line(book, number, value) for book, number, value in pairs]


def journal_line(book, number: str, amount: int):
    return make.Line(account=make.account(book, number), amount=amount)


class TestStayOut:
    def test_before_the_result_costs_nothing(self, circle: Circle):
        called = circle.call()
        circle.stay_out(called, circle.cast.textil, on=JOIN)
        with pytest.raises(NothingToClear):
            circle.propose(called)

    def test_after_it_the_round_is_worked_out_anew(self, circle: Circle):
        cast = circle.cast
        circle.owe(cast.molino, cast.grafica, 100_00)
        found = circle.proposed()
        assert found.total == 3 * 450_00 + 2 * 50_00
        for book in (cast.grafica, cast.molino):
            circle.take_part(found, book)

        circle.stay_out(found, cast.textil, reason="Nos falta mirarlo.")

        found.refresh_from_db()
        assert (found.total, found.solved) == (200_00, 2)
        # Whoever had accepted looks at the new result.
        assert stances(found) == {"grafica": "joined", "molino": "joined", "textil": "out"}
        assert is_proven(found)
        assert found.seed == "2431"

    def test_is_said_in_time_by_an_officer_of_a_party(self, circle: Circle):
        found = circle.proposed()
        with pytest.raises(TooLateToAnswer):
            circle.stay_out(found, circle.cast.textil, on=ANSWER + DAY)
        with pytest.raises(NoMandateToday):
            clearing.stay_out(
                found=found, organization=circle.cast.textil.organization, reason="", by=circle.cast.ana, on=SOLVED
            )
        with pytest.raises(NotInTheRound):
            clearing.stay_out(found=found, organization=circle.cast.federacion, reason="", by=circle.fede, on=SOLVED)
        with pytest.raises(TooLateToAnswer):
            circle.take_part(circle.call(), circle.cast.textil, on=JOIN + DAY)


class TestStatement:
    def test_says_before_and_after_with_the_same_net(self, circle: Circle):
        found = circle.proposed()
        party = found.parties.get(organization=circle.cast.molino.organization)

        told = read.statement(party)

        assert (told.owes_before, told.owed_before, told.cancelled) == (700_00, 500_00, 450_00)
        assert (told.owes_after, told.owed_after, told.net) == (250_00, 50_00, -200_00)
        assert party in read.waiting_for(circle.cast.molino.organization)
        circle.take_part(found, circle.cast.molino)
        assert not read.waiting_for(circle.cast.molino.organization).exists()
        assert party.stance == Stance.JOINED
