"""`manage.py check_roles`: say whether the role that the program runs as could go round the rules; exit 1 if so."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from ledger import roles
from network import rules


class Command(BaseCommand):
    """Check rights and rules."""

    help = "Tell whether this installation is set up so that the database has the last word."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [f"The rule {name} is missing: run `manage.py migrate`." for name in rules.missing()]
        if connection.vendor == "postgresql":
            wrong += [problem.sentence for problem in roles.problems()]
        else:
            self.stdout.write(
                "SQLite has no roles: whoever can write the file can do anything; the rules stop accidents."
            )
        for sentence in wrong:
            self.stdout.write(sentence)
        if wrong:
            raise SystemExit(1)
        self.stdout.write("Every rule is in place, and the program cannot go round them.")
