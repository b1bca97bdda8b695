"""Read what falls due: the duties of organizations, with what shows that they were met; many for the price of one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.core import duties
from network.core.duties import Duty
from network.core.mandates import months_after
from network.models.assemblies import Assembly, AssemblyKind, AssemblyState
from network.models.bylaws import Office, Seat
from network.models.councils import Mandate
from network.models.duties import Certificate, Filing
from network.models.organizations import Organization
from network.queries.councils import USUAL

#: Duty → what it is called, the rule behind it in one line, and whom it is for.
WORDS: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    duties.YEAR_END: (
        _("The fiscal year ends"),
        _("The statute fixes the day. Count what is in stock (Ley 20.337, art. 39)."),
        _("Treasurer"),
    ),
    duties.YEAR_CLOSING: (
        _("Close the fiscal year in the books"),
        _("The assembly approves the accounts, and its resolution closes the year (Ley 20.337, art. 47)."),
        _("Treasurer"),
    ),
    duties.ASSEMBLY: (
        _("Hold the ordinary assembly"),
        _("Within four months of the year's end (Ley 20.337, art. 47)."),
        _("Council"),
    ),
    duties.SOCIAL_REPORT: (
        _("Present the social report"),
        _("Within six months of the year's end (INAES, Res. 189/2021)."),
        _("Secretary"),
    ),
    duties.AUDIT_REPORT: (
        _("Report of the external auditor"),
        _("One a quarter (Ley 20.337, art. 81). The law names no day; here it is a month after the quarter."),
        _("External auditor"),
    ),
    duties.MANDATE: (
        _("Elect again: %(what)s"),
        _("No mandate outlasts its day (Ley 20.337, arts. 63 and 76)."),
        _("Assembly"),
    ),
    duties.CERTIFICATE: (
        _("Renew: %(what)s"),
        _("The paper itself says until when it is valid."),
        _("Council"),
    ),
}


@dataclass(frozen=True, slots=True)
class FiscalYears:
    """The fiscal years of an organization around a day, as told by whoever knows its book."""

    #: Their last days.
    ends: Sequence[dt.date]
    has_book: bool = False
    #: Nothing is due for a year or quarter that ended before this day.
    since: dt.date = dt.date.min
    #: Last day of a year that is closed in the books → the day on which that was written.
    closed: Mapping[dt.date, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty of an organization as of a day, and what shows that it was met."""

    organization: Organization
    duty: Duty
    on: dt.date
    #: The seat or the paper that it is about.
    what: str | Promise = ""
    #: The day on which it was met; None as long as it is open.
    done_on: dt.date | None = None
    #: The report that was presented, where that is what shows it.
    filing: Filing | None = None

    @property
    def title(self) -> str:
        """What is to be done, without a person's name."""
        title = str(WORDS[self.duty.kind][0])
        if self.what:
            return title % {"what": self.what}
        if self.duty.quarter:
            return gettext("%(title)s, quarter %(number)s") % {"title": title, "number": self.duty.quarter}
        return title

    @property
    def rule(self) -> str | Promise:
        """The rule behind it, in one line."""
        return WORDS[self.duty.kind][1]

    @property
    def for_whom(self) -> str | Promise:
        """Whom it is for."""
        return WORDS[self.duty.kind][2]

    @property
    def period(self) -> str:
        """What year or quarter it is about, in words; nothing of a mandate or a paper."""
        if self.duty.ends_on is None:
            return ""
        day = date_format(self.duty.ends_on, "SHORT_DATE_FORMAT")
        if self.duty.quarter:
            return gettext("quarter that ends on %(day)s") % {"day": day}
        return gettext("fiscal year that ends on %(day)s") % {"day": day}

    @property
    def is_done(self) -> bool:
        """Whether it was met, in time or late."""
        return self.done_on is not None

    @property
    def is_late(self) -> bool:
        """Whether it was met after its day."""
        return self.done_on is not None and self.done_on > self.duty.due_on

    @property
    def stage(self) -> str:
        """How near its day is, as long as it is open: `month`, `week` or `overdue`; nothing when there is time."""
        return "" if self.is_done else duties.stage(self.duty.due_on, on=self.on)

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed without it."""
        return self.stage == duties.OVERDUE


def calendars(
    organizations: Iterable[Organization], *, years: Mapping[int, FiscalYears], on: dt.date
) -> dict[int, list[Entry]]:
    """Return organization's number → its duties as of a day, by the days on which they fall due.

    Those of a year back and a year ahead, and whatever seat or paper is open from before. It asks the same few
    questions for one organization and for many; `years` says of each when its fiscal years end.
    """
    asked = {each.pk: each for each in organizations}
    found: dict[int, list[Entry]] = {pk: [] for pk in asked}
    for entries in (
        _yearly(asked, years, on=on),
        _of_mandates(asked, on=on),
        _of_certificates(asked, on=on),
    ):
        for entry in entries:
            found[entry.organization.pk].append(entry)
    for each in found.values():
        each.sort(key=lambda entry: (entry.duty.due_on, entry.duty.kind, entry.duty.about))
    return found


def _yearly(asked: Mapping[int, Organization], years: Mapping[int, FiscalYears], *, on: dt.date) -> Iterator[Entry]:
    """Yield the duties that return each year, of those whom they bind."""
    first, last = duties.window(on)
    bound = {pk: each for pk, each in asked.items() if _has_yearly_duties(each)}
    earliest = min((end for pk in bound for end in years[pk].ends), default=on)
    held, filings = _assemblies(bound, after=earliest), _filings(bound, after=earliest)
    for pk, organization in bound.items():
        of_it = years[pk]
        for duty in (duty for end in of_it.ends for duty in duties.of_year(end)):
            ends_on = duty.ends_on or duty.due_on
            is_kept = of_it.has_book or duty.kind != duties.YEAR_CLOSING
            if not is_kept or ends_on < of_it.since or not first <= duty.due_on <= last:
                continue
            filing = filings.get((pk, duty.kind, ends_on))
            done_on = {
                # One assembly may approve the accounts of several years.
                duties.ASSEMBLY: min((day for day in held[pk] if day > ends_on), default=None),
                duties.YEAR_END: ends_on if ends_on < on else None,
                duties.YEAR_CLOSING: of_it.closed.get(ends_on),
            }.get(duty.kind, filing.presented_on if filing else None)
            yield Entry(organization, duty, on, done_on=done_on, filing=filing)


def _has_yearly_duties(organization: Organization) -> bool:
    return duties.has_yearly_duties(
        kind=organization.kind,
        legal_form=organization.legal_form,
        country=organization.country,
        is_registered=hasattr(organization, "registration"),
    )


def _assemblies(bound: Iterable[int], *, after: dt.date) -> Mapping[int, list[dt.date]]:
    """Return organization → the days of its ordinary assemblies that were held and closed."""
    held: dict[int, list[dt.date]] = defaultdict(list)
    closed = Assembly.objects.filter(
        organization__in=bound, kind=AssemblyKind.ORDINARY, state=AssemblyState.CLOSED, held_on__gt=after
    )
    for pk, day in closed.values_list("organization", "held_on"):
        held[pk].append(day)
    return held


def _filings(bound: Iterable[int], *, after: dt.date) -> dict[tuple[int, str, dt.date], Filing]:
    """Return (organization, kind, end of the year or quarter) → the report that was presented."""
    standing = Filing.objects.filter(organization__in=bound, withdrawn_at=None, ends_on__gte=months_after(after, -12))
    return {(each.organization_id, each.kind, each.ends_on): each for each in standing}


def _of_mandates(asked: Mapping[int, Organization], *, on: dt.date) -> Iterator[Entry]:
    """Yield, seat by seat, the mandate that comes to an end; met by the one that follows it in the same seat."""
    first, last = duties.window(on)
    seats: dict[int, dict[tuple[str, int], str]] = defaultdict(dict)
    for seat in Seat.objects.filter(organization__in=asked):
        seats[seat.organization_id][seat.office, seat.number] = seat.title
    held: dict[tuple[int, str, int], list[Mandate]] = defaultdict(list)
    for each in _mandates(asked, ended_since=first):
        held[each.organization_id, each.office, each.seat].append(each)
    several = {(pk, office) for pk, office, number in held if number > 1}
    for (pk, office, number), mandates in held.items():
        title = seats[pk].get((office, number)) or Office(office).label
        what = f"{title} {number}" if (pk, office) in several else title
        is_wanted = (office, number) in (seats[pk] or USUAL)
        for mandate, following in zip_longest(mandates, mandates[1:]):
            duty = duties.of_mandate(mandate.pk, until=mandate.until, ended_on=mandate.ended_on)
            done_on = following.resolution.resolved_on if following else None
            is_open_for_none = following is None and duty.due_on < on and not is_wanted
            if duty.due_on <= last and not is_open_for_none:
                yield Entry(asked[pk], duty, on, what=what, done_on=done_on)


def _mandates(asked: Iterable[int], *, ended_since: dt.date) -> QuerySet[Mandate]:
    """Return, in their order, the mandates that end from a day on, and the last one of every seat."""
    in_earnest = Mandate.objects.exclude(ended_on=F("starts_on")).annotate(end=Coalesce("ended_on", "until"))
    later = in_earnest.filter(
        organization=OuterRef("organization"),
        office=OuterRef("office"),
        seat=OuterRef("seat"),
        starts_on__gt=OuterRef("starts_on"),
    )
    wanted = in_earnest.filter(Q(end__gte=ended_since) | ~Exists(later), organization__in=asked)
    return wanted.select_related("resolution").order_by("starts_on", "pk")


def _of_certificates(asked: Mapping[int, Organization], *, on: dt.date) -> Iterator[Entry]:
    """Yield the papers that lapse; met by the one of the same kind and name that is valid longer."""
    first, last = duties.window(on)
    standing = _called().filter(withdrawn_at=None, organization__in=asked)
    wanted = standing.filter(Q(lapses_on__gte=first) | Q(is_renewed=False))
    papers: dict[tuple[int, str, str], list[Certificate]] = defaultdict(list)
    for each in wanted.order_by("lapses_on", "pk"):
        papers[each.organization_id, each.kind, each.name.lower()].append(each)
    for (pk, _kind, _name), certificates in papers.items():
        for certificate, following in zip_longest(certificates, certificates[1:]):
            duty = duties.of_certificate(certificate.pk, lapses_on=certificate.lapses_on)
            if duty.due_on <= last:
                done_on = following.valid_from if following else None
                yield Entry(asked[pk], duty, on, what=certificate.title, done_on=done_on)


def _called() -> QuerySet[Certificate]:
    """Return papers as they are `called`, capitals aside, and whether each `is_renewed` by one of that name."""
    named = Certificate.objects.annotate(called=Lower("name"))
    longer = named.filter(
        organization=OuterRef("organization"),
        kind=OuterRef("kind"),
        called=OuterRef("called"),
        lapses_on__gt=OuterRef("lapses_on"),
        withdrawn_at=None,
    )
    return named.annotate(is_renewed=Exists(longer))


def certificates(organization: Organization) -> QuerySet[Certificate]:
    """Return its papers that lapse, also those that were renewed or withdrawn: whatever lapses last comes first."""
    of_it = _called().filter(organization=organization)
    return of_it.select_related("noted_by", "withdrawn_by").order_by("-lapses_on", "-pk")
