"""Ask in plain SQL, where it takes Django longer to phrase a question than the database to answer it."""

from typing import Any

import psycopg
from django.db import connection


def rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Run a statement that both engines understand, and return its rows; PostgreSQL plans it once a connection.

    Numbers and text only: whatever else the engines write differently is not translated.
    """
    found: list[tuple[Any, ...]]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        else:
            with connection.wrap_database_errors:
                found = psycopg.Cursor(cursor.connection).execute(sql, parameters, prepare=True).fetchall()
    return found
