"""Be, on PostgreSQL, the role that serves the pages: it owns nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

#: Roles belong to the whole cluster: tests that run side by side would wait for one another.
ROLE = f"trama_app_of_the_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@contextmanager
def as_the_program() -> Iterator[None]:
    """Do what is inside as that role, on PostgreSQL; SQLite has none."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {ROLE}")
        call_command("grant_roles", app=ROLE)
        # What the test wrote so far is checked now; what follows is checked as at any commit.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")
