"""Set above which amount an agreement needs a resolution, as an assembly decided."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.thresholds import ApprovalThreshold
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution


class ThresholdIsNoAmount(DomainError):
    """A threshold is zero or more."""

    message = _("Write an amount, or leave it empty if no agreement needs a resolution.")


@transaction.atomic
def set_threshold(
    *, book: Book, amount: int | None, resolution: Resolution, by: User | None, on: dt.date, at: dt.datetime
) -> ApprovalThreshold:
    """Note that agreements under which the organization gives more than an amount need a resolution; None: none does.

    `amount` in minor units of the book's unit. What was signed before stays signed.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or not yet.
    :raises ThresholdIsNoAmount: if the amount is below zero or too large.
    """
    require_minute(by=by, organization=book.organization, on=on)
    if resolution.organization_id != book.organization_id:
        raise AnotherBodyDecided
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
    if amount is not None and not 0 <= amount <= INT64_MAX:
        raise ThresholdIsNoAmount
    with refusals.from_database():
        return ApprovalThreshold.objects.create(
            book=book, amount=amount, resolution=resolution, noted_by=by, noted_at=at
        )
