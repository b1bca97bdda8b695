"""`manage.py load FILE.csv --for CODE --by EMAIL [--dry-run]`: bring a spreadsheet of barters without the pages."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import loading, uploads
from ledger.models.loading import Upload
from ledger.queries import uploads as uploads_read
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.uploads import RowState
from network.queries.uploads import counts as counts_of


class Command(BaseCommand):
    """Load barters from a CSV file."""

    help = "Say row by row what is wrong, and load the rows that are right (docs/spreadsheet.md names the columns)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--for", dest="code", required=True, help="code of the cooperative whose spreadsheet it is")
        parser.add_argument("--by", required=True, help="e-mail address of the member who brings it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be made and what is wrong")

    def handle(self, *args: Any, file: Path, code: str, by: str, dry_run: bool, **options: Any) -> None:
        organization = Organization.objects.filter(code=code).first()
        person = User.objects.filter(email__iexact=by).first()
        if organization is None:
            raise CommandError(f"There is no organization with the code {code}.")
        if person is None:
            raise CommandError(f"Nobody logs in with {by}.")
        on = timezone.localdate()
        try:
            content = file.read_bytes()
            kept = uploads.upload(
                organization=organization, content=content, file_name=file.name, by=person, on=on, at=timezone.now()
            )
            self._tell(kept)
            if not dry_run and kept.rows.filter(state=RowState.READY).exists():
                loading.load(upload=kept, by=person, on=on, clock=timezone.now, progress=self._progress)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if kept.rows.filter(state=RowState.WRONG).exists():
            raise SystemExit(1)

    def _tell(self, kept: Upload) -> None:
        for shown in uploads_read.shown(kept.rows.order_by("number").iterator()):
            cells = shown.row.cells
            what = f"{cells['direction']} {cells['quantity']} {cells['unit']} {cells['thing']} ({cells['barter']})"
            told = "; ".join(shown.problems) or what
            self.stdout.write(f"{shown.row.number:>6}  {shown.row.get_state_display():<20} {told}")
        counts = counts_of(kept.rows.all())
        self.stdout.write(", ".join(f"{RowState(state).label}: {number}" for state, number in counts.items() if number))

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} / {total}", ending="\n" if done == total else "")
        self.stdout.flush()
