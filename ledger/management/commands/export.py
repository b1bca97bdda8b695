"""`manage.py export (--all | --book CODE) [--from D --to D] --format F --out FILE`: the books for others to read."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ledger.queries import archive, exports, proofs
from ledger.queries.scope import Scope, scope
from ledger.queries.snapshot import snapshot
from network.errors import DomainError
from network.management import outfile


class Command(BaseCommand):
    """Export books."""

    help = (
        "Write all books, or one, for other programs: beancount and hledger add them up again, csv is for spreadsheets,"
        " jsonl can be imported again, and a proof verifies itself with nothing but Python. docs/exports.md says more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every book")
        which.add_argument("--book", metavar="CODE", help="code of the organization")
        for name, dest, help_ in (("--from", "starts_on", "first day"), ("--to", "ends_on", "last day")):
            parser.add_argument(name, dest=dest, type=dt.date.fromisoformat, metavar="DAY", help=f"{help_}: YYYY-MM-DD")
        parser.add_argument("--format", choices=["beancount", "hledger", "csv", "jsonl", "proof"], required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, format: str, out: Path, book: str | None = None, **options: Any) -> None:
        with snapshot():
            try:
                chosen = scope(code=book, starts_on=options.get("starts_on"), ends_on=options.get("ends_on"))
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
            outfile.write(out, pieces(format, chosen))
        self.stdout.write(f"{out}")


def pieces(format: str, chosen: Scope) -> Iterable[bytes]:
    """Return the bytes of an export, piece by piece."""
    if format == "jsonl":
        return archive.lines(chosen)
    if format == "csv":
        return (piece.encode() for piece in exports.lines(chosen))
    if format != "proof":
        return (piece.encode() for piece in exports.journal(format, chosen))
    if chosen.book is None or chosen != Scope(chosen.book):
        raise CommandError(_("A proof is of one whole book: name it with --book, and leave out the days."))
    return [proofs.text(chosen.book).encode("ascii")]
