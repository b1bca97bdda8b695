"""The second wall, on PostgreSQL: say whose books the statements that follow may read (docs/operations.md).

SQLite has none: there the pages' own questions are all there is.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from network.models.people import User


def read_all() -> None:
    """Let what follows read everything: actions look at both sides of an exchange, and refuse by their own rules."""
    _say("SELECT set_config('trama.reads', 'all', false)", [])


def read_as(user: User | None, *, on: dt.date) -> None:
    """Let what follows read what a person may read on a day; nobody reads no book at all."""
    if user is None:
        _say("SELECT set_config('trama.reads', '', false)", [])
    else:
        _say("SELECT set_config('trama.reads', network_readable(%s, %s)::text, false)", [user.pk, on])


def read_of(organizations: Sequence[int]) -> None:
    """Let what follows read what these organizations may: of them a page tells anybody, as they decided."""
    _say("SELECT set_config('trama.reads', %s::bigint[]::text, false)", [list(organizations)])


def _say(sql: str, parameters: Sequence[int | dt.date | list[int]]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
