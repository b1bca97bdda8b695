"""Where the files of finished reports and of photos lie: each under the hash of its content, whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import JobState
from network.errors import DomainError
from reports.models import Batch, Photo, Report


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
    """Return where the reports lie."""
    return _made(Path(settings.MEDIA_ROOT) / "reports")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def photo_of(photo: Photo) -> Path:
    """Return where the file of a photo lies, or lay: each organization has a folder of its own.

    So the same picture of two organizations is two files, and each takes away its own.
    """
    return Path(settings.MEDIA_ROOT) / "photos" / str(photo.organization_id) / f"{photo.sha256}.jpg"


def keep_photo(photo: Photo, content: bytes) -> None:
    """Write the file of a photo."""
    _keep(content, _made(photo_of(photo).parent), suffix=".jpg")


def photos_of(photos: Iterable[Photo]) -> dict[str, bytes]:
    """Return SHA-256 → content of the photos whose files are there: a paper is made without one that was lost."""
    found = {photo.sha256: photo_of(photo) for photo in photos}
    return {sha256: path.read_bytes() for sha256, path in found.items() if path.is_file()}


def drop_photo(photo: Photo) -> None:
    """Delete the file of a photo."""
    photo_of(photo).unlink(missing_ok=True)


def keep(content: bytes) -> str:
    """Write a file under the hash of its content, whole or not at all, and return the hash."""
    return _keep(content, folder(), suffix=".pdf")


def _keep(content: bytes, folder: Path, *, suffix: str) -> str:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(content)
    return named(Path(part.name), suffix=suffix)[0]


def named(part: Path, *, suffix: str) -> tuple[str, int]:
    """Give a written file the hash of its content as its name, once the disk has it; return the hash and its bytes."""
    with part.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        os.fsync(written.fileno())
        size = os.fstat(written.fileno()).st_size
    part.replace(part.with_name(f"{sha256}{suffix}"))
    return sha256, size
