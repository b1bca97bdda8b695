"""`manage.py demo [--until DAY] [--seed N]`: load the made-up network; `--logins` prints who can be logged in as."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import demo
from network.errors import DomainError


class Command(BaseCommand):
    """Load the demo network into an empty database."""

    help = "Load about 25 made-up cooperatives with twelve months of barters. Twice is the same as once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until", type=dt.date.fromisoformat, help="last day, YYYY-MM-DD (default: today)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--logins", action="store_true", help="only print the logins of a demo that is there")

    def handle(self, *args: Any, until: dt.date | None, seed: int, logins: bool, **options: Any) -> None:
        if not logins:
            self._load(until=until or timezone.localdate(), seed=seed)
        elif demo.is_loaded():
            for login in demo.logins():
                self.stdout.write(
                    f"  {login.email:<42} {login.password}   {login.name}, {login.office}, {login.organization}"
                )

    def _load(self, *, until: dt.date, seed: int) -> None:
        def tell(done: int, total: int) -> None:
            self.stdout.write(f"\r  demo network: {done} of {total} steps", ending="\n" if done == total else "")
            self.stdout.flush()

        try:
            if not demo.load(seed=seed, until=until, progress=tell):
                self.stdout.write("  The demo network is already there.")
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
