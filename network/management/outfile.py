"""Write a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def write(out: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a file, beside it first: whoever looks sees the old file or the new one, never a part.

    :raises CommandError: if it cannot be written there.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
            # A temporary file is its maker's alone; an export has the rights of any file of theirs.
            mask = os.umask(0)
            os.umask(mask)
            Path(beside).chmod(0o666 & ~mask)
            Path(beside).replace(out)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s.") % {"file": out, "reason": error.strerror}
        ) from error
