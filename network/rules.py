"""The rules that the database keeps: one file a rule and engine under each app's `sql/`, put in place after migrate."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_TRIGGER = re.compile(
    r"create (?:constraint )?trigger (\w+)\s+(?:before|after)\b.*?\bon (\w+)", re.IGNORECASE | re.DOTALL
)


def files(vendor: str) -> list[Path]:
    """Return the rule files of an engine: app after app, in the order of their names."""
    return [file for app in apps.get_app_configs() for file in sorted((Path(app.path) / "sql" / vendor).glob("*.sql"))]


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
    if not _tables_are_there(connection):
        return
    drop(using=using)
    with connection.cursor() as cursor:
        for file in files(connection.vendor):
            for statement in statements(file.read_text(encoding="utf-8"), connection.vendor):
                cursor.execute(statement)


def drop(*, using: str = "default") -> None:
    """Take every rule away, also those of an earlier version: only migrations, and tests that empty tables, may."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger, table in installed(using=using).items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {trigger}")
            else:
                cursor.execute(f"DROP TRIGGER {trigger} ON {table}")
        if connection.vendor == "postgresql":
            # A policy that names a column holds it against any change of the table.
            for table in sorted(walled(using=using)):
                cursor.execute(f"DROP POLICY wall ON {table}")


def installed(*, using: str = "default") -> dict[str, str]:
    """Return the triggers that the database has now on the tables of our apps, each with its table."""
    connection = connections[using]
    question = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema::regnamespace"
    )
    ours = tuple(f"{file.parents[2].name}_" for file in files(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {trigger: table for trigger, table in cursor.fetchall() if table.startswith(ours)}


def walled(*, using: str = "default") -> set[str]:
    """Return the tables behind PostgreSQL's second wall, which SQLite has not."""
    if connections[using].vendor != "postgresql":
        return set()
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE p.polname = 'wall' AND c.relrowsecurity"
        )
        return {name for (name,) in cursor.fetchall()}


def missing(*, using: str = "default") -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    return sorted(set(triggers(connections[using].vendor)) - installed(using=using).keys())


def said_by(error: DatabaseError) -> str:
    """Return the name of the rule that stopped a statement, as far as the database tells it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    said = getattr(diagnosis, "constraint_name", None) or str(error)
    return str(said).removeprefix("CHECK constraint failed: ").strip()


def _tables_are_there(connection: BaseDatabaseWrapper) -> bool:
    return set(triggers(connection.vendor).values()) <= set(connection.introspection.table_names())
