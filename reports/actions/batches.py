"""Ask for many reports as one, spread them over the workers, and pack what was made."""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import jobs
from ledger.models import Book
from ledger.models.jobs import Job, JobState
from network import permissions
from network.errors import DomainError
from network.models import Organization, User
from network.queries.organizations import with_books_below
from reports.actions import packing, rendering, requests
from reports.actions.kinds import AUDIT_PACK, STATEMENT
from reports.models import Batch, BatchPart, Report
from reports.queries import batches

log = logging.getLogger(__name__)


class NotYoursToOversee(DomainError):
    """A body's officers, and those of bodies above it, ask for the papers of all its members."""

    message = _("Only officers of %(organization)s, or of a body above it, may ask for the reports of all its members.")


class NobodyBelow(DomainError):
    """A batch tells of members."""

    message = _("No member of %(organization)s keeps a book here: there is nothing to make.")


@transaction.atomic
def request(
    *,
    organization: Organization,
    starts_on: dt.date,
    ends_on: dt.date,
    language: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Batch:
    """Ask for the statements of all below a body, and for its audit pack; the workers make and pack them.

    While the same is being made, asking again returns it.

    :raises NotYoursToOversee: if the person may not see together what all members do.
    :raises NobodyBelow: if no member keeps a book.
    :raises DomainError: of days and language, as `requests.request` does.
    """
    if not permissions.can_oversee(by, organization, on=on):
        raise NotYoursToOversee(organization=organization.name)
    requests.require_sense(starts_on=starts_on, ends_on=ends_on, language=language, on=on)
    if not with_books_below(organization, on=ends_on).exists():
        raise NobodyBelow(organization=organization.name)
    told = {"starts_on": starts_on, "ends_on": ends_on, "language": language}
    waiting = batches.unpacked().filter(organization=organization, **told).first()
    if waiting is not None and waiting.spreading.state != JobState.FAILED:
        return waiting
    key = f"spread:{organization.pk}:{starts_on}:{ends_on}:{language}:{at.isoformat()}"
    job = jobs.request(kind="spread", key=key, parameters={}, by=by, at=at)
    return Batch.objects.create(organization=organization, requested_by=by, requested_at=at, spreading=job, **told)


def spread(*, job_id: int, clock: Callable[[], dt.datetime]) -> Batch | None:
    """Ask for each report of a batch, if that is still to be done; a worker that dies in between loses none.

    :raises JobWasTakenOver: if another worker has taken the job since.
    """
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    batch = Batch.objects.select_related("organization", "requested_by").get(spreading=job)
    members = list(with_books_below(batch.organization, on=batch.ends_on))
    wanted = [(STATEMENT.code, member) for member in members]
    if Book.objects.filter(organization=batch.organization).exists():
        wanted.append((AUDIT_PACK.code, batch.organization))
    try:
        for number, (kind, organization) in enumerate(wanted, start=1):
            _ask(batch, kind, organization, at=clock())
            jobs.beat(job=job, at=clock(), done=number, total=len(wanted))
    except DomainError as refusal:
        if isinstance(refusal, jobs.JobWasTakenOver):
            raise
        with translation.override(batch.language):
            jobs.fail(job=job, message=str(refusal), at=clock())
        return None
    jobs.finish(job=job, at=clock())
    close(batch_id=batch.pk, at=clock())
    return batch


@transaction.atomic
def _ask(batch: Batch, kind: str, organization: Organization, *, at: dt.datetime) -> None:
    report = requests.request(
        kind=kind,
        organization=organization,
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        language=batch.language,
        by=batch.requested_by,
        on=timezone.localdate(batch.requested_at),
        at=at,
    )
    BatchPart.objects.get_or_create(batch=batch, report=report)
    # Made once already, and not any more what it was: a batch makes it again.
    requests.try_again(report=report, by=batch.requested_by, on=timezone.localdate(batch.requested_at), at=at)


def render(*, job_id: int, clock: Callable[[], dt.datetime]) -> Report | None:
    """Make the report of a job as `rendering.render` does, and close the batches of which it was the last."""
    made = rendering.render(job_id=job_id, clock=clock)
    for batch in batches.unpacked().filter(reports__job=job_id).values_list("pk", flat=True):
        close(batch_id=batch, at=clock())
    return made


@transaction.atomic
def close(*, batch_id: int, at: dt.datetime) -> Job | None:
    """Ask for the ZIP of a batch once nothing of it is waiting, and return that job; None if something is."""
    batch = batches.unpacked().select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None or not batches.is_over(batch):
        return None
    batch.packing = jobs.request(kind="pack", key=f"pack:{batch.pk}", parameters={}, by=batch.requested_by, at=at)
    batch.save(update_fields=["packing"])
    return batch.packing


def close_all(*, at: dt.datetime) -> int:
    """Close every batch of which nothing is waiting, also what a dead worker left; return how many."""
    return sum(close(batch_id=pk, at=at) is not None for pk in batches.unpacked().values_list("pk", flat=True))


def pack(*, job_id: int, clock: Callable[[], dt.datetime]) -> Batch | None:
    """Pack what was made of a batch, if that is still to be done, and write to whoever asked for it.

    :raises JobWasTakenOver: if another worker has taken the job since.
    """
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    batch = Batch.objects.select_related("organization", "requested_by").get(packing=job)

    def beat(done: int, total: int) -> None:
        jobs.beat(job=job, at=clock(), done=done, total=total)

    with translation.override(batch.language):
        batch.sha256, batch.size = packing.packed(batch, beat=beat)
    with transaction.atomic():
        batch.save(update_fields=["sha256", "size"])
        jobs.finish(job=job, at=clock())
    _tell(batch)
    return batch


def _tell(batch: Batch) -> None:
    """Write to whoever asked that it is there; a letter that does not go out takes nothing back."""
    address = f"{settings.ADDRESS}{reverse('reports:batch', args=[batch.organization.code, batch.pk])}"
    with translation.override(batch.language):
        letter = mail.EmailMessage(
            subject=gettext("The reports of %(organization)s are ready") % {"organization": batch.organization.name},
            body=render_to_string("reports/batches/letter.txt", {"batch": batch, "address": address}),
            to=[batch.requested_by.email],
        )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError, ValueError) as refused:
        log.warning("The letter about batch %s did not go out: %s", batch.pk, refused)


@transaction.atomic
def call_off(*, batch: Batch, by: User, on: dt.date, at: dt.datetime) -> None:
    """Call a batch off: what of it nobody has begun is not made, save what somebody had asked for before.

    :raises NotYoursToOversee: as `request` does.
    """
    if not permissions.can_oversee(by, batch.organization, on=on):
        raise NotYoursToOversee(organization=batch.organization.name)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.called_off_at is not None or batch.packing_id is not None:
        return
    jobs.call_off(job=batch.spreading, at=at)
    own = batch.reports.filter(requested_at__gte=batch.requested_at, job__state=JobState.QUEUED)
    for report in own.select_related("job"):
        if report.job is not None:
            jobs.call_off(job=report.job, at=at)
    batch.called_off_at = at
    batch.save(update_fields=["called_off_at"])
