"""What a body's statute says of its assemblies and offices, as an assembly set it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.refusals import AnotherBodyDecided
from network.actions.refusals_councils import OneOfEach, TermIsPastTheLaw
from network.actions.resolutions import require_assembly, require_minute
from network.core.mandates import TERM_MONTHS_BY_LAW
from network.core.quorum import HALF, TWO_THIRDS, Share
from network.errors import DomainError
from network.models.bylaws import BINDING_OFFICES, Bylaws, Office, Seat
from network.models.councils import Mandate
from network.models.organizations import Kind, Organization
from network.models.people import User
from network.models.resolutions import Resolution

SEATS_MAX = 50
TERM_MONTHS_MOST = 120


class QuorumIsNoPart(DomainError):
    """More than a part of all must be there, never more than all."""

    message = _("Write the quorum as a part of those who may vote, such as 1 of 2.")


class QualifiedIsTooLittle(DomainError):
    """A qualified majority asks for more than a simple one."""

    message = _("A qualified majority is more than half and at most all, such as 2 of 3.")


class TermIsNoTime(DomainError):
    """A mandate lasts some months."""

    message = _("Write for how many months a mandate lasts at most: from 1 to 120.")


class SeatIsStillHeld(DomainError):
    """A seat that somebody holds is not taken away from under them."""

    message = _("%(office)s is held until %(day)s: keep that seat until then.")


class TooManySeats(DomainError):
    """A council is of people who can meet."""

    message = _("Write at most %(most)s seats.")


class SpeaksInNoOffice(DomainError):
    """Who speaks for a body holds one of its offices."""

    message = _("%(title)s is none of the rotating offices. Write it there as well, by the same name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the statute says of assemblies and of how long offices last."""

    quorum: Share = HALF
    qualified: Share = TWO_THIRDS
    second_call_minutes: int | None = 60
    abstentions_count: bool = False
    term_months_max: int = TERM_MONTHS_BY_LAW
    rotates: bool = False


@transaction.atomic
def set_rules(
    *,
    organization: Organization,
    rules: Rules,
    seats: Mapping[Office, int],
    titles: Sequence[str],
    resolution: Resolution,
    by: User | None,
    on: dt.date,
    speaking: Sequence[str] = (),
) -> Bylaws:
    """Set the rules and the seats that an assembly decided: so many of each office, and the rotating ones by name.

    `speaking` are those of the rotating ones that bind the body; where none is named, in a neighborhood council all.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises AnotherBodyDecided, TheAssemblyDecides: if the resolution is another organization's, or the council's.
    :raises QuorumIsNoPart, QualifiedIsTooLittle, TermIsNoTime, TermIsPastTheLaw, TooManySeats, OneOfEach,
        SpeaksInNoOffice: as named.
    :raises SeatIsStillHeld: if somebody holds, or will hold, a seat that would go.
    """
    require_minute(by=by, organization=organization, on=on)
    if resolution.organization_id != organization.pk:
        raise AnotherBodyDecided
    require_assembly(resolution)
    _check_rules(rules)
    named, speakers = _names(titles), _speakers(organization, titles, speaking)
    wanted = [
        Seat(organization=organization, office=office, number=number)
        for office, count in seats.items()
        for number in range(1, count + 1)
    ]
    wanted += [
        Seat(organization=organization, office=Office.ROTATING, number=number, title=title, speaks=title in speakers)
        for number, title in enumerate(named, start=1)
    ]
    _check_seats(wanted, rules)
    # The organization's row is the lock: nobody is elected meanwhile to a seat that goes.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    _check_held(organization, {(seat.office, seat.number) for seat in wanted}, on=on)
    Seat.objects.filter(organization=organization).delete()
    Seat.objects.bulk_create(wanted)
    bylaws, _created = Bylaws.objects.update_or_create(
        organization=organization,
        defaults={
            "quorum_numerator": rules.quorum.numerator,
            "quorum_denominator": rules.quorum.denominator,
            "qualified_numerator": rules.qualified.numerator,
            "qualified_denominator": rules.qualified.denominator,
            "second_call_minutes": rules.second_call_minutes,
            "abstentions_count": rules.abstentions_count,
            "term_months_max": rules.term_months_max,
            "rotates": rules.rotates,
            "resolution": resolution,
            "noted_by": by,
            "noted_on": on,
        },
    )
    return bylaws


def _names(titles: Sequence[str]) -> list[str]:
    return [title.strip()[:60] for title in titles if title.strip()]


def _speakers(organization: Organization, titles: Sequence[str], speaking: Sequence[str]) -> set[str]:
    named, speakers = _names(titles), _names(speaking)
    for title in speakers:
        if title not in named:
            raise SpeaksInNoOffice(title=title)
    return set(speakers or (named if organization.kind == Kind.NEIGHBORHOOD_COUNCIL else ()))


def _check_rules(rules: Rules) -> None:
    if rules.quorum.numerator >= rules.quorum.denominator:
        raise QuorumIsNoPart
    if rules.qualified.numerator * 2 <= rules.qualified.denominator:
        raise QualifiedIsTooLittle
    if not 1 <= rules.term_months_max <= TERM_MONTHS_MOST:
        raise TermIsNoTime


def _check_seats(wanted: Sequence[Seat], rules: Rules) -> None:
    if len(wanted) > SEATS_MAX:
        raise TooManySeats(most=SEATS_MAX)
    if any(seat.office in BINDING_OFFICES and seat.number > 1 for seat in wanted):
        raise OneOfEach
    goes_round = bool(wanted) and all(seat.office == Office.ROTATING for seat in wanted)
    if rules.term_months_max > TERM_MONTHS_BY_LAW and not goes_round:
        raise TermIsPastTheLaw


def _check_held(organization: Organization, wanted: set[tuple[str, int]], *, on: dt.date) -> None:
    for mandate in Mandate.objects.overlapping(on, dt.date.max).filter(organization=organization):
        if (mandate.office, mandate.seat) not in wanted:
            raise SeatIsStillHeld(office=mandate.get_office_display(), day=mandate.until)
