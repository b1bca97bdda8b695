"""`manage.py play FILE.yaml [--try] [--database-as-it-is]`: play a scenario (docs/scenarios.md)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from ledger.actions import play
from ledger.actions.play import Played
from ledger.core.play import text
from network.errors import DomainError

DIFFERS, UNREADABLE = 1, 2
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Command(BaseCommand):
    """Play the steps of a scenario, and print the journal, the balances and what is open."""

    help = "Play a scenario through the same actions as the pages. Twice is the same as once."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", type=Path, nargs="?")
        what.add_argument("--vocabulary", action="store_true", help="print what docs/scenarios.md says of each step")
        parser.add_argument("--try", dest="tries", action="store_true", help="keep nothing of it in the database")
        parser.add_argument(
            "--database-as-it-is", action="store_true", help="also among organizations that are not made up"
        )
        parser.add_argument("--language", choices=LANGUAGES, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, file: Path | None, language: str, **options: Any) -> None:
        if file is None:
            self.stdout.write("\n".join(play.vocabulary()))
            return
        keep = not options["tries"]
        with translation.override(language):
            played = self._play(file, keep=keep, among_real_books=options["database_as_it_is"])
            self._tell(played, kept=keep)
        if played.differences:
            raise SystemExit(DIFFERS)

    def _play(self, file: Path, *, keep: bool, among_real_books: bool) -> Played:
        try:
            content = file.read_text(encoding="utf-8")
            return play.play(file=file.name, text=content, keep=keep, among_real_books=among_real_books)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}", returncode=UNREADABLE) from error
        except play.ScenarioCannotBeRead as refusal:
            raise CommandError(f"{file}: {refusal}", returncode=UNREADABLE) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, played: Played, *, kept: bool) -> None:
        self.stdout.write(f"{played.title}\n\n")
        for line in played.said:
            self.stdout.write(line)
        for line in text(played.result):
            self.stdout.write(line)
        if played.is_again:
            self.stdout.write("\n" + _("This scenario was played here already: nothing has changed."))
        for line in played.differences:
            self.stderr.write(line)
        if played.differences and kept:
            self.stderr.write(_("So nothing of it was kept."))
