"""`manage.py balances (--all | --book CODE) [--at DAY] --format csv --out FILE`: what every account holds."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.queries import exports
from ledger.queries.scope import scope
from ledger.queries.snapshot import snapshot
from network.errors import DomainError
from network.management import outfile


class Command(BaseCommand):
    """Export balances."""

    help = "Write what every account that was ever moved holds: account, unit, balance; accounts named as in exports."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every book")
        which.add_argument("--book", metavar="CODE", help="code of the organization")
        parser.add_argument("--at", type=dt.date.fromisoformat, metavar="DAY", help="at the end of a day: YYYY-MM-DD")
        parser.add_argument("--format", choices=["csv"], required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, book: str | None, at: dt.date | None, out: Path, **options: Any) -> None:
        with snapshot():
            try:
                pieces = exports.balances(scope(code=book, ends_on=at))
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
            outfile.write(out, (piece.encode() for piece in pieces))
        self.stdout.write(f"{out}")
