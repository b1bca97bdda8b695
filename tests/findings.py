"""Findings for the tests: something of a book that does not add up, as reconciliation would keep it."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from ledger.actions import findings
from ledger.models import Book, Finding
from ledger.models.findings import Check
from ledger.queries.findings import Discrepancy
from network import rules


def behind_the_back(sql: str) -> None:
    """Change the tables with the rules taken away, as whoever owns the file can."""
    connection.check_constraints()
    rules.drop()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    rules.install()


@transaction.atomic
def found(book: Book | None, *, shows: int = 150_00, at: dt.datetime | None = None) -> Finding:
    """Keep that a book's journal should have a hundred entries and shows another number."""
    scope = f"numbering:{book.pk}:2025" if book else "network:1"
    wrong = Discrepancy(Check.NUMBERING, scope, book.pk if book else None, None, 100, shows)
    findings.keep([wrong], looked_at=Finding.objects.none(), at=at or timezone.now())
    return Finding.objects.get(scope=scope, closed_at=None)


@transaction.atomic
def right_again(finding: Finding) -> Finding:
    findings.keep([], looked_at=Finding.objects.filter(pk=finding.pk), at=timezone.now())
    finding.refresh_from_db()
    return finding
