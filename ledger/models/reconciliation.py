"""What reconciliation has checked: each run, and how far each account was found right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account
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
