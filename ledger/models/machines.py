"""Shared machines: whose they are, what an hour costs, who booked them when, and how long they were really used."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization
from network.models.resolutions import Resolution

#: What an agreement is called by which several use a machine.
MACHINE = "machine"


class Machine(models.Model):
    """A machine, a room or a vehicle that those who agree may book: one row an agreement."""

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="machine")
    # Where it stands: takes the bookings, invoices the hours, and owes the other owners their part.
    holder = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    # Whether a booking holds without the holder's yes.
    is_automatic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("machine")
        verbose_name_plural = _("machines")

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.place}"


class MachineOwner(models.Model):
    """How many parts of a machine are one's; all of them are the whole."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="owners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    parts = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("owner of a machine")
        verbose_name_plural = _("owners of machines")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["machine", "organization"], name="machine_owner_once"),
            models.CheckConstraint(condition=Q(parts__gt=0, parts__lte=1_000_000), name="machine_owner_has_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.machine_id}: {self.organization_id} {self.parts}"


class MachinePrice(models.Model):
    """What an hour costs from a day on: minor units of the agreement's money, without VAT; 0 is for nothing.

    The first is agreed on by all; a later one the holder's assembly decides. The newest that has begun counts.
    """

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="prices")
    since = models.DateField()
    owners = models.BigIntegerField()
    others = models.BigIntegerField()
    # Basis points; none where no VAT is charged.
    vat_rate = models.PositiveSmallIntegerField(null=True, blank=True)
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("price of a machine")
        verbose_name_plural = _("prices of machines")
        constraints = [
            models.UniqueConstraint(fields=["machine", "since"], name="machine_price_once_a_day"),
            models.CheckConstraint(condition=Q(owners__gte=0, others__gte=0), name="machine_price_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.machine_id} {self.since}: {self.owners}, {self.others}"


class BookingState(models.TextChoices):
    """The life of a booking."""

    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Booked")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


class MachineBooking(models.Model):
    """Hours that somebody booked: minutes of the wall (`ledger/core/machines.py`)."""

    key = models.UUIDField(unique=True)
    machine = models.ForeignKey(Machine, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    # What for, in the words of those who work: no names of people.
    what = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.ASKED)
    # Why it was refused or cancelled, and at which minute that was said.
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.BigIntegerField(null=True, blank=True)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("booking of a machine")
        verbose_name_plural = _("bookings of machines")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="booking_state_known"),
            models.CheckConstraint(condition=Q(starts__gt=0, ends__gt=F("starts")), name="booking_ends_later"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed"], ended_at=None)
                | (
                    Q(state__in=["refused", "cancelled"], ended_at__isnull=False, ended_at__lt=F("starts"))
                    & ~Q(reason="")
                ),
                name="booking_cancelled_before",
            ),
        ]
        indexes = [models.Index(fields=["machine", "starts"], name="booking_by_time")]

    def __str__(self) -> str:
        return f"{self.machine_id}: {self.starts}–{self.ends}"

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.starts


class MachineUse(models.Model):
    """How long a booked machine was really used, as one of the two says and the other confirms. Minor units."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="use")
    booking = models.ForeignKey(MachineBooking, on_delete=models.PROTECT, related_name="uses")
    price = models.ForeignKey(MachinePrice, on_delete=models.PROTECT, related_name="uses")
    minutes = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    vat = models.BigIntegerField()

    class Meta:
        verbose_name = _("use of a machine")
        verbose_name_plural = _("uses of machines")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, amount__gte=0, vat__gte=0), name="machine_use_above_zero")
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.minutes}"

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.amount + self.vat
