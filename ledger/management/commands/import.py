"""`manage.py import FILE`: bring in what `export --all --format jsonl` wrote, into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.actions import imports
from network.errors import DomainError


class Command(BaseCommand):
    """Import an archive."""

    help = "Write what `export --all --format jsonl` wrote into an empty database: whole, verified, or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            size = file.stat().st_size
            with file.open("rb") as content:
                done = imports.load(
                    file=content, clock=timezone.now, progress=lambda at, events: self._tell(at, size, events)
                )
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror}
            ) from error
        except DomainError as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        said = _("%(events)s events imported and verified. Head: %(height)s %(hash)s")
        self.stdout.write(said % {"events": done.events, "height": done.height, "hash": done.hash or "-"})

    def _tell(self, at: int, size: int, events: int) -> None:
        self.stdout.write(f"{100 * at // max(size, 1):>3} %  {events}")
        self.stdout.flush()
