"""The life of a finding: kept once, closed by itself, seen to by somebody, explained, accepted with a reason.

Whoever accepts one binds the organization; a síndico reads them all and writes nothing (Ley 20.337, art. 79).
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import NotForYouToDo, require_confirm, require_log
from ledger.actions.refusals import from_database
from ledger.core import personal
from ledger.models.findings import Finding, FindingStep, FindingVerb
from ledger.queries import findings, subjects
from ledger.queries.findings import Discrepancy
from network import permissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class FindingHasClosed(DomainError):
    """What is right again needs no answer."""

    message = _("This is right again and has closed itself: there is nothing left to answer.")


class FindingNeedsReason(DomainError):
    """Whoever reads it next year has to understand why."""

    message = _("Write why, so that whoever reads it next year understands: which paper, what was agreed.")


class NoteTellsOfSomebody(DomainError):
    """What is written here stays, and many read it."""

    message = _(
        "Write it without documents, telephones, e-mail addresses or names of people: it stays, and many read it."
    )


def keep(discrepancies: Iterable[Discrepancy], *, looked_at: QuerySet[Finding], at: dt.datetime) -> int:
    """Keep what was found, once each, and close what was looked at again and no longer holds.

    `looked_at` are the open findings that this look would have found again. Returns how many stand open that nobody
    accepted. Call it inside a transaction.
    """
    seen: set[int] = set()
    unaccepted = 0
    for wrong in discrepancies:
        finding = _kept(wrong, at=at)
        seen.add(finding.pk)
        unaccepted += finding.acceptance_id is None
    for finding in looked_at.exclude(pk__in=seen).select_for_update(of=("self",)):
        finding.closed_at = at
        _remember(finding, FindingVerb.CLOSED, at=at)
        finding.save(update_fields=["closed_at"])
    return unaccepted


def _kept(wrong: Discrepancy, *, at: dt.datetime) -> Finding:
    # A subject is looked up by its key for each that is found: few are.
    about = subjects.of_scope(wrong.scope, book=wrong.book)
    finding, is_new = Finding.objects.select_for_update(of=("self",)).get_or_create(
        check_code=wrong.check,
        scope=wrong.scope,
        closed_at=None,
        defaults={
            "book_id": wrong.book,
            "other_id": about.other,
            "account_id": wrong.account or about.account,
            "claim_id": about.claim,
            "event_id": about.event,
            "agreement_id": about.agreement,
            "unit_id": about.unit,
            "expected": wrong.expected,
            "found": wrong.found,
            "opened_at": at,
            "seen_at": at,
        },
    )
    if is_new:
        _remember(finding, FindingVerb.OPENED, at=at)
        return finding
    if (finding.expected, finding.found) != (wrong.expected, wrong.found):
        finding.expected, finding.found = wrong.expected, wrong.found
        _remember(finding, FindingVerb.RAISED if finding.acceptance_id else FindingVerb.CHANGED, at=at)
        finding.acceptance = None
    finding.seen_at = at
    finding.save(update_fields=["expected", "found", "seen_at", "acceptance"])
    return finding


@transaction.atomic
def take(*, finding: Finding, organization: Organization, by: User, on: dt.date, at: dt.datetime) -> Finding:
    """Say that somebody sees to it; whoever did before no longer does.

    :raises NotForYouToDo, WatchesAndWritesNothing: if they may not write for the organization.
    :raises FindingHasClosed: if it is right again.
    """
    require_log(by=by, organization=organization, on=on)
    finding = _answerable(finding, organization, by=by, on=on)
    if finding.owner_id != by.pk:
        finding.owner = by
        _remember(finding, FindingVerb.TAKEN, at=at, by=by, organization=organization)
        finding.save(update_fields=["owner"])
    return finding


@transaction.atomic
def explain(
    *, finding: Finding, organization: Organization, note: str, by: User, on: dt.date, at: dt.datetime
) -> FindingStep:
    """Write down what somebody knows of it; it stays open.

    :raises FindingNeedsReason, NoteTellsOfSomebody: if nothing is written, or of a person. And as `take`.
    """
    require_log(by=by, organization=organization, on=on)
    finding = _answerable(finding, organization, by=by, on=on)
    return _remember(finding, FindingVerb.EXPLAINED, at=at, by=by, organization=organization, note=written(note))


@transaction.atomic
def accept(
    *, finding: Finding, organization: Organization, note: str, by: User, on: dt.date, at: dt.datetime
) -> Finding:
    """Accept it as it is, with a reason: it is not raised again until its figures change.

    :raises NoMandateToday: if the person does not bind the organization.
    :raises FindingNeedsReason, NoteTellsOfSomebody: if nothing is written, or of a person.
    :raises FindingHasClosed: if it is right again.
    """
    require_confirm(by=by, organization=organization, on=on)
    finding = _answerable(finding, organization, by=by, on=on)
    why = written(note)
    with from_database():
        finding.acceptance = _remember(finding, FindingVerb.ACCEPTED, at=at, by=by, organization=organization, note=why)
        finding.save(update_fields=["acceptance"])
    return finding


def _answerable(finding: Finding, organization: Organization, *, by: User, on: dt.date) -> Finding:
    """Return it as it is now, held, if it is of the organization, or of one that the person oversees, and open."""
    is_own = finding.book is not None and finding.book.organization == organization
    is_seen = is_own or permissions.can_oversee(by, organization, on=on)
    if not is_seen or not findings.is_answered_by(finding, organization, on=on):
        raise NotForYouToDo(organization=finding.book or organization.name)
    now = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if now.closed_at is not None:
        raise FindingHasClosed
    return now


def written(note: str) -> str:
    """Return a reason as it is kept.

    :raises FindingNeedsReason, NoteTellsOfSomebody: if nothing is written, or of a person.
    """
    if not (written := note.strip()[:300]):
        raise FindingNeedsReason
    if personal.signs(written):
        raise NoteTellsOfSomebody
    return written


def _remember(
    finding: Finding,
    verb: FindingVerb,
    *,
    at: dt.datetime,
    by: User | None = None,
    organization: Organization | None = None,
    note: str = "",
) -> FindingStep:
    return FindingStep.objects.create(
        finding=finding,
        verb=verb,
        recorded_at=at,
        by=by,
        organization=organization,
        expected=finding.expected,
        found=finding.found,
        note=note,
    )
