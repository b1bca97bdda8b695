"""`manage.py verify_round FILE…`: check clearing rounds, as `docs/verify_round.py` does; exit 1 if one is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ledger.core import clearing_file
from ledger.core.clearing_certificate import Problem, problems
from ledger.core.clearing_file import RoundAltered, RoundUnreadable

#: So many sentences of one round are enough to see what happened to it.
SHOWN = 20

SENTENCES: dict[str, Callable[[], str]] = {
    "twice": lambda: _("Claim %(of)s stands twice."),
    "unfit": lambda: _("Claim %(of)s is no claim of one on another, above zero, of some age."),
    "beyond": lambda: _("Of claim %(of)s, %(had)s is cancelled, and it is %(whole)s."),
    "unknown": lambda: _("%(of)s is cancelled, and is no claim of this round."),
    "unbalanced": lambda: _(
        "%(of)s would not stand as before: %(had)s that it owes is cancelled, %(whole)s owed to it."
    ),
    "no_height": lambda: _("No height is told of %(of)s, so nothing is proven."),
    "most": lambda: _("Not proven that nobody can cancel more: claim %(of)s, %(had)s cancelled of %(whole)s."),
    "oldest": lambda: _("Not proven that the oldest comes first: claim %(of)s, %(had)s cancelled of %(whole)s."),
    "lots": lambda: _("Not proven that the seed decided: claim %(of)s, %(had)s cancelled of %(whole)s."),
    "undecided": lambda: _("Claims tie around a circle, so the seed has not decided: it could be another result."),
}


class Command(BaseCommand):
    """Check clearing rounds."""

    help = "Say whether a clearing round is balanced and optimal, or exactly what is wrong with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        is_wrong = False
        for file in files:
            found = wrong_with(file)
            is_wrong = is_wrong or bool(found)
            for sentence in found or [_("balanced, optimal")]:
                self.stdout.write(f"{file}: {sentence}")
        if is_wrong:
            raise SystemExit(1)


def wrong_with(file: Path) -> list[str]:
    """Return what is wrong with a file, a sentence each."""
    try:
        found = problems(clearing_file.read(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        return [_("It cannot be read: %(error)s") % {"error": error}]
    except RoundUnreadable as error:
        return [_("It is no clearing round: look at `%(part)s`.") % {"part": error}]
    except RoundAltered:
        return [_("Its claims are not those of which the hash was taken.")]
    told = [sentence(problem) for problem in found[:SHOWN]]
    more = len(found) - len(told)
    return [*told, _("And %(more)s more.") % {"more": more}] if more else told


def sentence(problem: Problem) -> str:
    """Return what is wrong, in the reader's language."""
    return SENTENCES[problem.kind]() % {"of": problem.of, "had": problem.had, "whole": problem.whole}
