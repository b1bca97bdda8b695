"""What took place under a hosting: the host tells of a month, the body counter-signs, the book says so.

Rules: `ledger/core/hosting.py`. Only costs really borne enter the results, by reclassification from the accounts where
they stand; room hours and the people who came are counted in memo accounts, and never priced.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ledger.actions import claims, journal, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, remember, require_confirm, require_log, require_state
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture, answerable
from ledger.actions.facts import Fact, Line
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_given import BeyondTheSchedule, HostedOnce, HowIsMissing, NotReallyBorne
from ledger.core import hosting
from ledger.core.chart import chart_account
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account, Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.models.hosting import CostAccount, HostedCost, HostedPeriod, HostingTerms, HowCounted
from ledger.models.units import Unit
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

DAYS_MAX, PEOPLE_MAX, COSTS_MAX = 31, 9999, 20


class CountEachTime(DomainError):
    """Each session has its count."""

    message = _("Write how many people came each time: one number for each of the %(sessions)s times, or one for all.")


class BeforeItBegan(DomainError):
    """Nothing is told of days on which nothing was agreed."""

    message = _("The agreement runs from %(since)s. Check the days.")


class PeriodIsTooLong(DomainError):
    """Told of month by month."""

    message = _("Tell of one month at a time: the first day, and the last one, which is not before it.")


class NothingTookPlace(DomainError):
    """A month without sessions is not told of."""

    message = _("Write how many times there was activity, how long each lasted, and in how many rooms: above zero.")


class CostNotBorne(DomainError):
    """Nothing imputed enters the results."""

    message = _(
        "“%(account)s” holds less in your book than the cost that you write. Enter the bill, or what was paid, in the"
        " book first: only a cost that you really bore is given."
    )


class HostHasToPutRight(DomainError):
    """What the host has in its book is not the body's affair."""

    message = _("%(organization)s has something to put right in its own book before this can be confirmed. Tell it so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What took place from a day to a day: how many times, how long each (minutes), how many came, how one knows."""

    starts_on: dt.date
    ends_on: dt.date
    sessions: int
    minutes: int
    rooms: int
    people: Sequence[int]
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A cost really borne, in minor units; or so many thousandths at a price, in minor units for one."""

    what: str
    account: str
    amount: int = 0
    quantity: int | None = None
    price: int | None = None

    @property
    def total(self) -> int:
        """Minor units."""
        if self.quantity is None or self.price is None:
            return self.amount
        return hosting.cost(quantity=self.quantity, price=self.price)


@transaction.atomic
def log(
    *, agreement: Agreement, key: uuid.UUID, took_place: Held, costs: Sequence[Cost], papers: str, by: User, on: dt.date
) -> Delivery:
    """Tell for the host what took place; it counts once an officer of the body has counter-signed it.

    :raises NotForYouToDo: if the person is not of the host.
    :raises NotAtThisPoint: if the hosting does not run.
    :raises BeyondTheSchedule, BeforeItBegan, HostedOnce: if it is more than was agreed, or was told of already.
    :raises DeliveredInTheFuture, PeriodIsTooLong, NothingTookPlace: if something is missing or too much.
    :raises CountEachTime, HowIsMissing: if it is not said how many people came each time, and how that is known.
    :raises AmountAboveZero, CostNotBorne: if a cost is nothing, or more than stands in its account.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=agreement.proposer, on=on)
    agreement = held(agreement)
    host, body = agreement.proposer, agreement.others(agreement.proposer)[0]
    row = _row(took_place)
    if (earlier := _logged_before(key, agreement, row, costs)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    _check(HostingTerms.objects.get(agreement=agreement), took_place, on=on)
    _check_overlap(agreement, took_place)
    _check_costs(host, agreement.unit_id, costs)
    delivery = Delivery.objects.create(
        key=key,
        agreement=agreement,
        giver=host,
        receiver=body,
        act=Act.HOSTED,
        happened_on=took_place.ends_on,
        delivery_note=papers.strip()[:40],
        logged_by=by,
    )
    with refusals.from_database():
        period = HostedPeriod.objects.create(delivery=delivery, **row)
        HostedCost.objects.bulk_create(
            HostedCost(period=period, number=number, **_cost_row(cost)) for number, cost in enumerate(costs, start=1)
        )
    remember(agreement=agreement, verb=Verb.HOSTED, by=by, organization=host, on=on, delivery=delivery)
    return delivery


def _row(told: Held) -> dict[str, object]:
    return {
        "starts_on": told.starts_on,
        "ends_on": told.ends_on,
        "sessions": told.sessions,
        "minutes": told.minutes,
        "rooms": told.rooms,
        "people": " ".join(str(count) for count in told.people),
        "attendances": sum(told.people),
        "most": max(told.people, default=0),
        "counted": told.counted,
    }


def _cost_row(cost: Cost) -> dict[str, object]:
    what = " ".join(cost.what.split())[:80]
    return {"what": what, "account": cost.account, "quantity": cost.quantity, "price": cost.price, "amount": cost.total}


def _logged_before(
    key: uuid.UUID, agreement: Agreement, row: dict[str, object], costs: Sequence[Cost]
) -> Delivery | None:
    earlier = Delivery.objects.filter(key=key).select_related("hosted").first()
    if earlier is None:
        return None
    period = getattr(earlier, "hosted", None)
    if (
        period is None
        or earlier.agreement_id != agreement.pk
        or any(getattr(period, name) != value for name, value in row.items())
        or list(period.costs.order_by("number").values("what", "account", "quantity", "price", "amount"))
        != [_cost_row(cost) for cost in costs]
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(terms: HostingTerms, told: Held, *, on: dt.date) -> None:
    schedule = terms.schedule
    if not 0 <= (told.ends_on - told.starts_on).days < DAYS_MAX:
        raise PeriodIsTooLong
    if told.ends_on > on:
        raise DeliveredInTheFuture
    if told.starts_on < schedule.since:
        raise BeforeItBegan(since=schedule.since)
    if min(told.sessions, told.minutes, told.rooms) < 1:
        raise NothingTookPlace
    is_after_the_end = schedule.until is not None and told.ends_on > schedule.until
    if (
        is_after_the_end
        or told.sessions > schedule.sessions(told.starts_on, told.ends_on)
        or told.minutes > schedule.minutes
        or told.rooms > schedule.rooms
    ):
        raise BeyondTheSchedule
    if len(told.people) != told.sessions or not all(0 <= count <= PEOPLE_MAX for count in told.people):
        raise CountEachTime(sessions=told.sessions)
    if told.counted not in HowCounted.values:
        raise HowIsMissing


def _check_overlap(agreement: Agreement, told: Held) -> None:
    live = HostedPeriod.objects.filter(
        delivery__agreement=agreement, delivery__state__in=[DeliveryState.LOGGED, DeliveryState.CONFIRMED]
    )
    if live.filter(starts_on__lte=told.ends_on, ends_on__gte=told.starts_on).exists():
        raise HostedOnce


def _check_costs(host: Organization, unit: int, costs: Sequence[Cost]) -> None:
    for cost in costs:
        if (
            not 0 < cost.total <= INT64_MAX
            or max(cost.quantity or 0, cost.price or 0) > INT64_MAX
            or not cost.what.strip()
            or cost.account not in CostAccount.values
        ):
            raise AmountAboveZero
    taken = hosting.reclassified((cost.account, cost.total) for cost in costs)
    held = dict(
        Account.objects.filter(
            book__organization=host, unit=unit, counterparty=None, number__in=[number for number, _amount in taken]
        ).values_list("number", "balance__amount")
    )
    for number, amount in taken:
        if amount < 0 and held.get(number, 0) + amount < 0:
            raise CostNotBorne(account=f"{number} {chart_account(number).name_in(get_language() or '')}")


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Counter-sign for the body what took place: one event, one entry in the host's book.

    :raises NoMandateToday: if the person cannot bind the body today.
    :raises DeliveryAlreadyAnswered: if it was said no to or reversed; a confirmed one is returned as it is.
    :raises HostHasToPutRight: if a cost no longer stands where it is to be taken from.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, body = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=body, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    delivery.event = journal.post(
        key=delivery.key,
        fact=Fact(
            kind="hosted_period",
            happened_on=delivery.happened_on,
            memo=agreement.title,
            papers=" · ".join(filter(None, (delivery.delivery_note, agreement.hosting.papers))),
            agreement=agreement.code,
            resolution=agreement.resolution,
        ),
        lines=_lines(delivery),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=delivery.logged_by_id),
        confirmed_by=by,
    )
    delivery.state = DeliveryState.CONFIRMED
    try:
        with refusals.from_database():
            delivery.save(update_fields=["event", "state"])
    except NotReallyBorne:
        raise HostHasToPutRight(organization=delivery.giver.name) from None
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=body, on=on, delivery=delivery)
    return delivery


def _lines(delivery: Delivery) -> list[Line]:
    """Return the lines of the host's book: the cost, the room hours, the people who came."""
    period, book = delivery.hosted, Book.objects.get(organization=delivery.giver_id)
    units = dict(Unit.objects.filter(code__in=["HAULA", "UN"]).values_list("code", "pk"))
    costs = period.costs.order_by("number").values_list("account", "amount")
    planned = [
        Planned(place=Place(book.pk, number, delivery.agreement.unit_id), amount=amount)
        for number, amount in hosting.reclassified(costs)
    ]
    for (number, contra), unit, counted in (
        (hosting.ROOM_HOURS, units["HAULA"], period.room_hours),
        (hosting.ATTENDANCES, units["UN"], period.attendances),
    ):
        if counted:
            planned += [
                Planned(place=Place(book.pk, number, unit), amount=counted),
                Planned(place=Place(book.pk, contra, unit), amount=-counted),
            ]
    return claims.with_accounts(planned)
