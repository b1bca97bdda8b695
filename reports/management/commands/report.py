"""Make a report at the console: `manage.py report statement --for CODE --from D --to D --out FILE`."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from network.errors import DomainError
from network.models import Organization
from reports.actions import requests
from reports.actions.kinds import KINDS
from reports.queries.requests import example


class Command(BaseCommand):
    """Write a report to a file: the same bytes as a worker makes."""

    help = "Make a report as a PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", help="which report: see --list")
        parser.add_argument("--list", action="store_true", help="list the reports, each with a code it can be made for")
        parser.add_argument("--for", dest="code", help="code of the organization")
        parser.add_argument("--from", dest="starts_on", help="first day: 2026-05-01 or 01/05/2026")
        parser.add_argument("--to", dest="ends_on", help="last day, included")
        parser.add_argument("--out", help="file to write")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="es-ar or en")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file and say so, or say in a sentence why not (exit status 1)."""
        if options["list"]:
            self._list()
            return
        missing = [name for name in ("kind", "code", "starts_on", "ends_on", "out") if not options[name]]
        if missing:
            raise CommandError(
                _("Say which report, --for whom, --from and --to which day, and --out to which file. See --list.")
            )
        starts_on, ends_on = _day(options["starts_on"]), _day(options["ends_on"])
        try:
            content = requests.make(
                kind=options["kind"],
                organization=_organization(options["code"]),
                starts_on=starts_on,
                ends_on=ends_on,
                language=options["language"],
                on=timezone.localdate(),
                at=timezone.now(),
            )
            Path(options["out"]).write_bytes(content)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(
                _("The file %(file)s cannot be written: %(reason)s.")
                % {"file": options["out"], "reason": error.strerror or error}
            ) from error
        self.stdout.write(_("Written: %(file)s (%(size)s bytes).") % {"file": options["out"], "size": len(content)})

    def _list(self) -> None:
        for kind in KINDS.values():
            self.stdout.write(f"{kind.code}  {example(kind.fits)}  {kind.title}")


def _organization(code: str) -> Organization:
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise CommandError(_("There is no organization with the code %(code)s.") % {"code": code})
    return found


def _day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise CommandError(_("%(text)s is not a day: write 2026-05-31 or 31/05/2026.") % {"text": text})
