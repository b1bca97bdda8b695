"""Demurrage (oxidación): what a network takes of positions that stand idle, by resolution, into its common fund."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.core.credit import IDLE_MAX, IDLE_MIN, RATE_MAX
from ledger.models.accounts import Account
from ledger.models.journal import Event
from ledger.models.units import Unit
from network.models.resolutions import Resolution


class DemurrageRate(models.Model):
    """How much a month takes of a position above zero that has not moved for so many days. The newest one counts."""

    credit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # 100 is 1 % a month; zero ends it.
    basis_points = models.PositiveSmallIntegerField()
    idle_days = models.PositiveSmallIntegerField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("rate of demurrage")
        verbose_name_plural = _("rates of demurrage")
        constraints = [
            models.CheckConstraint(condition=Q(basis_points__lte=RATE_MAX), name="demurrage_is_a_small_part"),
            models.CheckConstraint(
                condition=Q(idle_days__gte=IDLE_MIN, idle_days__lte=IDLE_MAX), name="demurrage_of_what_is_idle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_id}: {self.basis_points} ({self.idle_days})"


class DemurrageCharge(models.Model):
    """What was taken of one position in one month, in an entry of its own."""

    # The member's position in the network's book.
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The first day of the month.
    month = models.DateField()
    rate = models.ForeignKey(DemurrageRate, on_delete=models.PROTECT, related_name="+")
    # Where it stood, and since when: what was taken does not count as a move.
    balance = models.BigIntegerField()
    idle_since = models.DateField()
    amount = models.BigIntegerField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="demurrage")

    class Meta:
        verbose_name = _("demurrage")
        verbose_name_plural = _("demurrage")
        constraints = [
            models.UniqueConstraint(fields=["account", "month"], name="demurrage_once_a_month"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="demurrage_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month}: {self.amount}"
