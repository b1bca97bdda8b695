"""Where the files of finished reports lie: each under the hash of its content, whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import JobState
from network.errors import DomainError
from reports.models import Batch, Report


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


def archive_of(batch: Batch) -> Path:
    """Return where the ZIP of a packed batch lies.

    :raises FileIsGone: if it is not there.
    """
    path = folder() / f"{batch.sha256}.zip"
    if not batch.sha256 or not path.is_file():
        raise FileIsGone
    return path


def _path(report: Report) -> Path:
    return folder() / f"{report.file_sha256}.pdf"


def folder() -> Path:
    """Return where they lie."""
    found = Path(settings.MEDIA_ROOT) / "reports"
    found.mkdir(parents=True, exist_ok=True)
    return found


def keep(content: bytes) -> str:
    """Write a file under the hash of its content, whole or not at all, and return the hash."""
    with tempfile.NamedTemporaryFile(dir=folder(), suffix=".part", delete=False) as part:
        part.write(content)
    return named(Path(part.name), suffix=".pdf")[0]


def named(part: Path, *, suffix: str) -> tuple[str, int]:
    """Give a written file the hash of its content as its name, once the disk has it; return the hash and its bytes."""
    with part.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        os.fsync(written.fileno())
        size = os.fstat(written.fileno()).st_size
    part.replace(part.with_name(f"{sha256}{suffix}"))
    return sha256, size
