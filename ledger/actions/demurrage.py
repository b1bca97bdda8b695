"""Demurrage (oxidación): set the rate that a network's assembly decided, and note what a month takes.

Posted, never a silent cut: one entry a position, into the common fund of the network, so that the total of the credit
stays zero.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import claims, engines, journal, positions, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import ReasonIsMissing
from ledger.actions.claims import Planned
from ledger.actions.credit import NotItsOwnCredit, require_decided
from ledger.actions.facts import Fact
from ledger.actions.positions import AT_PAR, POSITION, POSITIONS
from ledger.actions.refusals import AlreadyReversed
from ledger.core.credit import IDLE_MAX, IDLE_MIN, RATE_MAX
from ledger.models.accounts import Book
from ledger.models.demurrage import DemurrageCharge, DemurrageRate
from ledger.models.units import Unit
from ledger.queries import demurrage as queries
from ledger.queries.demurrage import Due
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

FUND, CONTRIBUTION = "2301", "5402"
#: What the journal calls it.
KIND = "demurrage"


class RateIsTooHigh(DomainError):
    """Demurrage takes a small part."""

    message = _("At most a tenth goes a month, of what has stood idle for a month at least and ten years at most.")


class NoDemurrage(DomainError):
    """Only what the assembly decided is taken."""

    message = _("No rate holds in %(credit)s: the assembly sets one first.")


class ShownWasAnother(DomainError):
    """What is noted is what was looked at."""

    message = _("Something has moved since this was computed. Look at it again, and note it then.")


@transaction.atomic
def set_rate(
    *, issuer: Book, unit: Unit, basis_points: int, idle_days: int, resolution: Resolution, by: User, on: dt.date
) -> DemurrageRate:
    """Set what a month takes of positions idle for so many days, as the assembly decided. The newest counts; 0 ends it.

    :raises NotYoursToMinute: if the person does not speak for the network.
    :raises AnotherBodyDecided, DecidedLater: if its own assembly did not decide it, or not yet.
    :raises NotItsOwnCredit, RateIsTooHigh: as named.
    """
    require_decided(issuer, resolution, by=by, on=on)
    _require_own(issuer, unit)
    if not (0 <= basis_points <= RATE_MAX and IDLE_MIN <= idle_days <= IDLE_MAX):
        raise RateIsTooHigh
    with refusals.from_database():
        return DemurrageRate.objects.create(
            credit=unit, basis_points=basis_points, idle_days=idle_days, resolution=resolution, recorded_by=by
        )


@transaction.atomic
def note(*, issuer: Book, unit: Unit, total: int, by: User, on: dt.date) -> list[DemurrageCharge]:
    """Take what this month takes of each idle position, `total` in all as it was looked at, into the common fund.

    :raises NotYoursToMinute: if the person does not speak for the network.
    :raises NotItsOwnCredit, NoDemurrage: if the credit is another's, or no rate holds.
    :raises ShownWasAnother: if it is another total by now, or was noted already.
    """
    require_minute(by=by, organization=issuer.organization, on=on)
    _require_own(issuer, unit)
    rate = queries.rate(credit=unit)
    if rate is None:
        raise NoDemurrage(credit=unit.code)
    seen = queries.due(rate=rate, on=on)
    # Two who note the same month are answered one after the other; all books in one order, as whoever posts takes them.
    engines.hold_books(sorted({issuer.pk, *(each.book for each in seen)}))
    rows = queries.due(rate=rate, on=on)
    if not rows or sum(each.amount for each in rows) != total:
        raise ShownWasAnother
    return [_take(each, rate, unit, by=by, on=on) for each in rows]


@transaction.atomic
def take_back(*, issuer: Book, charge: DemurrageCharge, reason: str, by: User, on: dt.date) -> DemurrageCharge:
    """Undo what a month took of one position, by a reversal in both books; that month takes nothing more of it.

    :raises NotYoursToMinute: if the person does not speak for the network.
    :raises NotItsOwnCredit: if it is of another network's credit.
    :raises ReasonIsMissing: if nothing is said.
    :raises AlreadyReversed: if it was taken back before.
    """
    require_minute(by=by, organization=issuer.organization, on=on)
    _require_own(issuer, charge.account.unit)
    if not reason.strip():
        raise ReasonIsMissing
    if hasattr(charge.event, "reversed_by"):
        raise AlreadyReversed
    key = uuid.uuid5(charge.event.key, "taken back")
    journal.reverse(event=charge.event, key=key, reason=reason.strip()[:200], on=on, by=by, confirmed_by=by)
    return charge


def _require_own(issuer: Book, unit: Unit) -> None:
    if unit.issuer_id != issuer.pk:
        raise NotItsOwnCredit(unit=unit.code, organization=issuer.organization.name)


def _take(due: Due, rate: DemurrageRate, unit: Unit, *, by: User, on: dt.date) -> DemurrageCharge:
    month, account = on.replace(day=1), due.account
    event = journal.post(
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"trama:demurrage:{account.pk}:{month}"),
        fact=Fact(
            kind=KIND,
            happened_on=on,
            memo=gettext("Demurrage of %(month)s in %(credit)s") % {"month": f"{month:%Y-%m}", "credit": unit.code},
            resolution=rate.resolution.cited,
        ),
        lines=claims.with_accounts(_lines(due, unit)),
        on=on,
        by=by,
        confirmed_by=by,
    )
    with refusals.from_database():
        return DemurrageCharge.objects.create(
            account=account,
            month=month,
            rate=rate,
            balance=due.balance,
            idle_since=due.idle_since,
            amount=due.amount,
            event=event,
        )


def _lines(due: Due, unit: Unit) -> list[Planned]:
    """Return the lines of both books: a contribution of the member's, in its money, and the network's fund."""
    account, amount = due.account, due.amount
    issuer, member, peg, money = account.book_id, account.counterparty_id, account.peg_id, account.book.unit_id
    positions.require_par(unit, account.book.unit)
    if member is None or peg is None:
        raise NotItsOwnCredit(unit=unit.code, organization=due.member.name)
    return [
        Planned(place=Place(member, POSITION, unit.pk, issuer, peg), amount=-amount),
        Planned(place=Place(member, AT_PAR, unit.pk), amount=amount),
        Planned(place=Place(member, AT_PAR, money), amount=-amount),
        Planned(place=Place(member, CONTRIBUTION, money), amount=amount),
        Planned(place=Place(issuer, POSITIONS, unit.pk, member, peg), amount=amount),
        Planned(place=Place(issuer, FUND, unit.pk), amount=-amount),
    ]
