"""Above which amount an organization's assembly or council decides on an agreement itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from network.models.resolutions import Resolution


class ApprovalThreshold(models.Model):
    """What an organization gives under one agreement may be worth so much without a resolution. The newest counts."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="thresholds")
    # Minor units of the book's unit, without VAT; none: its officers agree on any amount.
    amount = models.BigIntegerField(null=True, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("approval threshold")
        verbose_name_plural = _("approval thresholds")
        constraints = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="threshold_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.amount}"
