"""Answer what was told of a solidarity fund: say that it was so, or not; undo it, both agreeing."""

import datetime as dt

from django.db import transaction

from ledger.actions import funded, told_acts
from ledger.actions.agreements import require_confirm
from ledger.actions.refusals import ClaimWouldGoBelowZero
from ledger.actions.told_acts import NotOfYours
from ledger.models.deliveries import DeliveryState
from ledger.models.funded import FundAct, FundKind
from ledger.queries import funded as reading
from network.models.organizations import Organization
from network.models.people import User


def answerable(act: FundAct, *states: DeliveryState) -> FundAct:
    """Return it as it is now, held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    related = ("fund__book__organization", "fund__book__unit", "other", "asked", "levy", "decision__resolution")
    return told_acts.answerable(FundAct.objects.select_related(*related), act, *states)


def _asked(act: FundAct) -> Organization:
    if act.asked is None:
        raise NotOfYours(organization=act.whom)
    return act.asked


@transaction.atomic
def confirm(*, act: FundAct, by: User, on: dt.date) -> FundAct:
    """Say for whoever is asked that it was so: one event, an entry in each book.

    :raises NoMandateToday: if the person cannot bind whoever is asked.
    :raises DeliveryAlreadyAnswered: if it was said no to or undone; a confirmed one is returned as it is.
    :raises FundHoldsNoMore, ClaimWouldGoBelowZero: if less is there by now, or owed.
    """
    act = answerable(act, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    require_confirm(by=by, organization=_asked(act), on=on)
    if act.state == DeliveryState.CONFIRMED:
        return act
    funded.require_able(act)
    return funded.post(act, by=by, on=on)


@transaction.atomic
def reject(*, act: FundAct, reason: str, by: User, on: dt.date) -> FundAct:
    """Say for whoever is asked that it was not so, as `told_acts.reject`."""
    act = answerable(act, DeliveryState.LOGGED)
    return told_acts.reject(act, answering=_asked(act), reason=reason, by=by, on=on)


@transaction.atomic
def undo(*, act: FundAct, organization: Organization, reason: str, by: User, on: dt.date) -> FundAct:
    """Undo it, both sides agreeing, as `told_acts.undo`; the fund's body alone where there is nobody else.

    :raises FundHoldsNoMore: if what it brought was spent since.
    :raises ClaimWouldGoBelowZero: if a part of a levy was paid since.
    """
    act = answerable(act, DeliveryState.CONFIRMED)
    if act.kind == FundKind.LEVY and reading.unpaid(act) < act.amount:
        raise ClaimWouldGoBelowZero
    return told_acts.undo(act, sides=act.sides, organization=organization, reason=reason, by=by, on=on)


@transaction.atomic
def keep(*, act: FundAct, organization: Organization, by: User, on: dt.date) -> FundAct:
    """Say no to undoing what the other side asked to undo."""
    act = answerable(act, DeliveryState.CONFIRMED)
    return told_acts.keep(act, sides=act.sides, organization=organization, by=by, on=on)
