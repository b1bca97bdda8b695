"""Distribute what a closed year left, as the assembly decided (Ley 20.337, art. 42)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import accounts, journal, refusals
from ledger.actions.agreements import require_confirm
from ledger.actions.facts import Fact, Line
from ledger.core import surplus as core
from ledger.core import written
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.surplus import LawRate, SurplusDistribution
from ledger.models.years import YearClosing
from ledger.queries import surplus
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

#: The law is of 1973; the percentages stand so since.
SINCE = dt.date(1973, 5, 15)
KIND = "surplus_distribution"
_KEYS = uuid.UUID("0b0e5b0c-64b3-5b0c-9f2e-7d3a6c1b9a55")


class YearIsNotClosed(DomainError):
    """What a year left is known once it is closed."""

    message = _("The year %(year)s is not closed yet. Close it first.")


class AlreadyDistributed(DomainError):
    """A surplus is distributed once."""

    message = _("What the year %(year)s left was already distributed.")


class NothingToDistribute(DomainError):
    """A loss, or a surplus that earlier losses take up, is not distributed."""

    message = _("The year %(year)s left nothing to distribute: losses of earlier years are made up first.")


class SharesDoNotAddUp(DomainError):
    """The whole surplus is from members or from others."""

    message = _("What came from operations with members and from others has to be %(amount)s together.")


class HoursOfTheYear(DomainError):
    """What goes back to the members follows the work of each."""

    message = _("Write how many hours all members worked in that year: what goes back to them follows the hours.")


class DecidedBeforeItEnded(DomainError):
    """The assembly decides on a year that is over."""

    message = _("That resolution is of a day before the year ended. Choose the one of the ordinary assembly.")


def put_in_place() -> None:
    """Write the percentages of law that are not there yet; what is there stays as it is."""
    there = set(LawRate.objects.values_list("share", flat=True))
    LawRate.objects.bulk_create(
        LawRate(share=share, basis_points=points, since=SINCE, source=core.SOURCE)
        for share, points in core.BASIS_POINTS.items()
        if share not in there
    )


@transaction.atomic
def distribute(
    *,
    book: Book,
    year: int,
    with_members: int,
    others: int,
    hours: int,
    resolution: Resolution,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> SurplusDistribution:
    """Distribute what a closed year left: reserves and funds by law, the rest back to the members by their work.

    Amounts in minor units of the book's money, `hours` in hundredths. Nobody is named: who gets how much stands in the
    list that the assembly approved.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises YearIsNotClosed, AlreadyDistributed, NothingToDistribute: if there is nothing to distribute.
    :raises SharesDoNotAddUp, HoursOfTheYear: if the amounts are not those of the year, or the hours are missing.
    :raises AnotherBodyDecided, DecidedLater, DecidedBeforeItEnded: if its own assembly did not decide it, or not then.
    """
    require_confirm(by=by, organization=book.organization, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=book.pk)
    closing = YearClosing.objects.select_related("book").filter(book=book, year=year).first()
    if closing is None:
        raise YearIsNotClosed(year=year)
    if surplus.distribution(closing) is not None:
        raise AlreadyDistributed(year=year)
    _check_decision(closing, resolution, on=on)
    _check_amounts(closing, with_members, others, hours)
    rates = {share: rate.basis_points for share, rate in surplus.rates(on=closing.ends_on).items()}
    parts = core.distribute(with_members=with_members, others=others, rates=rates)
    event = journal.post(
        key=uuid.uuid5(_KEYS, f"{book.pk} {year}"),
        fact=Fact(
            kind=KIND,
            happened_on=on,
            memo=gettext("Surplus of the year %(year)s distributed") % {"year": year},
            resolution=resolution.cited,
        ),
        lines=_lines(book, parts),
        on=on,
        by=by,
    )
    with refusals.from_database():
        return SurplusDistribution.objects.create(
            closing=closing,
            with_members=with_members,
            others=others,
            hours=hours,
            resolution=resolution,
            event=event,
            recorded_at=at,
            recorded_by=by,
        )


def _lines(book: Book, parts: Mapping[str, int]) -> list[Line]:
    told = {core.SURPLUS: sum(parts.values())} | {number: -amount for number, amount in parts.items()}
    return [
        Line(account=accounts.account(book=book, number=number), amount=told[number]) for number in told if told[number]
    ]


def _check_decision(closing: YearClosing, resolution: Resolution, *, on: dt.date) -> None:
    if resolution.organization_id != closing.book.organization_id:
        raise AnotherBodyDecided
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
    if resolution.resolved_on <= closing.ends_on:
        raise DecidedBeforeItEnded


def _check_amounts(closing: YearClosing, with_members: int, others: int, hours: int) -> None:
    left = surplus.left(closing)
    if not left:
        raise NothingToDistribute(year=closing.year)
    if min(with_members, others) < 0 or with_members + others != left:
        unit = closing.book.unit
        text = written.number(left, scale=unit.scale, language=get_language() or "")
        raise SharesDoNotAddUp(amount=written.with_unit(text, symbol=unit.symbol, is_money=True))
    if not 0 < hours <= INT64_MAX:
        raise HoursOfTheYear
