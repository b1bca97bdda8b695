"""Recompute what the books keep, and return what does not add up. Each question is one statement, so one snapshot."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ledger.core.chart import CHART, Role
from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.findings import Check, Finding
from ledger.models.journal import Entry, Event, Posting
from ledger.models.reconciliation import Checkpoint, Reconciliation
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

#: No transaction of ours is open for so long: what was recorded before is all there.
SETTLED_AFTER = dt.timedelta(minutes=10)
CHUNK = 500
#: Accounts that moved since they were last found right.
_MOVED = Q(checkpoint=None, balance__postings__gt=0) | ~Q(
    balance__postings=F("checkpoint__postings"),
    balance__amount=F("checkpoint__amount"),
    balance__quantity=F("checkpoint__quantity"),
)


def horizon(*, at: dt.datetime) -> int:
    """Return the last event before which no slower transaction can still write one."""
    settled = Event.objects.filter(recorded_at__lt=at - SETTLED_AFTER)
    return settled.order_by("-pk").values_list("pk", flat=True).first() or 0


def last_horizon() -> int:
    """Return how far the last run has looked: what it found is looked at again by itself."""
    last = Reconciliation.objects.filter(finished_at__isnull=False).order_by("-pk").first()
    return last.horizon if last else 0


def books_to_check(*, full: bool, after: int) -> list[int]:
    """Return the books in which something moved since, or stands wrong; all of them in a full run."""
    if full:
        return list(Book.objects.order_by("pk").values_list("pk", flat=True))
    entered = Entry.objects.filter(event__gt=after).values_list("book", flat=True)
    moved = Account.objects.filter(_MOVED).values_list("book", flat=True)
    wrong = Finding.objects.filter(closed_at=None, book__isnull=False).values_list("book", flat=True)
    return sorted({book for rows in (entered, moved, wrong) for book in rows.order_by().distinct()})


def accounts_to_check(*, books: Sequence[int], full: bool) -> list[int]:
    """Return the accounts of these books that moved since they were last found right, and those found wrong."""
    accounts = Account.objects.filter(book__in=books).order_by("pk")
    if not full:
        found = Finding.objects.filter(closed_at=None, account=OuterRef("pk"))
        accounts = accounts.filter(_MOVED | Exists(found))
    return list(accounts.values_list("pk", flat=True))


def check_balances(accounts: Sequence[int], *, full: bool) -> tuple[list[Discrepancy], list[Checkpoint]]:
    """Sum the postings of these accounts since their checkpoints and compare with the kept balances.

    An account that seems wrong is summed from its beginning before it is called wrong: a slower transaction may have
    committed an event with an earlier number.
    """
    discrepancies: list[Discrepancy] = []
    checkpoints: list[Checkpoint] = []
    doubtful: list[int] = []
    for row in _summed(accounts, since_checkpoint=not full):
        if row.kept == row.summed:
            checkpoints.append(_checkpoint(row))
        else:
            doubtful.append(row.account)
    for row in _summed(doubtful, since_checkpoint=False):
        if row.kept == row.summed:
            checkpoints.append(_checkpoint(row))
        else:
            scope = f"account:{row.account}"
            discrepancies.append(Discrepancy(Check.BALANCE, scope, row.book, row.account, row.summed[0], row.kept[0]))
    return discrepancies, checkpoints


class _Summed(NamedTuple):
    """An account's kept balance and the sums of its postings, read in one statement: (amount, quantity, postings)."""

    account: int
    book: int
    last_event: int
    kept: tuple[int, int, int]
    summed: tuple[int, int, int]


def _summed(accounts: Sequence[int], *, since_checkpoint: bool) -> Iterator[_Summed]:
    start: Combinable = Coalesce(OuterRef("checkpoint__last_event"), 0) if since_checkpoint else Value(0)
    postings = Posting.objects.filter(account=OuterRef("pk"), event__gt=start).order_by().values("account")

    def total(aggregate: Sum | Count, kept: str) -> Combinable:
        fresh = Coalesce(Subquery(postings.annotate(all=aggregate).values("all")), 0, output_field=BigIntegerField())
        return fresh + Coalesce(F(f"checkpoint__{kept}"), 0) if since_checkpoint else fresh

    rows = (
        Account.objects.filter(pk__in=accounts)
        .annotate(
            sum_amount=total(Sum("amount"), "amount"),
            sum_quantity=total(Sum("quantity", filter=Q(measure=F("account__peg")), default=0), "quantity"),
            sum_postings=total(Count("pk"), "postings"),
        )
        .values_list(
            "pk",
            "book",
            "balance__last_event",
            "balance__amount",
            "balance__quantity",
            "balance__postings",
            "sum_amount",
            "sum_quantity",
            "sum_postings",
        )
    )
    for pk, book, event, *figures in rows.iterator(CHUNK):
        amount, quantity, count, sum_amount, sum_quantity, sum_count = figures
        yield _Summed(pk, book, event, (amount, quantity, count), (sum_amount, sum_quantity, sum_count))


def _checkpoint(row: _Summed) -> Checkpoint:
    amount, quantity, postings = row.kept
    return Checkpoint(
        account_id=row.account, postings=postings, amount=amount, quantity=quantity, last_event=row.last_event
    )


def check_claims(look: Look) -> Iterator[Discrepancy]:
    """Sum the creditor's side of each claim that moved after an event and compare with what is kept as open."""
    side = Posting.objects.filter(claim=OuterRef("pk"), account__role=Role.RECEIVABLE).order_by().values("claim")
    claims = (
        Claim.objects.filter(look.since("balance__last_event", claim="pk"), look.of("creditor"))
        .annotate(
            sum_amount=Coalesce(Subquery(side.annotate(t=Sum("amount")).values("t")), 0),
            sum_quantity=Coalesce(Subquery(side.annotate(t=Sum("quantity")).values("t")), 0),
        )
        .exclude(balance__amount=F("sum_amount"), balance__quantity=F("sum_quantity"))
        .select_related("balance")
    )
    for claim in claims:
        yield Discrepancy(
            Check.CLAIM, f"claim:{claim.pk}", claim.creditor_id, None, claim.sum_amount, claim.balance.amount
        )


def check_entries(look: Look) -> Iterator[Discrepancy]:
    """Return the entries of later events whose debits and credits differ in a unit."""
    wrong = (
        Posting.objects.filter(look.since("event", event="event"), look.of("account__book"))
        .values("event", "account__book", "account__unit")
        .annotate(left=Sum("amount"))
        .exclude(left=0)
        .order_by("event")
    )
    for row in wrong:
        scope = f"entry:{row['event']}:{row['account__book']}:{row['account__unit']}"
        yield Discrepancy(Check.ENTRY, scope, row["account__book"], None, 0, row["left"])


def check_mirrors(accounts: Sequence[int]) -> Iterator[Discrepancy]:
    """Compare what these accounts show of another book with what that book shows: one must be the other's opposite."""
    mirrors = {line.number: line.mirror for line in CHART if line.mirror}
    for number, opposite in mirrors.items():
        other = Account.objects.filter(
            book=OuterRef("counterparty"),
            counterparty=OuterRef("book"),
            number=opposite,
            unit=OuterRef("unit"),
            peg=OuterRef("peg"),
        )
        wrong = (
            Account.objects.filter(pk__in=accounts, number=number, counterparty__isnull=False)
            .annotate(
                theirs=Coalesce(Subquery(other.values("balance__amount")), 0),
                theirs_quantity=Coalesce(Subquery(other.values("balance__quantity")), 0),
            )
            .exclude(balance__amount=-F("theirs"), balance__quantity=-F("theirs_quantity"))
            .select_related("balance")
        )
        for account in wrong:
            yield Discrepancy(
                Check.MIRROR,
                f"mirror:{account.pk}",
                account.book_id,
                account.pk,
                -account.theirs,
                account.balance.amount,
            )


def check_numbering(look: Look) -> Iterator[Discrepancy]:
    """Return the books whose entries after an event do not follow each other without gap."""
    runs = (
        Entry.objects.filter(look.since("event", book="book"), look.of("book"))
        .values("book", "year")
        .annotate(first=Min("number"), last=Max("number"), count=Count("pk"))
        .order_by("book", "year")
    )
    for run in runs:
        before = run["first"] - 1
        missing_before = before and not Entry.objects.filter(book=run["book"], year=run["year"], number=before).exists()
        wanted = run["last"] - run["first"] + 1
        if run["count"] != wanted or missing_before:
            scope = f"numbering:{run['book']}:{run['year']}"
            yield Discrepancy(Check.NUMBERING, scope, run["book"], None, wanted, run["count"])
