"""Contest a confirmed act: both versions are kept, somebody mediates, and it ends as both agree.

While a dispute is open its act is frozen: it is not undone but as the outcome, and what is owed under its agreement is
not handed over to a third. Nothing is deleted: an outcome links an act that puts it right, or a reversal.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.actions import contested, refusals, reversals
from ledger.actions.agreements import ReasonIsMissing, remember, require_confirm, require_log
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.disputes import Contested, Dispute, Outcome
from ledger.models.history import AgreementStep, Verb
from ledger.queries import disputes
from network.errors import DomainError
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

VERSION_MAX = 600


class OnlyItsSidesContest(DomainError):
    """What two did is contested by one of the two, what several share by one of them."""

    message = _("Only those whom it concerns contest it, and answer: whoever does, and whoever told of it.")


class ContestedAlready(DomainError):
    """One dispute at a time."""

    message = _("It is contested already. Answer on the page of that dispute.")


class UndoingIsAsked(DomainError):
    """A question that is open is answered first."""

    message = _("One of the two asks to undo it: say yes or no to that first.")


class DisputeIsOver(DomainError):
    """What has ended has ended."""

    message = _("That dispute has ended. Open it again to see how.")


class VersionIsTold(DomainError):
    """Each side tells its version once."""

    message = _("Your side has told its version already. It stays as it is.")


class CannotMediate(DomainError):
    """A mediator speaks for a body above, and is of neither side."""

    message = _("Choose somebody who speaks today for a federation of one of the two, and belongs to neither.")


class NothingPutsItRight(DomainError):
    """What puts it right was agreed since."""

    message = _("Choose an act of the same agreement that both confirmed since it is contested.")


class ProposedByYourself(DomainError):
    """One side proposes, the other agrees."""

    message = _("Your side proposed this: the other one says whether it agrees.")


@transaction.atomic
def contest(
    *,
    key: uuid.UUID,
    act: Contested,
    organization: Organization,
    version: str,
    by: User,
    on: dt.date,
    mediator: Mandate | None = None,
) -> Dispute:
    """Contest a confirmed act for one of those whom it concerns, and freeze it. The same key returns the first.

    Without a mediator named, somebody of the nearest body above both mediates, or of one above either.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises DeliveryAlreadyAnswered: if it is not confirmed, or undone already.
    :raises OnlyItsSidesContest: if it is another's.
    :raises ReasonIsMissing: if nothing is said.
    :raises ContestedAlready, UndoingIsAsked: if it is, or undoing it is asked for.
    :raises CannotMediate: if whoever is named cannot.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    version = version.strip()[:VERSION_MAX]
    earlier = Dispute.objects.filter(key=key).first()
    if earlier is not None:
        if (earlier.act, earlier.raised_for, earlier.version) != (act, organization, version):
            raise KeyWasUsedForSomethingElse
        return earlier
    act = contested.hold(act)
    against = contested.other_side(act, organization)
    if against is None:
        raise OnlyItsSidesContest
    require_confirm(by=by, organization=organization, on=on)
    if not version:
        raise ReasonIsMissing
    if disputes.is_frozen(act):
        raise ContestedAlready
    if act.reversal_asked_by_id is not None:
        raise UndoingIsAsked
    told: dict[str, Any] = {"key": key, "raised_by": by, "raised_on": on, "version": version}
    told |= {contested.FIELDS[type(act)]: act, "raised_against": against}
    dispute = Dispute(raised_for=organization, **told)
    if (named := mediator_of(dispute, mediator, on=on)) is not None:
        dispute.mediator, dispute.mediates_for = named.user, named.organization
    with refusals.from_database():
        dispute.save(force_insert=True)
    note_down(dispute, Verb.CONTESTED, organization, by=by, on=on, note=version)
    return dispute


def mediator_of(dispute: Dispute, wanted: Mandate | None, *, on: dt.date) -> Mandate | None:
    """Return who mediates: whoever is wanted, else the first who may.

    :raises CannotMediate: if whoever is wanted may not.
    """
    able = disputes.mediators(dispute.sides, on=on)
    if wanted is None:
        return able.first()
    found = able.filter(pk=wanted.pk).first()
    if found is None:
        raise CannotMediate
    return found


def opened(dispute: Dispute) -> Dispute:
    """Hold a dispute that has not ended, after the act that it is about."""
    contested.hold(dispute.act)
    related = ("delivery__agreement", "raised_for", "raised_against", "proposed_for", "mediates_for")
    now = Dispute.objects.select_for_update(of=("self",)).select_related(*related).get(pk=dispute.pk)
    if not now.is_open:
        raise DisputeIsOver
    return now


def require_side(dispute: Dispute, organization: Organization) -> None:
    """Refuse whoever is neither of the two.

    :raises OnlyItsSidesContest: if the organization is not.
    """
    if organization not in dispute.sides:
        raise OnlyItsSidesContest


@transaction.atomic
def answer(*, dispute: Dispute, organization: Organization, version: str, by: User, on: dt.date) -> Dispute:
    """Tell the other side's version, once.

    :raises NotForYouToDo: if the person is not of that side.
    :raises VersionIsTold: if it told it already.
    :raises ReasonIsMissing: if nothing is said.
    :raises DisputeIsOver: if it has ended.
    """
    dispute = opened(dispute)
    require_side(dispute, organization)
    require_log(by=by, organization=organization, on=on)
    if organization == dispute.raised_for or dispute.other_version:
        raise VersionIsTold
    if not version.strip():
        raise ReasonIsMissing
    dispute.other_version, dispute.answered_by, dispute.answered_on = version.strip()[:VERSION_MAX], by, on
    dispute.save(update_fields=["other_version", "answered_by", "answered_on"])
    note_down(dispute, Verb.ANSWERED, organization, by=by, on=on, note=dispute.other_version)
    return dispute


@transaction.atomic
def propose(
    *,
    dispute: Dispute,
    organization: Organization,
    outcome: Outcome,
    by: User,
    on: dt.date,
    correction: Delivery | None = None,
    resolution: Resolution | None = None,
) -> Dispute:
    """Propose how it ends. Whoever contested it lets it stand by itself; anything else the other side agrees to.

    :raises NoMandateToday: if the person cannot bind the side.
    :raises NothingPutsItRight: if what should put it right was not confirmed since, under the same agreement.
    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: if its assembly has to decide what is undone.
    """
    dispute = opened(dispute)
    require_side(dispute, organization)
    require_confirm(by=by, organization=organization, on=on)
    if outcome == Outcome.CORRECTED:
        if correction is None or not corrections(dispute).filter(pk=correction.pk).exists():
            raise NothingPutsItRight
    else:
        correction = None
    if outcome == Outcome.REVERSED and dispute.delivery is not None:
        reversals.require_own_decision(dispute.delivery, organization, resolution, on=on)
    dispute.outcome, dispute.correction, dispute.proposed_for = outcome, correction, organization
    dispute.save(update_fields=["outcome", "correction", "proposed_for"])
    note_down(dispute, Verb.PROPOSED, organization, by=by, on=on, resolution=resolution)
    if outcome == Outcome.STANDS and organization == dispute.raised_for:
        _close(dispute, organization, by=by, on=on)
    return dispute


def corrections(dispute: Dispute) -> QuerySet[Delivery]:
    """Return what can put it right: acts of the same agreement that both confirmed since it is contested.

    What is of no agreement is one sum or one count: it is undone, and written anew.
    """
    if dispute.delivery is None:
        return Delivery.objects.none()
    since = AgreementStep.objects.filter(
        delivery=OuterRef("pk"), verb__in=[Verb.CONFIRMED, Verb.SAID_SO], happened_on__gte=dispute.raised_on
    )
    found = Delivery.objects.filter(agreement=dispute.delivery.agreement_id, state=DeliveryState.CONFIRMED)
    return found.filter(Exists(since)).exclude(pk=dispute.delivery.pk).order_by("-pk")


@transaction.atomic
def agree(
    *, dispute: Dispute, organization: Organization, by: User, on: dt.date, resolution: Resolution | None = None
) -> Dispute:
    """Agree to what the other side proposes: it ends so, and what is to be undone is undone.

    Of what several share the others are asked to undo it, too: it is undone once the last of them says so.

    :raises NoMandateToday: if the person cannot bind the side.
    :raises ProposedByYourself: if nobody proposed anything, or the same side.
    :raises SettledSince, ResolutionIsMissing: as `reversals.undo`.
    """
    dispute = opened(dispute)
    require_side(dispute, organization)
    require_confirm(by=by, organization=organization, on=on)
    if dispute.proposed_for is None or dispute.proposed_for == organization:
        raise ProposedByYourself
    _close(dispute, organization, by=by, on=on)
    if dispute.outcome == Outcome.REVERSED:
        contested.undo(
            dispute.act,
            asked_by=dispute.proposed_for,
            organization=organization,
            reason=dispute.version[:200],
            resolution=resolution,
            by=by,
            on=on,
        )
    return dispute


def _close(dispute: Dispute, organization: Organization, *, by: User, on: dt.date) -> None:
    dispute.closed_by, dispute.closed_on = by, on
    with refusals.from_database():
        dispute.save(update_fields=["closed_by", "closed_on"])
    note_down(dispute, Verb.AGREED, organization, by=by, on=on)


def note_down(
    dispute: Dispute,
    verb: Verb,
    organization: Organization,
    *,
    by: User,
    on: dt.date,
    note: str = "",
    resolution: Resolution | None = None,
) -> None:
    """Write what somebody did in a dispute into the history of its agreement, if there is one."""
    # Outside an agreement the dispute is its own history.
    if (delivery := dispute.delivery) is None:
        return
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
