"""Undo what was confirmed under an agreement: one side asks, the other agrees or keeps it as it is.

What is contested is undone as the outcome of its dispute alone (`disputes`). Beyond what its assembly lets its officers
decide on, a side undoes nothing without a resolution, which stays in the history.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ledger.actions import journal, refusals
from ledger.actions.agreements import NotAtThisPoint, ReasonIsMissing, remember, require_confirm, require_decision
from ledger.actions.deliveries import DeliveryAlreadyAnswered, answerable
from ledger.actions.refusals import ClaimWouldGoBelowZero
from ledger.models.agreements import AgreementState
from ledger.models.coproductions import SharedPart
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.history import AgreementStep, Verb
from ledger.queries import disputes, reversals, thresholds
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


class IsContested(DomainError):
    """What is contested is frozen until its dispute ends."""

    message = _("It is contested: it stays as it is until the dispute about it ends.")


class SettledSince(DomainError):
    """What was settled since cannot simply be undone."""

    message = _(
        "What it left owed was settled since: %(acts)s. Undo that first, the latest one before the others, or leave"
        " both and agree on a return or a reduction."
    )


@transaction.atomic
def ask(
    *,
    delivery: Delivery,
    organization: Organization,
    reason: str,
    by: User,
    on: dt.date,
    resolution: Resolution | None = None,
) -> Delivery:
    """Ask the other side to undo a confirmed delivery: as nothing is owed until both say so, nothing is undone either.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said.
    :raises IsContested: if there is a dispute about it.
    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: if its assembly has to decide so, and did not.
    """
    delivery = _answerable(delivery)
    if organization not in concerned(delivery):
        raise NotAtThisPoint(state=delivery.agreement.get_state_display())
    require_confirm(by=by, organization=organization, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    if delivery.reversal_asked_by_id is not None:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    require_own_decision(delivery, organization, resolution, on=on)
    delivery.reversal_asked_by = organization
    delivery.reversal_reason = reason.strip()[:200]
    delivery.save()
    _parts(delivery).update(undone_by=None)
    _parts(delivery).filter(organization=organization).update(undone_by=by)
    who: dict[str, Any] = {"by": by, "on": on, "resolution": resolution}
    _remember(delivery, Verb.ASKED_REVERSAL, organization, note=reason.strip(), **who)
    return delivery


def _answerable(delivery: Delivery) -> Delivery:
    """Hold what is confirmed and not contested."""
    now = answerable(delivery, DeliveryState.CONFIRMED)
    if disputes.is_frozen(now):
        raise IsContested
    return now


def require_own_decision(
    delivery: Delivery, organization: Organization, resolution: Resolution | None, *, on: dt.date
) -> None:
    """Refuse a side that would undo more than its assembly lets its officers decide on.

    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: if its assembly has to decide so, and did not.
    """
    is_beyond = thresholds.is_beyond(organization, reversals.worth(delivery, organization))
    require_decision(organization, resolution, is_needed=is_beyond, on=on)


def _parts(delivery: Delivery) -> QuerySet[SharedPart]:
    """Return who is concerned by what several share; nobody where an act has two sides."""
    return SharedPart.objects.filter(act=delivery.pk)


def concerned(delivery: Delivery) -> list[Organization]:
    """Return whom an act concerns: its two sides, or all who share it."""
    shared = [part.organization for part in _parts(delivery).select_related("organization")]
    return shared or [delivery.giver, delivery.receiver]


def _answering(delivery: Delivery, organization: Organization | None) -> Organization:
    """Return who answers: the other side, or of several the one that is named.

    :raises DeliveryAlreadyAnswered: if nobody asked, or it was they who did.
    """
    asked, all_of_them = delivery.reversal_asked_by, concerned(delivery)
    if asked is None:
        raise DeliveryAlreadyAnswered(state=delivery.get_state_display())
    others = [each for each in all_of_them if each != asked and organization in {None, each}]
    if not others:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    return others[0]


@transaction.atomic
def keep(*, delivery: Delivery, by: User, on: dt.date, organization: Organization | None = None) -> Delivery:
    """Say no to a reversal that another side asked for: the delivery stands."""
    delivery = _answerable(delivery)
    answering = _answering(delivery, organization)
    require_confirm(by=by, organization=answering, on=on)
    delivery.reversal_asked_by = None
    delivery.reversal_reason = ""
    delivery.save()
    _remember(delivery, Verb.KEPT, answering, by=by, on=on)
    return delivery


@transaction.atomic
def agree(
    *,
    delivery: Delivery,
    by: User,
    on: dt.date,
    organization: Organization | None = None,
    resolution: Resolution | None = None,
) -> Delivery:
    """Undo a delivery that another side asked to undo: a reversal in all books, dated today.

    Of what several share each of them says so, for `organization`; the last one undoes it.

    :raises NoMandateToday: if the person cannot bind the side that answers.
    :raises IsContested: if there is a dispute about it.
    :raises MoreThanInvoiced: if the customer has paid what would be undone.
    :raises SettledSince: if what it left owed was settled since.
    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: as `ask`.
    """
    delivery = _answerable(delivery)
    answering = _answering(delivery, organization)
    require_confirm(by=by, organization=answering, on=on)
    _parts(delivery).filter(organization=answering).update(undone_by=by)
    if _parts(delivery).filter(undone_by=None).exists():
        require_own_decision(delivery, answering, resolution, on=on)
        _remember(delivery, Verb.SAID_SO, answering, by=by, on=on, resolution=resolution)
        return delivery
    reason = delivery.reversal_reason
    return undo(delivery=delivery, reason=reason, organization=answering, by=by, on=on, resolution=resolution)


def undo_between(
    *,
    delivery: Delivery,
    asked_by: Organization,
    organization: Organization,
    reason: str,
    by: User,
    on: dt.date,
    resolution: Resolution | None = None,
) -> Delivery:
    """Undo what one asked to undo and another agrees to; where more share it, the rest are asked first.

    :raises SettledSince, ResolutionIsMissing, AnotherBodyDecided, DecidedLater: as `undo`.
    """
    who: dict[str, Any] = {"by": by, "on": on, "resolution": resolution}
    if not _parts(delivery).exclude(organization__in=[asked_by, organization]).exists():
        return undo(delivery=delivery, reason=reason, organization=organization, **who)
    require_own_decision(delivery, organization, resolution, on=on)
    delivery.reversal_asked_by, delivery.reversal_reason = asked_by, reason
    delivery.save()
    asked = AgreementStep.objects.filter(delivery=delivery, organization=asked_by).latest("pk")
    _parts(delivery).update(undone_by=None)
    _parts(delivery).filter(organization=asked_by).update(undone_by=asked.by)
    _parts(delivery).filter(organization=organization).update(undone_by=by)
    _remember(delivery, Verb.SAID_SO, organization, **who)
    return delivery


def undo(
    *,
    delivery: Delivery,
    reason: str,
    organization: Organization,
    by: User,
    on: dt.date,
    resolution: Resolution | None = None,
) -> Delivery:
    """Undo what both sides agree to undo; `organization` is the one that said so last, and has been asked who may.

    :raises SettledSince: if what it left owed was settled since: which acts did is said.
    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: if its assembly has to decide so, and did not.
    """
    require_own_decision(delivery, organization, resolution, on=on)
    agreement = delivery.agreement
    _remember(delivery, Verb.REVERSED, organization, by=by, on=on, resolution=resolution)
    if delivery.event is not None:
        try:
            with transaction.atomic():
                journal.reverse(
                    event=delivery.event,
                    key=uuid.uuid5(delivery.key, "reversal"),
                    reason=reason,
                    on=on,
                    by=by,
                    confirmed_by=by,
                )
        except ClaimWouldGoBelowZero:
            raise SettledSince(acts=_settled_by(delivery)) from None
    delivery.state = DeliveryState.REVERSED
    with refusals.from_database():
        delivery.save()
    agreement.state = AgreementState.ACCEPTED
    agreement.settled_on = None
    agreement.save()
    return delivery


def _settled_by(delivery: Delivery) -> str:
    """Name what was confirmed since between the same two, by its day and what it was; the latest first."""
    later = Delivery.objects.filter(agreement=delivery.agreement_id, state=DeliveryState.CONFIRMED, pk__gt=delivery.pk)
    between = later.filter(Q(giver__in=delivery.sides, receiver__in=delivery.sides)).order_by("-happened_on", "-pk")
    named = [f"{date_format(each.happened_on, 'SHORT_DATE_FORMAT')} ({each.get_act_display()})" for each in between[:3]]
    return ", ".join(named) or str(_("elsewhere, by another agreement"))


def _remember(
    delivery: Delivery,
    verb: Verb,
    organization: Organization,
    *,
    by: User,
    on: dt.date,
    note: str = "",
    resolution: Resolution | None = None,
) -> None:
    remember(
        agreement=delivery.agreement,
        verb=verb,
        by=by,
        organization=organization,
        on=on,
        delivery=delivery,
        note=note,
        resolution=resolution,
    )
