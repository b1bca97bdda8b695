"""Books in text, as a bookkeeper writes them: what the journal says, to compare with what it should say."""

from decimal import Decimal

from ledger.core.units import from_minor
from ledger.models import Book, Event, Posting


def amount(minor: int) -> str:
    """Return 1200000.00 for 120000000 centavos."""
    return str(from_minor(minor, scale=2))


def journal_of(book: Book, *, kind: str = "") -> str:
    """Return a book's journal in text, one line a posting; lines of one account and claim kind are added up.

    With a kind, its events of that kind alone.

    `2023-11-20 1202 molino KG harina  1200000.00  4000.000` is: day, account, counterparty, peg, amount, quantity.
    """
    lines = []
    events = Event.objects.filter(entries__book=book).order_by("pk")
    for event in events.filter(kind=kind) if kind else events:
        totals: dict[str, list[Decimal]] = {}
        postings = Posting.objects.filter(event=event, account__book=book).select_related(
            "account__counterparty__organization", "account__peg__unit", "measure__unit"
        )
        for posting in postings.order_by("account__number", "pk"):
            account = posting.account
            name = account.number
            if account.counterparty is not None:
                name += f" {account.counterparty.organization.code} {account.peg}"
            sums = totals.setdefault(name, [Decimal(0), Decimal(0)])
            sums[0] += from_minor(posting.amount, scale=2)
            if posting.quantity is not None and posting.measure is not None:
                sums[1] += from_minor(posting.quantity, scale=posting.measure.unit.scale)
        for name, (value, quantity) in sorted(totals.items()):
            counted = f" [{quantity.normalize():f}]" if quantity else ""
            lines.append(f"{event.booked_on} {name} {value:.2f}{counted}")
    return "\n".join(lines)


def text(block: str) -> str:
    """Return a ledger written inside a test, without its indentation."""
    return "\n".join(" ".join(line.split()) for line in block.strip().splitlines())
