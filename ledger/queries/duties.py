"""The calendar of duties: fiscal years as the book has them, and with them what falls due and what was met."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from ledger.core import fiscal
from ledger.models.accounts import Book
from ledger.models.years import YearClosing
from network.core.duties import MANDATE, YEAR_END
from network.models.duties import Filing
from network.models.organizations import Organization
from network.queries import calendars, duties, organizations
from network.queries.duties import Entry, FiscalYears

#: Whoever keeps no book here has the calendar year.
USUAL_MONTH = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """The duties of an organization as of a day, each list by the days on which they fall due."""

    overdue: list[Entry]
    coming: list[Entry]
    #: The latest first.
    done: list[Entry]
    #: Reports that were noted and withdrawn.
    withdrawn: list[Filing]
    #: The last day of the fiscal year that runs.
    year_ends_on: dt.date
    has_book: bool

    @property
    def all(self) -> list[Entry]:
        """Every one of them."""
        return [*self.overdue, *self.coming, *self.done]


def calendar(organization: Organization, *, on: dt.date) -> Calendar:
    """Return the calendar of one organization."""
    years = fiscal_years([organization.pk], on=on)
    entries = calendars.of_organizations([organization], years=years, on=on)[organization.pk]
    return Calendar(
        overdue=[each for each in entries if each.is_overdue],
        coming=[each for each in entries if not each.is_done and not each.is_overdue],
        done=[each for each in reversed(entries) if each.is_done],
        withdrawn=duties.withdrawn(organization, since=years[organization.pk].ends[0]),
        year_ends_on=next(end for end in years[organization.pk].ends if end >= on),
        has_book=years[organization.pk].has_book,
    )


def pressing(organization: Organization, *, on: dt.date) -> list[Entry]:
    """Return what is overdue or falls due within a month, but for the mandates: the council's page tells of those."""
    years = fiscal_years([organization.pk], on=on)
    entries = calendars.of_organizations([organization], years=years, on=on)[organization.pk]
    return [each for each in entries if each.stage and each.duty.kind != MANDATE]


def below(body: Organization, *, on: dt.date) -> list[Entry]:
    """Return the open duties of all that belong to a body, once each: what is overdue longest comes first.

    That a year ends is left out: it asks for nothing yet.
    """
    members = Organization.objects.filter(pk__in=organizations.members_below(body, on=on))
    asked = list(members.select_related("registration"))
    years = fiscal_years([each.pk for each in asked], on=on)
    found = calendars.of_organizations(asked, years=years, on=on).values()
    entries = [each for entries in found for each in entries if not each.is_done and each.duty.kind != YEAR_END]
    return sorted(entries, key=lambda each: (each.duty.due_on, each.organization.name, each.duty.key))


def fiscal_years(numbers: Iterable[int], *, on: dt.date) -> dict[int, FiscalYears]:
    """Return organization's number → its fiscal years from two before today's to the one after it."""
    asked = list(numbers)
    books = {book.organization_id: book for book in Book.objects.filter(organization__in=asked)}
    closed: dict[int, dict[dt.date, dt.date]] = defaultdict(dict)
    closings = YearClosing.objects.filter(book__organization__in=asked, ends_on__gte=on - dt.timedelta(days=3 * 366))
    told = ("book__organization", "ends_on", "event__booked_on", "recorded_at")
    for pk, ends_on, booked_on, at in closings.values_list(*told):
        # An entry that came after its year's last day stands under the day on which it came.
        closed[pk][ends_on] = booked_on if booked_on and booked_on > ends_on else timezone.localdate(at)
    found = {}
    for pk in asked:
        book = books.get(pk)
        month = book.year_starts_month if book else USUAL_MONTH
        running = fiscal.year_of(on, starts_month=month)
        found[pk] = FiscalYears(
            ends=[fiscal.last_day(year, starts_month=month) for year in range(running - 2, running + 2)],
            has_book=book is not None,
            since=book.opened_on if book else dt.date.min,
            closed=closed[pk],
        )
    return found
