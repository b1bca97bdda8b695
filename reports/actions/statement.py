"""Put a statement on paper: its words, its chart, the files it carries, its PDF."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.models import Book, Unit
from ledger.templatetags import amounts
from reports.actions import attachments, papers, pictures
from reports.core import charts, ego
from reports.queries.debts import Debt
from reports.queries.flows import Partner
from reports.queries.statement import Statement

#: More sentences than this are a table, not a few words.
SENTENCES_MAX = 8
#: So many open items are printed; all of them are in the file inside.
ITEMS_MAX = 60


def compose(statement: Statement, *, language: str) -> bytes:
    """Return the statement as a PDF: the same statement and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        return papers.of_book(
            statement,
            template="reports/statement.html",
            language=language,
            drawn={
                "flows": chart(statement.flows, book=statement.book, prefix="statement"),
                "ego": network(statement.flows, book=statement.book, prefix="ego"),
            },
            carried=attachments.of_statement(statement),
            statement=statement,
            sums=sums(statement),
            sentences=sentences(statement.debts),
            chart_text=chart_text(statement.flows, unit=statement.book.unit),
            network_text=network_text(statement.flows),
            kinds=[(pictures.kinds_named()[each.kind], each) for each in statement.kinds],
            items_max=ITEMS_MAX,
            is_long=statement.line_count > papers.PRINTED_LINES_MAX,
        )


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


def chart(flows: Sequence[Partner], *, book: Book, prefix: str) -> str:
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
    return charts.give_and_receive(_shown(flows), us=book.organization.name, words=words, prefix=prefix)


def _shown(flows: Sequence[Partner]) -> list[charts.Given]:
    return [
        charts.Given(
            name=flow.counterparty or _("community and others"),
            received=max(flow.received, 0),
            given=max(flow.given, 0),
        )
        for flow in flows
    ]


def network(flows: Sequence[Partner], *, book: Book, prefix: str) -> str:
    """Return the picture of the cooperative with its partners around it."""
    words = charts.Words(
        title=_("The cooperative and its partners"),
        description=network_text(flows),
        received=_("← They gave you"),
        given=_("You gave them →"),
        others=lambda count: ngettext("%(count)s other", "%(count)s others", count) % {"count": count},
        amount=lambda minor: amounts.amount(minor, book.unit),
    )
    return ego.ego(_shown(flows), us=book.organization.name, words=words, prefix=prefix)


def network_text(flows: Sequence[Partner]) -> str:
    """Say in a sentence what that picture shows, for whoever does not see it."""
    partners = sum(1 for flow in flows if flow.received > 0 or flow.given > 0)
    return ngettext(
        "The cooperative in the middle and %(n)d partner around it; the lines are as wide as what went to and fro.",
        "The cooperative in the middle and %(n)d partners around it; the lines are as wide as what went to and fro.",
        partners,
    ) % {"n": partners}


def chart_text(flows: Sequence[Partner], *, unit: Unit) -> str:
    """Say in a sentence what the picture shows, for whoever does not see it."""
    return _(
        "On the left, those who gave to you, %(received)s in all; on the right, those who received from you, "
        "%(given)s in all. The table that follows has every number."
    ) % {
        "received": amounts.amount(sum(max(flow.received, 0) for flow in flows), unit),
        "given": amounts.amount(sum(max(flow.given, 0) for flow in flows), unit),
    }
