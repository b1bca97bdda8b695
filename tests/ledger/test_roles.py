"""On PostgreSQL the program's role owns nothing: it can do its work, and cannot go round the rules."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import Entry
from tests import make
from tests.barters import accepted, bags, flour
from tests.cast import Cast
from tests.roles import as_the_program


def is_forbidden(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


class TestOnPostgresql:
    @pytest.fixture(autouse=True)
    def only_there(self, db: None):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no roles; TestOnSqlite says what the commands answer there")

    def test_the_program_does_all_its_work(self, cast: Cast):
        with as_the_program():
            agreement = accepted(cast)
            bags(agreement, cast)
            flour(agreement, cast)

            assert Entry.objects.count() == 4
            assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_posting SET amount = 1",
            "DELETE FROM ledger_event",
            "TRUNCATE ledger_posting",
            "UPDATE ledger_accountbalance SET amount = 1",
            "INSERT INTO ledger_daybalance (account_id, day, amount, quantity) VALUES (1, now(), 1, 0)",
            "DELETE FROM ledger_yearclosing",
            "UPDATE ledger_yearbalance SET amount = 1",
            "INSERT INTO ledger_entry (event_id, book_id, year, number, booked_on) VALUES (1, 1, 1, 1, now())",
            "UPDATE ledger_unit SET scale = 0",
            "ALTER TABLE ledger_posting DISABLE TRIGGER ALL",
            "DROP TRIGGER event_append_only ON ledger_event",
            "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'",
        ],
    )
    def test_the_program_cannot_go_round_the_rules(self, cast: Cast, sql: str):
        make.delivery(cast.grafica, cast.molino)

        with as_the_program():
            assert is_forbidden(sql)

    def test_check_roles_is_content_with_it(self, cast: Cast, capsys):
        with as_the_program():
            call_command("check_roles")

        assert "cannot go round" in capsys.readouterr().out

    def test_check_roles_warns_of_a_superuser(self, cast: Cast, capsys):
        with pytest.raises(SystemExit):
            call_command("check_roles")

        assert "superuser" in capsys.readouterr().out

    def test_grant_roles_says_what_postgresql_says(self, db: None):
        with pytest.raises(CommandError, match="does not exist"):
            call_command("grant_roles", app="nobody_of_that_name")


class TestOnSqlite:
    @pytest.fixture(autouse=True)
    def only_there(self, db: None):
        if connection.vendor != "sqlite":
            pytest.skip("TestOnPostgresql tries the roles themselves")

    def test_check_roles_says_that_there_are_none(self, capsys):
        call_command("check_roles")

        assert "SQLite has no roles" in capsys.readouterr().out

    def test_grant_roles_refuses(self):
        with pytest.raises(CommandError, match="SQLite"):
            call_command("grant_roles", app="x")
