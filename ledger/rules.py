"""The rules that the database keeps: one file a rule and engine under `sql/`, put in place after every migrate."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

SQL = Path(__file__).parent / "sql"

_TRIGGER = re.compile(
    r"create (?:constraint )?trigger (\w+)\s+(?:before|after)\b.*?\bon (\w+)", re.IGNORECASE | re.DOTALL
)


def files(vendor: str) -> list[Path]:
    """Return the rule files of an engine, in the order of their names."""
    return sorted((SQL / vendor).glob("*.sql"))


def statements(sql: str, vendor: str) -> Iterator[str]:
    """Yield the statements of a file one by one (a trigger's body holds semicolons of its own)."""
    if vendor != "sqlite":
        yield sql
        return
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""


def triggers(vendor: str) -> dict[str, str]:
    """Return every trigger that must be there, with its table."""
    found: dict[str, str] = {}
    for file in files(vendor):
        found.update(_TRIGGER.findall(file.read_text(encoding="utf-8")))
    return found


def install(*, using: str = "default") -> None:
    """Put every rule in place, in place of what stood there: running it twice is the same as once."""
    connection = connections[using]
    if not _ledger_is_there(connection):
        return
    drop(using=using)
    with connection.cursor() as cursor:
        for file in files(connection.vendor):
            for statement in statements(file.read_text(encoding="utf-8"), connection.vendor):
                cursor.execute(statement)


def drop(*, using: str = "default") -> None:
    """Take every rule away: only migrations, and tests that empty tables, may."""
    connection = connections[using]
    there = installed(using=using)
    with connection.cursor() as cursor:
        for trigger, table in triggers(connection.vendor).items():
            if trigger not in there:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {trigger}")
            else:
                cursor.execute(f"DROP TRIGGER {trigger} ON {table}")


def installed(*, using: str = "default") -> set[str]:
    """Return the names of the triggers that the database has now."""
    connection = connections[using]
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def missing(*, using: str = "default") -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    return sorted(set(triggers(connections[using].vendor)) - installed(using=using))


def _ledger_is_there(connection: BaseDatabaseWrapper) -> bool:
    return "ledger_agreementstep" in connection.introspection.table_names()
