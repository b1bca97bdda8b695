"""Write books as text in columns: what a scenario has left in the journal, in the accounts, and open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an account by its name, and its numbers as they are read."""

    account: str
    debit: str = ""
    credit: str = ""
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number, its day and what it says, and its lines."""

    head: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Book:
    """What one organization keeps: the entries of some days in their order, and what the accounts come to now."""

    journal: str
    entries: Sequence[Entry]
    accounts: str
    balances: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Result:
    """What a scenario has left: the books, and what is open between them."""

    books: Sequence[Book]
    claims: str
    open: Sequence[str]


def text(result: Result) -> Iterator[str]:
    """Yield the lines of the text."""
    lines = [line for book in result.books for each in _blocks(book) for line in each]
    widths = [max((len(cell) for cell in column), default=0) for column in zip(*map(_cells, lines), strict=True)]
    for book in result.books:
        if book.entries:
            yield book.journal
        for entry in book.entries:
            yield ""
            yield f"  {entry.head}"
            yield from (_row(line, widths) for line in entry.lines)
        if book.balances:
            yield from ("", book.accounts, "")
            yield from (_row(line, widths) for line in book.balances)
            yield ""
    yield result.claims
    yield from ("", *(f"  {each}" for each in result.open)) if result.open else ()


def _blocks(book: Book) -> Iterator[Sequence[Line]]:
    yield from (entry.lines for entry in book.entries)
    yield book.balances


def _cells(line: Line) -> tuple[str, str, str, str]:
    return line.account, line.debit, line.credit, line.quantity


def _row(line: Line, widths: Sequence[int]) -> str:
    name, *numbers = _cells(line)
    columns = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True))]
    return ("    " + "  ".join(columns)).rstrip()
