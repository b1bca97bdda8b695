"""The text of exports that are read by other programs: beancount, hledger, and tables."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ledger.core import beancount, hledger, table
from ledger.queries.outside import Reader
from ledger.queries.scope import Scope, last_day
from network.core.delimited import csv_lines

LANGUAGES = {"beancount": beancount, "hledger": hledger}


def journal(format: str, scope: Scope) -> Iterator[str]:
    """Yield the books in the language of another program, piece by piece.

    It stands alone: it opens with what was there before, and it ends with the balances that the database keeps, which
    the other program compares with what it adds up itself.
    """
    language, reader = LANGUAGES[format], Reader(scope)
    title = scope.book.organization.name if scope.book else _("All books")
    yield from language.head(title=title, commodities=reader.commodities(), accounts=reader.by_name())
    yield from map(language.entry, reader.opening())
    yield from map(language.entry, reader.entries())
    end = scope.ends_on or last_day(scope) or scope.day_before
    if end is not None:
        yield from language.tail(day=end, title=_("Balances kept by Trama"), balances=reader.held(day=scope.ends_on))


def lines(scope: Scope) -> Iterator[str]:
    """Yield the lines of all entries as a table."""
    rows = (row for entry in Reader(scope).entries() for row in table.rows(entry))
    return csv_lines(table.COLUMNS, rows)


def balances(scope: Scope) -> Iterator[str]:
    """Yield the balances at the end of a scope as a table: account, unit, balance."""
    held = Reader(scope).held(day=scope.ends_on)
    rows = ([b.account.name, b.account.commodity.name, b.account.commodity.number(b.amount)] for b in held)
    return csv_lines(["account", "unit", "balance"], rows)
