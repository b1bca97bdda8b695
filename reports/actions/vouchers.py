"""Put paper vouchers on paper: two on a sheet, to be filled in by hand, each with a code that a telephone reads."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from ledger.models.vouchers import Voucher
from ledger.queries import vouchers as read
from network.models.organizations import Organization
from reports.actions import papers


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that may be ticked, and what is written down for it."""

    label: str
    blanks: list[str]


def compose(*, vouchers: Sequence[Voucher], addresses: Mapping[str, str], language: str) -> bytes:
    """Return the vouchers of one printing as a PDF; `addresses` says, by code, where each is entered.

    What may be ticked is what is open now: printed again later it may be less.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    made_at = dt.datetime.combine(vouchers[0].printed_on, dt.time(), tzinfo=dt.UTC)
    with translation.override(language):
        page = html(vouchers, language=language, made_at=made_at)
        codes = {each.code: addresses[each.code] for each in vouchers}
        return papers.printed(page, made_at=made_at, leads_to=codes, is_issued=False)


def _others(voucher: Voucher) -> list[Organization]:
    """Return whom it is about besides whoever printed it; nobody where that is written on it by hand."""
    if voucher.agreement is not None:
        return list(voucher.agreement.others(voucher.organization))
    body = voucher.fund.book.organization if voucher.fund is not None else voucher.organization
    return [body] if body != voucher.organization else []


def html(vouchers: Sequence[Voucher], *, language: str, made_at: dt.datetime) -> str:
    """Return them as the HTML that is printed."""
    first = vouchers[0]
    agreement, ours = first.agreement, first.organization
    lines = [Line(choice.label, [choice.unit.name]) for choice in read.choices(agreement, ours)]
    lines += [Line(each.label, each.blanks) for each in read.longer_of(first)]
    context: dict[str, Any] = {
        "vouchers": vouchers,
        "agreement": agreement,
        "title": first.of_what,
        "organization": ours,
        "others": _others(first),
        "lines": lines,
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("reports/vouchers.html", context)
