"""A client without Python's checks: plain SQL, and what the database says to it."""

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.actions import refusals
from ledger.models import Event
from network.errors import DomainError
from tests import make
from tests.roles import as_the_program


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def stays(sql: str, *params) -> None:
    """Run the statement as a transaction of its own, with the checks of a commit."""
    with transaction.atomic():
        run(sql, *params)
        connection.check_constraints()


def is_stopped(sql: str, *params) -> type[DomainError]:
    """Run the statement, expect the database to stop it, and return the refusal that its error stands for.

    On PostgreSQL it is tried twice: by whoever owns the tables, whom the rules stop; and by the role that serves the
    pages, which has not even the right.
    """
    return _both(lambda: stays(sql, *params))


def _both(attack: Callable[[], None]) -> type[DomainError]:
    refusal = _stopped(attack)
    with as_the_program():
        assert _stopped(attack) is refusal
    return refusal


def _stopped(attack: Callable[[], None]) -> type[DomainError]:
    with pytest.raises(DatabaseError) as stopped, transaction.atomic():
        attack()
    refusal = refusals.named(stopped.value)
    assert refusal is not None, stopped.value
    return refusal


def write(
    lines,
    *,
    event: int | None = None,
    booked_on=make.DAY,
    reverses: int | None = None,
    key: str = "",
    kind: str = "manual",
) -> None:
    """Write an event the way a client without Python's checks would: in the order that its engine wants."""
    event = event or (Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def header() -> None:
        run(
            "INSERT INTO ledger_event (id, key, digest, kind, happened_on, booked_on, recorded_at, memo, papers,"
            " agreement, resolution, reverses_id) VALUES (%s, %s, '', %s, %s, %s, %s, '', '', '', '', %s)",
            event,
            key or uuid.uuid4().hex,
            "reversal" if reverses else kind,
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
    return _both(lambda: write(lines, **how))
