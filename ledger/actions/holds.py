"""Hold network credit for what is accepted and not yet delivered, so that nobody promises the same credit twice."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.refusals import AmountIsNotWhole, KeyWasUsedForSomethingElse
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account
from ledger.models.holds import Hold, HoldEnd
from network.errors import DomainError
from network.models.people import User

#: The key of what is left of a hold after part of it was spent follows from the key of the hold.
_REST = uuid.UUID("3b0d7c1e-52c3-5f5e-9a0b-0e6a4c9f2d77")


class HoldEndsInThePast(DomainError):
    """What is held, is held for days to come."""

    message = _("The last day of a hold cannot lie in the past.")


class HoldHasEnded(DomainError):
    """A hold ends once."""

    message = _("This credit is no longer held: it was spent, given up, or its last day has passed.")


class MoreThanIsHeld(DomainError):
    """No more is spent of a hold than it holds."""

    message = _("More credit than is held for this. Accept the difference first.")


@transaction.atomic
def reserve(
    *, key: uuid.UUID, account: Account, amount: int, until: dt.date, on: dt.date, by: User | None, agreement: str = ""
) -> Hold:
    """Hold so much of what the member of a position (account 1103) may still spend, until a day, and return the hold.

    What has expired on that account is released first. The same key with the same content returns the first hold.

    :raises AmountIsNotWhole: if the amount is no whole number of minor units above zero.
    :raises HoldEndsInThePast: if the last day has passed.
    :raises HoldIsOfCredit: if the account is no member's position in a network credit.
    :raises CreditBeyondLimit: if balance, limit and other holds leave less.
    :raises KeyWasUsedForSomethingElse: if the key stands for another hold.
    """
    told = {"account": account, "amount": amount, "until": until, "agreement": agreement}
    if (earlier := Hold.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in told.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    if type(amount) is not int or not 0 < amount <= INT64_MAX:
        raise AmountIsNotWhole(amount=amount)
    if until < on:
        raise HoldEndsInThePast
    _end(account=account, before=on)
    with refusals.from_database():
        return Hold.objects.create(key=key, recorded_at=timezone.now(), recorded_by=by, **told)


@contextmanager
def spending(*, hold: Hold, amount: int, on: dt.date) -> Iterator[None]:
    """Spend so much of a hold by the event that is posted inside, in one transaction; the rest goes on being held.

    Until all of it is committed, everybody else sees the whole hold.

    :raises HoldHasEnded: if it was spent, given up or has expired.
    :raises MoreThanIsHeld: if it holds less.
    """
    if hold.until < on:
        raise HoldHasEnded
    if not 0 < amount <= hold.amount:
        raise MoreThanIsHeld
    with transaction.atomic():
        _finish(hold, HoldEnd.SPENT)
        yield
        if amount < hold.amount:
            reserve(
                key=uuid.uuid5(_REST, str(hold.key)),
                account=hold.account,
                amount=hold.amount - amount,
                until=hold.until,
                on=on,
                by=hold.recorded_by,
                agreement=hold.agreement,
            )


@transaction.atomic
def give_up(*, hold: Hold) -> Hold:
    """Release a hold: what it was for will not come.

    :raises HoldHasEnded: if it ended before.
    """
    return _finish(hold, HoldEnd.GIVEN_UP)


@transaction.atomic
def expire(*, on: dt.date) -> int:
    """Release what was held until an earlier day, and return how many holds ended so."""
    return _end(account=None, before=on)


def _finish(hold: Hold, end: HoldEnd) -> Hold:
    if not Hold.objects.filter(pk=hold.pk, released_at=None).update(released_at=timezone.now(), ended_as=end):
        raise HoldHasEnded
    hold.refresh_from_db()
    return hold


def _end(*, account: Account | None, before: dt.date) -> int:
    expired = Hold.objects.filter(released_at=None, until__lt=before)
    if account is not None:
        expired = expired.filter(account=account)
    return expired.update(released_at=timezone.now(), ended_as=HoldEnd.EXPIRED)
