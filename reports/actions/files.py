"""Where the files of finished reports lie: each under the hash of its content, whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import JobState
from network.errors import DomainError
from reports.models import Report


class FileIsGone(DomainError):
    """The file of a finished report is not where it was put."""

    message = _("The file of this report is no longer on the server. It can be made again.")


def is_lost(report: Report) -> bool:
    """Say whether the report was made and its file is no longer there."""
    return report.job is not None and report.job.state == JobState.DONE and not _path(report).is_file()


def file_of(report: Report) -> Path:
    """Return where the file of a finished report lies.

    :raises FileIsGone: if it is not there.
    """
    path = _path(report)
    if not report.sha256 or not path.is_file():
        raise FileIsGone
    return path


def _path(report: Report) -> Path:
    return _folder() / f"{report.sha256}.pdf"


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "reports"


def keep(content: bytes) -> str:
    """Write a file under the hash of its content, whole or not at all, and return the hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(folder / f"{sha256}.pdf")
    return sha256
