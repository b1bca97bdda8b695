"""Note papers that lapse and reports that were presented; withdraw what was wrong."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.history import IsWithdrawnAlready
from network.actions.resolutions import require_minute
from network.core.duties import FILED, Duty
from network.errors import DomainError
from network.models.duties import Certificate, CertificateKind, Filing
from network.models.organizations import Organization
from network.models.people import User


class PaperHasNoName(DomainError):
    """Another paper than the known ones has a name of its own."""

    message = _("Write what this paper is called.")


class IssuerIsMissing(DomainError):
    """Somebody issued it."""

    message = _("Write who issued the paper: the municipality, the fire brigade, INAES.")


class LapsesBeforeItBegins(DomainError):
    """A paper is valid for a day at least."""

    message = _("The paper lapses before it begins to be valid. Check both days.")


class PaperIsNotedAlready(DomainError):
    """One paper, one row."""

    message = _("That paper, with that day, is already noted.")


class IsNotFiled(DomainError):
    """What a row of the register shows is not noted by hand."""

    message = _("This is not noted by hand: it is met when the assembly, the mandate or the closing is written here.")


class NumberIsMissing(DomainError):
    """A report that was presented left a number or a paper behind."""

    message = _("Write the number or the paper that shows it.")


class PresentedTooEarly(DomainError):
    """A report about a year or a quarter is presented when that has ended."""

    message = _("It is about the time up to %(day)s: it was presented on that day or later.")


class PresentedInTheFuture(DomainError):
    """What is not presented yet is not noted."""

    message = _("That day has not come yet. Note it once it is presented.")


class IsFiledAlready(DomainError):
    """A report about a year or a quarter is presented once."""

    message = _("That report was already noted: presented on %(day)s. Withdraw that note first if it is wrong.")


@transaction.atomic
def certify(
    *,
    organization: Organization,
    kind: CertificateKind,
    issued_by: str,
    valid_from: dt.date,
    lapses_on: dt.date,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
    name: str = "",
    number: str = "",
    paper: str = "",
) -> Certificate:
    """Note a paper that lapses. `name` only of another paper than the known ones; a renewal is noted the same way.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises PaperHasNoName, IssuerIsMissing, LapsesBeforeItBegins, PaperIsNotedAlready: as named.
    """
    require_minute(by=by, organization=organization, on=on)
    name, issued_by, number, paper = (" ".join(text.split()) for text in (name, issued_by, number, paper))
    name = name[:80] if kind == CertificateKind.OTHER else ""
    if kind == CertificateKind.OTHER and not name:
        raise PaperHasNoName
    if not issued_by:
        raise IssuerIsMissing
    if lapses_on < valid_from:
        raise LapsesBeforeItBegins
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    standing = Certificate.objects.filter(organization=organization, kind=kind, withdrawn_at=None)
    if standing.filter(name__iexact=name, lapses_on=lapses_on).exists():
        raise PaperIsNotedAlready
    return Certificate.objects.create(
        organization=organization,
        kind=kind,
        name=name,
        issued_by=issued_by[:80],
        number=number[:60],
        valid_from=valid_from,
        lapses_on=lapses_on,
        paper=paper[:120],
        noted_by=by,
        noted_at=at,
    )


@transaction.atomic
def file(
    *,
    organization: Organization,
    duty: Duty,
    presented_on: dt.date,
    paper: str,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
) -> Filing:
    """Note that the report which a duty asks for was presented, and the number or paper that shows it.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsNotFiled: if it is a duty that another row shows.
    :raises NumberIsMissing, PresentedTooEarly, PresentedInTheFuture, IsFiledAlready: as named.
    """
    require_minute(by=by, organization=organization, on=on)
    paper = " ".join(paper.split())[:120]
    if duty.kind not in FILED or duty.ends_on is None:
        raise IsNotFiled
    if not paper:
        raise NumberIsMissing
    if presented_on < duty.ends_on:
        raise PresentedTooEarly(day=duty.ends_on)
    if presented_on > on:
        raise PresentedInTheFuture
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    there = Filing.objects.filter(
        organization=organization, kind=duty.kind, ends_on=duty.ends_on, withdrawn_at=None
    ).first()
    if there is not None:
        raise IsFiledAlready(day=there.presented_on)
    return Filing.objects.create(
        organization=organization,
        kind=duty.kind,
        ends_on=duty.ends_on,
        presented_on=presented_on,
        paper=paper,
        noted_by=by,
        noted_at=at,
    )


@transaction.atomic
def withdraw(*, noted: Certificate | Filing, by: User, on: dt.date, at: dt.datetime) -> None:
    """Withdraw a paper or a report that was noted wrongly: it stays readable, and counts no longer.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises IsWithdrawnAlready: if it was.
    """
    require_minute(by=by, organization=noted.organization, on=on)
    standing = type(noted)._default_manager.filter(pk=noted.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=at, withdrawn_by=by):
        raise IsWithdrawnAlready
