"""Mandates: elected by an assembly; ended by time, recall, resignation, or because the alternate comes in."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import eligibility, refusals, sessions
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import require_assembly, require_minute
from network.errors import DomainError
from network.models.bylaws import Office
from network.models.councils import Ending, Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

REASON_MAX = 200


class MandateHasEnded(DomainError):
    """What has ended is not ended again."""

    message = _("That mandate has already ended.")


class MandateHasBegun(DomainError):
    """What has begun is recalled or given back; only what is still to come is cancelled."""

    message = _("That mandate has begun, or was cancelled already. One that holds is recalled by the assembly.")


class CancellingNeedsAReason(DomainError):
    """Whoever was elected reads why nothing came of it."""

    message = _("Write why it is cancelled, in at most 200 signs.")


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
    :raises AnotherBodyDecided, TheAssemblyDecides: if the resolution is another organization's, or the council's.
    :raises DecidedLater: if the mandate would begin before the assembly decided.
    :raises BeginsTooFarAhead, MandateEndsBeforeItStarts, TermIsTooLong, TermIsPastTheLaw, SeatIsNotInTheStatute,
        OfficeIsHeld, HoldsARivalOffice, HoldsASeatOfIt, OfficeGoesRound, ElectedFromOutside: as `eligibility.check`.
    """
    require_minute(by=by, organization=organization, on=on)
    require_assembly(resolution)
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
    # The organization's row is the lock, here as in the database.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    mandate = Mandate(
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
    eligibility.check(mandate, on=on)
    with refusals.from_database():
        mandate.save(force_insert=True)
    return mandate


@transaction.atomic
def recall(*, mandate: Mandate, resolution: Resolution, by: User | None, on: dt.date) -> Mandate:
    """Note that an assembly recalled a mandate: from today on it no longer holds, and the person's sessions are over.

    :raises NotYoursToMinute: if the person who notes it does not speak for the organization.
    :raises AnotherBodyDecided, TheAssemblyDecides: if the resolution is another organization's, or the council's.
    :raises DecidedLater: if the assembly has not decided it yet.
    :raises MandateHasEnded: if it does not hold today.
    """
    require_minute(by=by, organization=mandate.organization, on=on)
    require_assembly(resolution)
    ended = _end(mandate, Ending.RECALLED, resolution, by=by, on=on)
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
    return _end(mandate, Ending.RESIGNED, resolution, by=by, on=on)


@transaction.atomic
def replace(*, mandate: Mandate, alternate: Mandate, resolution: Resolution, by: User | None, on: dt.date) -> Mandate:
    """Note that the alternate comes in for the rest of a mandate, and return the alternate's new mandate.

    The seat of the alternate is vacant then. A mandate that ended by recall or resignation has left its seat empty:
    the alternate takes it all the same, and then the council may have decided so.

    :raises TheAssemblyDecides: if the council would end a mandate.
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
        require_assembly(resolution)
        _end(mandate, Ending.REPLACED, resolution, by=by, on=on)
    _end(alternate, Ending.MOVED_UP, resolution, by=by, on=on)
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


def end_delegates(
    *, home: Organization, body: Organization, resolution: Resolution | None, by: User | None, on: dt.date
) -> None:
    """Write that whom an organization sent to a body's council holds nothing there from today on: it belongs no more.

    Part of ending an affiliation (`affiliations.close`), which is asked first who may.
    """
    held = Mandate.objects.filter(organization=body, delegate_of=home, ended_on=None, until__gt=on)
    own = resolution if resolution is not None and resolution.organization_id == body.pk else None
    for mandate in held.select_for_update(of=("self",)).order_by("pk"):
        _write_end(mandate, Ending.HOME_LEFT, own, by=by, on=on)


@transaction.atomic
def cancel(*, mandate: Mandate, reason: str, by: User | None, on: dt.date) -> Mandate:
    """Note that nothing came of a mandate that has not begun: it was mistyped, or the person declined.

    :raises NotYoursToMinute: if the person who notes it does not speak for the organization.
    :raises CancellingNeedsAReason: if it is not said why.
    :raises MandateHasBegun: if it has.
    :raises OfficeGoesRound: if offices rotate here, and somebody would then hold one twice in a row.
    """
    require_minute(by=by, organization=mandate.organization, on=on)
    if not 1 <= len(reason.strip()) <= REASON_MAX:
        raise CancellingNeedsAReason
    Organization.objects.select_for_update(no_key=True).get(pk=mandate.organization_id)
    mandate = _locked(mandate)
    if mandate.ended_on is not None or mandate.starts_on <= on:
        raise MandateHasBegun
    eligibility.check_cancelling(mandate)
    mandate.reason = reason.strip()
    return _write_end(mandate, Ending.CANCELLED, None, by=by, on=on)


def _end(mandate: Mandate, ending: Ending, resolution: Resolution | None, *, by: User | None, on: dt.date) -> Mandate:
    if resolution is not None and resolution.organization_id != mandate.organization_id:
        raise AnotherBodyDecided
    if resolution is not None and resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
    mandate = _locked(mandate)
    if mandate.ended_on is not None or not mandate.starts_on <= on < mandate.until:
        raise MandateHasEnded
    return _write_end(mandate, ending, resolution, by=by, on=on)


def _locked(mandate: Mandate) -> Mandate:
    return Mandate.objects.select_for_update(of=("self",)).select_related("organization", "user").get(pk=mandate.pk)


def _write_end(
    mandate: Mandate, ending: Ending, resolution: Resolution | None, *, by: User | None, on: dt.date
) -> Mandate:
    mandate.ended_on, mandate.ending, mandate.end_resolution, mandate.ended_by = on, ending, resolution, by
    with refusals.from_database():
        mandate.save(update_fields=["ended_on", "ending", "end_resolution", "ended_by", "reason"])
    return mandate
