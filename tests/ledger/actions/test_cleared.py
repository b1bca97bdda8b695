"""A clearing round in the books: written into all of them at once, and reversed as a whole."""

import uuid

import pytest
from django.utils import timezone

from ledger.actions import cleared, journal, reconciliation
from ledger.actions.agreements import NoMandateToday, ReasonIsMissing
from ledger.actions.cleared import RoundNotAtThisPoint, StillTimeToAnswer
from ledger.actions.facts import Line
from ledger.actions.refusals import ClaimWouldGoBelowZero
from ledger.models import ClearingRound, Finding
from tests import make
from tests.cast import Cast
from tests.funds import nothing_is_found
from tests.rounds import ANSWER, POSTED, SOLVED, Circle, is_proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(cast: Cast) -> Circle:
    return Circle(cast)


class TestPost:
    def test_reduces_each_claim_in_both_books_and_leaves_nets_as_they_were(self, circle: Circle):
        before = circle.debts()

        found = circle.posted()

        assert circle.debts() == {("grafica", "molino"): 50_00, ("molino", "textil"): 250_00}
        assert found.event.kind == "clearing_round"
        assert found.event.entries.count() == 3
        for name in ("grafica", "molino", "textil"):
            nets = [
                sum(amount * ((creditor == name) - (debtor == name)) for (debtor, creditor), amount in debts.items())
                for debts in (before, circle.debts())
            ]
            assert nets[0] == nets[1]
        assert is_proven(found)
        assert nothing_is_found()

    def test_waits_for_the_day_or_for_all_to_accept(self, circle: Circle):
        found = circle.proposed()
        with pytest.raises(StillTimeToAnswer):
            circle.post(found, on=ANSWER)
        for book in (circle.cast.grafica, circle.cast.molino, circle.cast.textil):
            circle.take_part(found, book)

        assert circle.post(found, on=SOLVED).state == "posted"
        with pytest.raises(RoundNotAtThisPoint):
            circle.post(found)

    def test_is_for_the_body(self, circle: Circle):
        found = circle.proposed()
        with pytest.raises(NoMandateToday):
            cleared.post(found=found, by=circle.cast.ana, on=POSTED)

    def test_whoever_stayed_out_is_left_as_it_was(self, circle: Circle):
        cast = circle.cast
        circle.owe(cast.molino, cast.grafica, 100_00)
        found = circle.proposed()
        circle.stay_out(found, cast.textil)

        circle.post(found)

        debts = circle.debts()
        assert (debts["textil", "grafica"], debts["molino", "textil"]) == (450_00, 700_00)
        assert ("molino", "grafica") not in debts
        assert debts["grafica", "molino"] == 400_00


class TestReverse:
    def test_as_a_whole_every_claim_is_what_it_was(self, circle: Circle):
        before = circle.debts()
        found = circle.posted()
        with pytest.raises(ReasonIsMissing):
            cleared.reverse(found=found, reason=" ", by=circle.fede, on=POSTED)

        cleared.reverse(found=found, reason="Se contó mal.", by=circle.fede, on=POSTED)

        assert circle.debts() == before
        found.refresh_from_db()
        assert (found.state, found.reason) == ("reversed", "Se contó mal.")
        assert nothing_is_found()

    def test_what_a_round_cancelled_is_not_undone_by_itself(self, circle: Circle):
        claim = circle.proposed().claims.get(debtor__organization__code="textil").claim
        delivered = claim.postings.earliest("pk").event
        circle.post(ClearingRound.objects.get())
        with pytest.raises(ClaimWouldGoBelowZero):
            journal.reverse(event=delivered, key=uuid.uuid4(), reason="Error", on=POSTED, by=circle.fede)


class TestReconciliation:
    def test_finds_what_was_cancelled_by_no_round_or_is_reversed_alone(self, circle: Circle):
        found = circle.posted()
        assert nothing_is_found()

        journal.reverse(event=found.event, key=uuid.uuid4(), reason="A solas.", on=POSTED, by=circle.fede)

        assert wrong() == {("grafica", 1, 0), ("molino", 1, 0), ("textil", 1, 0)}

    def test_finds_an_event_that_says_it_is_a_round_and_is_none(self, circle: Circle):
        claim = circle.owe(circle.cast.textil, circle.cast.grafica, 8_00, on=POSTED)
        paid = [(circle.cast.grafica, 8_00), (circle.cast.textil, -8_00)]
        lines = [Line(account=make.account(book, "1102"), amount=amount) for book, amount in paid]
        make.event([*make.claim_lines(claim, -8_00), *lines], on=POSTED, kind="clearing_round")

        assert wrong() == {("grafica", 0, 8_00)}


def wrong() -> set[tuple[str, int, int]]:
    """Return whose book reconciliation finds a round wrong in, what it should say and what it says."""
    reconciliation.reconcile(full=True, clock=timezone.now)
    rows = Finding.objects.filter(check_code="clearing", closed_at=None)
    return set(rows.values_list("book__organization__code", "expected", "found"))
