"""Who belongs to whom: from a day on, until a day."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import councils, invitations, refusals
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.organizations import Affiliation, Organization
from network.models.people import User
from network.models.resolutions import Resolution


class DoesNotBelong(DomainError):
    """What has ended is not ended again."""

    message = _("%(member)s does not belong to %(body)s on that day.")


@transaction.atomic
def affiliate(
    *,
    member: Organization,
    body: Organization,
    starts_on: dt.date,
    resolution: Resolution,
    acceptance: Resolution,
    by: User | None,
    on: dt.date,
) -> Affiliation:
    """Note that an organization belongs to a body from a day on, where both have resolved it already.

    :raises NotYoursToMinute: if the person does not speak for the body.
    :raises NotYoursToAnswer: if they do not speak for the member.
    :raises IsNoBody, AnotherBodyDecided, DecidedLater, BelongsAlready, WouldBelongToItself: as `invitations`.
    """
    offered = invitations.invite(member=member, body=body, starts_on=starts_on, resolution=resolution, by=by, on=on)
    return invitations.accept(invitation=offered, acceptance=acceptance, by=by, on=on)


@transaction.atomic
def end(
    *, member: Organization, body: Organization, resolution: Resolution, by: User | None, on: dt.date
) -> Affiliation:
    """Note that an organization no longer belongs to a body from today on: either of the two decided so.

    :raises NotYoursToMinute: if the person does not speak for the one that decided.
    :raises AnotherBodyDecided, DecidedLater: if neither of them decided it, or only later.
    :raises DoesNotBelong: if it does not on that day.
    """
    require_minute(by=by, organization=resolution.organization, on=on)
    _check_act(resolution, {body.pk, member.pk}, on)
    return close(member=member, body=body, resolution=resolution, by=by, on=on)


def close(
    *, member: Organization, body: Organization, resolution: Resolution | None, by: User | None, on: dt.date
) -> Affiliation:
    """Write that it ended, for `end` and for whoever leaves the network altogether.

    Whom the member sent to the body's council holds nothing there any more: those seats are vacant.
    """
    held = Affiliation.objects.select_for_update(of=("self",)).filter(member=member, body=body)
    affiliation = held.filter(until=None).first()
    if affiliation is None:
        raise DoesNotBelong(member=member.name, body=body.name)
    councils.end_delegates(home=member, body=body, resolution=resolution, by=by, on=on)
    # What was to begin later never does.
    affiliation.until, affiliation.end_resolution = max(on, affiliation.starts_on), resolution
    affiliation.ended_by = by
    with refusals.from_database():
        affiliation.save(update_fields=["until", "end_resolution", "ended_by"])
    return affiliation


def _check_act(resolution: Resolution, bodies: set[int], day: dt.date) -> None:
    if resolution.organization_id not in bodies:
        raise AnotherBodyDecided
    if resolution.resolved_on > day:
        raise DecidedLater(day=resolution.resolved_on)
