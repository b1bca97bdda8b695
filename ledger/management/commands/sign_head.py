"""`manage.py sign_head --for CODE [--note TEXT] [--out FILE]`: an organization signs the head of the chain."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import seals
from network.errors import DomainError
from network.models.organizations import Organization


class Command(BaseCommand):
    """Sign the head."""

    help = (
        "Record that an organization signs the last seal; keep the line that is printed outside: on paper, elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--for", dest="code", required=True, help="code of the organization that signs")
        parser.add_argument("--note", default="", help="the minute that says so, for instance")
        parser.add_argument("--out", type=Path, help="file of heads to which the line is added")

    def handle(self, *args: Any, code: str, note: str, out: Path | None, **options: Any) -> None:
        organization = Organization.objects.filter(code=code).first()
        if organization is None:
            raise CommandError(f"No organization has the code {code}.")
        try:
            line = seals.line(seals.sign_head(by=organization, at=timezone.now(), note=note))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if out is not None:
            with out.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        self.stdout.write(line)
