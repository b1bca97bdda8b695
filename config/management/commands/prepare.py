"""Brings the database up to date and fills an empty one with the demo network: the first step of `./trama run`."""

import os
from typing import Any

from django.apps import apps
from django.core.management import BaseCommand, CommandError, CommandParser, call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    """One process instead of three: each start of Django costs a second."""

    help = "Migrate, and load the demo network if the database is empty (TRAMA_DEMO=0: leave it empty)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print the logins of the demo network")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["logins"]:
            if self._demo_may_be_there():
                call_command("demo", logins=True, stdout=self.stdout)
            return
        try:
            self._migrate()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached or written: {error}") from error
        if self._demo_may_be_there() and not apps.get_model("network", "Organization").objects.exists():
            self._say("The database is empty: loading the demo network ...")
            call_command("demo", stdout=self.stdout)
            call_command("demo_pages", stdout=self.stdout)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        name = connection.settings_dict["NAME"]
        if steps:
            self._say(f"Database: {connection.display_name} ({name}); {steps} migrations to apply ...")
            call_command("migrate", interactive=False, verbosity=0)
        else:
            self._say(f"Database: {connection.display_name} ({name}); up to date.")

    def _demo_may_be_there(self) -> bool:
        return "demo" in get_commands() and os.environ.get("TRAMA_DEMO", "1") != "0"

    def _say(self, sentence: str) -> None:
        self.stderr.write(f"trama: {sentence}", ending="\n")
        self.stderr.flush()
