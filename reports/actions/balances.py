"""Put a balance confirmation on paper: the letter to one member, to be answered by hand, and the summary of all."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from ledger.core.written import plain
from ledger.models.balance_confirmations import AskedBalance, BalanceAnswer, BalanceConfirmation
from ledger.queries import balance_confirmations
from ledger.queries.balance_confirmations import Side, Told
from network.core.delimited import inert
from network.models.organizations import Organization
from reports.actions import papers
from reports.actions.issued import issue
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes

#: Grows when a name or a meaning changes, so that programs that read the file can tell.
FORMAT = "trama-balances-1"
ASKED = ("number", "debtor", "creditor", "unit", "amount", "quantity", "quantity_unit", "thing")
ANSWERED = ("says", "amount_instead", "quantity_instead", "reason", "on", "explained")
#: So many balances are printed in a summary; all of them are in the files inside.
PRINTED_MAX = 300


def letter(*, found: BalanceConfirmation, member: Organization, address: str, language: str, at: dt.datetime) -> bytes:
    """Issue the letter to one member as a PDF: what was asked never changes, so a language gives the same bytes.

    `address` is the member's page of it.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        made_at = _midnight(found.called_on)
        page = letter_html(found, member, language=language, made_at=made_at)
        rows = [_as_asked(each) for each in balance_confirmations.by_number(found, member)]
        carried = _files(found, rows, columns=ASKED)
        paper = papers.printed(page, made_at=made_at, leads_to={"page": address}, carried=carried)
        return issue(paper, kind="balance-letter", organization=member, language=language, at=at)


def _as_asked(balance: AskedBalance) -> Told:
    """Return a balance without what was said of it: a letter asks."""
    return Told(balance, Side(balance.debtor.organization, []), Side(balance.creditor.organization, []))


def letter_html(found: BalanceConfirmation, member: Organization, *, language: str, made_at: dt.datetime) -> str:
    """Return the letter as the HTML that is printed."""
    context = _facts(found, language=language, made_at=made_at) | {
        "organization": member,
        "balances": balance_confirmations.by_number(found, member),
    }
    return render_to_string("reports/balances/letter.html", context)


def summary(*, found: BalanceConfirmation, address: str, language: str, on: dt.date, at: dt.datetime) -> bytes:
    """Issue how far a call is on a day as a PDF, differences first; the same answers and day give the same bytes.

    `address` is the body's page of it.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        made_at = _midnight(on)
        rows = balance_confirmations.told(list(balance_confirmations.differences_first(found)))
        page = summary_html(found, rows, language=language, made_at=made_at)
        carried = _files(found, rows, columns=_summary_columns())
        paper = papers.printed(page, made_at=made_at, leads_to={"page": address}, carried=carried)
        return issue(paper, kind="balance-summary", organization=found.body, language=language, at=at)


def summary_html(found: BalanceConfirmation, rows: Sequence[Told], *, language: str, made_at: dt.datetime) -> str:
    """Return the summary as the HTML that is printed."""
    context = _facts(found, language=language, made_at=made_at) | {
        "organization": found.body,
        "on": made_at.date(),
        "is_over": made_at.date() > found.answer_until,
        "progress": balance_confirmations.progress(found),
        "rows": rows[:PRINTED_MAX],
        "left_out": max(len(rows) - PRINTED_MAX, 0),
    }
    return render_to_string("reports/balances/summary.html", context)


def _facts(found: BalanceConfirmation, *, language: str, made_at: dt.datetime) -> dict[str, Any]:
    return {"found": found, "language": language, "made_at": made_at.isoformat(timespec="seconds")}


def _midnight(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC)


def _summary_columns() -> tuple[str, ...]:
    return ASKED + tuple(f"{side}_{name}" for side in ("debtor", "creditor") for name in ANSWERED)


def _files(found: BalanceConfirmation, rows: Sequence[Told], *, columns: tuple[str, ...]) -> list[Carried]:
    """Return what is printed as a table and as data; amounts are decimals as text."""
    told = [dict(zip(columns, _cells(each), strict=False)) for each in rows]
    head = {
        "format": FORMAT,
        "code": found.code,
        "body": {"code": found.body.code, "name": found.body.name},
        "as_of": found.as_of.isoformat(),
        "called_on": found.called_on.isoformat(),
        "answer_until": found.answer_until.isoformat(),
    }
    table = csv_bytes(columns, ([inert(row[name]) for name in columns] for row in told))
    return [
        Carried(name="balances.csv", content=table, relationship="Source"),
        Carried(name="balances.json", content=json_bytes(head | {"balances": told}), relationship="Data"),
    ]


def _cells(told: Told) -> Iterator[str]:
    balance = told.balance
    yield from (str(balance.number), told.debtor.organization.code, told.creditor.organization.code)
    yield from (balance.unit.code, *_figures(balance, balance))
    yield from (balance.peg.unit.code, balance.peg.thing) if balance.is_in_goods else ("", "")
    for side in told.sides:
        if (answer := side.standing) is None:
            yield from [""] * len(ANSWERED)
            continue
        explanation = getattr(answer, "explanation", None)
        yield from (answer.said, *_figures(answer, balance), answer.reason, answer.answered_on.isoformat())
        yield explanation.note if explanation else ""


def _figures(told: AskedBalance | BalanceAnswer, balance: AskedBalance) -> tuple[str, str]:
    """Return an amount and a quantity, nothing where there is none."""
    amount = "" if told.amount is None else plain(told.amount, scale=balance.unit.scale)
    return amount, plain(told.quantity, scale=balance.peg.unit.scale) if told.quantity else ""
