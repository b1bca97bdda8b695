"""`manage.py reconcile [--full]`: recompute and compare here and now; exit 1 if something does not add up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models.findings import Finding


class Command(BaseCommand):
    """Reconcile the ledger."""

    help = "Recompute balances, claims and mirrors, compare them with what the books keep, and record findings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="everything, not only what changed")

    def handle(self, *args: Any, full: bool, **options: Any) -> None:
        run = reconciliation.reconcile(full=full, clock=timezone.now)
        if run.finished_at is None:
            self.stdout.write("Workers are at the rest of it: look at the page, or run this again.")
            return
        seconds = (run.finished_at - run.started_at).total_seconds()
        self.stdout.write(f"{run.accounts} accounts in {seconds:.2f} s, {run.findings} findings")
        standing = Finding.objects.filter(closed_at=None, acceptance=None)
        for finding in standing.select_related("book__organization"):
            self.stdout.write(
                f"  {finding.book or '*'}: {finding.get_check_code_display()} ({finding.scope}): "
                f"{finding.found} instead of {finding.expected}"
            )
        if run.findings:
            raise SystemExit(1)
