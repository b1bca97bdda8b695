"""Mandates: elected by an assembly, ended by time or by recall."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.errors import DomainError
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User


class ResolutionIsMissing(DomainError):
    """An assembly elects and recalls; its act says so."""

    message = _("Write the act of the assembly that decided it.")


class MandateEndsBeforeItStarts(DomainError):
    """A mandate ends after it starts."""

    message = _("The mandate must end after the day on which it starts.")


class MandateHasEnded(DomainError):
    """What has ended is not recalled."""

    message = _("That mandate has already ended.")


class OfficeIsHeld(DomainError):
    """One person holds an office on a day; only members at large and auditors may be several."""

    message = _("On those days %(office)s is already %(name)s. Recall that mandate first, or choose later days.")


SEVERAL = {"member_at_large", "internal_auditor"}


@transaction.atomic
def elect(
    *, user: User, organization: Organization, office: str, starts_on: dt.date, until: dt.date, resolution: str
) -> Mandate:
    """Note that an assembly elected a person to an office from a day until another (exclusive).

    :raises ResolutionIsMissing: if no act of the assembly is named.
    :raises MandateEndsBeforeItStarts: if the days are the wrong way round.
    :raises OfficeIsHeld: if somebody else holds it on one of those days.
    """
    if not resolution.strip():
        raise ResolutionIsMissing
    if until <= starts_on:
        raise MandateEndsBeforeItStarts
    if office not in SEVERAL:
        others = Mandate.objects.filter(organization=organization, office=office).overlapping(starts_on, until)
        if (holder := others.select_related("user").first()) is not None:
            raise OfficeIsHeld(office=holder.get_office_display(), name=holder.user.name)
    return Mandate.objects.create(
        user=user,
        organization=organization,
        office=office,
        starts_on=starts_on,
        until=until,
        resolution=resolution.strip(),
    )


@transaction.atomic
def recall(*, mandate: Mandate, on: dt.date, resolution: str) -> Mandate:
    """Note that an assembly recalled a mandate: from that day on it no longer holds, anywhere.

    :raises ResolutionIsMissing: if no act of the assembly is named.
    :raises MandateHasEnded: if it does not hold on that day.
    """
    if not resolution.strip():
        raise ResolutionIsMissing
    if not Mandate.objects.in_force(on).filter(pk=mandate.pk).exists():
        raise MandateHasEnded
    mandate.recalled_on = on
    mandate.recall_resolution = resolution.strip()
    mandate.save()
    return mandate
