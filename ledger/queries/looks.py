"""Which part of the ledger a check looks at: what came since, of which books, and what open findings are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from ledger.models.findings import Finding


@dataclass(frozen=True, slots=True)
class Again:
    """What open findings are about, by primary keys: it is looked at again until it is right."""

    events: frozenset[int] = frozenset()
    agreements: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()
    #: Of findings that are about nothing smaller.
    books: frozenset[int] = frozenset()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Again":
        """Return what these findings are about."""
        every = list(findings)
        small = ("event_id", "agreement_id", "claim_id", "account_id")
        whole = [each for each in every if all(getattr(each, name) is None for name in small)]
        return cls(
            events=frozenset(each.event_id for each in every if each.event_id),
            agreements=frozenset(each.agreement_id for each in every if each.agreement_id),
            claims=frozenset(each.claim_id for each in every if each.claim_id),
            books=frozenset(each.book_id for each in whole if each.book_id),
        )


@dataclass(frozen=True, slots=True)
class Look:
    """Look at what came after an event, in these books (None: in all), and again at what open findings are about."""

    after: int = 0
    books: frozenset[int] | None = None
    again: Again = Again()

    def since(self, last: str, *, event: str = "", agreement: str = "", claim: str = "", book: str = "") -> Q:
        """Return what to look at in a table: `last` is where it says by which event; the others where else it points.

        >>> look.since("balance__last_event", claim="pk")
        """
        found = Q(**{f"{last}__gt": self.after})
        pointed = (event, self.again.events), (agreement, self.again.agreements)
        for path, again in (*pointed, (claim, self.again.claims), (book, self.again.books)):
            if path and again:
                found |= Q(**{f"{path}__in": again})
        return found

    def of(self, *books: str) -> Q:
        """Return what is of the books that are looked at, by any of these paths to a book."""
        if self.books is None:
            return Q()
        found = Q()
        for book in books:
            found |= Q(**{f"{book}__in": self.books})
        return found

    def has(self, book: int) -> bool:
        """Say whether that book is looked at."""
        return self.books is None or book in self.books

    def has_moved(self, last: int, *, book: int) -> bool:
        """Say whether what an event moved last in a book is to be looked at."""
        return last > self.after or book in self.again.books
