"""The figures of an open-factory report (fábrica abierta): what a cooperative gave the community in a period.

Only what is in the book counts, and there nothing stands that the receiver has not counter-signed, or given a receipt
for. Sources: *Balance Social Cooperativo* (UNLP 2018), ECG 4.1 theme E2: hours, people and cost stand side by side and
are never made into one score; B4SI: commercial sponsorship is no contribution: it is told apart, and is in no sum.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch

from ledger.core.personal import signs
from ledger.models import Book, Contribution, Delivery, Entry, HostedCost
from ledger.models.deliveries import Act
from network.models.organizations import Kind, Organization
from reports.core.counts import told as told_of
from reports.models import Photo
from reports.queries import community, journal, photos
from reports.queries.community import Around
from reports.queries.given import Deed, Given, apart, sums
from reports.queries.journal import Cutoff, Number
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFactory(Told):
    """What was given from a day to another, the same a year before, and what else the book knows around it."""

    given: Given = field(default_factory=Given)
    #: Events that brought a commercial return: told, and in no sum of what was given.
    sponsored: Given = field(default_factory=Given)
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
    last_said: int = 0,  # noqa: ARG001  # photos are shown as they stand: what was taken away is in no later report
) -> OpenFactory:
    """Return what the book says was given in a period, told up to an event: what comes later does not change it."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    given, sponsored, before, around = Given(), Given(), Given(), Around()
    if base.cutoff is not None:
        given, sponsored = apart(deeds(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff))
        first, last = community.a_year_before(starts_on), community.a_year_before(ends_on)
        before, _sponsored = apart(deeds(book=book, starts_on=first, ends_on=last, until=base.cutoff))
        around = community.around(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff)
    return OpenFactory(
        book=book,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff=base.cutoff,
        head=base.head,
        given=given,
        sponsored=sponsored,
        before=before,
        around=around,
        photos=photos.of_report(
            book.organization,
            [(deed.activity, deed.starts_on) for deed in given.deeds],
            starts_on=starts_on,
            ends_on=ends_on,
        ),
    )


def deeds(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> list[Deed]:
    """Return what entered the book from a day to another, but for what was undone by the cut-off; sponsorship too."""
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
    found = [*_hosted(book, numbers), *_given(book, numbers)]
    return sorted(found, key=lambda deed: (deed.entry.year, deed.entry.number))


def _hosted(book: Book, numbers: dict[int, Number]) -> Iterator[Deed]:
    found = Delivery.objects.filter(act=Act.HOSTED, giver=book.organization_id, event__in=numbers)
    found = found.select_related("hosted", "event", "receiver", "agreement__hosting")
    for each in found.prefetch_related(Prefetch("hosted__costs", HostedCost.objects.order_by("account", "number"))):
        period, event = each.hosted, each.event
        assert event is not None  # noqa: S101  # found by it; for the type checker
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
            how=period.counted,
            costs=tuple(sums((cost.account, cost.amount) for cost in period.costs.all())),
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
            visits=told_of(each.attendances or 0),
            how=each.counted,
            hours=each.hours or 0,
            workers=told_of(each.people or 0),
            learners=told_of(each.trainees or 0),
            manuals=each.manuals or 0,
            costs=((each.paid_from, each.amount),) if each.amount else (),
            charged_to=each.charged_to,
        )
