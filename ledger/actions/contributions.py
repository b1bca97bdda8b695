"""Give the community something once: money, goods, hours of work.

Out of the results of the year or out of a fund, by a resolution of the giver's own assembly. It counts once it is
counter-signed (`countersignatures`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.agreements import require_confirm, require_log
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture
from ledger.actions.hosting import NotOfTheCommunity
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_given import AttendanceIsOfAnEvent, HowIsMissing, ReturnIsOfAnEvent
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core import contributions as core
from ledger.core.chart import chart_account
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account, Book
from ledger.models.contributions import FUNDS, SMALL, WORKED, ChargedTo, Contribution, ContributionKind
from ledger.models.deliveries import DeliveryState
from ledger.models.hosting import HowCounted
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

HOURS_MAX, PEOPLE_MAX, ATTENDANCES_MAX = 10_000_00, 9999, 999_999


class ToWhom(DomainError):
    """A gift has a receiver."""

    message = _("Say to whom: choose an organization of the register, or write a name. One of the two.")


class GivenByResolution(DomainError):
    """The assembly decides on what is given away."""

    message = _("Choose the resolution of your assembly that allows it.")


class HoldsLess(DomainError):
    """No more is given than there is."""

    message = _("“%(account)s” holds less in your book than that.")


class HoursAreMissing(DomainError):
    """Hours of work are counted."""

    message = _("Write how many hours were given in all, and by how many people: above zero.")


class MentoringIsOfCooperatives(DomainError):
    """One cooperative of the register mentors another."""

    message = _("Choose the cooperative that you mentored, and write how many learned and how many manuals they got.")


class PassesOnWhatItReceived(DomainError):
    """What is returned was received before, and goes to a third."""

    message = _("Choose a mentoring that you received and counter-signed before; it is passed on to somebody else.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What was given: money or goods in minor units, or hundredths of an hour by so many people."""

    kind: ContributionKind
    what: str
    happened_on: dt.date
    receiver: Organization | None = None
    receiver_name: str = ""
    amount: int | None = None
    charged_to: str = ""
    paid_from: str = ""
    hours: int | None = None
    people: int | None = None
    trainees: int | None = None
    manuals: int | None = None
    attendances: int | None = None
    counted: str = ""
    passes_on: Contribution | None = None
    resolution: Resolution | None = None

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return told | {"what": " ".join(self.what.split())[:120], "receiver_name": self.receiver_name.strip()[:120]}


@transaction.atomic
def log(*, key: uuid.UUID, giver: Organization, gift: Gift, by: User, on: dt.date) -> Contribution:
    """Write down what was given; it counts once it is counter-signed. The same key returns the first one.

    Money and goods are written by an officer, hours of work by any of its people.

    :raises NotForYouToDo, NoMandateToday: if the person may not write it.
    :raises PartnerKeepsNoBook: if the giver keeps no book.
    :raises ToWhom, NotOfTheCommunity: if there is no receiver, or one to whom one gives nothing.
    :raises AmountAboveZero, HoursAreMissing, DeliveredInTheFuture: if it is nothing, or has not happened.
    :raises HowIsMissing: if it is told how many people came, and not how that is known, or the other way round.
    :raises AttendanceIsOfAnEvent, ReturnIsOfAnEvent: if people came to what is no event, or it brings a return.
    :raises MentoringIsOfCooperatives, PassesOnWhatItReceived: if one cooperative does not mentor another, or returns
        what it has not received.
    :raises GivenByResolution, AnotherBodyDecided, DecidedLater: if its own assembly has not decided it.
    :raises HoldsLess: if a fund, the cash or the stock holds less.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    allowed = require_log if gift.kind in WORKED else require_confirm
    allowed(by=by, organization=giver, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=giver).first()
    told = {"giver": giver, **gift.row()}
    earlier = Contribution.objects.filter(key=key).first()
    if earlier is not None:
        if any(getattr(earlier, name) != value for name, value in told.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=giver.name)
    _check_receiver(giver, gift)
    _check_gift(book, gift, on=on)
    _check_event(gift)
    if gift.kind == ContributionKind.MENTORING:
        _check_mentoring(giver, gift)
    with refusals.from_database():
        return Contribution.objects.create(key=key, logged_by=by, **told)


def _check_receiver(giver: Organization, gift: Gift) -> None:
    receiver = gift.receiver
    if (receiver is None) == (not gift.receiver_name.strip()) or receiver == giver:
        raise ToWhom
    # A sister cooperative is given hours for what it does in its neighborhood, and nothing that has a price.
    if receiver is not None and gift.kind not in WORKED and not receiver.stands_for_the_community:
        raise NotOfTheCommunity(organization=receiver.name)


def _check_gift(book: Book, gift: Gift, *, on: dt.date) -> None:
    if gift.happened_on > on:
        raise DeliveredInTheFuture
    if gift.kind in WORKED:
        if not 0 < (gift.hours or 0) <= HOURS_MAX or not 0 < (gift.people or 0) <= PEOPLE_MAX:
            raise HoursAreMissing
        return
    if not 0 < (gift.amount or 0) <= INT64_MAX:
        raise AmountAboveZero
    _check_decision(book, gift)
    _check_held(book, gift)


def _check_event(gift: Gift) -> None:
    says_who_came = (gift.attendances, gift.counted) != (None, "")
    if gift.kind != ContributionKind.EVENT:
        if says_who_came:
            raise AttendanceIsOfAnEvent
        if gift.charged_to == ChargedTo.SPONSORSHIP:
            raise ReturnIsOfAnEvent
    elif says_who_came and not (0 < (gift.attendances or 0) <= ATTENDANCES_MAX and gift.counted in HowCounted.values):
        raise HowIsMissing


def _check_mentoring(giver: Organization, gift: Gift) -> None:
    counted = (gift.trainees, gift.manuals)
    if gift.receiver is None or any(number is None or not 0 <= number <= PEOPLE_MAX for number in counted):
        raise MentoringIsOfCooperatives
    if (earlier := gift.passes_on) is None:
        return
    is_theirs = earlier.kind == ContributionKind.MENTORING and earlier.receiver_id == giver.pk
    is_counted = earlier.state == DeliveryState.CONFIRMED and earlier.happened_on <= gift.happened_on
    if not (is_theirs and is_counted) or earlier.giver_id == gift.receiver.pk:
        raise PassesOnWhatItReceived


def _check_decision(book: Book, gift: Gift) -> None:
    if gift.resolution is None:
        if gift.kind not in SMALL or gift.charged_to in FUNDS:
            raise GivenByResolution
    elif gift.resolution.organization_id != book.organization_id:
        raise AnotherBodyDecided
    elif gift.resolution.resolved_on > gift.happened_on:
        raise DecidedLater(day=gift.resolution.resolved_on)


def _check_held(book: Book, gift: Gift) -> None:
    """Refuse more than a fund, the cash or the stock holds; a bank may lend, so its account may be overdrawn."""
    looked_at = {gift.charged_to, gift.paid_from} - {ChargedTo.RESULTS, ChargedTo.SPONSORSHIP, "1102"}
    accounts = Account.objects.filter(book=book, unit=book.unit_id, counterparty=None, number__in=looked_at)
    held = dict(accounts.values_list("number", "balance__amount"))
    for number in sorted(looked_at):
        if not core.is_left(account=number, balance=held.get(number, 0), amount=gift.amount or 0):
            raise HoldsLess(account=f"{number} {chart_account(number).name_in(get_language() or '')}")
