"""Round Python: a clearing round is held with the credit that its body decided on, as each said, and as worked out."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from ledger.actions import claims, round_credit
from ledger.actions.facts import Line
from ledger.actions.refusals_clearing import ClearedAsSolved, NotItsCredit, RoundStays
from ledger.models import ClearingRound, Event, Unit
from ledger.queries import clearing
from tests import credit, make
from tests.cast import Cast
from tests.ledger.test_rules_of_clearing import POST, money_for
from tests.plain_sql import is_stopped, run, stays
from tests.rounds import POSTED, Chain

pytestmark = pytest.mark.django_db
#: Another one like it; what is in brackets is put in.
ROUND = (
    "INSERT INTO ledger_clearinground (key, body_id, unit_id, peg_id, consent, takes_undue, called_on, cut_off,"
    " join_until, answer_until, called_by_id, state, inputs, seed, solved, total, reason, lent, credit_id, credit_most,"
    " resolution_id) SELECT %s, body_id, {unit_id}, peg_id, consent, takes_undue, called_on, cut_off, join_until,"
    " answer_until, called_by_id, 'called', '', '', 0, 0, '', 0, {credit_id}, {credit_most}, {resolution_id}"
    " FROM ledger_clearinground"
)
AS_IT_IS = {name: name for name in ("unit_id", "credit_id", "credit_most", "resolution_id")}


@pytest.fixture
def chain(cast: Cast) -> Chain:
    return Chain(cast)


def another(**changes: object) -> tuple[str, str]:
    return ROUND.format(**(AS_IT_IS | changes)), uuid.uuid4().hex


class TestCall:
    def test_is_with_a_credit_of_the_body_at_par_by_its_own_resolution(self, chain: Chain):
        chain.call()
        credit.network("otra", unit="OTRA")
        decided = make.resolution(chain.cast.molino.organization)
        stays(*another())
        for changes in (
            {"credit_id": Unit.objects.get(code="OTRA").pk},
            {"credit_id": make.unit().pk},
            {"unit_id": make.unit("USD").pk},
            {"resolution_id": decided.pk},
        ):
            assert is_stopped(*another(**changes)) is NotItsCredit, changes

    def test_says_how_much_and_by_which_resolution_or_neither(self, chain: Chain):
        chain.call()
        for changes in ({"credit_most": 0}, {"credit_id": "NULL"}, {"credit_id": "NULL", "credit_most": 0}):
            with pytest.raises(IntegrityError, match="credit_in_round_by_resolution"), transaction.atomic():
                stays(*another(**changes))
        assert is_stopped(*another(resolution_id="NULL")) is NotItsCredit

    def test_stays_as_it_was_called(self, chain: Chain):
        chain.call()
        other = make.resolution(chain.cast.federacion)
        for change in (
            "UPDATE ledger_clearinground SET credit_most = credit_most + 1",
            f"UPDATE ledger_clearinground SET resolution_id = {other.pk}",
            "UPDATE ledger_clearinground SET credit_id = NULL, resolution_id = NULL, credit_most = 0",
            "UPDATE ledger_clearinground SET lent = 1",
        ):
            assert is_stopped(change) is RoundStays, change


class TestSaid:
    def test_stays_once_the_debts_were_counted(self, chain: Chain):
        chain.proposed()
        for name in ("pays_most", "takes_most"):
            assert is_stopped(f"UPDATE ledger_roundparty SET {name} = {name} + 1") is RoundStays, name

    def test_nobody_pays_or_takes_more_than_it_said(self, chain: Chain):
        chain.proposed()
        for change in ("pays = pays_most + 1", "takes = takes_most + 1", "pays = -1", "takes = -1"):
            with pytest.raises(IntegrityError, match="round_credit_as_said"), transaction.atomic():
                stays(f"UPDATE ledger_roundparty SET {change}")

    def test_no_more_is_lent_than_the_body_decided(self, chain: Chain):
        chain.proposed()
        for change in ("lent = credit_most + 1", "lent = -1"):
            with pytest.raises(IntegrityError, match="lent_within_round"), transaction.atomic():
                stays(f"UPDATE ledger_clearinground SET {change}")


def cancelled(found: ClearingRound) -> list[Line]:
    rows = clearing.cancelled(found)
    return [line for row in rows for line in make.claim_lines(row.claim, -row.cancelled)]


def as_solved(found: ClearingRound) -> list[Line]:
    """Return what a round writes, claims and credit."""
    return [*cancelled(found), *claims.with_accounts(round_credit.lines(found))]


def in_money(found: ClearingRound) -> list[Line]:
    """Return the same debts, of which the rest goes by the bank."""
    sides = [line for row in clearing.cancelled(found) for line in money_for(row.claim, row.cancelled)]
    return [*cancelled(found), *sides]


def told(found: ClearingRound, lines: list[Line]) -> Event:
    return make.event(lines, on=POSTED, kind="clearing_round")


class TestPosted:
    def test_is_what_was_worked_out(self, chain: Chain):
        found = chain.proposed()

        stays(POST, POSTED, told(found, as_solved(found)).pk)

    def test_is_not_the_same_in_money(self, chain: Chain):
        found = chain.proposed()

        assert is_stopped(POST, POSTED, told(found, in_money(found)).pk) is ClearedAsSolved

    @pytest.mark.parametrize(
        "before",
        [
            "UPDATE ledger_clearinground SET lent = lent - 1",
            "UPDATE ledger_roundparty SET pays = pays - 1 WHERE pays > 0",
            "UPDATE ledger_roundparty SET takes = takes - 1 WHERE takes > 0",
            "UPDATE ledger_roundparty SET pays = 0, takes = 0",
        ],
    )
    def test_is_not_more_or_less_than_was_worked_out(self, chain: Chain, before: str):
        found = chain.proposed()
        event = told(found, as_solved(found))
        run(before)

        assert is_stopped(POST, POSTED, event.pk) is ClearedAsSolved
