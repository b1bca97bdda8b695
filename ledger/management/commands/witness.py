"""`manage.py witness FILE [--of NAME]`: take heads that come from outside, compare them, and keep them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import seals
from ledger.core.seals import heads
from network.errors import DomainError
from network.models.organizations import Organization


class Command(BaseCommand):
    """Keep heads."""

    help = "Take lines `height hash date code`: heads of our own chain that others signed, or those of another chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--of", dest="chain", default="", help="name of the installation whose chain it is")

    def handle(self, *args: Any, file: Path, chain: str, **options: Any) -> None:
        try:
            lines = heads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        differing = 0
        for head in lines:
            by = Organization.objects.filter(code=head.code).first()
            if by is None:
                raise CommandError(f"No organization has the code {head.code or '(none)'}: nobody says so.")
            try:
                seals.witness(
                    chain=chain, height=head.height, digest=head.hash, by=by, at=timezone.now(), note=head.day
                )
            except DomainError as refusal:
                differing += 1
                self.stdout.write(f"{head.height} {head.hash}: {refusal}")
        self.stdout.write(f"{len(lines) - differing} heads kept, {differing} differ")
        if differing:
            raise SystemExit(1)
