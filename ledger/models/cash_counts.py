"""Counts of cash: what was in the box on a day, what the book said, and the entry of the difference."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.journal import Event


class CashCount(models.Model):
    """What an officer counted. Minor units of the book's money; what is counted is what the book holds from then on."""

    key = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="cash_counts")
    counted_on = models.DateField()
    # Note, in whole units of the money → how many; and the coins, or all of it where no notes are told.
    pieces = models.JSONField(default=dict, blank=True)
    rest = models.BigIntegerField()
    counted = models.BigIntegerField()
    # What the book said before.
    expected = models.BigIntegerField()
    # The entry of the difference, if there was one.
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="cash_count")
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("cash count")
        verbose_name_plural = _("cash counts")
        constraints = [
            models.CheckConstraint(condition=Q(counted__gte=F("rest"), rest__gte=0), name="cash_is_not_below_zero"),
            models.CheckConstraint(
                condition=Q(event=None, counted=F("expected")) | (Q(event__isnull=False) & ~Q(counted=F("expected"))),
                name="cash_difference_is_entered",
            ),
        ]
        indexes = [models.Index(fields=["book", "-counted_on"], name="cash_count_by_day")]

    def __str__(self) -> str:
        return f"{self.counted_on}: {self.counted}"

    @property
    def difference(self) -> int:
        """How much more was there than the book said; below zero, how much was missing."""
        return self.counted - self.expected

    @property
    def notes(self) -> list[tuple[int, int]]:
        """Each note that there was, in whole units, with how many; the largest first."""
        return sorted(((int(note), number) for note, number in self.pieces.items() if number), reverse=True)
