"""Who is taken in by a body says whether it wants to: two wills make an affiliation."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network import permissions
from network.actions import refusals, second_factor
from network.actions.refusals import AnotherBodyDecided, DecidedLater, InvitationStays
from network.actions.resolutions import require_minute
from network.core.tiers import BelongsToItself
from network.errors import DomainError
from network.models.invitations import Answer, Invitation
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


class NotYoursToAnswer(DomainError):
    """Whether an organization belongs to a body is its own to say."""

    message = _(
        "Only whoever speaks for %(organization)s today says whether it wants to belong. Where nobody does, an operator"
        " notes its paper."
    )


class AcceptanceIsMissing(DomainError):
    """An operator speaks for nobody: the organization's own paper does."""

    message = _("Choose the resolution by which it accepted. If it is not there, take it over from its paper book.")


class ReasonIsMissing(DomainError):
    """Whoever says no says why."""

    message = _("Say why not: the others read it.")


@transaction.atomic
def invite(
    *,
    member: Organization,
    body: Organization,
    starts_on: dt.date,
    resolution: Resolution,
    by: User | None,
    on: dt.date,
) -> Invitation:
    """Note that a body's assembly took an organization in from a day on. It belongs to it once it has accepted.

    :raises NotYoursToMinute: if the person does not speak for the body.
    :raises IsNoBody: if the body is no federation, confederation or network.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another body's, or of a later day.
    :raises BelongsAlready: if it does on that day or later.
    :raises InvitedAlready: if it has not answered the last one yet.
    :raises WouldBelongToItself: if the body belongs to the member, directly or through others.
    """
    if body.kind not in TIERS:
        raise IsNoBody(body=body.name)
    require_minute(by=by, organization=body, on=on)
    if resolution.organization_id != body.pk:
        raise AnotherBodyDecided
    if resolution.resolved_on > starts_on:
        raise DecidedLater(day=resolution.resolved_on)
    _require_free(member, body, starts_on)
    with refusals.from_database():
        return Invitation.objects.create(
            member=member, body=body, starts_on=starts_on, resolution=resolution, noted_by=by, noted_on=on
        )


@transaction.atomic
def accept(*, invitation: Invitation, acceptance: Resolution | None, by: User | None, on: dt.date) -> Affiliation:
    """Note that the organization wants to belong, by a resolution of its own or by its officer's word.

    :raises NotYoursToAnswer: if the person neither binds it nor is an operator where nobody does.
    :raises AcceptanceIsMissing: if whoever does not bind it names no resolution of its own.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another body's, or of a later day.
    :raises InvitationStays: if it was answered meanwhile.
    :raises BelongsAlready, WouldBelongToItself: as `invite`.
    """
    held = _open(invitation)
    _require_answer(held.member, by=by, on=on)
    if acceptance is None and (by is None or not permissions.can_confirm(by, held.member, on=on)):
        raise AcceptanceIsMissing
    if acceptance is not None and acceptance.organization_id != held.member_id:
        raise AnotherBodyDecided
    if acceptance is not None and acceptance.resolved_on > on:
        raise DecidedLater(day=acceptance.resolved_on)
    _require_free(held.member, held.body, held.starts_on)
    held.acceptance = acceptance
    _answer(held, Answer.ACCEPTED, by=by, on=on)
    with refusals.from_database():
        return Affiliation.objects.create(
            member=held.member,
            body=held.body,
            starts_on=held.starts_on,
            resolution=held.resolution,
            invitation=held,
        )


@transaction.atomic
def decline(*, invitation: Invitation, reason: str, by: User | None, on: dt.date) -> Invitation:
    """Note that the organization does not want to belong, and why.

    :raises NotYoursToAnswer, InvitationStays: as `accept`.
    :raises ReasonIsMissing: if it does not say why.
    """
    held = _open(invitation)
    _require_answer(held.member, by=by, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    held.reason = reason.strip()
    _answer(held, Answer.DECLINED, by=by, on=on)
    return held


def _open(invitation: Invitation) -> Invitation:
    """Hold the invitation: two who answer at one moment answer once."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("member", "body", "resolution")
    found = held.get(pk=invitation.pk)
    if found.answer:
        raise InvitationStays
    return found


def _require_answer(member: Organization, *, by: User | None, on: dt.date) -> None:
    if by is not None and not permissions.can_answer(by, member, on=on):
        second_factor.require(by=by, organization=member, on=on)
        raise NotYoursToAnswer(organization=member.name)


def _require_free(member: Organization, body: Organization, starts_on: dt.date) -> None:
    """Refuse a second affiliation on one day, and one in a circle."""
    held = Affiliation.objects.filter(member=member, body=body).exclude(until=F("starts_on"))
    if held.filter(Q(until=None) | Q(until__gt=starts_on)).exists():
        raise BelongsAlready(member=member.name, body=body.name)
    try:
        tiers.on_day(starts_on).check(member.pk, body.pk)
    except BelongsToItself:
        raise WouldBelongToItself(member=member.name, body=body.name) from None


def _answer(held: Invitation, answer: Answer, *, by: User | None, on: dt.date) -> None:
    held.answer, held.answered_by, held.answered_on = answer, by, on
    with refusals.from_database():
        held.save(update_fields=["answer", "reason", "acceptance", "answered_by", "answered_on"])
