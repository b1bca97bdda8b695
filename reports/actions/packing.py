"""Put the reports of a batch into one ZIP, with a list of them: the same reports give the same bytes."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.core.delimited import inert
from reports.actions import files
from reports.actions.kinds import KINDS
from reports.core import identifiers
from reports.core.delimited import csv_bytes
from reports.models import Batch, Report
from reports.queries import batches

#: Nothing in a ZIP says when it was made: the list says what is in it.
EPOCH = (1980, 1, 1, 0, 0, 0)
COLUMNS = ("file", "report", "organization", "code", "starts_on", "ends_on", "sha256", "identifier", "note")


def packed(batch: Batch, *, beat: Callable[[int, int], None]) -> tuple[str, int]:
    """Write the ZIP of a batch under the hash of its content, and return the hash and its bytes.

    One report after another is read: memory does not grow with their number. What could not be made is in the list,
    with the reason.
    """
    total = batch.reports.count() + 1
    with (
        tempfile.NamedTemporaryFile(dir=files.folder(), suffix=".part", delete=False) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive,
    ):
        rows = []
        for number, (row, content) in enumerate(_entries(batch), start=1):
            rows.append(row)
            if content is not None:
                archive.writestr(zipfile.ZipInfo(row[0], EPOCH), content)
            beat(number, total)
        archive.writestr(zipfile.ZipInfo(_("list.csv"), EPOCH), csv_bytes(COLUMNS, rows))
    return files.named(Path(part.name), suffix=".zip")


def _entries(batch: Batch) -> Iterator[tuple[list[str], bytes | None]]:
    for report in batches.contents(batch):
        try:
            content = files.file_of(report).read_bytes()
        except files.FileIsGone:
            content = None
        yield _row(report, content), content


def _row(report: Report, content: bytes | None) -> list[str]:
    organization, title = report.organization, str(KINDS[report.kind].title)
    name = f"{organization.code}/{slugify(title)}-{report.starts_on}-{report.ends_on}.pdf"
    note = "" if content is not None else (report.job.message if report.job else "") or _("It could not be made.")
    identifier = identifiers.named_in(content) if content is not None else None
    return [
        name if content is not None else "",
        title,
        inert(organization.name),
        organization.code,
        *(day.isoformat() for day in (report.starts_on, report.ends_on)),
        hashlib.sha256(content).hexdigest() if content is not None else "",
        identifiers.shown(identifier) if identifier else "",
        inert(note),
    ]
