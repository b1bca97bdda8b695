"""What members answered about balances, where it is not what the books say and nobody explained it yet."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from ledger.models.balance_confirmations import AskedBalance, BalanceAnswer, Said
from ledger.models.findings import Check
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

SCOPE = "confirmed"


def differing(which: Q) -> QuerySet[BalanceAnswer]:
    """Return the answers that stand, differ, and have no explanation."""
    found = BalanceAnswer.objects.filter(which, said=Said.DIFFERS, replaced_by=None, explanation=None)
    return found.select_related("balance__peg", "organization__book").order_by("pk")


def discrepancies(answers: QuerySet[BalanceAnswer]) -> Iterator[Discrepancy]:
    """Return each figure that differs: that of the books, and that of the answer, in the book of whoever answered."""
    for answer in answers:
        balance, book = answer.balance, answer.organization.book.pk
        for unit, asked, told in (
            (balance.unit_id, balance.amount, answer.amount),
            (balance.peg.unit_id, balance.quantity, answer.quantity),
        ):
            if told is not None and told != asked:
                yield Discrepancy(Check.CONFIRMATION, scope(balance, book=book, unit=unit), book, None, asked, told)


def scope(balance: AskedBalance, *, book: int, unit: int) -> str:
    """Return what names a difference: the balance, the book of whoever answered, the unit of its figures."""
    return f"{SCOPE}:{balance.pk}:{book}:{unit}"


def check_confirmed(look: Look) -> Iterator[Discrepancy]:
    """Return what differs in the books that are looked at, however old: an answer moves no book."""
    return discrepancies(differing(look.of("organization__book")))
