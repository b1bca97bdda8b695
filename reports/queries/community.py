"""What an open-factory report tells around what was given: a line for each of the seven cooperative principles.

Each figure is of the book, or of a record that says when it was written, up to the cut-off: so that a report made anew
says the same. What Trama does not know is not guessed.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Sum

from ledger.core import contributions, hosting
from ledger.core.chart_account import Nature
from ledger.core.surplus import ACCOUNTS, Share
from ledger.models import Book, Entry, Flow
from ledger.models.contributions import ContributionKind
from ledger.queries import years
from network.core.mandates import months_after
from network.models.assemblies import Assembly, AssemblyKind
from network.models.history import WorkerCount
from reports.queries import journal
from reports.queries.journal import Cutoff

MENTORING = ContributionKind.MENTORING.value
RESULTS = hosting.GIVEN
#: What the events are called by which something is given.
KINDS = ("hosted_period", "contribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many worked there, as somebody counted them on a day."""

    workers: int
    counted_on: dt.date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Minor units of the book's money, hundredths of an hour."""

    #: The last count up to the beginning and up to the end of the period; None where nobody had counted.
    workers_before: Counted | None = None
    workers: Counted | None = None
    #: Assemblies of all members whose resolutions stand in the book of resolutions: how many, who came, who might have.
    assemblies: int = 0
    present: int = 0
    entitled: int = 0
    #: What the assembly set aside, and what was spent of it.
    to_welfare: int = 0
    to_education: int = 0
    to_reserve: int = 0
    education_spent: int = 0
    hours_learned: int = 0
    #: With how many organizations of the network something was exchanged, in how many facts.
    partners: int = 0
    exchanges: int = 0
    #: What its sales and other income came to.
    income: int = 0
    #: How much of what earlier reports told was undone in this period.
    undone: int = 0


def a_year_before(day: dt.date) -> dt.date:
    """Return the same day of the year before; of 29 February the 28th."""
    return months_after(day, -12)


def around(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> Around:
    """Return what the book and the register say around what was given in a period."""
    met = _assemblies(book, starts_on, ends_on, until)
    return Around(
        workers_before=_workers(book, starts_on, until),
        workers=_workers(book, ends_on, until),
        assemblies=len(met),
        present=sum(present for present, _entitled in met),
        entitled=sum(entitled for _present, entitled in met),
        undone=_undone(book, starts_on, ends_on, until),
        **_moved(book, starts_on, ends_on, until),
        **_exchanged(book, starts_on, ends_on, until),
    )


def _workers(book: Book, day: dt.date, until: Cutoff) -> Counted | None:
    then = until.recorded_at
    found = WorkerCount.objects.filter(organization=book.organization_id, counted_on__lte=day, noted_at__lte=then)
    found = found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=then))
    last = found.order_by("-counted_on", "-noted_at", "-pk").first()
    return Counted(workers=last.workers, counted_on=last.counted_on, source=last.source) if last else None


def _assemblies(book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> list[tuple[int, int]]:
    """Return who was present and who might have been, at each: a resolution says when it was written, they do not."""
    found = Assembly.objects.filter(
        organization=book.organization_id,
        held_on__gte=starts_on,
        held_on__lte=ends_on,
        resolutions__recorded_at__lte=until.recorded_at,
    ).exclude(kind=AssemblyKind.COUNCIL)
    return [
        (present or 0, entitled) for _pk, present, entitled in found.distinct().values_list("pk", "present", "entitled")
    ]


def _undone(book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> int:
    return Entry.objects.filter(
        journal.told_until(until),
        book=book,
        booked_on__gte=starts_on,
        booked_on__lte=ends_on,
        event__reverses__kind__in=KINDS,
        event__reverses__booked_on__lt=starts_on,
    ).count()


def _moved(book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> dict[str, int]:
    """Return what moved in the accounts that the principles ask about; what closes a year moves nothing."""
    welfare, education, reserve = (
        ACCOUNTS[share] for share in (Share.WELFARE_FUND, Share.EDUCATION_FUND, Share.LEGAL_RESERVE)
    )
    learned = contributions.MENTORING_RECEIVED[0]

    def on_credit(number: str) -> Sum:
        return Sum("amount", filter=Q(account__number=number, amount__lt=0))

    found = (
        journal.postings(book=book, ends_on=ends_on, until=until)
        .filter(Q(account__unit=book.unit) | Q(account__number=learned), event__booked_on__gte=starts_on)
        .exclude(event__kind=years.KIND)
        .aggregate(
            to_welfare=on_credit(welfare),
            to_education=on_credit(education),
            to_reserve=on_credit(reserve),
            education_spent=Sum("amount", filter=Q(account__number=education, amount__gt=0)),
            hours_learned=Sum("amount", filter=Q(account__number=learned)),
            income=Sum("amount", filter=Q(account__nature=Nature.INCOME)),
        )
    )
    # What stands on the credit side is below zero; PostgreSQL sums big integers to decimals.
    is_debit = {"education_spent", "hours_learned"}
    return {name: int(value or 0) * (1 if name in is_debit else -1) for name, value in found.items()}


def _exchanged(book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> dict[str, int]:
    """Return with how many others something was exchanged, and in how many facts: what is given away is not."""
    told = Flow.objects.filter(
        Q(giver=book) | Q(receiver=book),
        journal.told_until(until, path="event__entries__"),
        event__entries__book=book,
        booked_on__gte=starts_on,
        booked_on__lte=ends_on,
        giver__isnull=False,
        receiver__isnull=False,
    ).exclude(event__kind__in=KINDS)
    rows = list(told.values_list("giver", "receiver", "event").distinct())
    others = {other for giver, receiver, _event in rows for other in (giver, receiver)} - {book.pk}
    return {"partners": len(others), "exchanges": len({event for _giver, _receiver, event in rows})}
