"""What can be contested, whatever it is: hold it, say who its two sides are, undo it as they agree."""

import datetime as dt
from typing import Any

from ledger.actions import countersignatures, credit_answers, deliveries, fund_answers, reversals
from ledger.models.contributions import Contribution
from ledger.models.credited import CreditAct
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.disputes import Contested
from ledger.models.funded import FundAct
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

#: What of a dispute names each.
FIELDS: dict[type[Contested], str] = {
    Delivery: "delivery",
    Contribution: "contribution",
    FundAct: "fund_act",
    CreditAct: "credit_act",
}


def hold(act: Contested) -> Contested:
    """Return it as it is now, held.

    :raises DeliveryAlreadyAnswered: if it is not confirmed, or undone already.
    """
    if isinstance(act, Delivery):
        return deliveries.answerable(act, DeliveryState.CONFIRMED)
    if isinstance(act, Contribution):
        return countersignatures.answerable(act, DeliveryState.CONFIRMED)
    if isinstance(act, FundAct):
        return fund_answers.answerable(act, DeliveryState.CONFIRMED)
    return credit_answers.answerable(act, DeliveryState.CONFIRMED)


def other_side(act: Contested, organization: Organization) -> Organization | None:
    """Return against whom one contests it: whoever told of it, or received it from them; None if one may not."""
    if isinstance(act, Delivery):
        if organization not in reversals.concerned(act):
            return None
        return act.receiver if organization == act.giver else act.giver
    sides = [side for side in act.sides if side is not None]
    if organization not in sides:
        return None
    return next((side for side in sides if side != organization), None)


def undo(
    act: Contested,
    *,
    asked_by: Organization,
    organization: Organization,
    reason: str,
    resolution: Resolution | None,
    by: User,
    on: dt.date,
) -> None:
    """Undo it as one side asked, for the other one; of what several share the rest of them are asked, too.

    :raises DomainError: whatever undoing it refuses: see `reversals.undo_between` and the `undo` of each kind.
    """
    how: dict[str, Any] = {"organization": organization, "reason": reason, "by": by, "on": on}
    if isinstance(act, Delivery):
        reversals.undo_between(delivery=act, asked_by=asked_by, resolution=resolution, **how)
        return
    act.reason, act.reversal_asked_by = reason, asked_by
    act.save(update_fields=["reason", "reversal_asked_by"])
    if isinstance(act, Contribution):
        countersignatures.undo(contribution=act, **how)
    elif isinstance(act, FundAct):
        fund_answers.undo(act=act, **how)
    else:
        credit_answers.undo(act=act, **how)
