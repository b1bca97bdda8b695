"""Read what is hosted: an agreement with what took place under it, and what a cooperative gave this year."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ledger.core import contributions, fiscal, hosting
from ledger.models.accounts import Account, Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery
from ledger.models.hosting import HOSTING, HostedCost
from ledger.models.years import YearClosing
from ledger.queries import agreements, balances
from network.models.organizations import COMMUNITY, Organization


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return the hostings of a host or of a body of the community, newest first, each with its terms."""
    return agreements.of_organization(organization, kind=HOSTING).select_related("hosting")


def bodies() -> QuerySet[Organization]:
    """Return who stands for the community in the register, by name."""
    return Organization.objects.filter(kind__in=COMMUNITY).order_by("name")


def periods(agreement: Agreement, *, with_costs: bool) -> QuerySet[Delivery]:
    """Return what was told of an agreement, newest first; what it cost is read by the host alone."""
    found = agreement.deliveries.filter(act=Act.HOSTED)
    found = found.select_related("hosted", "giver", "receiver", "reversal_asked_by", "agreement__unit")
    found = found.prefetch_related("disputes__raised_for")
    if with_costs:
        found = found.prefetch_related(Prefetch("hosted__costs", HostedCost.objects.order_by("number")))
    return found.order_by("-happened_on", "-pk")


def told(organization: Organization) -> QuerySet[Delivery]:
    """Return everything that was told of the hostings of an organization on either side, the latest first."""
    theirs = of_organization(organization).exclude(state=AgreementState.DRAFT).order_by().values("pk")
    found = Delivery.objects.filter(act=Act.HOSTED, agreement__in=theirs)
    return found.select_related("hosted", "giver", "receiver", "agreement").order_by("-happened_on", "-pk")


@dataclass(frozen=True, slots=True)
class Given:
    """What a cooperative gave the community since its year began: money in minor units, hours in hundredths."""

    since: dt.date
    money: int
    room_hours: int
    work_hours: int
    attendances: int
    mentoring_hours: int

    @property
    def is_anything(self) -> bool:
        """Whether it gave at all."""
        return any((self.money, self.room_hours, self.work_hours, self.attendances, self.mentoring_hours))


def given(*, book: Book, on: dt.date) -> Given:
    """Return what the book says was given this year: balances now less those at the end of the year before.

    Once a year is closed its results were carried to equity: what `5401` holds then is of this year alone.
    """
    month = book.year_starts_month
    year = fiscal.year_of(on, starts_month=month)
    since = fiscal.first_day(year, starts_month=month)
    counted = (hosting.ROOM_HOURS, hosting.WORK_HOURS, hosting.ATTENDANCES, contributions.MENTORING_GIVEN)
    numbers = (hosting.GIVEN, *(number for number, _contra in counted))
    accounts = Account.objects.filter(book=book, number__in=numbers, counterparty=None)
    accounts = accounts.exclude(~Q(unit=book.unit_id), number=hosting.GIVEN)
    before = dict(balances.with_held(accounts, day=since - dt.timedelta(days=1)).values_list("number", "held"))
    if YearClosing.objects.filter(book=book, year__gte=year - 1).exists():
        before[hosting.GIVEN] = 0
    now = dict(accounts.values_list("number", "balance__amount"))
    return Given(since, *(now.get(number, 0) - before.get(number, 0) for number in numbers))
