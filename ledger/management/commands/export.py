"""`manage.py export --book CODE --format proof --out FILE`: one book with its proofs, to be verified offline."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.models.accounts import Book
from ledger.queries import proofs


class Command(BaseCommand):
    """Export a book."""

    help = "Write one book with its proofs to a file; verify_book.py verifies it with nothing but Python."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--book", required=True, help="code of the organization")
        parser.add_argument("--format", choices=["proof"], required=True)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, book: str, out: Path, **options: Any) -> None:
        found = Book.objects.select_related("organization").filter(organization__code=book).first()
        if found is None:
            raise CommandError(f"No organization with the code {book} keeps a book.")
        out.write_text(proofs.text(found), encoding="ascii")
        self.stdout.write(f"{out}")
