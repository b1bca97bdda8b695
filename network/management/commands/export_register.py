"""`manage.py export_register --out FILE`: the register as CSV, with the columns that `import_register` reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from network.management import outfile
from network.queries import register


class Command(BaseCommand):
    """Export the register."""

    help = "Write the register as CSV; importing it again changes nothing. It holds no CBU. docs/register.md says more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        outfile.write(out, (line.encode() for line in register.lines()))
        self.stdout.write(f"{out}")
