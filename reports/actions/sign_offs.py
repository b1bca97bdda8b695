"""Put a sign-off on paper: who signed which period of whose book, what was looked at, what stood open."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from ledger.models.findings import Check
from ledger.models.journal import Entry
from ledger.models.sign_offs import SignOff
from ledger.models.units import Unit
from ledger.queries import sign_offs
from network.core.delimited import inert
from reports.actions import papers
from reports.actions.issued import issue
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes

#: Grows when a name or a meaning changes, so that programs that read the file can tell.
FORMAT = "trama-sign-off-1"
COLUMNS = ("place", "year", "number", "booked_on", "memo")


def compose(*, found: SignOff, address: str, language: str, at: dt.datetime) -> bytes:
    """Issue the record of a sign-off as a PDF: nothing of it changes, so a language gives the same bytes.

    `address` is the page of it.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        made_at = dt.datetime.combine(found.signed_on, dt.time(), tzinfo=dt.UTC)
        sample = sign_offs.sample(found)
        page = html(found, sample, language=language, made_at=made_at)
        carried = _files(found, sample)
        paper = papers.printed(page, made_at=made_at, leads_to={"page": address}, carried=carried)
        return issue(
            paper,
            kind="sign-off",
            organization=found.book.organization,
            language=language,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            at=at,
        )


def html(found: SignOff, sample: Sequence[Entry], *, language: str, made_at: dt.datetime) -> str:
    """Return the record as the HTML that is printed."""
    units = {each.code: each for each in Unit.objects.filter(code__in={each["unit"] for each in found.findings})}
    context: dict[str, Any] = {
        "found": found,
        "organization": found.book.organization,
        "sample": sample,
        "cash": sign_offs.cash(found),
        "findings": [
            each | {"check": Check(each["check"]).label, "unit": units.get(each["unit"])} for each in found.findings
        ],
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("reports/sign_off.html", context)


def _files(found: SignOff, sample: Sequence[Entry]) -> list[Carried]:
    """Return the sample as a table, and everything that was signed as data; figures are whole minor units."""
    rows = [
        [str(place), str(each.year), str(each.number), each.booked_on.isoformat(), inert(each.event.memo)]
        for place, each in enumerate(sample, start=1)
    ]
    cash = sign_offs.cash(found)
    told = {
        "format": FORMAT,
        "code": found.code,
        "body": {"code": found.body.code, "name": found.body.name},
        "book": {"code": found.book.organization.code, "name": found.book.organization.name},
        "starts_on": found.starts_on.isoformat(),
        "ends_on": found.ends_on.isoformat(),
        "seed": found.seed,
        "entries": found.entries,
        "drawn_from": found.drawn_from,
        "sample": [f"{each.year}/{each.number}" for each in sample],
        "findings": found.findings,
        "cash": {
            "counted_on": cash.counted_on.isoformat(),
            "counted": cash.counted,
            "expected": cash.expected,
        }
        if cash
        else None,
        "statement": found.statement,
        "signed_on": found.signed_on.isoformat(),
    }
    return [
        Carried(name="sample.csv", content=csv_bytes(COLUMNS, rows), relationship="Source"),
        Carried(name="sign-off.json", content=json_bytes(told), relationship="Data"),
    ]
