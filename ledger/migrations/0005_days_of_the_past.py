"""Fill in the balances of past days; free PostgreSQL's lines of their foreign keys, which a rule stands in for."""

from typing import Any

from django.db import migrations

DAYS = """
    INSERT INTO ledger_daybalance (account_id, day, amount, quantity)
    SELECT account_id, day, amount, quantity FROM (
        SELECT d.account_id, d.day,
            CAST(sum(d.amount) OVER days AS bigint) AS amount,
            CAST(sum(d.quantity) OVER days AS bigint) AS quantity,
            lead(d.day) OVER days AS next_day
        FROM (
            SELECT p.account_id, e.booked_on AS day, sum(p.amount) AS amount,
                sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END) AS quantity
            FROM ledger_posting p JOIN ledger_event e ON e.id = p.event_id JOIN ledger_account a ON a.id = p.account_id
            GROUP BY p.account_id, e.booked_on
        ) d
        WINDOW days AS (PARTITION BY d.account_id ORDER BY d.day)
    ) each_day WHERE next_day IS NOT NULL
"""
LAST_DAYS = """
    UPDATE ledger_accountbalance SET day = (
        SELECT e.booked_on FROM ledger_event e WHERE e.id = ledger_accountbalance.last_event)
    WHERE last_event > 0
"""
LIMITED = """
    UPDATE ledger_accountbalance SET is_limited = (1 = 1)
    WHERE account_id IN (SELECT id FROM ledger_account WHERE number = '1103')
"""


def fill_in(_apps: Any, schema_editor: Any) -> None:
    for statement in (DAYS, LAST_DAYS, LIMITED):
        schema_editor.execute(statement)


def free_lines(apps: Any, schema_editor: Any) -> None:
    # SQLite keeps them: there they are what stops lines whose event never comes.
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, columns in {
        "posting": ["event_id", "account_id", "measure_id", "claim_id"],
        "entry": ["event_id", "book_id"],
    }.items():
        model = apps.get_model("ledger", name)
        for column in columns:
            for constraint in schema_editor._constraint_names(model, [column], foreign_key=True):
                schema_editor.execute(schema_editor._delete_fk_sql(model, constraint))


def forget_transactions(_apps: Any, schema_editor: Any) -> None:
    # An event that was committed has its entries, and one that has entries takes no more lines: that is enough.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE ledger_event DROP COLUMN IF EXISTS xid")


def keep_one_key(_apps: Any, schema_editor: Any) -> None:
    # Nobody refers to a line or an entry by its number: what they are is their key. An index less at each row written.
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, name, columns in (
        ("ledger_posting", "posting_line_once", "event_id, line"),
        ("ledger_entry", "one_entry_per_book", "event_id, book_id"),
    ):
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, DROP CONSTRAINT {name}")
        schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} PRIMARY KEY ({columns})")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_days_years_holds")]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(free_lines, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(forget_transactions, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(keep_one_key, migrations.RunPython.noop, elidable=False),
    ]
