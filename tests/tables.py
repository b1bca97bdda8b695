"""Fresh databases: with all tables and rules, as copies of one that a whole run of the tests makes for each engine.

All migrations together take most of a minute, and a copy takes a moment. Outside a whole run there is nothing to copy,
and a fresh database takes them all.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from django.core.management import call_command
from django.db import connection

#: By engine, the variable that says where the one to copy is: a file, and a database of the cluster.
COPIED_FROM: Mapping[str, str] = {"sqlite": "TRAMA_TABLES_FILE", "postgresql": "TRAMA_TABLES_DATABASE"}


def make() -> None:
    """Make the tables of the database that the settings name: a new one of this process's own."""
    if connection.vendor != "sqlite" or not copy_to(Path(connection.settings_dict["NAME"])):
        call_command("migrate", verbosity=0)


def copy_to(file: Path) -> bool:
    """Make a file of SQLite with all tables, and say whether there was one to copy and none at its place."""
    source = os.environ.get(COPIED_FROM["sqlite"])
    if not source or file.exists():
        return False
    shutil.copyfile(source, file)
    return True


def are_there_to_copy() -> bool:
    """Say whether there is one to copy for the engine of the settings."""
    return bool(os.environ.get(COPIED_FROM[connection.vendor]))


def copy_to_the_tests() -> None:
    """Put a copy where the tests of this process look for their database, in place of what is there."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
        copy_to(Path(name))
        return
    source, copy = (connection.ops.quote_name(each) for each in (os.environ[COPIED_FROM["postgresql"]], name))
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {source}")
