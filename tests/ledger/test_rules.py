"""Round Python: what is written stays; plain SQL is stopped by the database, by the name of the rule."""

import re

import pytest
from django.db import connection

from ledger.actions import refusals
from ledger.models import Event
from network import rules
from network.actions import refusals as register
from reports.actions import refusals as opened
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_refused, is_stopped, run


class TestInstall:
    def test_every_rule_is_in_place(self, db: None):
        assert rules.missing() == []

    def test_putting_them_in_place_twice_is_the_same_as_once(self, db: None):
        rules.install()

        assert rules.missing() == []

    def test_a_rule_of_an_earlier_version_goes(self, db: None):
        old = "CREATE TRIGGER old_rule BEFORE UPDATE ON ledger_agreement "
        run(
            old + "FOR EACH ROW EXECUTE FUNCTION ledger_agreed_by_all()"
            if connection.vendor == "postgresql"
            else old + "BEGIN SELECT 1; END"
        )
        assert "old_rule" in rules.installed()

        rules.install()

        assert "old_rule" not in rules.installed()

    def test_a_rule_that_is_gone_is_named(self, db: None):
        on = " ON ledger_event" if connection.vendor == "postgresql" else ""
        name = "event_append_only" if connection.vendor == "postgresql" else "event_no_update"
        run(f"DROP TRIGGER {name}{on}")

        assert rules.missing() == [name]

    def test_both_engines_keep_the_same_rules(self):
        def names(vendor: str) -> set[str]:
            text = "".join(file.read_text() for file in rules.files(vendor))
            return set(re.findall(r"(?:RAISE\(ABORT, |_refuses?\(|CONSTRAINT = |THEN )'([a-z]\w+)'", text))

        # PostgreSQL has a type for whole numbers and an index for keys, which say so themselves.
        assert names("postgresql") | {"amount_is_whole", "key_was_used"} == names("sqlite")
        assert names("sqlite") <= refusals.RULES.keys() | register.RULES.keys() | opened.RULES.keys()


class TestAppendOnly:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_posting SET amount = amount * 2",
            "UPDATE ledger_posting SET account_id = account_id + 1",
            "UPDATE ledger_posting SET event_id = event_id + 1",
            "UPDATE ledger_event SET memo = 'otro'",
            "UPDATE ledger_event SET booked_on = '2030-01-01'",
            "UPDATE ledger_entry SET number = number + 1",
            "DELETE FROM ledger_posting",
            "DELETE FROM ledger_entry",
            "DELETE FROM ledger_event",
            "DELETE FROM ledger_claim",
            "UPDATE ledger_claim SET debtor_id = creditor_id + 2",
            "UPDATE ledger_account SET unit_id = unit_id + 1",
            "UPDATE ledger_account SET number = '1101' WHERE number = '1102'",
            "UPDATE ledger_unit SET scale = 0",
            "DELETE FROM ledger_account",
            "UPDATE ledger_event SET id = id + 7",
            "UPDATE ledger_entry SET booked_on = '2020-01-01'",
            "UPDATE ledger_posting SET line = line + 7",
            "UPDATE ledger_posting SET quantity = 9, measure_id = 1",
        ],
    )
    def test_stops_changing_what_was_written(self, cast: Cast, sql: str):
        make.delivery(cast.grafica, cast.molino)

        assert is_stopped(sql) is refusals.WrittenIsWritten

    @pytest.mark.parametrize("table", ["event", "entry", "posting", "claim", "accountbalance", "claimbalance"])
    def test_stops_emptying_a_table(self, cast: Cast, table: str):
        make.delivery(cast.grafica, cast.molino)
        connection.check_constraints()
        emptying = (
            f"DELETE FROM ledger_{table}" if connection.vendor == "sqlite" else f"TRUNCATE ledger_{table} CASCADE"
        )

        assert is_stopped(emptying) in {refusals.WrittenIsWritten, refusals.BalanceIsKeptByTheDatabase}

    def test_stops_a_line_added_to_an_old_entry(self, cast: Cast):
        event = make.sale(cast.grafica)
        bank = make.account(cast.grafica, "1102").pk

        refusal = is_stopped(
            "INSERT INTO ledger_posting (event_id, line, account_id, amount)"
            " VALUES (%s, 3, %s, 100), (%s, 4, %s, -100)",
            event.pk,
            bank,
            event.pk,
            bank,
        )

        assert refusal is refusals.LineAddedLater

    def test_stops_a_key_that_was_used(self, cast: Cast):
        event = make.sale(cast.grafica)
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)]

        assert is_refused(lines, key=event.key.hex) is refusals.KeyWasUsedForSomethingElse

    def test_stops_an_entry_written_by_hand(self, cast: Cast):
        event = make.sale(cast.grafica)

        refusal = is_stopped(
            "INSERT INTO ledger_entry (event_id, book_id, year, number, booked_on) VALUES (%s, %s, 2026, 2, %s)",
            event.pk,
            cast.molino.pk,
            make.DAY,
        )

        assert refusal is refusals.WrittenIsWritten

    @pytest.mark.parametrize("table", ["event", "posting", "entry", "account"])
    def test_stops_writing_over_rows(self, cast: Cast, table: str):
        event = make.sale(cast.grafica)
        over = {
            "sqlite": f"INSERT OR REPLACE INTO ledger_{table} SELECT * FROM ledger_{table}",
            "postgresql": f"UPDATE ledger_{table} SET id = id + 1000",
        }

        assert is_stopped(over[connection.vendor]) in {refusals.WrittenIsWritten, refusals.LineAddedLater}
        assert Event.objects.get() == event


class TestBalancesKept:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_accountbalance SET amount = 1",
            "UPDATE ledger_accountbalance SET amount = amount + 1, last_event = last_event + 1",
            "UPDATE ledger_claimbalance SET amount = 1",
            "UPDATE ledger_claimbalance SET quantity = 1, last_event = last_event + 1",
            "DELETE FROM ledger_accountbalance",
            "DELETE FROM ledger_claimbalance",
        ],
    )
    def test_stops_a_balance_set_by_hand(self, cast: Cast, sql: str):
        make.delivery(cast.grafica, cast.molino)

        assert is_stopped(sql) is refusals.BalanceIsKeptByTheDatabase

    def test_stops_a_claim_settled_beyond_what_is_open(self, cast: Cast):
        claim = make.delivery(cast.grafica, cast.molino, 100).postings.exclude(claim=None).first().claim
        ours, theirs = make.claim_lines(claim, 101)
        lines = [
            (ours.account, -101, None, None, claim.pk),
            (make.account(cast.grafica, "1102"), 101),
            (theirs.account, 101, None, None, claim.pk),
            (make.account(cast.molino, "1102"), -101),
        ]

        assert is_refused(lines) is refusals.ClaimWouldGoBelowZero
