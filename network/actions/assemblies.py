"""Assemblies: call, open with those who came, vote, close."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import refusals, resolutions
from network.actions.resolutions import require_minute
from network.core import quorum
from network.core.quorum import Votes
from network.errors import DomainError
from network.models.assemblies import AgendaItem, Assembly, AssemblyKind, AssemblyState, Majority, Motion
from network.models.bylaws import Bylaws
from network.models.organizations import Organization
from network.models.people import User

AGENDA_MAX = 30
ENTITLED_MAX = 1_000_000


class AgendaIsMissing(DomainError):
    """An assembly decides only what it was called for (Ley 20.337, art. 52)."""

    message = _("Write what the assembly is to decide, a point a line.")


class AgendaIsTooLong(DomainError):
    """An agenda fits on a page."""

    message = _("Write at most %(most)s points, each of at most 300 signs.")


class NobodyMayVote(DomainError):
    """Somebody must be entitled to vote."""

    message = _("Write how many members may vote: at least one.")


class CalledAfterwards(DomainError):
    """An assembly is called before it is held."""

    message = _("The assembly was called after the day on which it is held. Check both days.")


class IsNotCalled(DomainError):
    """What has met, lapsed or been cancelled is not opened again."""

    message = _("This assembly is no longer waiting to meet.")


class IsNotToday(DomainError):
    """An assembly is opened on its day or minuted afterwards."""

    message = _("This assembly meets on %(day)s: open it then.")


class MorePresentThanEntitled(DomainError):
    """Those present are some of those who may vote."""

    message = _("%(entitled)s members may vote: no more than that can be present.")


class NoSecondCall(DomainError):
    """Some statutes know no second call."""

    message = _("The statute knows no second call: without quorum, call another assembly.")


class IsNotMeeting(DomainError):
    """Votes are counted while the assembly meets."""

    message = _("This assembly is not in session.")


class MotionSaysNothing(DomainError):
    """A motion has a text, under a point of the agenda."""

    message = _("Write what is voted, under a point of the agenda of this assembly.")


class VotesDoNotAddUp(DomainError):
    """No more votes than people."""

    message = _("%(votes)s votes, but %(present)s people are present. Count again.")


class MinutesAreMissing(DomainError):
    """A closed assembly has minutes."""

    message = _("Write the minutes before you close the assembly.")


@transaction.atomic
def call(
    *,
    organization: Organization,
    kind: AssemblyKind,
    held_on: dt.date,
    entitled: int,
    agenda: Sequence[str],
    by: User | None,
    on: dt.date,
    called_on: dt.date | None = None,
    begins_at: dt.time | None = None,
    place: str = "",
) -> Assembly:
    """Call an assembly with its agenda. `entitled` is how many may vote; they are counted, not named.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises AgendaIsMissing, AgendaIsTooLong, NobodyMayVote, CalledAfterwards: as named.
    """
    require_minute(by=by, organization=organization, on=on)
    points = [point.strip() for point in agenda if point.strip()]
    if not points:
        raise AgendaIsMissing
    if len(points) > AGENDA_MAX or max(map(len, points)) > 300:
        raise AgendaIsTooLong(most=AGENDA_MAX)
    if not 1 <= entitled <= ENTITLED_MAX:
        raise NobodyMayVote
    called_on = called_on or min(on, held_on)
    if called_on > held_on or called_on > on:
        raise CalledAfterwards
    assembly = Assembly.objects.create(
        organization=organization,
        kind=kind,
        called_on=called_on,
        held_on=held_on,
        begins_at=begins_at,
        place=place.strip(),
        entitled=entitled,
        called_by=by,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(assembly=assembly, number=number, text=text) for number, text in enumerate(points, start=1)
    )
    return assembly


@transaction.atomic
def cancel(*, assembly: Assembly, by: User | None, on: dt.date) -> Assembly:
    """Give up an assembly that has not met.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsNotCalled: if it is past that.
    """
    require_minute(by=by, organization=assembly.organization, on=on)
    assembly = _locked(assembly)
    if assembly.state != AssemblyState.CALLED:
        raise IsNotCalled
    assembly.state, assembly.cancelled_by = AssemblyState.CANCELLED, by
    assembly.save(update_fields=["state", "cancelled_by"])
    return assembly


@transaction.atomic
def meet(*, assembly: Assembly, present: int, is_second_call: bool, by: User | None, on: dt.date) -> Assembly:
    """Open an assembly with those who came; without quorum it lapses, and says so.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsNotCalled, IsNotToday, MorePresentThanEntitled, NoSecondCall: as named.
    """
    require_minute(by=by, organization=assembly.organization, on=on)
    assembly = _locked(assembly)
    bylaws = Bylaws.of(assembly.organization)
    if assembly.state != AssemblyState.CALLED:
        raise IsNotCalled
    if assembly.held_on > on:
        raise IsNotToday(day=assembly.held_on)
    if not 0 <= present <= assembly.entitled:
        raise MorePresentThanEntitled(entitled=assembly.entitled)
    if is_second_call and bylaws.second_call_minutes is None:
        raise NoSecondCall
    is_quorate = quorum.may_meet(
        present=present, entitled=assembly.entitled, share=bylaws.quorum, is_second_call=is_second_call
    )
    assembly.state = AssemblyState.MEETING if is_quorate else AssemblyState.LAPSED
    assembly.present, assembly.is_second_call, assembly.opened_by = present, is_second_call, by
    with refusals.from_database():
        assembly.save(update_fields=["state", "present", "is_second_call", "opened_by"])
    return assembly


@transaction.atomic
def vote(
    *,
    assembly: Assembly,
    item: AgendaItem,
    text: str,
    votes: Votes,
    majority: Majority,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
) -> Motion:
    """Write down how a motion was voted; one that is carried becomes the next resolution of the book.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsNotMeeting, MotionSaysNothing, VotesDoNotAddUp: as named.
    """
    require_minute(by=by, organization=assembly.organization, on=on)
    assembly = _locked(assembly)
    if assembly.state != AssemblyState.MEETING:
        raise IsNotMeeting
    if not text.strip() or item.assembly_id != assembly.pk:
        raise MotionSaysNothing
    if votes.all > (assembly.present or 0):
        raise VotesDoNotAddUp(votes=votes.all, present=assembly.present)
    bylaws = Bylaws.of(assembly.organization)
    with refusals.from_database():
        motion = Motion.objects.create(
            assembly=assembly,
            item=item,
            text=text.strip(),
            majority=majority,
            in_favour=votes.in_favour,
            against=votes.against,
            abstentions=votes.abstentions,
            is_carried=quorum.is_carried(
                votes,
                qualified=bylaws.qualified if majority == Majority.QUALIFIED else None,
                abstentions_count=bylaws.abstentions_count,
            ),
            noted_by=by,
            noted_at=at,
        )
    if motion.is_carried:
        resolutions.of_motion(motion=motion, by=by, at=at)
    return motion


@transaction.atomic
def close(*, assembly: Assembly, minutes: str, by: User | None, on: dt.date) -> Assembly:
    """Close an assembly with its minutes: nothing in it changes any more.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsNotMeeting, MinutesAreMissing: as named.
    """
    require_minute(by=by, organization=assembly.organization, on=on)
    assembly = _locked(assembly)
    if assembly.state != AssemblyState.MEETING:
        raise IsNotMeeting
    if not minutes.strip():
        raise MinutesAreMissing
    assembly.minutes, assembly.closed_by, assembly.state = minutes.strip(), by, AssemblyState.CLOSED
    assembly.save(update_fields=["minutes", "closed_by", "state"])
    return assembly


def _locked(assembly: Assembly) -> Assembly:
    return Assembly.objects.select_for_update(of=("self",)).select_related("organization").get(pk=assembly.pk)
