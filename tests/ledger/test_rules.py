"""Round Python: plain SQL against the tables, which the database itself must stop, by the name of the rule."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from ledger import rules
from ledger.actions import journal, refusals
from ledger.models import AccountBalance, Entry, Event, Posting
from network.errors import DomainError
from tests import make
from tests.cast import Cast


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def stays(sql: str, *params) -> None:
    """Run the statement as a transaction of its own, with the checks of a commit."""
    with transaction.atomic():
        run(sql, *params)
        connection.check_constraints()


def is_stopped(sql: str, *params) -> type[DomainError]:
    """Run the statement, expect the database to stop it, and return the refusal that its error stands for."""
    with pytest.raises(DatabaseError) as stopped:
        stays(sql, *params)
    refusal = refusals.named(stopped.value)
    assert refusal is not None, stopped.value
    return refusal


def write(lines, *, event: int | None = None, booked_on=make.DAY, reverses: int | None = None) -> None:
    """Write an event the way a client without Python's checks would: in the order that its engine wants."""
    event = event or (Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def header() -> None:
        run(
            "INSERT INTO ledger_event (id, key, digest, kind, happened_on, booked_on, recorded_at, memo, papers,"
            " agreement, resolution, reverses_id) VALUES (%s, %s, '', %s, %s, %s, %s, '', '', '', '', %s)",
            event,
            uuid.uuid4().hex,
            "reversal" if reverses else "manual",
            booked_on,
            booked_on,
            f"{booked_on} 12:00:00+00:00",
            reverses,
        )

    def postings() -> None:
        places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(lines))
        values = []
        for number, line in enumerate(lines, start=1):
            account, amount, *rest = line
            quantity, measure, claim = [*rest, None, None, None][:3]
            values += [event, number, account.pk, amount, quantity, measure, claim]
        if lines:
            run(
                "INSERT INTO ledger_posting (event_id, line, account_id, amount, quantity, measure_id, claim_id)"
                f" VALUES {places}",
                *values,
            )

    for part in (postings, header) if connection.vendor == "sqlite" else (header, postings):
        part()
    connection.check_constraints()


def is_refused(lines, **how) -> type[DomainError]:
    with pytest.raises(DatabaseError) as stopped, transaction.atomic():
        write(lines, **how)
    refusal = refusals.named(stopped.value)
    assert refusal is not None, stopped.value
    return refusal


class TestInstall:
    def test_every_rule_is_in_place(self, db: None):
        assert rules.missing() == []

    def test_putting_them_in_place_twice_is_the_same_as_once(self, db: None):
        rules.install()

        assert rules.missing() == []

    def test_a_rule_that_is_gone_is_named(self, db: None):
        on = " ON ledger_event" if connection.vendor == "postgresql" else ""
        name = "event_append_only" if connection.vendor == "postgresql" else "event_no_update"
        run(f"DROP TRIGGER {name}{on}")

        assert rules.missing() == [name]

    def test_both_engines_keep_the_same_rules(self):
        def names(vendor: str) -> set[str]:
            return {file.stem[3:] for file in rules.files(vendor)} - {
                # How an event and its lines come to be one is the engine's own affair.
                "event_is_of_this_transaction",
                "event_has_entries",
                "event_comes_last",
            }

        assert names("postgresql") == names("sqlite")


class TestEntryBalances:
    def test_stops_a_one_legged_entry(self, cast: Cast):
        assert is_refused([(make.account(cast.grafica, "1102"), 100)]) is refusals.EntryDoesNotBalance

    def test_stops_an_entry_balanced_only_across_units(self, cast: Cast):
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101", "USD"), -100)]

        assert is_refused(lines) is refusals.EntryDoesNotBalance

    def test_stops_an_entry_balanced_only_across_books(self, cast: Cast):
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.molino, "4101"), -100)]

        assert is_refused(lines) is refusals.EntryDoesNotBalance

    def test_stops_an_event_without_lines(self, cast: Cast):
        assert is_refused([]) is refusals.EventHasNoLines

    def test_lets_a_right_entry_through(self, cast: Cast):
        write([(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)])

        assert Entry.objects.get().number == 1


class TestBooksMirror:
    def test_stops_a_debt_that_the_other_book_does_not_show(self, cast: Cast):
        claim = make.claim(cast.grafica, cast.molino)
        ours, _theirs = make.claim_lines(claim, 100)
        lines = [(ours.account, 100, None, None, claim.pk), (make.account(cast.grafica, "4103"), -100)]

        assert is_refused(lines) is refusals.BooksDoNotMirror

    def test_stops_a_quantity_that_the_other_book_does_not_show(self, cast: Cast):
        flour = make.measure("KG", "harina")
        claim = make.claim(cast.grafica, cast.molino, peg=flour)
        ours, theirs = make.claim_lines(claim, 100, 5)
        lines = [
            (ours.account, 100, 5, flour.pk, claim.pk),
            (make.account(cast.grafica, "4103"), -100),
            (theirs.account, -100, -4, flour.pk, claim.pk),
            (make.account(cast.molino, "1301"), 100),
        ]

        assert is_refused(lines) is refusals.BooksDoNotMirror

    def test_stops_a_debt_without_its_claim(self, cast: Cast):
        ours, _theirs = make.claim_lines(make.claim(cast.grafica, cast.molino), 100)

        assert is_refused([(ours.account, 100), (make.account(cast.grafica, "4103"), -100)]) is refusals.LineDoesNotFit

    def test_stops_a_claim_of_others(self, cast: Cast):
        ours, _theirs = make.claim_lines(make.claim(cast.grafica, cast.molino), 100)
        other = make.claim(cast.textil, cast.molino)

        lines = [(ours.account, 100, None, None, other.pk), (make.account(cast.grafica, "4103"), -100)]

        assert is_refused(lines) is refusals.LineDoesNotFit


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


class TestWholeNumbers:
    @pytest.mark.parametrize("amount", ["0.5", "'NaN'", "9223372036854775808", "1e300"])
    def test_stops_what_is_no_whole_amount(self, cast: Cast, amount: str):
        bank = make.account(cast.grafica, "1102").pk

        sql = f"INSERT INTO ledger_posting (event_id, line, account_id, amount) VALUES (1, 1, {bank}, {amount})"

        with pytest.raises(DatabaseError):
            stays(sql)

        assert not Posting.objects.exists()

    def test_stops_a_balance_that_no_longer_fits(self, cast: Cast):
        make.sale(cast.grafica, 2**62)

        with pytest.raises(refusals.AmountIsNotWhole):
            make.sale(cast.grafica, 2**62)

        assert AccountBalance.objects.get(account=make.account(cast.grafica, "1102")).amount == 2**62


class TestPeriodsAndOrder:
    def test_stops_an_entry_in_a_closed_period(self, cast: Cast):
        through = make.DAY
        journal.close_period(book=cast.grafica, through=through, on=through.replace(day=30), by=None)
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)]

        assert is_refused(lines, booked_on=through) is refusals.PeriodIsClosed

    def test_stops_an_entry_earlier_than_the_last(self, cast: Cast):
        make.sale(cast.grafica)
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)]

        assert is_refused(lines, booked_on=make.DAY.replace(day=1)) is refusals.EntryOutOfOrder

    def test_stops_a_line_on_a_closed_account(self, cast: Cast):
        bank = make.account(cast.grafica, "1102")
        bank.is_closed = True
        bank.save(update_fields=["is_closed"])

        assert is_refused([(bank, 100), (make.account(cast.grafica, "4101"), -100)]) is refusals.AccountIsClosed


class TestReversal:
    def test_stops_a_reversal_of_part(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        lines = [(make.account(cast.grafica, "1102"), -99), (make.account(cast.grafica, "4101"), 99)]

        assert is_refused(lines, reverses=event.pk) is refusals.ReversalIsNotExact

    def test_stops_a_second_reversal(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        journal.reverse(event=event, key=uuid.uuid4(), reason="Error", on=make.DAY, by=None)
        lines = [(make.account(cast.grafica, "1102"), -100), (make.account(cast.grafica, "4101"), 100)]

        assert is_refused(lines, reverses=event.pk) in {refusals.AlreadyReversed, refusals.WrittenIsWritten}


class TestIdempotency:
    def test_stops_a_key_used_twice(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        copied = "key, digest, kind, happened_on, booked_on, recorded_at, memo, papers, agreement, resolution"

        with pytest.raises(DatabaseError), transaction.atomic():
            run(
                f"INSERT INTO ledger_event (id, {copied}) SELECT id + 1, {copied} FROM ledger_event WHERE id = %s",
                event.pk,
            )
