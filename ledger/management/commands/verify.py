"""`manage.py verify [--full] [--format json] [--against FILE] [--threads N]`: recompute the seals.

It exits with 1 if anything was changed.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import verification
from ledger.actions.verification import Verified
from ledger.core import seals
from ledger.models.accounts import Book


class Command(BaseCommand):
    """Verify the seals."""

    help = "Recompute the sealed events and name what was changed, removed, added, reordered or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="everything, not only what was sealed since")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--against", type=Path, help="file of heads kept elsewhere: lines `height hash …`")

        parser.add_argument("--threads", type=int, help="so many connections at a time (as many as there are cores)")

    def handle(
        self, *args: Any, full: bool, format: str, against: Path | None, threads: int | None = None, **options: Any
    ) -> None:
        try:
            text = against.read_text(encoding="utf-8") if against else ""
            heads = [(head.height, head.hash, str(against)) for head in seals.heads(text)]
        except (OSError, ValueError) as error:
            raise CommandError(f"{against}: {error}") from error
        done = verification.verify(full=full, clock=timezone.now, against=heads, threads=threads)
        self.stdout.write(as_json(done) if format == "json" else as_text(done))
        if done.problems:
            raise SystemExit(1)


def as_json(done: Verified) -> str:
    """Return a run for other programs."""
    run = done.run
    return json.dumps(
        {
            "height": run.height,
            "hash": run.hash,
            "events": run.events,
            "full": run.is_full,
            "seconds": (run.finished_at - run.started_at).total_seconds(),
            "problems": [problem.as_dict() for problem in done.problems],
        },
        indent=1,
    )


def as_text(done: Verified) -> str:
    """Return a run for people, a line for each problem."""
    run = done.run
    seconds = (run.finished_at - run.started_at).total_seconds()
    lines = [f"{run.events} events up to block {run.height} in {seconds:.2f} s, {len(done.problems)} problems"]
    books = dict(Book.objects.values_list("pk", "organization__name"))
    for problem in done.problems:
        where = [f"block {problem.block}"] * bool(problem.block) + [f"event {problem.event}"] * bool(problem.event)
        where += [books.get(problem.book, f"book {problem.book}")] * bool(problem.book)
        lines.append(f"  {', '.join(where)}: {problem.kind}: {problem.what}")
    return "\n".join(lines)
