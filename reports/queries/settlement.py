"""What one book shows of an agreement: each debt under it, fact by fact, from its first day to what is open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from ledger.models import Agreement, Book, Claim, Entry, Posting
from reports.queries import head
from reports.queries.head import Head
from reports.queries.journal import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A fact that made a debt larger (above zero) or smaller, and what was open after it: minor units, of its peg."""

    number: Number
    booked_on: dt.date
    happened_on: dt.date
    memo: str
    papers: str
    amount: int
    quantity: int
    open_amount: int
    open_quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One debt between this book and another, and all that moved it."""

    claim: Claim
    is_owed_to_us: bool
    moves: tuple[Moved, ...]

    @property
    def other(self) -> str:
        """Who is on the other side."""
        return (self.claim.debtor if self.is_owed_to_us else self.claim.creditor).organization.name

    @property
    def is_in_goods(self) -> bool:
        """Whether it keeps its value in something other than the money that it is written in."""
        return self.claim.peg.unit_id != self.claim.unit_id

    @property
    def amount(self) -> int:
        """What is open: minor units of its money."""
        return self.moves[-1].open_amount if self.moves else 0

    @property
    def quantity(self) -> int:
        """What is open: minor units of what it keeps its value in."""
        return self.moves[-1].open_quantity if self.moves else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The final account of an agreement, or how far it is, as one of its parties keeps it."""

    agreement: Agreement
    book: Book
    accounts: tuple[Account, ...]
    #: The last event that it tells of, and when that one was written; zero and None where nothing was handed over.
    event: int
    recorded_at: dt.datetime | None
    head: Head | None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is open any more."""
        return not any(each.amount or each.quantity for each in self.accounts)


def settlement(*, agreement: Agreement, book: Book) -> Settlement:
    """Return what a book shows of an agreement now: it costs what stands under it, however large the ledger."""
    claims = Claim.objects.filter(agreement=agreement.code).select_related(
        "creditor__organization", "debtor__organization", "unit", "peg__unit"
    )
    ours = [each for each in claims.order_by("pk") if book.pk in (each.creditor_id, each.debtor_id)]
    entry = Entry.objects.filter(book=book, event=OuterRef("event"))
    postings = (
        Posting.objects.filter(account__book=book, claim__in=ours)
        .select_related("event")
        .annotate(year=Subquery(entry.values("year")), number=Subquery(entry.values("number")))
        .order_by(F("year"), F("number"), F("line"))
    )
    by_claim: dict[int, list[Posting]] = {}
    for posting in postings:
        by_claim.setdefault(posting.claim_id or 0, []).append(posting)
    last = max((rows[-1] for rows in by_claim.values()), key=lambda row: row.event_id, default=None)
    return Settlement(
        agreement=agreement,
        book=book,
        accounts=tuple(_account(claim, book, by_claim.get(claim.pk, [])) for claim in ours),
        event=last.event_id if last else 0,
        recorded_at=last.event.recorded_at if last else None,
        head=head.covering(event=last.event_id) if last else None,
    )


def _account(claim: Claim, book: Book, postings: list[Posting]) -> Account:
    is_ours = claim.creditor_id == book.pk
    return Account(claim=claim, is_owed_to_us=is_ours, moves=tuple(_moves(claim, postings, sign=1 if is_ours else -1)))


def _moves(claim: Claim, postings: list[Posting], *, sign: int) -> Iterator[Moved]:
    amount = quantity = 0
    for row in postings:
        moved = sign * row.amount
        counted = sign * (row.quantity or 0) if row.measure_id == claim.peg_id else 0
        amount, quantity = amount + moved, quantity + counted
        yield Moved(
            # Annotated above.
            number=Number(year=row.year, number=row.number),  # type: ignore[attr-defined]
            booked_on=row.event.booked_on,
            happened_on=row.event.happened_on,
            memo=row.event.memo,
            papers=row.event.papers,
            amount=moved,
            quantity=counted,
            open_amount=amount,
            open_quantity=quantity,
        )
