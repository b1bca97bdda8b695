"""Round Python: what was asked and answered stays, two sides answer, one answer of each stands."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions.refusals_audited import AnswerDoesNotFit, AnsweredMeanwhile, ConfirmationStays, NothingToExplain
from ledger.models import AskedBalance, BalanceConfirmation
from tests.balances import Asked, differs, of_flour, of_money, standing
from tests.cast import Cast
from tests.plain_sql import is_stopped, run, stays

pytestmark = pytest.mark.django_db
TABLES = ("balanceconfirmation", "askedbalance", "balanceanswer", "balanceexplanation")
ANSWER = (
    "INSERT INTO ledger_balanceanswer (balance_id, organization_id, replaces_id, said, amount, quantity, reason,"
    " answered_on, recorded_at, answered_by_id) VALUES (%s, %s, %s, %s, %s, %s, %s, '2026-05-04',"
    " '2026-05-04 15:00:00+00:00', (SELECT min(id) FROM network_user))"
)
EXPLAIN = (
    "INSERT INTO ledger_balanceexplanation (answer_id, note, explained_on, recorded_at, explained_by_id)"
    " VALUES (%s, 'Sí.', '2026-05-04', '2026-05-04 15:00:00+00:00', (SELECT min(id) FROM network_user))"
)
#: A call of another key, but for its days and how much it asks.
CALL = (
    "INSERT INTO ledger_balanceconfirmation (key, body_id, as_of, called_on, answer_until, called_by_id, asked, chosen)"
    " SELECT %s, body_id, %s, called_on, %s, called_by_id, %s, chosen FROM ledger_balanceconfirmation"
)
BALANCE = (
    "INSERT INTO ledger_askedbalance (confirmation_id, number, debtor_id, creditor_id, unit_id, peg_id, amount,"
    " quantity) SELECT %s, %s, {debtor}, creditor_id, unit_id, peg_id, %s, 0 FROM ledger_askedbalance WHERE id = %s"
)


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


@pytest.fixture
def found(asked: Asked) -> BalanceConfirmation:
    return asked.call()


def another(*, asks: int = 1) -> BalanceConfirmation:
    """Return a call behind the back that has no balances yet."""
    run(CALL, uuid.uuid4().hex, "2026-04-30", "2026-05-18", asks)
    return BalanceConfirmation.objects.latest("pk")


def asking(debtor: str = "debtor_id") -> str:
    return BALANCE.format(debtor=debtor)


class TestWhatWasAsked:
    def test_stays(self, asked: Asked, found: BalanceConfirmation):
        balance = of_money(found)
        asked.answer(balance, asked.cast.molino, differs(1_000_00))
        asked.explain(balance)
        for change in (
            "UPDATE ledger_balanceconfirmation SET as_of = '2026-05-01'",
            "UPDATE ledger_balanceconfirmation SET answer_until = '2026-06-01'",
            "UPDATE ledger_balanceconfirmation SET asked = 3",
            "UPDATE ledger_askedbalance SET amount = amount + 1",
            "UPDATE ledger_askedbalance SET quantity = quantity + 1",
            "UPDATE ledger_balanceanswer SET amount = amount + 1",
            "UPDATE ledger_balanceanswer SET reason = 'otra cosa'",
            "UPDATE ledger_balanceexplanation SET note = 'otra cosa'",
            *(f"DELETE FROM ledger_{table}" for table in reversed(TABLES)),
        ):
            assert is_stopped(change) is ConfirmationStays, change

    def test_takes_no_balance_later(self, found: BalanceConfirmation):
        other = another()
        first = of_money(found)
        for number in (0, 1, 3):
            assert is_stopped(asking(), found.pk, number, 1, first.pk) is ConfirmationStays
        stays(asking(), other.pk, 1, 1, first.pk)
        assert is_stopped(asking(), other.pk, 2, 1, of_flour(found).pk) is ConfirmationStays

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
    def test_is_not_replaced(self, asked: Asked, found: BalanceConfirmation):
        asked.answer(of_money(found), asked.cast.molino, differs(1_000_00))
        asked.explain(of_money(found))
        for table in TABLES:
            change = f"INSERT OR REPLACE INTO ledger_{table} SELECT * FROM ledger_{table}"
            assert is_stopped(change) is ConfirmationStays, change

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
    def test_is_not_emptied(self, found: BalanceConfirmation):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            assert is_stopped(f"TRUNCATE ledger_{table} CASCADE") is ConfirmationStays, table


class TestAnswer:
    def test_is_of_one_of_the_two_sides(self, asked: Asked, found: BalanceConfirmation):
        balance, cast = of_money(found), asked.cast
        row = (None, "agrees", None, None, "")
        for other in (cast.textil.organization_id, cast.federacion.pk):
            assert is_stopped(ANSWER, balance.pk, other, *row) is AnswerDoesNotFit
        stays(ANSWER, balance.pk, cast.molino.organization_id, *row)

    def test_differs_in_a_figure(self, asked: Asked, found: BalanceConfirmation):
        balance, us = of_money(found), asked.cast.molino.organization_id
        assert is_stopped(ANSWER, balance.pk, us, None, "differs", 1_200_00, 0, "Porque sí.") is AnswerDoesNotFit
        for figures in ((None, 0, "x"), (1, None, "x"), (-1, 0, "x"), (1, 0, "")):
            assert is_stopped(ANSWER, balance.pk, us, None, "differs", *figures) is AnswerDoesNotFit, figures
        assert is_stopped(ANSWER, balance.pk, us, None, "unknown", 1, None, "") is AnswerDoesNotFit
        stays(ANSWER, balance.pk, us, None, "differs", 1_200_00, 1, "x")

    def test_stands_alone_and_replaces_the_one_that_stood(self, asked: Asked, found: BalanceConfirmation):
        cast, balance = asked.cast, of_money(found)
        us, them = cast.molino.organization_id, cast.grafica.organization_id
        first = asked.answer(balance, cast.molino).pk
        elsewhere = asked.answer(of_flour(found), cast.molino).pk
        told = ("unknown", None, None, "")

        assert is_stopped(ANSWER, balance.pk, us, None, *told) is AnsweredMeanwhile
        for organization, replaced in ((them, first), (us, elsewhere)):
            assert is_stopped(ANSWER, balance.pk, organization, replaced, *told) is AnswerDoesNotFit
        stays(ANSWER, balance.pk, us, first, *told)
        assert is_stopped(ANSWER, balance.pk, us, first, *told) is AnsweredMeanwhile


class TestExplanation:
    def test_is_of_a_difference_that_stands(self, asked: Asked, found: BalanceConfirmation):
        cast, balance = asked.cast, of_money(found)
        agreed = asked.answer(balance, cast.grafica)
        first = asked.answer(balance, cast.molino, differs(1_000_00))
        asked.answer(balance, cast.molino, differs(1_100_00))
        for answer in (agreed, first):
            assert is_stopped(EXPLAIN, answer.pk) is NothingToExplain
        stood = standing(balance, cast.molino)
        assert stood is not None
        stays(EXPLAIN, stood.pk)
        assert is_stopped(EXPLAIN, stood.pk) is NothingToExplain


class TestTables:
    def broken(self, rule: str, sql: str, *params: object) -> None:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            stays(sql, *params)

    def test_of_calls(self, found: BalanceConfirmation):
        key = uuid.uuid4().hex
        self.broken("confirmation_days_follow", CALL, key, "2026-05-05", "2026-05-18", 1)
        self.broken("confirmation_days_follow", CALL, key, "2026-04-30", "2026-05-03", 1)
        self.broken("confirmation_asks_something", CALL, key, "2026-04-30", "2026-05-18", 0)

    def test_of_balances(self, found: BalanceConfirmation):
        first: AskedBalance = of_money(found)
        other = another(asks=2)
        self.broken("asked_balance_is_open", asking(), other.pk, 1, 0, first.pk)
        self.broken("asked_balance_is_open", asking(), other.pk, 1, -1, first.pk)
        self.broken("asked_balance_between_two", asking("creditor_id"), other.pk, 1, 1, first.pk)
        stays(asking(), other.pk, 1, 1, first.pk)
        # SQLite says it before, because of INSERT OR REPLACE.
        self.broken("asked_balance_once|confirmation_stays", asking(), other.pk, 2, 1, first.pk)

    def test_of_answers(self, asked: Asked, found: BalanceConfirmation):
        us = asked.cast.molino.organization_id
        self.broken("balance_answer_known", ANSWER, of_money(found).pk, us, None, "perhaps", None, None, "")
        asked.answer(of_money(found), asked.cast.molino, differs(1_000_00))
        stood = standing(of_money(found), asked.cast.molino)
        assert stood is not None
        self.broken("balance_explanation_says_why", EXPLAIN.replace("'Sí.'", "''"), stood.pk)
