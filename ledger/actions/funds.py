"""Solidarity funds: open one, set its terms anew, note what was resolved to spend of it; each by resolution."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.credit import require_decided
from ledger.actions.deliveries import AmountAboveZero
from ledger.actions.refusals_funded import FundHoldsNoMore
from ledger.core.funds import FUND, RATE_MAX
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account, Book
from ledger.models.funds import Fund, FundDecision, FundTerms
from network.actions.refusals import DecidedLater
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution


class KeepsNoFund(DomainError):
    """A body of members keeps a fund."""

    message = _("A solidarity fund is kept by a body of members: a federation or a network. %(organization)s is none.")


class LevyIsTooHigh(DomainError):
    """A levy is a small part."""

    message = _("A levy is at most a tenth of what somebody earned: write between 0 and 10 per cent.")


class PurposeIsMissing(DomainError):
    """A fund is for something."""

    message = _("Write in a few words what it may be spent on, as the resolution says.")


class DecidedAlready(DomainError):
    """A resolution names its amount once."""

    message = _("What that resolution allows was noted already. If the assembly decides on more, note its new one.")


@transaction.atomic
def set_terms(
    *, book: Book, basis_points: int, purpose: str, since: dt.date, resolution: Resolution, by: User, on: dt.date
) -> FundTerms:
    """Set what is levied from a day on, and what the fund may be spent on; the first terms open it.

    What the account of the fund held before is in it from the beginning, as of nobody in particular.

    :raises NotYoursToMinute: if the person does not speak for the body.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or only after that day.
    :raises KeepsNoFund, LevyIsTooHigh, PurposeIsMissing: as named.
    :raises FundHoldsNoMore: if the account of the fund is overdrawn.
    """
    require_decided(book, resolution, by=by, on=on)
    if resolution.resolved_on > since:
        raise DecidedLater(day=resolution.resolved_on)
    if not book.organization.is_of_members:
        raise KeepsNoFund(organization=book.organization.name)
    if not 0 <= basis_points <= RATE_MAX:
        raise LevyIsTooHigh
    purpose = _said(purpose, 300)
    accounts = Account.objects.filter(book=book, number=FUND, unit=book.unit_id, balance__amount__gt=0)
    if accounts.exists():
        raise FundHoldsNoMore
    with refusals.from_database():
        return FundTerms.objects.create(
            book=book, basis_points=basis_points, purpose=purpose, since=since, resolution=resolution, recorded_by=by
        )


def _said(purpose: str, most: int) -> str:
    if not purpose.strip():
        raise PurposeIsMissing
    return " ".join(purpose.split())[:most]


@transaction.atomic
def decide(*, fund: Fund, amount: int, purpose: str, resolution: Resolution, by: User, on: dt.date) -> FundDecision:
    """Note how much the assembly lets be spent of the fund, in minor units of its money, and for what.

    The same again returns the first one.

    :raises NotYoursToMinute: if the person does not speak for the body.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or not yet.
    :raises AmountAboveZero, PurposeIsMissing: as named.
    :raises DecidedAlready: if the resolution was noted with something else.
    """
    require_decided(fund.book, resolution, by=by, on=on)
    if not 0 < amount <= INT64_MAX:
        raise AmountAboveZero
    purpose = _said(purpose, 120)
    earlier = FundDecision.objects.filter(resolution=resolution).first()
    if earlier is not None:
        if (earlier.fund_id, earlier.amount, earlier.purpose) != (fund.pk, amount, purpose):
            raise DecidedAlready
        return earlier
    with refusals.from_database():
        return FundDecision.objects.create(
            fund=fund, amount=amount, purpose=purpose, resolution=resolution, recorded_by=by
        )
