"""Seals: blocks of events, each holding the hash of the one before; who signed which; what verifying found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import Job
from network.models.organizations import Organization


class Seal(models.Model):
    """A block of sealed events (`ledger/core/seals.py` says how it is hashed). Never changed."""

    height = models.PositiveIntegerField(primary_key=True)
    version = models.PositiveSmallIntegerField()
    # It speaks of all numbers from the first to the last; `holes` are runs of those that were not there.
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField()
    holes = models.JSONField(default=list)
    # Numbers out of earlier blocks' holes, whose slower transactions have committed since.
    late = models.JSONField(default=list)
    events = models.PositiveIntegerField()
    # Over the marks of its events, and over all that these are; the root is over both.
    tree = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [
            models.CheckConstraint(condition=Q(height__gte=1), name="seal_height_above_zero"),
            models.CheckConstraint(condition=Q(last_event__gte=models.F("first_event") - 1), name="seal_ends_last"),
        ]

    def __str__(self) -> str:
        return f"{self.height} {self.hash[:12]}"


class SealedEvent(models.Model):
    """What an event was when it was sealed, as hashes: they say which event, and which book's part, has changed."""

    # No foreign key: the mark stays when the event is taken away.
    event_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="sealed")
    # Random: without it somebody could try amounts until the hash of another book's part comes out.
    salt = models.CharField(max_length=64)
    header = models.CharField(max_length=64)
    # `book:hash,book:hash`
    parts = models.TextField()

    class Meta:
        verbose_name = _("sealed event")
        verbose_name_plural = _("sealed events")

    def __str__(self) -> str:
        return f"{self.event_id} ({self.seal_id})"


class Witness(models.Model):
    """An organization says: the chain had this hash at this height. Kept here and, above all, elsewhere."""

    # Empty: our own chain. Otherwise the name of the installation whose chain it is.
    chain = models.CharField(max_length=40, blank=True)
    height = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="witnessed")
    signed_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")
        constraints = [models.UniqueConstraint(fields=["chain", "height", "hash", "by"], name="witness_once")]

    def __str__(self) -> str:
        return f"{self.height} {self.hash[:12]} {self.by_id}"


class Verification(models.Model):
    """One run: how far it looked, and what it named."""

    job = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="verification")
    is_full = models.BooleanField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    # The head that was seen: the next run begins there, and finds it again.
    height = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    events = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    # The first of them: kind, block, event, book, and what.
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M}"
