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
    """One run: over what, how long, what it found. Its parts do the work; it is finished when all of them are."""

    job = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="reconciliation")
    is_full = models.BooleanField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # It looks at events after this one, and the next run at those after the other.
    after = models.BigIntegerField(default=0)
    horizon = models.BigIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class ReconciliationPart(models.Model):
    """Some books of a run, done by one worker: what it found is written with the end of its job, or not at all."""

    run = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="reconciliation_part")
    # Their numbers; none in the part that looks at what is of no single book.
    books = models.JSONField(default=list, blank=True)
    accounts = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("part of a reconciliation")
        verbose_name_plural = _("parts of reconciliations")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="reconciliation_part_once")]

    def __str__(self) -> str:
        return f"{self.run_id}.{self.number}"
