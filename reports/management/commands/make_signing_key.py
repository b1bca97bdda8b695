"""Make the key that papers are signed with: `manage.py make_signing_key --out FILE --name NAME`."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import signing


class Command(BaseCommand):
    """Write the key to a new file and say its fingerprint, and what to do with both."""

    help = "Make the key that this installation signs its papers with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, help="the new file (PKCS#12)")
        parser.add_argument("--name", required=True, help="who signs: the name of the installation or its federation")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, or say in a sentence why not (exit status 1)."""
        path = Path(options["out"])
        try:
            told = signing.make_key(
                name=options["name"],
                path=path,
                passphrase=os.environ.get("TRAMA_SIGNING_PASSPHRASE", ""),
                at=timezone.now(),
            )
        except FileExistsError as error:
            raise CommandError(_("%(file)s is there already: a key is never written over.") % {"file": path}) from error
        except OSError as error:
            raise CommandError(
                _("The file %(file)s cannot be written: %(reason)s.")
                % {"file": path, "reason": error.strerror or error}
            ) from error
        self.stdout.write(_("Written: %(file)s. Set TRAMA_SIGNING_KEY to it and start anew.") % {"file": path})
        self.stdout.write(_("Its fingerprint, to be made known to whoever receives papers: %(sha)s") % {"sha": told})
