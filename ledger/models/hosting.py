"""Hosted activities (fábrica abierta): what a cooperative lends rooms for, when, and what each month came to."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.core import hosting
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.particulars import Activity

#: What an agreement is called that lends rooms.
HOSTING = "hosting"


class CostAccount(models.TextChoices):
    """Where a cost really borne stands until it is reclassified; numbers of the chart."""

    UTILITIES = "5301", _("Electricity, gas, water, telephone")
    WORK = "5201", _("Members' work")
    WEAR = "5302", _("Wear of rooms and machines")
    INPUTS = "1301", _("Materials from stock")
    GOODS = "1303", _("Products of ours")


class HowCounted(models.TextChoices):
    """How it is known how many people came, as whoever writes it down says."""

    COUNTED = "counted", _("Counted at the door")
    ESTIMATED = "estimated", _("Estimated")
    DECLARED = "declared", _("Declared by one side")


class HostingTerms(models.Model):
    """What an agreement of kind `hosting` says: for what, in how many rooms, on which days, from when."""

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="hosting")
    activity = models.CharField(max_length=24, choices=Activity.choices)
    rooms = models.PositiveSmallIntegerField()
    # A set in one number: `ledger/core/hosting.py`.
    weekdays = models.PositiveSmallIntegerField()
    # Minutes after midnight.
    starts_at = models.PositiveSmallIntegerField()
    ends_at = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # The convenio, as it is filed.
    papers = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("terms of a hosting")
        verbose_name_plural = _("terms of hostings")
        constraints = [
            models.CheckConstraint(condition=Q(activity__in=Activity.values), name="hosted_activity_known"),
            models.CheckConstraint(condition=Q(rooms__gt=0), name="hosted_in_a_room"),
            models.CheckConstraint(
                condition=Q(weekdays__gt=0, weekdays__lte=hosting.ALL_DAYS), name="hosted_on_weekdays"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=24 * 60), name="hosted_hours_of_a_day"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="hosting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.activity}"

    @property
    def schedule(self) -> hosting.Schedule:
        """When rooms are lent."""
        return hosting.Schedule(
            weekdays=self.weekdays,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            rooms=self.rooms,
            since=self.since,
            until=self.until,
        )

    @property
    def days(self) -> list[int]:
        """Its days of the week, 0 for Monday."""
        return hosting.days_of(self.weekdays)

    @property
    def opens(self) -> dt.time:
        """The hour at which a session begins."""
        return _hour(self.starts_at)

    @property
    def closes(self) -> dt.time:
        """The hour at which a session ends."""
        return _hour(self.ends_at)


def _hour(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60)


class HostedPeriod(models.Model):
    """What took place from a day to a day, a month mostly: sessions, and how many people came, never who."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="hosted")
    starts_on = models.DateField()
    ends_on = models.DateField()
    sessions = models.PositiveSmallIntegerField()
    # How long each lasted.
    minutes = models.PositiveSmallIntegerField()
    rooms = models.PositiveSmallIntegerField()
    # How many came each time, as numbers between spaces; their sum, and the highest of them.
    people = models.CharField(max_length=240)
    attendances = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    counted = models.CharField(max_length=10, choices=HowCounted.choices)

    class Meta:
        verbose_name = _("hosted period")
        verbose_name_plural = _("hosted periods")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="hosted_period_in_order"),
            models.CheckConstraint(condition=Q(sessions__gt=0, minutes__gt=0, rooms__gt=0), name="hosted_something"),
            models.CheckConstraint(
                condition=~Q(people="") & Q(attendances__gte=F("most"), attendances__lte=F("most") * F("sessions")),
                name="hosted_people_add_up",
            ),
            models.CheckConstraint(condition=Q(counted__in=HowCounted.values), name="hosted_people_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.starts_on} {self.ends_on}"

    @property
    def room_hours(self) -> int:
        """Hundredths of a room hour."""
        return hosting.room_hours(sessions=self.sessions, minutes=self.minutes, rooms=self.rooms)

    @property
    def average(self) -> int:
        """How many people came to a session, about."""
        return round(self.attendances / self.sessions)


class HostedCost(models.Model):
    """One cost that the host really bore in a period; read by the host alone."""

    period = models.ForeignKey(HostedPeriod, on_delete=models.CASCADE, related_name="costs")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=80)
    account = models.CharField(max_length=8, choices=CostAccount.choices)
    # Thousandths, and minor units for one of them, where it was reckoned so.
    quantity = models.BigIntegerField(null=True, blank=True)
    price = models.BigIntegerField(null=True, blank=True)
    # Minor units of the agreement's money.
    amount = models.BigIntegerField()

    class Meta:
        verbose_name = _("cost of a hosting")
        verbose_name_plural = _("costs of hostings")
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="hosted_cost_once"),
            models.CheckConstraint(condition=Q(account__in=CostAccount.values), name="hosted_cost_account_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="hosted_cost_above_zero"),
            models.CheckConstraint(
                condition=Q(quantity=None, price=None)
                | Q(quantity__isnull=False, quantity__gt=0, price__isnull=False, price__gt=0),
                name="hosted_cost_reckoned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}.{self.number}: {self.what}"
