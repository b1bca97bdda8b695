"""What reconciliation has checked, and what it found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account, Book
from ledger.models.jobs import Job


class Checkpoint(models.Model):
    """An account as it was when it was last recomputed and found right: the next look starts here."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="checkpoint")
    postings = models.BigIntegerField()
    amount = models.BigIntegerField()
    quantity = models.BigIntegerField()
    last_event = models.BigIntegerField()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return f"{self.account_id}: {self.postings}"


class Reconciliation(models.Model):
    """One run: over what, how long, what it found."""

    job = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="reconciliation")
    is_full = models.BooleanField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    # The next run looks at events after this one.
    horizon = models.BigIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M}"


class Check(models.TextChoices):
    """What reconciliation looks at."""

    BALANCE = "balance", _("The kept balance differs from the sum of the entries")
    CLAIM = "claim", _("The open claim differs from the sum of its entries")
    ENTRY = "entry", _("An entry does not balance")
    MIRROR = "mirror", _("Two books do not agree on what one owes the other")
    NUMBERING = "numbering", _("The journal's numbers have a gap")
    DELIVERED = "delivered", _("More was delivered than was agreed")
    SETTLED = "settled", _("Something is still open of an agreement that is settled")
    VAT = "vat", _("The VAT of a delivery is not what its value, or its entry, says")
    SHARES = "shares", _("The parts of a co-production are not the whole, or not in the agreed ratio")
    COSTS = "costs", _("What was charged of a common cost is not what it cost")
    CUSTODY = "custody", _("Material of others is not what was received, less what was worked, lost and given back")
    CREDIT = "credit", _("Network credit is not zero in all, or not worth in money what it stands at")
    PURCHASE = "purchase", _("The parts of a joint purchase, or what was charged for them, are not what it cost")
    FUND = "fund", _("A solidarity fund is not what all contributed less what was spent by resolution")


class Finding(models.Model):
    """Something that does not add up: what, where, by how much, since when. It closes itself when it is right again."""

    check_code = models.CharField(max_length=16, choices=Check.choices)
    # What it is about, so that the same thing is found once: `account:41`, `pair:3:5:ARS:KG harina`.
    scope = models.CharField(max_length=120)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="findings")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expected = models.BigIntegerField(default=0)
    found = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(
                fields=["check_code", "scope"], condition=Q(closed_at=None), name="finding_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.scope}"

    @property
    def is_of_amounts(self) -> bool:
        """Whether its figures are amounts of money; a gap in numbers has none, and goods are counted otherwise."""
        return self.check_code not in {Check.NUMBERING, Check.DELIVERED, Check.CUSTODY}
