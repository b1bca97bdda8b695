"""Confirm what waits under an agreement, whatever its kind: each kind posts by its own rule."""

import datetime as dt

from ledger.actions import assignments, barter, bookings, custody, hosted, lent, passed_on, referred
from ledger.models.agreements import BARTER
from ledger.models.assignments import ASSIGNMENT
from ledger.models.deliveries import Delivery
from ledger.models.hosting import HOSTING
from ledger.models.loans import LOAN
from ledger.models.machines import MACHINE
from ledger.models.purchases import JOINT_PURCHASE
from ledger.models.referrals import REFERRAL
from ledger.models.toll_work import TOLL_WORK
from network.models.people import User
from network.models.resolutions import Resolution

_BY_KIND = {
    ASSIGNMENT: assignments.confirm,
    HOSTING: hosted.confirm,
    JOINT_PURCHASE: passed_on.confirm,
    MACHINE: bookings.confirm,
    REFERRAL: referred.confirm,
}
#: Of these what is owed in goods is valued.
_VALUED = {BARTER: barter.confirm, LOAN: lent.confirm, TOLL_WORK: custody.confirm}


def confirm(*, delivery: Delivery, by: User, on: dt.date, resolution: Resolution | None = None) -> Delivery:
    """Confirm it for its receiver, by the rule of its agreement's kind, with that rule's refusals.

    `resolution` is what the receiver's assembly decided, where a valuation asks for it.
    """
    kind = delivery.agreement.kind
    if kind in _VALUED:
        return _VALUED[kind](delivery=delivery, resolution=resolution, by=by, on=on)
    return _BY_KIND[kind](delivery=delivery, by=by, on=on)
