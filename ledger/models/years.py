"""Periods: up to which day a book is closed, which fiscal years are, and with what balances."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account, Book
from ledger.models.journal import Event


class Closing(models.Model):
    """Up to and including a day a book takes no more entries. Closings are added, never taken back."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    through = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        constraints = [models.UniqueConstraint(fields=["book", "through"], name="closing_once")]

    def __str__(self) -> str:
        return f"{self.book_id} ≤ {self.through}"


class YearClosing(models.Model):
    """A fiscal year of a book that is closed, by which resolution, and the entry that carried its result to equity.

    Years close one after the other; none is opened again.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="years_closed")
    # As in the numbers of its entries: the year in which it begins.
    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # A year without income or expense closes without an entry.
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="closes")
    resolution = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        constraints = [
            models.UniqueConstraint(fields=["book", "year"], name="year_closed_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="year_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(resolution=""), name="year_closing_has_resolution"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.year}"


class YearBalance(models.Model):
    """What an account was worth when its year had been closed: with this the next year opens."""

    closing = models.ForeignKey(YearClosing, on_delete=models.PROTECT, related_name="balances")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("closing balance")
        verbose_name_plural = _("closing balances")
        constraints = [models.UniqueConstraint(fields=["closing", "account"], name="year_balance_once")]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.account_id}: {self.amount}"
