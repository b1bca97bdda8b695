"""The figures of an open-factory report (fábrica abierta): what a cooperative gave the community in a period.

Only what is in the book counts, and there nothing stands that the receiver has not counter-signed, or given a receipt
for. Sources: *Balance Social Cooperativo* (UNLP 2018), ECG 4.1 theme E2: hours, people and cost stand side by side and
are never made into one score; B4SI: commercial sponsorship does not belong here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from django.db.models import Prefetch

from ledger.core.personal import signs
from ledger.models import Book, Contribution, Delivery, Entry, HostedCost
from ledger.models.deliveries import Act
from network.models.organizations import Kind, Organization
from reports.core.counts import NOBODY, Count, total
from reports.core.counts import told as told_of
from reports.models import Photo
from reports.queries import community, journal, photos
from reports.queries.community import Around
from reports.queries.journal import Cutoff, Number
from reports.queries.told import Told, told


class How(StrEnum):
    """How people were counted: each time; with one number for every time; as one side said and the other signed."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A month of a hosting, or something given once: minor units of the book's money, hundredths of an hour."""

    #: An `Activity` of a hosting, or a `ContributionKind`.
    category: str
    #: What goes on under one agreement is one activity, whatever the number of its months.
    activity: str
    #: Empty where the words look like a person's data.
    what: str
    starts_on: dt.date
    ends_on: dt.date
    is_standing: bool
    #: A name of the register; empty where the name was written by hand, and might be a person's.
    partner: str
    is_countersigned: bool
    papers: str
    entry: Number
    sessions: int = 0
    room_hours: int = 0
    #: Whoever came twice stands there twice.
    visits: Count = NOBODY
    how: How = How.DECLARED
    #: Hours of its own people, and how many of them.
    hours: int = 0
    workers: Count = NOBODY
    #: Of mentoring: whoever learned, each once; and manuals handed over.
    learners: Count = NOBODY
    manuals: int = 0
    #: (account that it was taken from, amount), in the order of the chart.
    costs: tuple[tuple[str, int], ...] = ()
    #: The account that bears it: the results of the year, or a fund.
    charged_to: str = ""

    @property
    def cost(self) -> int:
        """What was really borne."""
        return sum(amount for _account, amount in self.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What several deeds come to, each in its own measure."""

    deeds: tuple[Deed, ...] = ()

    @property
    def activities(self) -> int:
        """How many: the months of one hosting are one."""
        return len({deed.activity for deed in self.deeds})

    @property
    def standing(self) -> int:
        """How many of them go on week by week."""
        return len({deed.activity for deed in self.deeds if deed.is_standing})

    @property
    def countersigned(self) -> int:
        """How many of what is told was counter-signed by whoever received it; of the rest there is a receipt."""
        return sum(deed.is_countersigned for deed in self.deeds)

    @property
    def partners(self) -> int:
        """How many organizations of the register took part."""
        return len({deed.partner for deed in self.deeds if deed.partner})

    @property
    def sessions(self) -> int:
        """How often rooms were open."""
        return sum(deed.sessions for deed in self.deeds)

    @property
    def room_hours(self) -> int:
        """Hundredths."""
        return sum(deed.room_hours for deed in self.deeds)

    @property
    def work_hours(self) -> int:
        """Hours of work of its own people, but for mentoring; hundredths."""
        return sum(deed.hours for deed in self.deeds if deed.category != community.MENTORING)

    @property
    def mentoring_hours(self) -> int:
        """Hundredths."""
        return sum(deed.hours for deed in self.deeds if deed.category == community.MENTORING)

    @property
    def visits(self) -> Count:
        """Whoever came, as often as they came."""
        return total(deed.visits for deed in self.deeds)

    @property
    def estimated(self) -> Count:
        """Those of the visits that were told with one number for every time."""
        return total(deed.visits for deed in self.deeds if deed.how == How.ESTIMATED)

    @property
    def learners(self) -> Count:
        """Whoever learned, in each mentoring once."""
        return total(deed.learners for deed in self.deeds)

    @property
    def manuals(self) -> int:
        """Manuals, patterns, plans that were handed over."""
        return sum(deed.manuals for deed in self.deeds)

    @property
    def cost(self) -> int:
        """Money, and what was paid for what stood in the book: pesos alone, no hour is priced."""
        return sum(deed.cost for deed in self.deeds)

    @property
    def by_component(self) -> list[tuple[str, int]]:
        """What was given, by the account that it was taken from."""
        return _sums((account, amount) for deed in self.deeds for account, amount in deed.costs)

    @property
    def by_bearer(self) -> list[tuple[str, int]]:
        """What was given, by the account that bears it."""
        return _sums((deed.charged_to, deed.cost) for deed in self.deeds if deed.costs)

    @property
    def by_category(self) -> list[tuple[str, "Given"]]:
        """The same for each category, in the order of their names as codes."""
        ordered = sorted(self.deeds, key=lambda deed: deed.category)
        return [(code, Given(deeds=tuple(of))) for code, of in groupby(ordered, key=lambda deed: deed.category)]


def _sums(parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for account, amount in parts:
        found[account] = found.get(account, 0) + amount
    return sorted(found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFactory(Told):
    """What was given from a day to another, the same a year before, and what else the book knows around it."""

    given: Given = field(default_factory=Given)
    before: Given = field(default_factory=Given)
    around: Around = field(default_factory=Around)
    photos: tuple[Photo, ...] = ()

    @property
    def is_one_year(self) -> bool:
        """Whether the same days a year before are other days than these."""
        return community.a_year_before(self.ends_on) < self.starts_on


def open_factory(
    *,
    book: Book,
    starts_on: dt.date,
    ends_on: dt.date,
    cutoff_event: int,
    last_declared: int = 0,  # noqa: ARG001  # photos are shown as they stand: what was taken away is in no later report
) -> OpenFactory:
    """Return what the book says was given in a period, told up to an event: what comes later does not change it."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    given, before, around = Given(), Given(), Around()
    if base.cutoff is not None:
        given = of_days(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff)
        first, last = community.a_year_before(starts_on), community.a_year_before(ends_on)
        before = of_days(book=book, starts_on=first, ends_on=last, until=base.cutoff)
        around = community.around(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff)
    return OpenFactory(
        book=book,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff=base.cutoff,
        head=base.head,
        given=given,
        before=before,
        around=around,
        photos=photos.of_report(
            book.organization,
            [(deed.activity, deed.starts_on) for deed in given.deeds],
            starts_on=starts_on,
            ends_on=ends_on,
        ),
    )


def of_days(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> Given:
    """Return what entered the book from a day to another, but for what was undone by the cut-off."""
    entries = Entry.objects.filter(journal.told_until(until), book=book)
    # Nothing is undone before it was entered.
    undone = entries.filter(booked_on__gte=starts_on, event__reverses__isnull=False).values("event__reverses")
    standing = entries.filter(booked_on__gte=starts_on, booked_on__lte=ends_on).exclude(event__in=undone)
    numbers = {
        event: Number(year=year, number=number)
        for event, year, number in standing.filter(event__kind__in=community.KINDS).values_list(
            "event", "year", "number"
        )
    }
    deeds = [*_hosted(book, numbers), *_given(book, numbers)]
    return Given(deeds=tuple(sorted(deeds, key=lambda deed: (deed.entry.year, deed.entry.number))))


def _hosted(book: Book, numbers: dict[int, Number]) -> Iterator[Deed]:
    found = Delivery.objects.filter(act=Act.HOSTED, giver=book.organization_id, event__in=numbers)
    found = found.select_related("hosted", "event", "receiver", "agreement__hosting")
    for each in found.prefetch_related(Prefetch("hosted__costs", HostedCost.objects.order_by("account", "number"))):
        period, event = each.hosted, each.event
        assert event is not None  # noqa: S101  # found by it; for the type checker
        # One number for every time is what is written where nobody counted at the door.
        is_one_for_all = period.sessions > 1 and len(set(period.people.split())) == 1
        yield Deed(
            category=each.agreement.hosting.activity,
            activity=each.agreement.code,
            what=_said(event.memo),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            is_standing=True,
            partner=each.receiver.name,
            is_countersigned=True,
            papers=_said(event.papers),
            entry=numbers[event.pk],
            sessions=period.sessions,
            room_hours=period.room_hours,
            visits=told_of(period.attendances),
            how=How.ESTIMATED if is_one_for_all else How.COUNTED,
            costs=tuple(_sums((cost.account, cost.amount) for cost in period.costs.all())),
            charged_to=community.RESULTS,
        )


def _partner(receiver: Organization | None) -> str:
    """Return who received it; a customer or supplier from outside may be a person, and is not named."""
    return receiver.name if receiver is not None and receiver.kind != Kind.OUTSIDE_PARTY else ""


def _said(text: str) -> str:
    """Return what was written, but for what looks like somebody's document, e-mail or telephone: it is published."""
    return "" if signs(text) else text


def _given(book: Book, numbers: dict[int, Number]) -> Iterator[Deed]:
    found = Contribution.objects.filter(giver=book.organization_id, event__in=numbers)
    for each in found.select_related("event", "receiver"):
        event = each.event
        assert event is not None  # noqa: S101  # found by it; for the type checker
        yield Deed(
            category=each.kind,
            activity=each.code,
            what=_said(each.what),
            starts_on=each.happened_on,
            ends_on=each.happened_on,
            is_standing=False,
            partner=_partner(each.receiver),
            is_countersigned=not each.receipt,
            papers=_said(each.receipt),
            entry=numbers[event.pk],
            hours=each.hours or 0,
            workers=told_of(each.people or 0),
            learners=told_of(each.trainees or 0),
            manuals=each.manuals or 0,
            costs=((each.paid_from, each.amount),) if each.amount else (),
            charged_to=each.charged_to,
        )
