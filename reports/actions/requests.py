"""Ask for a report, make it, keep its file."""

import dataclasses
import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import jobs, seals
from ledger.models import Book
from ledger.models.jobs import JobState
from network import permissions
from network.errors import DomainError
from network.models import Organization, User
from reports.actions import files
from reports.actions.issued import issue
from reports.actions.kinds import KINDS
from reports.models import Report
from reports.queries import issued


class UnknownKind(DomainError):
    """Only the reports that exist are made."""

    message = _("There is no report called %(kind)s.")


class UnknownLanguage(DomainError):
    """Papers are in the languages of the installation."""

    message = _("Reports are not made in the language %(language)s.")


class PeriodEndsBeforeItStarts(DomainError):
    """A period has at least a day."""

    message = _("The period ends before it starts. Check the two days.")


class PeriodIsInTheFuture(DomainError):
    """A report tells of days that have come."""

    message = _("The period goes beyond today. Choose a last day that has come.")


class NotYourBook(DomainError):
    """Books are read by their own people, and by the officers of the bodies they belong to."""

    message = _("You may not read the book of %(organization)s.")


class NotForThem(DomainError):
    """Some reports tell of a body and its members, others of one cooperative."""

    message = _("%(report)s is not made for %(organization)s. Choose another report.")


class NoBookYet(DomainError):
    """Without a book there is nothing to tell."""

    message = _("%(organization)s does not keep a book yet.")


@transaction.atomic
def request(
    *,
    kind: str,
    organization: Organization,
    starts_on: dt.date,
    ends_on: dt.date,
    language: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Report:
    """Ask for a report and return it; its file comes once a worker has made it.

    The same report of the same books is made once: asking again returns the first one.

    :raises UnknownKind: if there is no such report.
    :raises UnknownLanguage: if the installation does not speak it.
    :raises PeriodEndsBeforeItStarts: if the days are in the wrong order.
    :raises PeriodIsInTheFuture: if the last day has not come yet.
    :raises NotYourBook: if this person may not read the organization's book today.
    :raises NoBookYet: if the organization keeps none.
    :raises NotForThem: if this report tells nothing of an organization of its kind.
    """
    if not _may_read(by, organization, kind=kind, on=on):
        raise NotYourBook(organization=organization.name)
    book = _book(kind=kind, organization=organization, starts_on=starts_on, ends_on=ends_on, language=language, on=on)
    report, created = Report.objects.get_or_create(
        kind=kind,
        organization=organization,
        language=language,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff_event=KINDS[kind].last_event(book=book, until=ends_on),
        last_said=KINDS[kind].said(book=book, starts_on=starts_on, ends_on=ends_on),
        defaults={"requested_by": by, "requested_at": at},
    )
    if created:
        key = f"render:{report.pk}"
        report.job = jobs.request(kind="render", key=key, parameters={"report": report.pk}, by=by, at=at)
        report.save(update_fields=["job"])
    return report


def _may_read(person: User, organization: Organization, *, kind: str, on: dt.date) -> bool:
    """Say whether somebody may have a report made, and read it; a kind that there is not is refused later, by name."""
    if not permissions.can_read_book(person, organization, on=on):
        return False
    return kind not in KINDS or KINDS[kind].is_open_to(person, organization, on=on)


def make(
    *,
    kind: str,
    organization: Organization,
    starts_on: dt.date,
    ends_on: dt.date,
    language: str,
    on: dt.date,
    at: dt.datetime,
    cutoff_event: int | None = None,
    last_said: int | None = None,
) -> bytes:
    """Return a report as a PDF: the worker and the command both come here, so that they give the same bytes.

    Without a cut-off it tells the book's journal as it stands. What is new is sealed first: the paper carries the
    seal of what it tells out of the building.

    :raises DomainError: as `request` does, save for permission: whoever runs the command runs the installation.
    """
    book = _book(kind=kind, organization=organization, starts_on=starts_on, ends_on=ends_on, language=language, on=on)
    event = KINDS[kind].last_event(book=book, until=ends_on) if cutoff_event is None else cutoff_event
    seals.seal(at=at)
    period = {"starts_on": starts_on, "ends_on": ends_on}
    said = KINDS[kind].said(book=book, **period) if last_said is None else last_said
    figures = KINDS[kind].told(book=book, **period, cutoff_event=event, last_said=said)
    if replaces := issued.told_less(
        kind=kind,
        organization=organization,
        language=language,
        **period,
        cutoff_event=event,
        last_said=said,
    ):
        figures = dataclasses.replace(figures, replaces=replaces)
    return issue(
        KINDS[kind].compose(figures, language=language),
        kind=kind,
        organization=organization,
        language=language,
        **period,
        last_event=event,
        last_said=said,
        at=at,
    )


def _book(
    *, kind: str, organization: Organization, starts_on: dt.date, ends_on: dt.date, language: str, on: dt.date
) -> Book:
    """Return the book that the report is about, if all that was asked for makes sense."""
    if kind not in KINDS:
        raise UnknownKind(kind=kind)
    require_sense(starts_on=starts_on, ends_on=ends_on, language=language, on=on)
    book = Book.objects.select_related("organization", "unit").filter(organization=organization).first()
    if book is None:
        raise NoBookYet(organization=organization.name)
    if not KINDS[kind].fits(organization):
        raise NotForThem(report=KINDS[kind].title, organization=organization.name)
    return book


def require_sense(*, starts_on: dt.date, ends_on: dt.date, language: str, on: dt.date) -> None:
    """Refuse days and languages that no paper is made of.

    :raises UnknownLanguage: if the installation does not speak it.
    :raises PeriodEndsBeforeItStarts: if the days are in the wrong order.
    :raises PeriodIsInTheFuture: if the last day has not come yet.
    """
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage(language=language)
    require_days(starts_on=starts_on, ends_on=ends_on, on=on)


def require_days(*, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> None:
    """Refuse days that nothing can be told of.

    :raises PeriodEndsBeforeItStarts: if the days are in the wrong order.
    :raises PeriodIsInTheFuture: if the last day has not come yet.
    """
    if ends_on < starts_on:
        raise PeriodEndsBeforeItStarts
    if ends_on > on:
        raise PeriodIsInTheFuture


@transaction.atomic
def call_off(*, report: Report, by: User, on: dt.date, at: dt.datetime) -> bool:
    """Call a report off that is being made, and say whether it still was; it can be asked for again.

    :raises NotYourBook: if this person may not read the organization's book today.
    """
    if not _may_read(by, report.organization, kind=report.kind, on=on):
        raise NotYourBook(organization=report.organization.name)
    return report.job is not None and jobs.call_off(job=report.job, at=at)


@transaction.atomic
def try_again(*, report: Report, by: User, on: dt.date, at: dt.datetime) -> Report:
    """Make a report once more that failed, was called off, or whose file was lost; any other stays as it is.

    :raises NotYourBook: if this person may not read the organization's book today.
    """
    if not _may_read(by, report.organization, kind=report.kind, on=on):
        raise NotYourBook(organization=report.organization.name)
    if report.job is not None and report.job.state in {JobState.FAILED, JobState.STOPPED}:
        jobs.again(job=report.job, at=at)
    elif files.is_lost(report):
        key = f"render:{report.pk}:{report.job_id}"
        report.job = jobs.request(kind="render", key=key, parameters={"report": report.pk}, by=by, at=at)
        report.save(update_fields=["job"])
    return report
