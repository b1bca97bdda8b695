"""The book of resolutions: number what was carried, take over what stands in the paper book."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network import permissions
from network.actions import refusals, second_factor
from network.actions.refusals import TheAssemblyDecides
from network.errors import DomainError
from network.models.assemblies import Motion
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


class NotYoursToMinute(DomainError):
    """What a body decided is written down by those who speak for it."""

    message = _("Only the president, the secretary or the treasurer of %(organization)s writes down what it decides.")


class ResolutionSaysNothing(DomainError):
    """A resolution has a text, and a place in the paper book if it was not voted here."""

    message = _("Write what was decided, and where it stands in the paper book.")


class DecidedInTheFuture(DomainError):
    """What was not decided yet is not written down."""

    message = _("%(day)s is still to come. Write down what was decided once it was decided.")


class PaperBookGoesOn(DomainError):
    """The first number may go on from the paper book; after that there is no gap."""

    message = _("The next resolution of this book has the number %(number)s.")


def require_minute(*, by: User | None, organization: Organization, on: dt.date) -> None:
    """Refuse whoever may not write down what the organization decides. Nobody: the program itself, as for the demo.

    :raises NotYoursToMinute: if the person may not.
    :raises SecondFactorIsMissing: if they could, but for the second factor that the organization asks of its officers.
    """
    if by is not None and not permissions.can_minute(by, organization, on=on):
        second_factor.require(by=by, organization=organization, on=on)
        raise NotYoursToMinute(organization=organization.name)


def require_assembly(resolution: Resolution) -> None:
    """Refuse what only a meeting of the council decided.

    :raises TheAssemblyDecides: if it did.
    """
    if resolution.is_of_the_council:
        raise TheAssemblyDecides


@transaction.atomic
def take_over(
    *,
    organization: Organization,
    text: str,
    paper: str,
    resolved_on: dt.date,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
    number: int | None = None,
) -> Resolution:
    """Enter a resolution that stands in the paper book: from before Trama, or of an assembly held without it.

    `number` only for the first one, where the book goes on from paper.

    :raises NotYoursToMinute: if the person does not speak for the organization.
    :raises ResolutionSaysNothing: if the text, or its place in the paper book, is missing.
    :raises DecidedInTheFuture: if its day is later than today.
    :raises PaperBookGoesOn: if a number is given and another one is next.
    """
    require_minute(by=by, organization=organization, on=on)
    if not text.strip() or not paper.strip():
        raise ResolutionSaysNothing
    if resolved_on > on:
        raise DecidedInTheFuture(day=resolved_on)
    upcoming = _next_number(organization)
    if number is not None and number != upcoming:
        if upcoming > 1 or number < 1:
            raise PaperBookGoesOn(number=upcoming)
        upcoming = number
    with refusals.from_database():
        return Resolution.objects.create(
            organization=organization,
            number=upcoming,
            resolved_on=resolved_on,
            text=text.strip(),
            paper=paper.strip(),
            recorded_by=by,
            recorded_at=at,
        )


def of_motion(*, motion: Motion, by: User | None, at: dt.datetime) -> Resolution:
    """Enter what an assembly has just carried."""
    assembly = motion.assembly
    with refusals.from_database():
        return Resolution.objects.create(
            organization=assembly.organization,
            number=_next_number(assembly.organization),
            resolved_on=assembly.held_on,
            text=motion.text,
            assembly=assembly,
            motion=motion,
            recorded_by=by,
            recorded_at=at,
        )


def _next_number(organization: Organization) -> int:
    # The organization's row is the lock: its numbers have no gap, whoever writes beside.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    last = Resolution.objects.filter(organization=organization).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1
