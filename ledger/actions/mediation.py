"""Who mediates in a dispute, and what they advise: somebody who speaks for a body above, and is of neither side."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import ReasonIsMissing, require_confirm
from ledger.actions.disputes import VERSION_MAX, mediator_of, note_down, opened, require_side
from ledger.models.disputes import Dispute
from ledger.models.history import Verb
from network import permissions
from network.errors import DomainError
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User


class NotTheMediator(DomainError):
    """Advice is of whoever was named, while they hold their office."""

    message = _("Only whoever mediates, and speaks for their federation today, advises.")


class MediatorHolds(DomainError):
    """A mediator is replaced once they hold their office no more."""

    message = _("%(name)s mediates, and still speaks for their federation. Another is named once they do not.")


@transaction.atomic
def name(*, dispute: Dispute, organization: Organization, mediator: Mandate | None, by: User, on: dt.date) -> Dispute:
    """Name somebody else to mediate, once whoever did holds their office no more, or where nobody could.

    :raises NoMandateToday: if the person cannot bind the side.
    :raises MediatorHolds, CannotMediate: as named.
    """
    dispute = opened(dispute)
    require_side(dispute, organization)
    require_confirm(by=by, organization=organization, on=on)
    if dispute.mediator is not None and _mediates(dispute, dispute.mediator, on=on):
        raise MediatorHolds(name=dispute.mediator.name)
    named = mediator_of(dispute, mediator, on=on)
    dispute.mediator, dispute.mediates_for = (named.user, named.organization) if named else (None, None)
    dispute.save(update_fields=["mediator", "mediates_for"])
    return dispute


def _mediates(dispute: Dispute, user: User, *, on: dt.date) -> bool:
    body = dispute.mediates_for
    return user.pk == dispute.mediator_id and body is not None and permissions.can_confirm(user, body, on=on)


@transaction.atomic
def advise(*, dispute: Dispute, advice: str, by: User, on: dt.date) -> Dispute:
    """Write what the mediator advises; both sides read it, and decide by themselves.

    :raises NotTheMediator: if the person is not, or holds no office in the body any more.
    :raises ReasonIsMissing: if nothing is said.
    """
    dispute = opened(dispute)
    body = dispute.mediates_for
    if body is None or not _mediates(dispute, by, on=on):
        raise NotTheMediator
    if not advice.strip():
        raise ReasonIsMissing
    dispute.advice, dispute.advised_on = advice.strip()[:VERSION_MAX], on
    dispute.save(update_fields=["advice", "advised_on"])
    note_down(dispute, Verb.ADVISED, body, by=by, on=on, note=dispute.advice)
    return dispute
