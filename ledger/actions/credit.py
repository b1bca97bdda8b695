"""Network credit: a network opens a unit of its own, and sets how far below zero each member may go.

A credit comes only from a member going below zero within a limit that a resolution of the network set; no gift at the
beginning, no notes. So each unit of it that somebody holds somebody else has promised (what the barter clubs of 2002
lacked).
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import accounts, refusals, units
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book, CreditLimit
from ledger.models.units import Unit, UnitKind
from network.actions import admissions
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

#: As many decimals as money has: the credit stands beside it.
SCALE = 2
POSITION = "1103"


class NotAnIssuer(DomainError):
    """A credit is a network's."""

    message = _("Only a network or a federation opens a credit of its own.")


class NameIsTaken(DomainError):
    """A unit is known by its short name."""

    message = _("There is already a unit called “%(code)s”. Choose another short name.")


class NameIsMissing(DomainError):
    """A unit has a short name, and one that people say."""

    message = _("Write a short name of two to twelve letters or digits, and the name that people say.")


class NotItsOwnCredit(DomainError):
    """A network sets limits in its own credit."""

    message = _("%(unit)s is not a credit of %(organization)s.")


class LimitIsNoAmount(DomainError):
    """A limit is zero or more."""

    message = _("Write how far below zero it may go: zero or more.")


class LimitOfItself(DomainError):
    """The network's own book holds the positions of its members, and none of its own."""

    message = _("%(organization)s issues this credit and has no position of its own in it. Choose a member.")


@transaction.atomic
def open_unit(
    *, issuer: Book, code: str, name_es: str, name_en: str, resolution: Resolution, by: User | None, on: dt.date
) -> Unit:
    """Open a credit of the network that keeps the book `issuer`, as its assembly decided, and return its unit.

    :raises NotYoursToMinute: if the person does not speak for the network.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or not yet.
    :raises NotAnIssuer: if the organization is no network.
    :raises NameIsMissing, NameIsTaken: if the name is not right.
    """
    require_decided(issuer, resolution, by=by, on=on)
    if not issuer.organization.is_of_members:
        raise NotAnIssuer
    code, es, en = code.strip().upper(), name_es.strip(), name_en.strip() or name_es.strip()
    if not (2 <= len(code) <= 12 and code.isascii() and code.isalnum() and es):
        raise NameIsMissing
    if Unit.objects.filter(code=code).exists():
        raise NameIsTaken(code=code)
    with refusals.from_database():
        return Unit.objects.create(
            code=code,
            kind=UnitKind.CREDIT,
            scale=SCALE,
            symbol=code,
            name_es=es[:40],
            name_en=en[:40],
            issuer=issuer,
            decided_in=resolution,
        )


@transaction.atomic
def set_limit(
    *, issuer: Book, unit: Unit, member: Book, amount: int, resolution: Resolution, by: User, on: dt.date
) -> CreditLimit:
    """Set how far below zero a member may go from today on, in minor units of the credit. The newest limit counts.

    A member that is already further below stays there; it only gets no further.

    :raises NotYoursToMinute: if the person does not speak for the network.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or not yet.
    :raises NotItsOwnCredit, LimitOfItself: if the credit is another's, or the member is the network itself.
    :raises LimitIsNoAmount: if the amount is below zero or too large.
    :raises MayNotTrade: if the member may not trade in the network today.
    """
    require_decided(issuer, resolution, by=by, on=on)
    if unit.issuer_id != issuer.pk:
        raise NotItsOwnCredit(unit=unit.code, organization=issuer.organization.name)
    if member == issuer:
        raise LimitOfItself(organization=issuer.organization.name)
    if not 0 <= amount <= INT64_MAX:
        raise LimitIsNoAmount
    admissions.require_trade(member.organization, on=on)
    position = accounts.debt_account(
        book=member, number=POSITION, unit=unit, counterparty=issuer, peg=units.measure(unit=unit)
    )
    with refusals.from_database():
        return CreditLimit.objects.create(
            account=position,
            amount=amount,
            resolution=resolution.cited,
            decided_in=resolution,
            decided_on=resolution.resolved_on,
            recorded_by=by,
        )


def require_decided(issuer: Book, resolution: Resolution, *, by: User | None, on: dt.date) -> None:
    """Refuse what the assembly of the network has not decided, or whoever does not speak for it.

    :raises NotYoursToMinute, AnotherBodyDecided, DecidedLater: as named.
    """
    require_minute(by=by, organization=issuer.organization, on=on)
    if resolution.organization_id != issuer.organization_id:
        raise AnotherBodyDecided
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
