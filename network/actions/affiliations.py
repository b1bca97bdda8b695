"""Who belongs to whom: from a day on, until a day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.actions import councils, refusals
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import require_minute
from network.core.tiers import BelongsToItself
from network.errors import DomainError
from network.models.organizations import TIERS, Affiliation, Organization
from network.models.people import User
from network.models.resolutions import Resolution
from network.queries import tiers


class BelongsAlready(DomainError):
    """Nobody belongs twice to the same body on one day."""

    message = _("%(member)s already belongs to %(body)s.")


class WouldBelongToItself(DomainError):
    """The tiers are a tree upwards: nobody belongs, through others, to itself."""

    message = _("%(body)s already belongs to %(member)s: it cannot be the other way round as well.")


class IsNoBody(DomainError):
    """One belongs to federations, confederations and networks."""

    message = _("%(body)s is no federation, confederation or network: nobody is affiliated to it.")


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
    by: User | None,
    on: dt.date,
) -> Affiliation:
    """Note that an organization belongs to a body from a day on: the body's assembly took it in.

    :raises NotYoursToMinute: if the person does not speak for the body.
    :raises IsNoBody: if the body is no federation, confederation or network.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another body's, or of a later day.
    :raises BelongsAlready: if it does on that day or later.
    :raises WouldBelongToItself: if the body belongs to the member, directly or through others.
    """
    if body.kind not in TIERS:
        raise IsNoBody(body=body.name)
    require_minute(by=by, organization=body, on=on)
    _check_act(resolution, {body.pk}, starts_on)
    held = Affiliation.objects.filter(member=member, body=body)
    if held.filter(Q(until=None) | Q(until__gt=starts_on)).exists():
        raise BelongsAlready(member=member.name, body=body.name)
    try:
        tiers.on_day(starts_on).check(member.pk, body.pk)
    except BelongsToItself:
        raise WouldBelongToItself(member=member.name, body=body.name) from None
    with refusals.from_database():
        return Affiliation.objects.create(member=member, body=body, starts_on=starts_on, resolution=resolution)


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
    held = Affiliation.objects.select_for_update(of=("self",)).filter(member=member, body=body, starts_on__lt=on)
    affiliation = held.filter(until=None).first()
    if affiliation is None:
        raise DoesNotBelong(member=member.name, body=body.name)
    councils.end_delegates(home=member, body=body, resolution=resolution, by=by, on=on)
    affiliation.until, affiliation.end_resolution = on, resolution
    with refusals.from_database():
        affiliation.save(update_fields=["until", "end_resolution"])
    return affiliation


def _check_act(resolution: Resolution, bodies: set[int], day: dt.date) -> None:
    if resolution.organization_id not in bodies:
        raise AnotherBodyDecided
    if resolution.resolved_on > day:
        raise DecidedLater(day=resolution.resolved_on)
