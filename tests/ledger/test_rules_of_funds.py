"""Round Python: a fund is spent by resolution and never overdrawn; what each one gave is not set by hand."""

import pytest

from ledger.actions.facts import Line
from ledger.actions.refusals import WrittenIsWritten
from ledger.actions.refusals_funded import (
    FundActStays,
    FundedAsTold,
    FundHoldsNoMore,
    FundIsKept,
    FundKeptApart,
    SpentAsDecided,
)
from ledger.models import FundShare
from ledger.models.funded import FundKind
from network.actions.refusals import AnotherBodyDecided
from tests import make
from tests.cast import Cast
from tests.funds import Kept
from tests.plain_sql import is_refused, is_stopped, run

pytestmark = pytest.mark.django_db
CONFIRM = "UPDATE ledger_fundact SET state = 'confirmed', event_id = %s WHERE id = %s"
ACT = (
    "INSERT INTO ledger_fundact (key, kind, fund_id, name, what, amount, happened_on, papers, decision_id, teller_id,"
    " state, logged_by_id, reason) VALUES"
    " ('11111111111111111111111111111111', 'spending', %s, 'Club', 'x', %s, %s, 'R 1', %s, %s, %s, %s, '')"
)


@pytest.fixture
def kept(cast: Cast) -> Kept:
    return Kept(cast)


class TestDecided:
    def test_terms_and_decisions_are_of_its_own_assembly_and_stay(self, cast: Cast, kept: Kept):
        theirs, own = make.resolution(cast.grafica.organization), make.resolution(cast.federacion, on=make.DAY)
        terms = (
            "INSERT INTO ledger_fundterms (book_id, basis_points, purpose, since, resolution_id, recorded_at,"
            " recorded_by_id) VALUES (%s, 100, 'x', %s, %s, %s, %s)"
        )
        for decided, since in ((theirs, make.DAY), (own, "2026-05-03")):
            values = (kept.book.pk, since, decided.pk, make.NOON, kept.fede.pk)
            assert is_stopped(terms, *values) is AnotherBodyDecided
        decision = (
            "INSERT INTO ledger_funddecision (fund_id, resolution_id, amount, purpose, recorded_at, recorded_by_id)"
            " VALUES (%s, %s, 1, 'x', %s, %s)"
        )
        assert is_stopped(decision, kept.book.pk, theirs.pk, make.NOON, kept.fede.pk) is AnotherBodyDecided
        kept.decide(5)
        for change in (
            "UPDATE ledger_fundterms SET basis_points = 1",
            "DELETE FROM ledger_fundterms",
            "UPDATE ledger_funddecision SET amount = 1000",
            "DELETE FROM ledger_funddecision",
        ):
            assert is_stopped(change) is WrittenIsWritten

    def test_no_more_is_spent_than_a_decision_names(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 600_00)
        decision = kept.decide(500_00)
        kept.spend(decision, 300_00)
        told = (decision.pk, cast.federacion.pk, "logged", kept.fede.pk)

        assert is_stopped(ACT, kept.book.pk, 200_01, make.DAY, *told) is SpentAsDecided
        assert is_stopped(ACT, kept.book.pk, 1, "2026-05-03", *told) is SpentAsDecided


class TestActs:
    def test_stay_as_they_were_told(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 600_00)
        kept.pay(levy, 5)
        for change in (
            "UPDATE ledger_fundact SET amount = 1",
            "UPDATE ledger_fundact SET state = 'logged', event_id = NULL WHERE kind = 'levy'",
            "UPDATE ledger_fundact SET asked_id = teller_id",
            "DELETE FROM ledger_fundact",
        ):
            assert is_stopped(change) is FundActStays

    def test_are_in_the_books_as_they_were_told(self, cast: Cast, kept: Kept):
        kept.collected(cast.molino, 900_00)
        levy = kept.levied(cast.grafica, 600_00)
        for told in (
            kept.tell(FundKind.LEVY, cast.grafica, 5),
            kept.pay(levy, 5),
            kept.tell(FundKind.GIFT, cast.grafica, 5),
            kept.spend(kept.decide(5), 5, other=cast.grafica),
        ):
            # What was posted is of somebody else, or of another amount.
            assert is_stopped(CONFIRM, make.sale(kept.book, 6).pk, told.pk) is FundedAsTold

    def test_no_more_is_spent_than_was_collected(self, cast: Cast, kept: Kept):
        kept.levied(cast.grafica, 900_00)
        kept.collected(cast.grafica, 100_00)
        decision = kept.decide(500_00)
        told = kept.spend(decision, 100_00, other=cast.molino)
        kept.spend(decision, 1)
        held, bank = (make.account(kept.book, number) for number in ("2301", "1102"))
        lines = [Line(account=held, amount=100_00), Line(account=bank, amount=-100_00)]
        posted = make.event(lines, kind="fund_spending")

        assert is_stopped(CONFIRM, posted.pk, told.pk) is FundHoldsNoMore


class TestKept:
    def test_the_account_moves_by_acts_of_the_fund(self, kept: Kept):
        lines = [(make.account(kept.book, "1102"), 5), (make.account(kept.book, "2301"), -5)]
        for kind in ("own_entry", "manual", "contribution"):
            assert is_refused(lines, kind=kind) is FundKeptApart

    def test_what_each_one_gave_is_not_set_by_hand(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 600_00)
        share = FundShare.objects.get(organization=cast.grafica.organization)
        line = (
            "INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)"
            " VALUES (%s, %s, %s, 0, 0)"
        )
        for attack, *values in (
            ("UPDATE ledger_fund SET collected = contributed",),
            ("UPDATE ledger_fundshare SET collected = contributed WHERE id = %s", share.pk),
            ("UPDATE ledger_fundline SET contributed = 1",),
            ("DELETE FROM ledger_fundline",),
            ("DELETE FROM ledger_fundshare",),
            ("DELETE FROM ledger_fund",),
            (line, share.pk, levy.event_id, 1),
            (line, share.pk, None, 1),
            (line, share.pk, make.sale(cast.grafica).pk, 1),
        ):
            assert is_stopped(attack, *values) is FundIsKept

    def test_nobody_holds_less_than_nothing(self, cast: Cast, kept: Kept):
        levy = kept.collected(cast.grafica, 600_00)
        spent = kept.spend(kept.decide(600_00), 600_00)
        run("UPDATE ledger_fundact SET reversal_asked_by_id = teller_id, reason = 'x' WHERE id = %s", spent.pk)
        payment = levy.payments.get()
        undone = [(each.account, -each.amount, None, None, each.claim_id) for each in payment.event.postings.all()]
        assert is_refused(undone, reverses=payment.event_id) is FundHoldsNoMore
