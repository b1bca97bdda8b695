"""What registers and books can say for the yearly socio-economic report of a cooperative (INAES, Res. 189/2021)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ledger.core.flows import FlowKind
from ledger.models import Book, Contribution, HostedPeriod
from ledger.models.contributions import ChargedTo
from ledger.models.deliveries import DeliveryState
from ledger.queries import years
from network.models import Assembly, CooperativeRegistration, Mandate, Membership, WorkerCount
from network.models.assemblies import AssemblyState
from reports.queries import declarations, flows, journal, moved
from reports.queries.declarations import Declared
from reports.queries.flows import InKind
from reports.queries.told import Told, told

#: Income from what it sells, works and barters; what members drew; what went to the community and to the fund.
INCOME = ("4101", "4102", "4103")
DRAWS, COMMUNITY, FUND, VAT_OUT, VAT_IN = "5201", "5401", "5402", "2103", "1203"
#: What carries a year's income and expenses to the surplus takes nothing of them away.
_CLOSED = Q(event__kind=years.KIND) | Q(event__reverses__kind=years.KIND)
_ASKED = (*INCOME, DRAWS, COMMUNITY, FUND, VAT_OUT, VAT_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """People of the register, counted and not named."""

    before: int
    joined: int
    left: int

    @property
    def now(self) -> int:
        """How many there are at the end."""
        return self.before + self.joined - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Mandates in force at the end of the period, and how new those are who hold them."""

    held: int
    people: int
    #: Of the people, those whose mandate began in the period, and of these those who never held one before.
    elected: int
    first_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """What was given to the community in the period and confirmed, besides its value: hundredths of an hour."""

    gifts: int
    hours: int
    periods: int
    sessions: int
    attendances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Social(Told):
    """What is known; what is not is declared by the cooperative itself."""

    registration: CooperativeRegistration | None
    workers_before: WorkerCount | None
    workers: WorkerCount | None
    members: People
    assemblies: tuple[Assembly, ...]
    offices: Offices
    #: Number of the chart → what moved in it in the period: what came in less what went out, as a debit.
    moved: dict[str, int]
    kinds: tuple[InKind, ...]
    community: Community
    #: Item → what the cooperative declared itself for the period.
    declared: dict[str, Declared]

    @property
    def income(self) -> int:
        """What came in from what it sold, worked and bartered, without VAT; minor units of the book."""
        return -sum(self.moved.get(number, 0) for number in INCOME)

    @property
    def given(self) -> tuple[InKind, ...]:
        """What was given to the community and in mentoring, by unit."""
        return tuple(each for each in self.kinds if each.kind in (FlowKind.COMMUNITY, FlowKind.MENTORING))


def last_event(*, book: Book, until: dt.date) -> int:  # noqa: ARG001  # every kind is asked alike
    """Return the book's last event of any day: the register is corrected later, and is told anew with the next entry.

    Up to the last day of the period alone, a past year could be told only once.
    """
    return journal.last_event(book=book, until=dt.date.max)


def social(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int, last_said: int = 0) -> Social:
    """Return what is known of a period: of books and declarations up to a number, of the register as it stands."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    organization, until = book.organization, base.cutoff
    accounts: dict[str, int] = {}
    kinds: tuple[InKind, ...] = ()
    if until is not None:
        for each in moved.moved(
            book=book,
            starts_on=starts_on,
            ends_on=ends_on,
            until=until,
            only=Q(account__number__in=_ASKED, account__unit=book.unit) & ~_CLOSED,
        ):
            number = each.account.number
            accounts[number] = accounts.get(number, 0) + each.debit - each.credit
        exchanged = flows.exchanged(book=book, starts_on=starts_on, ends_on=ends_on, until=until)
        kinds = flows.by_kind(exchanged, first=book.unit)
    counts = WorkerCount.objects.filter(organization=organization, withdrawn_at=None).order_by("-counted_on", "-pk")
    held = Assembly.objects.filter(
        organization=organization, state=AssemblyState.CLOSED, held_on__range=(starts_on, ends_on)
    )
    return Social(
        book=book,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff=until,
        head=base.head,
        registration=CooperativeRegistration.objects.filter(organization=organization).first(),
        workers_before=counts.filter(counted_on__lt=starts_on).first(),
        workers=counts.filter(counted_on__lte=ends_on).first(),
        members=_people(Membership.objects.filter(organization=organization), starts_on, ends_on),
        assemblies=tuple(held.annotate(decided=Count("resolutions")).order_by("held_on", "pk")),
        offices=_offices(Mandate.objects.filter(organization=organization), starts_on, ends_on),
        moved=accounts,
        kinds=kinds,
        community=_community(book, starts_on, ends_on),
        declared=declarations.declared(organization=organization, starts_on=starts_on, ends_on=ends_on, last=last_said),
    )


def _people(found: QuerySet[Membership], starts_on: dt.date, ends_on: dt.date) -> People:
    counted = found.aggregate(
        before=Count("user", Q(starts_on__lt=starts_on) & (Q(until=None) | Q(until__gte=starts_on)), distinct=True),
        joined=Count("user", Q(starts_on__range=(starts_on, ends_on)), distinct=True),
        left=Count("user", Q(until__range=(starts_on, ends_on)), distinct=True),
    )
    return People(**counted)


def _offices(found: QuerySet[Mandate], starts_on: dt.date, ends_on: dt.date) -> Offices:
    held = found.filter(Q(ended_on=None) | Q(ended_on__gt=ends_on), starts_on__lte=ends_on, until__gt=ends_on)
    people = set(held.values_list("user", flat=True))
    elected = set(held.filter(starts_on__gte=starts_on).values_list("user", flat=True))
    before = set(found.filter(user__in=elected, starts_on__lt=starts_on).values_list("user", flat=True))
    return Offices(held=held.count(), people=len(people), elected=len(elected), first_time=len(elected - before))


def _community(book: Book, starts_on: dt.date, ends_on: dt.date) -> Community:
    gifts = Contribution.objects.filter(
        giver=book.organization, state=DeliveryState.CONFIRMED, happened_on__range=(starts_on, ends_on)
    ).exclude(charged_to=ChargedTo.SPONSORSHIP)
    hosted = HostedPeriod.objects.filter(
        delivery__giver=book.organization,
        delivery__state=DeliveryState.CONFIRMED,
        ends_on__range=(starts_on, ends_on),
    )
    return Community(
        gifts=len(gifts),
        hours=sum(each.hours or 0 for each in gifts),
        periods=len(hosted),
        sessions=sum(each.sessions for each in hosted),
        attendances=sum(each.attendances for each in hosted),
    )
