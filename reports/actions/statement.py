"""Put a statement on paper: its words, its chart, the files it carries, its PDF."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.models import Book, Unit
from ledger.templatetags import amounts
from network.errors import DomainError
from reports.actions import attachments
from reports.core import charts, codes
from reports.queries.debts import Debt
from reports.queries.flows import Flow
from reports.queries.statement import Statement

CSS = Path(__file__).parent.parent / "templates" / "reports" / "print.css"
#: Above so many lines the journal is printed as monthly sums: a thousand rows are some forty pages.
PRINTED_LINES_MAX = 1_000
#: More sentences than this are a table, not a few words.
SENTENCES_MAX = 8


class PdfLibraryIsMissing(DomainError):
    """WeasyPrint draws with Pango, a library of the operating system."""

    message = gettext_lazy(
        "The server cannot make PDFs: a library called Pango is not installed. "
        "Tell whoever runs the installation, then make the report again."
    )


def compose(statement: Statement, *, language: str) -> bytes:
    """Return the statement as a PDF: the same statement and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    try:
        # Here, not above: pages stand, and start sooner, where only the workers can draw.
        from reports import pdf
    except OSError as error:
        raise PdfLibraryIsMissing from error
    with translation.override(language):
        made_at = _made_at(statement)
        carried = attachments.of_statement(statement)
        head = statement.head.line if statement.head else ""
        identifier = hashlib.sha256(b"".join([language.encode(), head.encode(), *(file.content for file in carried)]))
        return pdf.render(
            html=html(statement, language=language, made_at=made_at),
            css=CSS.read_text(encoding="utf-8"),
            charts={
                "weave": charts.weave(),
                "flows": chart(statement.flows, book=statement.book, prefix="statement"),
                "seal": codes.qr(head),
            },
            carried=carried,
            identifier=identifier.hexdigest()[:32].encode(),
            made_at=made_at,
        )


def html(statement: Statement, *, language: str, made_at: dt.datetime) -> str:
    """Return the statement as the HTML that is printed."""
    return render_to_string(
        "reports/statement.html",
        {
            "statement": statement,
            "book": statement.book,
            "organization": statement.book.organization,
            "unit": statement.book.unit,
            "language": language,
            "made_at": made_at.isoformat(timespec="seconds"),
            "sums": sums(statement),
            "sentences": sentences(statement.debts),
            "chart_text": chart_text(statement.flows, unit=statement.book.unit),
            "is_long": statement.line_count > PRINTED_LINES_MAX,
        },
    )


def _made_at(statement: Statement) -> dt.datetime:
    """Return the moment that the paper is dated: that of the last entry it tells of, never that of the printing."""
    if statement.cutoff is not None:
        return statement.cutoff.recorded_at.astimezone(dt.UTC).replace(microsecond=0)
    return dt.datetime.combine(statement.ends_on, dt.time(), tzinfo=dt.UTC)


def sums(statement: Statement) -> dict[str, int]:
    """Return what is owed to the book and by it at the end, in its own money."""
    own = [debt for debt in statement.debts if debt.unit.pk == statement.book.unit_id]
    return {
        "owed_to_us": sum(debt.owed for debt in own if debt.is_owed_to_us),
        "owed_by_us": sum(debt.owed for debt in own if not debt.is_owed_to_us),
    }


def sentences(debts: Sequence[Debt]) -> list[str]:
    """Say who owes what to whom at the end of the period, as one would say it at the gate."""
    by_side: defaultdict[tuple[str, str, bool], list[Debt]] = defaultdict(list)
    for debt in debts:
        if debt.closing or debt.closing_quantity:
            by_side[debt.counterparty, debt.counterparty_code, _is_in_our_favor(debt)].append(debt)
    if not by_side:
        return [_("Nobody owes you anything, and you owe nobody anything.")]
    largest = sorted(by_side.items(), key=lambda item: (not item[0][2], -sum(abs(d.closing) for d in item[1]), item[0]))
    said = [
        (_("%(who)s owes you %(what)s.") if owes_us else _("You owe %(who)s %(what)s."))
        % {"who": who, "what": _listed([_what(debt) for debt in sorted(found, key=lambda debt: not debt.is_in_goods)])}
        for (who, _code, owes_us), found in largest[:SENTENCES_MAX]
    ]
    if (more := len(largest) - SENTENCES_MAX) > 0:
        rest = ngettext("One more is in the tables below.", "%(count)s more are in the tables below.", more)
        said.append(rest % {"count": more})
    return said


def _is_in_our_favor(debt: Debt) -> bool:
    return (debt.closing or debt.closing_quantity) > 0


def _what(debt: Debt) -> str:
    worth = amounts.amount(abs(debt.closing), debt.unit)
    if not debt.is_in_goods or not debt.closing_quantity:
        return worth
    return _("%(quantity)s (in the books at %(amount)s)") % {
        "quantity": amounts.quantity(abs(debt.closing_quantity), debt.peg),
        "amount": worth,
    }


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s, and %(last)s") % {"first": "; ".join(parts[:-1]), "last": parts[-1]}


def chart(flows: Sequence[Flow], *, book: Book, prefix: str) -> str:
    """Return the picture of who gives to the cooperative and who receives from it, for page and paper."""
    unit = book.unit
    words = charts.Words(
        title=_("Who gives and who receives"),
        description=chart_text(flows, unit=unit),
        received=_("They gave you →"),
        given=_("→ You gave them"),
        others=lambda count: ngettext("%(count)s other", "%(count)s others", count) % {"count": count},
        amount=lambda minor: amounts.amount(minor, unit),
    )
    shown = [
        charts.Given(name=flow.counterparty, received=max(flow.received, 0), given=max(flow.given, 0)) for flow in flows
    ]
    return charts.give_and_receive(shown, us=book.organization.name, words=words, prefix=prefix)


def chart_text(flows: Sequence[Flow], *, unit: Unit) -> str:
    """Say in a sentence what the picture shows, for whoever does not see it."""
    return _(
        "On the left, those who gave to you, %(received)s in all; on the right, those who received from you, "
        "%(given)s in all. The table that follows has every number."
    ) % {
        "received": amounts.amount(sum(max(flow.received, 0) for flow in flows), unit),
        "given": amounts.amount(sum(max(flow.given, 0) for flow in flows), unit),
    }
