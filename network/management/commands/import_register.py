"""`manage.py import_register FILE [--dry-run]`: bring a register of organizations without the pages."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from network.actions import register
from network.errors import DomainError
from network.models.uploads import RowState
from network.queries import register as register_read


class Command(BaseCommand):
    """Load a register from a CSV file."""

    help = "Say what is wrong row by row; write the register only if nothing is (docs/register.md names the columns)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be written and what is wrong")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            rows = register.bring(
                content=file.read_bytes(), on=timezone.localdate(), at=timezone.now(), dry_run=dry_run
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for shown in register_read.shown(rows):
            for problem in shown.problems:
                self.stdout.write(f"{shown.row.number:>6}  {problem}")
        states = Counter(row.state for row in rows)
        self.stdout.write(", ".join(f"{RowState(state).label}: {states[state]}" for state in RowState if states[state]))
        if states[RowState.WRONG]:
            raise SystemExit(1)
