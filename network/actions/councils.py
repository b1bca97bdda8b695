"""Mandates: elected by an assembly; ended by time, recall, resignation, or because the alternate comes in."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import refusals, sessions
from network.actions.refusals import (
    AnotherBodyDecided,
    DecidedLater,
    ElectedFromOutside,
    OfficeGoesRound,
    SeatIsHeld,
    TermIsTooLong,
)
from network.actions.resolutions import require_minute
from network.core.mandates import months_after
from network.errors import DomainError
from network.models.bylaws import Bylaws, Office
from network.models.councils import Ending, Mandate
from network.models.organizations import TIERS, Affiliation, Organization
from network.models.people import Membership, User
from network.models.resolutions import Resolution


class MandateEndsBeforeItStarts(DomainError):
    """A mandate ends after it starts."""

    message = _("The mandate must end after the day on which it starts.")


class MandateHasEnded(DomainError):
    """What has ended is not ended again."""

    message = _("That mandate has already ended.")


class OfficeIsHeld(SeatIsHeld):
    """One person holds a seat on a day; several members at large and auditors have a seat each."""

    message = _("On those days %(office)s is already %(name)s. Recall that mandate first, or choose later days.")


class IsNoAlternate(DomainError):
    """In the middle of a term an alternate comes in."""

    message = _("%(name)s holds no mandate as an alternate today.")


@transaction.atomic
def elect(
    *,
    user: User,
    organization: Organization,
    office: str,
    starts_on: dt.date,
    until: dt.date,
    resolution: Resolution,
    by: User | None,
    on: dt.date,
    seat: int = 1,
    delegate_of: Organization | None = None,
) -> Mandate:
    """Note that an assembly elected a person to a seat from a day until another (exclusive).

    :raises NotYoursToMinute: if the person who notes it does not speak for the organization.
    :raises AnotherBodyDecided: if the resolution is another organization's.
    :raises DecidedLater: if the mandate would begin before the assembly decided.
    :raises MandateEndsBeforeItStarts, TermIsTooLong: if the days are not right.
    :raises OfficeIsHeld: if somebody else holds the seat on one of those days.
    :raises OfficeGoesRound: if offices rotate here, and the person holds it already.
    :raises ElectedFromOutside: if the person is no member; of a federation, no delegate of a member organization.
    """
    require_minute(by=by, organization=organization, on=on)
    return _elect(
        user=user,
        organization=organization,
        office=office,
        starts_on=starts_on,
        until=until,
        resolution=resolution,
        seat=seat,
        delegate_of=delegate_of,
        by=by,
        on=on,
    )


def _elect(
    *,
    user: User,
    organization: Organization,
    office: str,
    starts_on: dt.date,
    until: dt.date,
    resolution: Resolution,
    seat: int,
    delegate_of: Organization | None,
    by: User | None,
    on: dt.date,
) -> Mandate:
    if resolution.organization_id != organization.pk:
        raise AnotherBodyDecided
    if starts_on < resolution.resolved_on:
        raise DecidedLater(day=resolution.resolved_on)
    _check_term(organization, starts_on, until)
    # The organization's row is the lock, here as in the database.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    _check_seat(organization, office, seat, starts_on, until)
    _check_turn(organization, office, user, starts_on)
    _check_within(user, organization, delegate_of, starts_on)
    with refusals.from_database():
        return Mandate.objects.create(
            user=user,
            organization=organization,
            office=office,
            seat=seat,
            starts_on=starts_on,
            until=until,
            resolution=resolution,
            delegate_of=delegate_of,
            noted_by=by,
            noted_on=on,
        )


def _check_term(organization: Organization, starts_on: dt.date, until: dt.date) -> None:
    if until <= starts_on:
        raise MandateEndsBeforeItStarts
    if until > months_after(starts_on, Bylaws.of(organization).term_months_max):
        raise TermIsTooLong


def _check_seat(organization: Organization, office: str, seat: int, starts_on: dt.date, until: dt.date) -> None:
    others = Mandate.objects.filter(organization=organization, office=office, seat=seat)
    if (holder := others.overlapping(starts_on, until).select_related("user").first()) is not None:
        raise OfficeIsHeld(office=holder.get_office_display(), name=holder.user.name)


def _check_turn(organization: Organization, office: str, user: User, starts_on: dt.date) -> None:
    """Where offices go round, the last one in any seat of an office does not follow upon themselves."""
    if not Bylaws.of(organization).rotates:
        return
    before = Mandate.objects.filter(organization=organization, office=office, starts_on__lt=starts_on)
    last = dict(before.order_by("starts_on", "pk").values_list("seat", "user_id"))
    if user.pk in last.values():
        raise OfficeGoesRound


def _check_within(user: User, organization: Organization, delegate_of: Organization | None, on: dt.date) -> None:
    if organization.kind in TIERS and (
        delegate_of is None
        or not Affiliation.objects.in_force(on).filter(member=delegate_of, body=organization).exists()
    ):
        raise ElectedFromOutside
    home = delegate_of or organization
    if not Membership.objects.in_force(on).filter(user=user, organization=home).exists():
        raise ElectedFromOutside


@transaction.atomic
def recall(*, mandate: Mandate, resolution: Resolution, by: User | None, on: dt.date) -> Mandate:
    """Note that an assembly recalled a mandate: from today on it no longer holds, and the person's sessions are over.

    :raises NotYoursToMinute: if the person who notes it does not speak for the organization.
    :raises AnotherBodyDecided: if the resolution is another organization's.
    :raises DecidedLater: if the assembly has not decided it yet.
    :raises MandateHasEnded: if it does not hold today.
    """
    require_minute(by=by, organization=mandate.organization, on=on)
    ended = _end(mandate, Ending.RECALLED, resolution, on=on)
    sessions.end_sessions(user=ended.user)
    return ended


@transaction.atomic
def resign(*, mandate: Mandate, resolution: Resolution | None, by: User | None, on: dt.date) -> Mandate:
    """Note that a person gave a mandate back: today it ends. The meeting that took note may be named.

    :raises NotYoursToMinute, AnotherBodyDecided, DecidedLater, MandateHasEnded: as `recall`; one's own mandate
        anybody may give back.
    """
    if by != mandate.user:
        require_minute(by=by, organization=mandate.organization, on=on)
    return _end(mandate, Ending.RESIGNED, resolution, on=on)


@transaction.atomic
def replace(*, mandate: Mandate, alternate: Mandate, resolution: Resolution, by: User | None, on: dt.date) -> Mandate:
    """Note that the alternate comes in for the rest of a mandate, and return the alternate's new mandate.

    The seat of the alternate is vacant then. A mandate that ended by recall or resignation has left its seat empty:
    the alternate takes it all the same.

    :raises IsNoAlternate: if that person is no alternate of this organization today.
    :raises NotYoursToMinute, AnotherBodyDecided, DecidedLater, MandateHasEnded: as `recall`.
    """
    # Asked once, before anything ends: whoever notes it may be the one who leaves.
    require_minute(by=by, organization=mandate.organization, on=on)
    held = Mandate.objects.in_force(on).filter(
        pk=alternate.pk, organization=mandate.organization, office=Office.ALTERNATE
    )
    if not held.exists():
        raise IsNoAlternate(name=alternate.user.name)
    if mandate.until <= on:
        raise MandateHasEnded
    if mandate.ended_on is None:
        _end(mandate, Ending.REPLACED, resolution, on=on)
    _end(alternate, Ending.MOVED_UP, resolution, on=on)
    return _elect(
        user=alternate.user,
        organization=mandate.organization,
        office=mandate.office,
        seat=mandate.seat,
        starts_on=on,
        until=mandate.until,
        resolution=resolution,
        delegate_of=alternate.delegate_of,
        by=by,
        on=on,
    )


def _end(mandate: Mandate, ending: Ending, resolution: Resolution | None, *, on: dt.date) -> Mandate:
    if resolution is not None and resolution.organization_id != mandate.organization_id:
        raise AnotherBodyDecided
    if resolution is not None and resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("organization", "user").get(pk=mandate.pk)
    if mandate.ended_on is not None or not mandate.starts_on <= on < mandate.until:
        raise MandateHasEnded
    mandate.ended_on, mandate.ending, mandate.end_resolution = on, ending, resolution
    with refusals.from_database():
        mandate.save(update_fields=["ended_on", "ending", "end_resolution"])
    return mandate
