"""Holds: network credit kept aside for what was accepted and is not yet delivered."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account


class HoldEnd(StrEnum):
    """How a hold ended: an event spent it, it was given up, or its last day passed."""

    SPENT = "spent"
    GIVEN_UP = "given_up"
    EXPIRED = "expired"


class Hold(models.Model):
    """So much of what a member may still spend is spoken for. It ends once: used by an event, given up, or expired."""

    # Made by the client, as an event's: a retry finds the first hold.
    key = models.UUIDField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds", db_index=False)
    amount = models.BigIntegerField()
    agreement = models.CharField(max_length=24, blank=True)
    # The last day on which it holds.
    until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    released_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=8, blank=True, choices=[(end, end) for end in HoldEnd])

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="hold_above_zero"),
            models.CheckConstraint(
                condition=Q(released_at=None, ended_as="")
                | Q(released_at__isnull=False, ended_as__in=[end.value for end in HoldEnd]),
                name="hold_says_how_it_ended",
            ),
        ]
        indexes = [models.Index(fields=["account"], condition=Q(released_at=None), name="hold_open")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount} ≤ {self.until}"
