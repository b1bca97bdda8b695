"""Findings as people read them: what stands open in whose books, the worst first, and the story of one."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from ledger.models.accounts import Book
from ledger.models.balance_confirmations import AskedBalance
from ledger.models.findings import Check, Finding
from ledger.models.jobs import JobState
from ledger.models.journal import Entry
from ledger.models.reconciliation import Reconciliation
from ledger.queries.checks import RULES, Rule, Severity, severity_order
from network.models.organizations import TIERS, Organization
from network.queries import organizations

#: So many are shown at most: whoever has more has another problem.
SHOWN = 50
#: So many of those that closed themselves.
CLOSED_SHOWN = 10
#: So many days old a finding is when it is of the next age: up to a week, a month, three months, older.
AGES = (8, 31, 91)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not add up: what, where, and the two figures, in minor units (or numbers).

    `book` is None where it is of the whole network.
    """

    check: Check
    scope: str
    book: int | None
    account: int | None
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is told: with the rule of its check, and where one can look."""

    finding: Finding
    rule: Rule
    #: The book of the two that it is between which whoever reads may look into.
    seen_in: Book | None = None
    #: The entry in that book, if it is about one.
    entry: Entry | None = None
    #: The balance, if it is about an answer to a confirmation.
    asked: AskedBalance | None = None

    @property
    def is_of_network(self) -> bool:
        """Whether it is of no single book."""
        return self.finding.book_id is None


@dataclass(frozen=True, slots=True)
class Health:
    """What reconciliation last said: when, over what, in how long, and what is open in these books."""

    last: Reconciliation | None
    last_clean: Reconciliation | None
    #: Open, the worst first; those that were accepted stand apart.
    findings: list[Told] = field(default_factory=list)
    accepted: list[Told] = field(default_factory=list)

    @property
    def clean_seconds(self) -> int:
        """How long the last run that found nothing took."""
        return took(self.last_clean) if self.last_clean else 0

    @property
    def seconds(self) -> int:
        """How long the last run took, rounded up."""
        return took(self.last) if self.last else 0


def took(run: Reconciliation) -> int:
    """Return how many seconds a run took, rounded up; none while it goes on."""
    return -(-(run.finished_at - run.started_at) // dt.timedelta(seconds=1)) if run.finished_at else 0


def books_in_sight(organization: Organization, *, on: dt.date, oversees: bool) -> QuerySet[Book]:
    """Return its own book, and to whoever oversees them those of all that belong to it on that day."""
    below = organizations.members_below(organization, on=on) if oversees else set()
    return Book.objects.filter(organization__in={organization.pk, *below})


def _seen(books: QuerySet[Book]) -> Q:
    return Q(book__in=books) | Q(other__in=books) | Q(book=None)


def in_sight(books: QuerySet[Book]) -> QuerySet[Finding]:
    """Return the findings of these books, between them and others, and those of the whole network.

    What is wrong between two is seen by both, whoever's book it was found in; the latter tell of no single book.
    """
    return Finding.objects.filter(_seen(books)).select_related(
        "book__organization", "book__unit", "other__organization", "account__unit", "unit", "owner", "acceptance"
    )


def _of_age(age: int, *, at: dt.datetime) -> Q:
    """Return which findings are of an age at a time: 0 the youngest, 3 the oldest."""
    edges = [None, *(at - dt.timedelta(days=days) for days in AGES), None]
    younger, older = edges[age], edges[age + 1]
    of_age = Q() if younger is None else Q(opened_at__lte=younger)
    return of_age if older is None else of_age & Q(opened_at__gt=older)


def of_severity(severity: str) -> Q:
    """Return which findings are as bad as that."""
    return Q(check_code__in=[check for check, rule in RULES.items() if rule.severity == severity])


@dataclass(frozen=True, slots=True)
class Row:
    """How many findings of a severity are open, by age; what was accepted is none of them."""

    severity: Severity
    counts: list[int]


def by_severity_and_age(*, books: QuerySet[Book], at: dt.datetime) -> list[Row]:
    """Return how many findings of these books are open, by severity, the worst first, and age; in one statement."""
    opened = Finding.objects.filter(_seen(books), closed_at=None, acceptance=None)
    ages = {f"age_{age}": Count("pk", filter=_of_age(age, at=at)) for age in range(len(AGES) + 1)}
    rows: list[dict[str, Any]] = list(opened.order_by().values("check_code").annotate(**ages))  # type: ignore[arg-type]
    return [
        Row(
            severity,
            [sum(row[name] for row in rows if RULES[Check(row["check_code"])].severity == severity) for name in ages],
        )
        for severity in Severity
    ]


def health(*, books: QuerySet[Book], only: Q | None = None) -> Health:
    """Return the last run, the last one that found nothing, and the open findings of these books, the worst first."""
    worst_first = Case(*(When(check_code=check, then=severity_order(check)) for check in RULES), default=0)
    opened = in_sight(books).filter(only or Q(), closed_at=None)
    found = opened.order_by(F("acceptance").asc(nulls_first=True), worst_first, "pk")[:SHOWN]
    all_told = [Told(finding, RULES[Check(finding.check_code)]) for finding in found]
    runs = Reconciliation.objects.filter(finished_at__isnull=False).order_by("-pk")
    return Health(
        last=runs.first(),
        last_clean=runs.filter(findings=0).first(),
        findings=[each for each in all_told if each.finding.acceptance_id is None],
        accepted=[each for each in all_told if each.finding.acceptance_id is not None],
    )


def only(*, severity: str, age: str, at: dt.datetime) -> Q | None:
    """Return which findings somebody asks for, by what stands in an address; None is all of them."""
    asked = Q()
    if severity in Severity.values:
        asked &= of_severity(severity)
    if age in {str(each) for each in range(len(AGES) + 1)}:
        asked &= _of_age(int(age), at=at) & Q(acceptance=None)
    return asked or None


def going_on() -> Reconciliation | None:
    """Return the run that workers are at, if they are: with how many parts it has (`of`), and how many are done."""
    running = Reconciliation.objects.filter(finished_at=None, job__state=JobState.RUNNING)
    ready = Count("parts", filter=Q(parts__job__state=JobState.DONE))
    return running.annotate(of=Count("parts"), ready=ready).order_by("-pk").first()


def closed(*, books: QuerySet[Book]) -> list[Finding]:
    """Return those that closed themselves last, the latest first."""
    return list(in_sight(books).filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:CLOSED_SHOWN])


def told(finding: Finding, *, books: QuerySet[Book]) -> Told:
    """Return one finding with its rule and the entry that it is about, for whoever may look into these books."""
    sides = [side for side in (finding.book, finding.other) if side is not None]
    readable = set(books.filter(pk__in=[side.pk for side in sides]).values_list("pk", flat=True))
    seen_in = next((side for side in sides if side.pk in readable), None)
    entry, asked = None, None
    if finding.event_id is not None and seen_in is not None:
        entry = Entry.objects.filter(event=finding.event_id, book=seen_in).first()
    if finding.check_code == Check.CONFIRMATION:
        balances = AskedBalance.objects.select_related("confirmation__body")
        asked = balances.filter(pk=int(finding.scope.split(":")[1])).first()
    return Told(finding, RULES[Check(finding.check_code)], seen_in, entry, asked)


def is_answered_by(finding: Finding, organization: Organization, *, on: dt.date) -> bool:
    """Say whether it is for the organization to answer: of its book, of one that belongs to it, or of its network."""
    if finding.book is None:
        return organization.kind in TIERS
    its = finding.book.organization
    return its == organization or organization.pk in organizations.bodies_above(its, on=on)
