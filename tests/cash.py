"""Counts of cash as steps that tests take: the print shop took in 12,350 pesos, and Ana counts."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import cash_counts
from ledger.models import Book, CashCount
from ledger.queries import cash_counts as read
from tests import make
from tests.barters import own
from tests.cast import Cast

COUNTED = dt.date(2026, 5, 4)
TAKEN = 12_350_00


def takings(cast: Cast) -> None:
    """Enter what was sold over the counter."""
    own(cast, cast.grafica, "Ventas de mostrador", "1101", "4101", TAKEN, on=COUNTED)


def count(cast: Cast, pieces: dict[int, int], rest: int = 0, **how: Any) -> CashCount:
    """Count for the print shop."""
    book: Book = how.pop("book", cast.grafica)
    told = {"key": uuid.uuid4(), "expected": read.held(book), "reason": "", "by": cast.ana, "on": COUNTED}
    return cash_counts.count(book=book, pieces=pieces, rest=rest, **(told | {"at": make.NOON} | how))


def of_the_world(cast: Cast) -> CashCount:
    """Count what the book says."""
    held = read.held(cast.grafica)
    return count(cast, {}, held, on=timezone.localdate(), at=timezone.now())
