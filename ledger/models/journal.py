"""The journal: events seen from nowhere, their entries in each book, and the postings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account, Book
from ledger.models.units import Measure


class Event(models.Model):
    """One economic fact (hecho). Written once, never changed; a correction is a reversal."""

    # Made by the client: a retry with the same key and content returns the first event.
    key = models.UUIDField(unique=True)
    # SHA-256 of the content that the key stands for.
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    happened_on = models.DateField(help_text=_("Day of the fact."))
    # Not before the last entry of any book it touches; later than `happened_on` when it was noticed late.
    booked_on = models.DateField(help_text=_("Day it stands under in the journals."))
    recorded_at = models.DateTimeField(help_text=_("When the computer wrote it."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    memo = models.CharField(max_length=200)
    papers = models.CharField(max_length=200, blank=True)
    agreement = models.CharField(max_length=24, blank=True)
    resolution = models.CharField(max_length=80, blank=True)
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(booked_on__gte=models.F("happened_on")),
                name="booked_after_fact",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses=None)),
                name="reversal_names_its_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.memo}"

    @property
    def is_late(self) -> bool:
        """Whether it was noticed after its day could still be written."""
        return self.booked_on != self.happened_on


class Entry(models.Model):
    """What an event is in one book (asiento). The database numbers it, without gap within the book's year."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries", db_index=False)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    booked_on = models.DateField()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["event", "book"], name="one_entry_per_book"),
            models.UniqueConstraint(fields=["book", "year", "number"], name="entry_number_once"),
        ]
        indexes = [models.Index(fields=["book", "booked_on", "number"], name="entry_by_day")]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class Posting(models.Model):
    """One account's line of an entry (apunte): `amount` in minor units, debit above zero."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="postings", db_index=False)
    line = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    amount = models.BigIntegerField()
    # Minor units of the measure's unit, same sign as the amount.
    quantity = models.BigIntegerField(null=True, blank=True)
    measure = models.ForeignKey(
        Measure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    claim = models.ForeignKey(
        "ledger.Claim",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
        db_index=False,
    )

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(fields=["event", "line"], name="posting_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(
                condition=Q(quantity=None, measure=None) | Q(quantity__isnull=False, measure__isnull=False),
                name="quantity_has_measure",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "event"], name="posting_by_account"),
            models.Index(fields=["claim"], condition=Q(claim__isnull=False), name="posting_by_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.line}: {self.account_id} {self.amount}"

    @property
    def credit(self) -> int:
        """The amount of a line on the credit side, above zero."""
        return -self.amount
