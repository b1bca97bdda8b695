"""Read sign-offs, and what is shown before one is signed: the last checks, open findings, the sample that is drawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ledger.core import sampling
from ledger.models.accounts import Book
from ledger.models.cash_counts import CashCount
from ledger.models.findings import Finding
from ledger.models.journal import Entry
from ledger.models.reconciliation import Reconciliation
from ledger.models.sign_offs import SignOff
from ledger.queries import cash_counts, years
from network.models.bylaws import Office
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.queries import organizations


def of_body(body: Organization) -> QuerySet[SignOff]:
    """Return what a body signed off, the latest first."""
    return _told(SignOff.objects.filter(body=body))


def of_book(book: Book) -> QuerySet[SignOff]:
    """Return what was signed off of a book, the latest first."""
    return _told(SignOff.objects.filter(book=book))


def _told(found: QuerySet[SignOff]) -> QuerySet[SignOff]:
    return found.select_related("body", "book__organization", "book__unit", "mandate__user").order_by("-pk")


def mandate(user: User, body: Organization, *, on: dt.date) -> Mandate | None:
    """Return the mandate by which somebody watches a body that day, if they do."""
    held = Mandate.objects.in_force(on).filter(user=user, organization=body, office=Office.INTERNAL_AUDITOR)
    return held.select_related("user").order_by("pk").first()


def members(body: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return whose books the body may sign off: those below it that keep one."""
    return organizations.with_books_below(body, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is shown before a period is signed: the sample in the order drawn, of how many, and what stands open."""

    sample: Sequence[Entry]
    entries: int
    #: SHA-256 of the numbers of all entries of the period.
    drawn_from: str
    findings: Sequence[Finding]
    run: Reconciliation | None
    closed_through: dt.date | None
    #: The last count of cash since the period began.
    cash: CashCount | None


def prepare(book: Book, *, starts_on: dt.date, ends_on: dt.date, seed: str, count: int) -> Prepared:
    """Draw the sample of a period of a book and look at what stands open. It reads the period's numbers, once."""
    rows = Entry.objects.filter(book=book, booked_on__range=(starts_on, ends_on)).values_list("year", "number", "event")
    names = {f"{year}/{number}": event for year, number, event in rows}
    drawn = [names[name] for name in sampling.draw(names, seed=seed, count=count)]
    runs = Reconciliation.objects.filter(finished_at__isnull=False).order_by("-pk")
    return Prepared(
        sample=_entries(book, drawn),
        entries=len(names),
        drawn_from=sampling.fingerprint(names),
        findings=open_findings(book),
        run=runs.first(),
        closed_through=years.closed_through(book=book),
        cash=cash_counts.last(book, since=starts_on),
    )


def open_findings(book: Book) -> list[Finding]:
    """Return what stands open in a book, accepted or not."""
    found = Finding.objects.filter(book=book, closed_at=None).select_related("unit", "other", "acceptance")
    return list(found.order_by("pk"))


def cash(signed: SignOff) -> CashCount | None:
    """Return the last count of cash between the first day of the period and its being signed."""
    return cash_counts.last(signed.book, since=signed.starts_on, before=signed.recorded_at)


def written(found: Finding) -> dict[str, Any]:
    """Return a finding as a sign-off keeps it: it may look otherwise later."""
    return {
        "check": found.check_code,
        "scope": found.scope,
        "expected": found.expected,
        "found": found.found,
        "unit": found.unit.code if found.unit else "",
        "since": found.opened_at.date().isoformat(),
        "accepted": found.acceptance.note if found.acceptance else "",
    }


def sample(found: SignOff) -> list[Entry]:
    """Return the entries of the sample in the order in which they were drawn."""
    return _entries(found.book, list(found.sample.order_by("place").values_list("event", flat=True)))


def _entries(book: Book, events: Sequence[int]) -> list[Entry]:
    """Return what these events are in a book, in their order."""
    known = {each.event_id: each for each in Entry.objects.filter(book=book, event__in=events).select_related("event")}
    return [known[event] for event in events]
