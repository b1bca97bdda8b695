"""Note how many work somewhere, as counted by whom, and the milestones of a recuperation; withdraw what was wrong."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network import permissions
from network.actions.details import NotYoursToEdit
from network.core import dates
from network.core.organizations import WITH_RECUPERATION, is_link
from network.errors import DomainError
from network.models.history import Milestone, WorkerCount
from network.models.organizations import Organization
from network.models.people import User

WORKERS_MAX = 100_000


class SourceIsMissing(DomainError):
    """A count says who counted."""

    message = _("Write who counted: the cooperative itself, INAES, a university.")


class WorkersAreTooMany(DomainError):
    """Nobody counts below zero, or more than any enterprise has."""

    message = _("Write how many work there, from 0 to %(most)s.")


class WasCountedAlready(DomainError):
    """One source counts once on a day."""

    message = _("%(source)s already counted %(workers)s on that day. Withdraw that count first if it is wrong.")


class DayIsStillToCome(DomainError):
    """The register tells what has happened."""

    message = _("That day has not come yet.")


class PaperIsMissing(DomainError):
    """A milestone is shown by a paper or a link."""

    message = _("Name the paper that shows it, or write a link: one of the two is needed.")


class LinkIsWrong(DomainError):
    """A link leads to a page on the web."""

    message = _("This is not a link. Write it like https://example.org/page.")


class HasNoRecuperation(DomainError):
    """Only enterprises of workers have a story of recuperation."""

    message = _("Only recuperated enterprises and worker cooperatives have a story of recuperation.")


class IsWithdrawnAlready(DomainError):
    """What was withdrawn stays so."""

    message = _("This was already withdrawn.")


@transaction.atomic
def count_workers(
    *,
    organization: Organization,
    workers: int,
    counted_on: dt.date,
    source: str,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
) -> WorkerCount:
    """Note how many worked there on a day, and who counted; `by` is nobody where the installation itself notes it.

    :raises NotYoursToEdit: if the person neither binds the organization nor keeps the register.
    :raises SourceIsMissing, WorkersAreTooMany, DayIsStillToCome: if it does not say who counted, or cannot be so.
    :raises WasCountedAlready: if that source has counted on that day.
    """
    _require_edit(by, organization, on=on)
    source = " ".join(source.split())[:80]
    if not source:
        raise SourceIsMissing
    if not 0 <= workers <= WORKERS_MAX:
        raise WorkersAreTooMany(most=WORKERS_MAX)
    if counted_on > on:
        raise DayIsStillToCome
    Organization.objects.select_for_update().get(pk=organization.pk)
    there = WorkerCount.objects.filter(
        organization=organization, counted_on=counted_on, source__iexact=source, withdrawn_at=None
    ).first()
    if there is not None:
        raise WasCountedAlready(source=there.source, workers=there.workers)
    return WorkerCount.objects.create(
        organization=organization, workers=workers, counted_on=counted_on, source=source, noted_by=by, noted_at=at
    )


def add_milestone(
    *,
    organization: Organization,
    kind: str,
    happened: dates.Dated,
    note: str = "",
    paper: str = "",
    link: str = "",
    by: User | None,
    on: dt.date,
    at: dt.datetime,
) -> Milestone:
    """Note something that happened in a recuperation, and what shows it.

    :raises NotYoursToEdit: if the person neither binds the organization nor keeps the register.
    :raises HasNoRecuperation: if it is of a kind that has no such story.
    :raises DayIsStillToCome: if it lies ahead.
    :raises PaperIsMissing, LinkIsWrong: if nothing shows it, or the link is none.
    """
    _require_edit(by, organization, on=on)
    paper, link, note = (" ".join(text.split()) for text in (paper, link, note))
    if organization.kind not in WITH_RECUPERATION:
        raise HasNoRecuperation
    if happened.first > on:
        raise DayIsStillToCome
    if not paper and not link:
        raise PaperIsMissing
    if link and not is_link(link):
        raise LinkIsWrong
    return Milestone.objects.create(
        organization=organization,
        kind=kind,
        happened_on=happened.first,
        precision=happened.precision,
        note=note[:200],
        paper=paper[:120],
        link=link,
        noted_by=by,
        noted_at=at,
    )


@transaction.atomic
def withdraw(*, noted: WorkerCount | Milestone, by: User, on: dt.date, at: dt.datetime) -> None:
    """Withdraw a count or a milestone that was wrong: it stays readable, and counts no longer.

    :raises NotYoursToEdit: if the person neither binds the organization nor keeps the register.
    :raises IsWithdrawnAlready: if it was.
    """
    _require_edit(by, noted.organization, on=on)
    standing = type(noted)._default_manager.filter(pk=noted.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=at, withdrawn_by=by):
        raise IsWithdrawnAlready


def _require_edit(by: User | None, organization: Organization, *, on: dt.date) -> None:
    if by is not None and not permissions.can_edit(by, organization, on=on):
        raise NotYoursToEdit
