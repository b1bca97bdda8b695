"""Confirm what waits under an agreement, whatever its kind: each kind posts by its own rule."""

import datetime as dt

from ledger.actions import assignments, barter, hosted, referred
from ledger.models.agreements import BARTER
from ledger.models.assignments import ASSIGNMENT
from ledger.models.deliveries import Delivery
from ledger.models.hosting import HOSTING
from ledger.models.referrals import REFERRAL
from network.models.people import User
from network.models.resolutions import Resolution

_BY_KIND = {ASSIGNMENT: assignments.confirm, HOSTING: hosted.confirm, REFERRAL: referred.confirm}


def confirm(*, delivery: Delivery, by: User, on: dt.date, resolution: Resolution | None = None) -> Delivery:
    """Confirm it for its receiver, by the rule of its agreement's kind, with that rule's refusals.

    `resolution` is what the receiver's assembly decided, where a valuation asks for it.
    """
    if delivery.agreement.kind == BARTER:
        return barter.confirm(delivery=delivery, resolution=resolution, by=by, on=on)
    return _BY_KIND[delivery.agreement.kind](delivery=delivery, by=by, on=on)
