"""Confirm what waits under an agreement, whatever its kind: each kind posts by its own rule."""

import datetime as dt

from ledger.actions import barter, hosted, referred
from ledger.models.agreements import BARTER
from ledger.models.deliveries import Delivery
from ledger.models.hosting import HOSTING
from ledger.models.referrals import REFERRAL
from network.models.people import User

_BY_KIND = {BARTER: barter.confirm, HOSTING: hosted.confirm, REFERRAL: referred.confirm}


def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm it for its receiver, by the rule of its agreement's kind, with that rule's refusals."""
    return _BY_KIND[delivery.agreement.kind](delivery=delivery, by=by, on=on)
