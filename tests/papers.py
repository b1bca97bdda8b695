"""Reports that were asked for: one made, one that failed, one that waits; and a paper that was issued."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ledger.models import Job
from reports.actions import batches, requests
from reports.actions.issued import issue
from reports.core import identifiers
from reports.models import Batch, Report
from tests.cast import Cast
from tests.reports.exchanges import YEAR


def asked(cast: Cast) -> list[Report]:
    """Ask for the statements of three years; the made one has a file, for the pages, with nothing in it."""
    found = [
        requests.request(
            kind="statement",
            organization=cast.grafica.organization,
            starts_on=YEAR[0].replace(year=year),
            ends_on=YEAR[1].replace(year=year),
            language="es-ar",
            by=cast.ana,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        for year in (2023, 2022, 2021)
    ]
    made, failed, _waiting = found
    Job.objects.filter(report=made).update(state="done")
    Job.objects.filter(report=failed).update(state="failed", message="No se pudo.")
    Report.objects.filter(pk=made.pk).update(sha256="a" * 64, size=4)
    file = Path(settings.MEDIA_ROOT) / "reports" / f"{'a' * 64}.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF")
    return found


#: Under which `issued` issues its paper.
ISSUED = "0123456789ABCDEF"


def issued(cast: Cast) -> None:
    """Issue a paper of the print shop: whoever asks for its identifier is told of it."""
    issue(
        b"%PDF-1.7 " + identifiers.MARK + ISSUED.encode(),
        kind="minutes",
        organization=cast.grafica.organization,
        language="es-ar",
        at=timezone.now(),
    )


def batch(cast: Cast) -> Batch:
    """Ask for the papers of all members of the federation: they wait."""
    return batches.request(
        organization=cast.federacion,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        language="es-ar",
        by=cast.silvia,
        on=timezone.localdate(),
        at=timezone.now(),
    )
