"""Load the rows of an upload that are ready, as a job: each barter becomes an agreement, and nothing is made twice."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import deliveries, jobs, terms
from ledger.actions.agreements import require_log
from ledger.actions.deliveries import Papers
from ledger.actions.terms import LineTerms, Terms
from ledger.actions.uploads import Known, known_names, partner_of
from ledger.core import spreadsheet
from ledger.core.spreadsheet import Row
from ledger.core.units import to_minor
from ledger.models.agreements import Agreement
from ledger.models.jobs import Job
from ledger.models.loading import LoadedRow, Upload, UploadRow
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.uploads import RowState

#: A worker that is killed loses the work of so many barters at most.
BARTERS_A_TRANSACTION = 20


class NothingToLoad(DomainError):
    """Only rows that are right are loaded."""

    message = _("No row is ready. Repair the rows marked below, or leave them out.")


@transaction.atomic
def start(*, upload: Upload, by: User, on: dt.date, at: dt.datetime) -> Job:
    """Load the rows that are ready, as a job, and return it.

    :raises NothingToLoad: if none is.
    """
    require_log(by=by, organization=upload.organization, on=on)
    if upload.job is not None:
        return upload.job
    if not upload.rows.filter(state=RowState.READY).exists():
        raise NothingToLoad
    parameters = {"upload": upload.pk, "by": by.pk, "on": on.isoformat()}
    upload.job = jobs.request(kind="load", key=f"load:{upload.pk}", parameters=parameters, by=by, at=at)
    upload.save()
    return upload.job


def run(*, job_id: int, clock: Callable[[], dt.datetime]) -> None:
    """Do the work of a loading job, some barters a transaction; a worker that dies is continued where it stopped."""
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return
    kept = Upload.objects.select_related("organization").get(pk=job.parameters["upload"])
    by = User.objects.get(pk=job.parameters["by"])
    try:
        load(upload=kept, by=by, on=dt.date.fromisoformat(job.parameters["on"]), clock=clock, job=job)
    except DomainError as refusal:
        if isinstance(refusal, jobs.JobWasTakenOver):
            raise
        jobs.fail(job=job, message=str(refusal), at=clock())


def load(
    *,
    upload: Upload,
    by: User,
    on: dt.date,
    clock: Callable[[], dt.datetime],
    job: Job | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Make an agreement of each barter whose rows are ready, with its deliveries waiting to be confirmed."""
    known = known_names(upload.organization, on=on)
    groups: defaultdict[tuple[str, int], list[tuple[UploadRow, Row]]] = defaultdict(list)
    for row in upload.rows.filter(state=RowState.READY).order_by("number"):
        fact, _problems = spreadsheet.read_row(row.cells, decimal_comma=upload.decimal_comma)
        partner = partner_of(known, row.cells["partner"])
        if fact is not None and partner is not None:
            groups[fact.barter, partner].append((row, fact))
    barters = sorted(groups.items(), key=lambda group: (min(f.agreed_on for _r, f in group[1]), group[1][0][0].number))
    for begun in range(0, len(barters), BARTERS_A_TRANSACTION):
        chunk = barters[begun : begun + BARTERS_A_TRANSACTION]
        with transaction.atomic():
            for (_name, partner), rows in chunk:
                _make(upload, Organization.objects.get(pk=partner), rows, known, by=by, on=on)
            if job is not None:
                jobs.beat(job=job, at=clock(), done=begun + len(chunk), total=len(barters))
        progress(begun + len(chunk), len(barters))
    if job is not None:
        jobs.finish(job=job, at=clock())


def _make(
    kept: Upload, partner: Organization, rows: list[tuple[UploadRow, Row]], known: Known, *, by: User, on: dt.date
) -> None:
    """Make one barter of its rows; rows of one thing are parts of one line, each with its own delivery."""
    loaded = LoadedRow.objects.filter(organization=kept.organization, digest__in=[row.digest for row, _f in rows])
    if loaded.exists():
        UploadRow.objects.filter(pk__in=[row.pk for row, _f in rows]).update(state=RowState.ALREADY_THERE)
        return
    facts = [fact for _row, fact in rows]
    sides = {True: kept.organization, False: partner}
    lines: dict[tuple[bool, str, str], dict[str, Any]] = {}
    for fact in facts:
        unit = known.units[fact.unit]
        line = lines.setdefault(
            (fact.is_given, fact.thing.lower(), fact.unit),
            {"thing": fact.thing, "unit": unit, "vat_rate": fact.vat_rate, "quantity": 0, "value": 0},
        )
        line["quantity"] += to_minor(fact.quantity, scale=unit.scale)
        line["value"] += to_minor(fact.value, scale=known.units["ARS"].scale)
    agreement = terms.log(
        kind="barter",
        key=uuid.uuid4(),
        proposer=kept.organization,
        others=[partner],
        terms=Terms(
            title=facts[0].barter,
            pegged_to_goods=facts[0].pegged_to_goods,
            agreed_on=min(fact.agreed_on for fact in facts),
            resolution=next((fact.resolution for fact in facts if fact.resolution), ""),
        ),
        lines=[
            LineTerms(giver=sides[is_given], receiver=sides[not is_given], **line)
            for (is_given, _thing, _unit), line in lines.items()
        ],
        by=by,
        on=on,
    )
    _note_deliveries(agreement, sides, facts, known, by=by, on=on)
    LoadedRow.objects.bulk_create(
        LoadedRow(organization=kept.organization, digest=row.digest, agreement=agreement) for row, _fact in rows
    )
    UploadRow.objects.filter(pk__in=[row.pk for row, _fact in rows]).update(state=RowState.LOADED)


def _note_deliveries(
    agreement: Agreement,
    sides: Mapping[bool, Organization],
    facts: Iterable[Row],
    known: Known,
    *,
    by: User,
    on: dt.date,
) -> None:
    found = {
        (line.giver_id, line.thing.lower(), line.measure.unit.code): line
        for line in agreement.lines.select_related("measure__unit")
    }
    for fact in facts:
        if fact.delivered_on is not None:
            giver = sides[fact.is_given]
            line = found[giver.pk, fact.thing.lower(), fact.unit]
            deliveries.note(
                agreement=agreement,
                giver=giver,
                quantities={line.pk: to_minor(fact.quantity, scale=known.units[fact.unit].scale)},
                happened_on=fact.delivered_on,
                papers=Papers(delivery_note=fact.delivery_note, invoice=fact.invoice),
                noted_for=agreement.proposer,
                by=by,
                on=on,
            )
