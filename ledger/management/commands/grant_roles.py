"""`manage.py grant_roles --app ROLE`: as the owner of the tables, give the program's role what it needs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from ledger import roles


class Command(BaseCommand):
    """Give rights."""

    help = "Run as the owner, after each migrate: the role that serves the pages gets what it needs and nothing more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--app", required=True, help="the role that the program runs as")

    def handle(self, *args: Any, app: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; this installation uses SQLite.")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in roles.grants(app):
                    cursor.execute(statement)
        except DatabaseError as error:
            raise CommandError(f"PostgreSQL says: {str(error).strip()}.") from error
        self.stdout.write(f"{app} may now run the program.")
