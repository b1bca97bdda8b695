"""Agreements: who may act for a party, the history, and the answers: sign, ask for a change, refuse, withdraw."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.deliveries import Delivery
from ledger.models.history import AgreementStep, Verb
from ledger.queries import thresholds
from network import permissions
from network.actions import admissions, second_factor
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


class NotForYouToDo(DomainError):
    """Only the organization's own people write for it."""

    message = _("Only people of %(organization)s can do this.")


class WatchesAndWritesNothing(NotForYouToDo):
    """Nobody audits what they wrote (Ley 20.337, art. 79)."""

    message = _("A síndico reads everything and writes nothing. Ask somebody else of the cooperative to write it.")


class NoMandateToday(DomainError):
    """Accepting and confirming needs a mandate in force."""

    message = _(
        "Only the president, the secretary or the treasurer of %(organization)s, with a mandate in force today,"
        " can do this."
    )


class NotAParty(DomainError):
    """Only those who agree on something say yes or no to it."""

    message = _("%(organization)s is not among those who agree on this.")


class NotAtThisPoint(DomainError):
    """What can be done follows from where the agreement stands."""

    message = _("This cannot be done now: the agreement is “%(state)s”. Open it again to see what has happened.")


class ResolutionIsMissing(DomainError):
    """Beyond an amount that the assembly set, its officers do not agree by themselves."""

    message = _(
        "This is worth more than the officers of %(organization)s may agree on by themselves. Choose the resolution"
        " that allows it."
    )


class ReasonIsMissing(DomainError):
    """The other side has a right to know why."""

    message = _("Write a reason, so that the other side knows.")


def require_log(*, by: User, organization: Organization, on: dt.date) -> None:
    """Refuse whoever is not one of the organization's people today.

    :raises NotForYouToDo: if they are not.
    :raises WatchesAndWritesNothing: if they are its síndico.
    """
    if permissions.can_log(by, organization, on=on):
        return
    if permissions.is_own(by, organization, on=on):
        raise WatchesAndWritesNothing
    raise NotForYouToDo(organization=organization.name)


def require_confirm(*, by: User, organization: Organization, on: dt.date) -> None:
    """Refuse whoever cannot bind the organization today.

    :raises SecondFactorIsMissing: if the organization asks its officers for a second factor, and they have none.
    :raises NoMandateToday: if they hold no binding office in force.
    """
    if not permissions.can_confirm(by, organization, on=on):
        second_factor.require(by=by, organization=organization, on=on)
        raise NoMandateToday(organization=organization.name)


def remember(
    *,
    agreement: Agreement,
    verb: Verb,
    by: User,
    organization: Organization,
    on: dt.date,
    note: str = "",
    delivery: Delivery | None = None,
    resolution: Resolution | None = None,
) -> None:
    """Add a line to the history, which nobody changes."""
    AgreementStep.objects.create(
        agreement=agreement,
        delivery=delivery,
        verb=verb,
        happened_on=on,
        recorded_at=timezone.now(),
        by=by,
        organization=organization,
        note=note[:300],
        resolution=resolution,
    )


def held(agreement: Agreement) -> Agreement:
    """Return the agreement as it is now, held until the transaction ends.

    On SQLite the transaction itself is the lock: it began IMMEDIATE, so there is no other writer.
    """
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("proposer", "unit")
    return rows.get(pk=agreement.pk)


def require_state(agreement: Agreement, *allowed: AgreementState) -> None:
    """Refuse what cannot be done where the agreement stands.

    :raises NotAtThisPoint: if it is in another state.
    """
    if agreement.state not in allowed:
        raise NotAtThisPoint(state=agreement.get_state_display())


def locked(agreement: Agreement, *allowed: AgreementState) -> Agreement:
    """Return the agreement as it is now, held, if it is in one of these states.

    :raises NotAtThisPoint: if it is in another.
    """
    now = held(agreement)
    require_state(now, *allowed)
    return now


@transaction.atomic
def sign(
    *,
    agreement: Agreement,
    organization: Organization,
    by: User,
    on: dt.date,
    resolution: Resolution | None = None,
) -> Agreement:
    """Accept the terms for one of the parties; once all have, deliveries may be logged.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint: if it was already signed, refused or withdrawn.
    :raises NotAParty: if the organization is none.
    :raises ResolutionIsMissing: if the organization gives more than its assembly lets its officers agree on.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another's, or of a later day.
    :raises MayNotTrade: if one that keeps a book may not trade in the network today.
    """
    first = AgreementState.DRAFT if organization.pk == agreement.proposer_id else AgreementState.PROPOSED
    agreement = locked(agreement, first)
    require_confirm(by=by, organization=organization, on=on)
    # Whoever keeps no book owes nothing and is owed nothing: a school that is lent rooms trades nothing.
    keeping = agreement.parties.filter(organization__book__isnull=False).select_related("organization")
    admissions.require_trade(*(party.organization for party in keeping), on=on)
    needs_it = resolution is None and thresholds.exceeded(agreement, organization) is not None
    require_decision(organization, resolution, is_needed=needs_it, on=on)
    write_signature(agreement, organization, by=by, on=on, resolution=resolution)
    return agreement


def party(agreement: Agreement, organization: Organization) -> AgreementParty:
    """Return what the agreement notes of one of its parties.

    :raises NotAParty: if it is none.
    """
    found = agreement.parties.filter(organization=organization).first()
    if found is None:
        raise NotAParty(organization=organization.name)
    return found


def require_decision(
    organization: Organization, resolution: Resolution | None, *, is_needed: bool, on: dt.date
) -> None:
    """Refuse what an organization's own assembly has to decide and did not, and what another decided or decides later.

    :raises ResolutionIsMissing: if one is needed.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another's, or of a later day.
    """
    if resolution is None:
        if is_needed:
            raise ResolutionIsMissing(organization=organization.name)
        return
    if resolution.organization_id != organization.pk:
        raise AnotherBodyDecided
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)


def may_sign_at_once(agreement: Agreement, *, by: User, on: dt.date) -> bool:
    """Say whether whoever writes the terms for the proposer signs them by that: an officer, without a resolution."""
    proposer = agreement.proposer
    return permissions.can_confirm(by, proposer, on=on) and thresholds.exceeded(agreement, proposer) is None


def write_signature(
    agreement: Agreement, organization: Organization, *, by: User, on: dt.date, resolution: Resolution | None = None
) -> None:
    """Note that a party said yes: the proposer's makes it a proposal, the last one's an agreement.

    :raises NotAtThisPoint: if it has said so already.
    """
    signing = party(agreement, organization)
    if signing.signed_by_id is not None:
        raise NotAtThisPoint(state=agreement.get_state_display())
    signing.signed_by, signing.resolution = by, resolution
    with refusals.from_database():
        signing.save()
        if organization.pk == agreement.proposer_id:
            agreement.state = AgreementState.PROPOSED
        elif not agreement.parties.filter(signed_by=None).exists():
            agreement.state = AgreementState.ACCEPTED
        agreement.save()
    remember(agreement=agreement, verb=Verb.SIGNED, by=by, organization=organization, on=on)


@transaction.atomic
def ask_change(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """Send the terms back to the proposer with what should be different.

    :raises NotAParty: if the organization is none, or the proposer.
    :raises ReasonIsMissing: if nothing is said.
    """
    agreement = locked(agreement, AgreementState.PROPOSED)
    _require_asked(agreement, organization)
    require_log(by=by, organization=organization, on=on)
    return _answer(agreement, AgreementState.CHANGES_ASKED, Verb.ASKED_CHANGE, organization, reason, by, on)


@transaction.atomic
def refuse(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """Say no for a party that was asked, with a reason.

    :raises NotAParty: if the organization is none, or the proposer.
    :raises NoMandateToday: if the person cannot bind it.
    """
    agreement = locked(agreement, AgreementState.PROPOSED)
    _require_asked(agreement, organization)
    require_confirm(by=by, organization=organization, on=on)
    return _answer(agreement, AgreementState.REFUSED, Verb.REFUSED, organization, reason, by, on)


def _require_asked(agreement: Agreement, organization: Organization) -> None:
    if party(agreement, organization).organization_id == agreement.proposer_id:
        raise NotAParty(organization=organization.name)


@transaction.atomic
def withdraw(*, agreement: Agreement, reason: str, by: User, on: dt.date) -> Agreement:
    """Take a proposal back before it is accepted."""
    agreement = locked(agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED)
    require_log(by=by, organization=agreement.proposer, on=on)
    return _answer(agreement, AgreementState.WITHDRAWN, Verb.WITHDREW, agreement.proposer, reason, by, on)


def _answer(
    agreement: Agreement,
    state: AgreementState,
    verb: Verb,
    organization: Organization,
    reason: str,
    by: User,
    on: dt.date,
) -> Agreement:
    if not reason.strip():
        raise ReasonIsMissing
    agreement.state = state
    agreement.save()
    remember(agreement=agreement, verb=verb, by=by, organization=organization, on=on, note=reason.strip())
    return agreement


def close(agreement: Agreement, *, is_settled: bool, by: User, organization: Organization, on: dt.date) -> None:
    """Settle the agreement once everything is given and nothing owed; open it again if something was put right."""
    if is_settled == (agreement.state == AgreementState.SETTLED):
        return
    agreement.state = AgreementState.SETTLED if is_settled else AgreementState.ACCEPTED
    agreement.settled_on = on if is_settled else None
    agreement.save(update_fields=["state", "settled_on"])
    if is_settled:
        remember(agreement=agreement, verb=Verb.SETTLED, by=by, organization=organization, on=on)
