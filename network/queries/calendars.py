"""Read what falls due for organizations, with what shows that it was met: many for the price of one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from network.core import duties
from network.core.mandates import months_after
from network.models.assemblies import Assembly, AssemblyKind, AssemblyState
from network.models.bylaws import Office, Seat
from network.models.councils import Mandate
from network.models.duties import Certificate, Filing
from network.models.organizations import Organization
from network.queries.councils import USUAL
from network.queries.duties import Entry, FiscalYears, named


def of_organizations(
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
    held, called = _assemblies(bound, after=earliest)
    filings = _filings(bound, after=earliest)
    for pk, organization in bound.items():
        of_it = years[pk]
        for duty in (duty for end in of_it.ends for duty in duties.of_year(end)):
            ends_on = duty.ends_on or duty.due_on
            is_kept = of_it.has_book or duty.kind != duties.YEAR_CLOSING
            if not is_kept or ends_on < of_it.since or not first <= duty.due_on <= last:
                continue
            filing = filings.get((pk, duty.kind, ends_on))
            # One assembly may approve the accounts of several years.
            done_on = {
                duties.ASSEMBLY: _first_after(held[pk], ends_on),
                duties.YEAR_END: ends_on if ends_on < on else None,
                duties.YEAR_CLOSING: of_it.closed.get(ends_on),
            }.get(duty.kind, filing.presented_on if filing else None)
            called_for = _first_after(called[pk], ends_on) if duty.kind == duties.ASSEMBLY and not done_on else None
            yield Entry(organization, duty, on, done_on=done_on, filing=filing, called_for=called_for)


def _first_after(days: Iterable[dt.date], day: dt.date) -> dt.date | None:
    return min((each for each in days if each > day), default=None)


def _has_yearly_duties(organization: Organization) -> bool:
    return duties.has_yearly_duties(
        kind=organization.kind,
        legal_form=organization.legal_form,
        country=organization.country,
        is_registered=hasattr(organization, "registration"),
    )


_Days = Mapping[int, list[dt.date]]


def _assemblies(bound: Iterable[int], *, after: dt.date) -> tuple[_Days, _Days]:
    """Return organization → the days of its ordinary assemblies: those held and closed, and those called or meeting."""
    held: dict[int, list[dt.date]] = defaultdict(list)
    called: dict[int, list[dt.date]] = defaultdict(list)
    of = {AssemblyState.CLOSED: held, AssemblyState.CALLED: called, AssemblyState.MEETING: called}
    found = Assembly.objects.filter(organization__in=bound, kind=AssemblyKind.ORDINARY, state__in=of, held_on__gt=after)
    for pk, state, day in found.values_list("organization", "state", "held_on"):
        of[AssemblyState(state)][pk].append(day)
    return held, called


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
    in_earnest = Mandate.objects.exclude(ended_on__lte=F("starts_on")).annotate(end=Coalesce("ended_on", "until"))
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
    standing = named().filter(withdrawn_at=None, organization__in=asked)
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
