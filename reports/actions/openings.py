"""Open an organization's page to anybody, close it, and put reports there or take them away."""

import datetime as dt
from typing import TypeVar

from django.db import transaction

from ledger.actions.agreements import require_confirm
from ledger.core import personal
from ledger.models import Book
from network.actions.refusals import AnotherBodyDecided
from network.models import Organization, Resolution, User
from reports.actions import refusals
from reports.actions.refusals import IsNotOpen, IsPublishedAlready, NotToBePublished, StoryTellsOfAPerson
from reports.actions.requests import NoBookYet
from reports.models import Opening, Publication, Report
from reports.queries import openings

STORY_MAX = 2000
AnyNoted = TypeVar("AnyNoted", Opening, Publication)


@transaction.atomic
def open_page(
    *,
    organization: Organization,
    story: str,
    shows_address: bool,
    resolution: Resolution | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Opening:
    """Open the organization's page to anybody; where it is open, from now on with these words.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NoBookYet: if it keeps no book: there would be nothing to tell.
    :raises StoryTellsOfAPerson: if the words hold what looks like a person's data.
    :raises AnotherBodyDecided: if the resolution is of another body.
    """
    require_confirm(by=by, organization=organization, on=on)
    if not Book.objects.filter(organization=organization).exists():
        raise NoBookYet(organization=organization.name)
    if personal.signs(story):
        raise StoryTellsOfAPerson
    if resolution is not None and resolution.organization_id != organization.pk:
        raise AnotherBodyDecided
    story = story.replace("\r\n", "\n").strip()[:STORY_MAX]
    told = {"story": story, "shows_address": shows_address, "resolution": resolution}
    before = _held(organization)
    if before is not None:
        if all(getattr(before, name) == value for name, value in told.items()):
            return before
        _withdraw(before, by=by, at=at)
    with refusals.from_database():
        return Opening.objects.create(organization=organization, noted_by=by, noted_at=at, **told)


@transaction.atomic
def close_page(*, organization: Organization, by: User, on: dt.date, at: dt.datetime) -> Opening:
    """Close the organization's page: from now on it is nowhere; that it was open stays noted.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises IsNotOpen: if it is not open.
    """
    require_confirm(by=by, organization=organization, on=on)
    standing = _held(organization)
    if standing is None:
        raise IsNotOpen
    return _withdraw(standing, by=by, at=at)


def _held(organization: Organization) -> Opening | None:
    """Return what is open, held against somebody else who changes it at the same moment."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    return Opening.objects.filter(organization=organization, withdrawn_at=None).first()


@transaction.atomic
def publish(*, report: Report, by: User, on: dt.date, at: dt.datetime) -> Publication:
    """Put a finished open-factory report on its organization's page, where anybody reads it while the page is open.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotToBePublished: if it is of another kind, or not finished.
    :raises IsPublishedAlready: if it is there already.
    """
    require_confirm(by=by, organization=report.organization, on=on)
    if report.kind != openings.PUBLISHED or not report.sha256:
        raise NotToBePublished
    if openings.published(report.organization).filter(report=report).exists():
        raise IsPublishedAlready
    with refusals.from_database():
        return Publication.objects.create(report=report, noted_by=by, noted_at=at)


@transaction.atomic
def withdraw(*, publication: Publication, by: User, on: dt.date, at: dt.datetime) -> Publication:
    """Take a report from the page; that it was there stays noted. Twice is once.

    :raises NoMandateToday: if the person cannot bind the organization.
    """
    require_confirm(by=by, organization=publication.report.organization, on=on)
    return publication if publication.withdrawn_at else _withdraw(publication, by=by, at=at)


def _withdraw(noted: AnyNoted, *, by: User, at: dt.datetime) -> AnyNoted:
    noted.withdrawn_at, noted.withdrawn_by = at, by
    noted.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return noted
