"""Who may trade: admitted by a decision of the network, suspended by one, gone by one. To be listed needs none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import affiliations, refusals
from network.actions.refusals import AdmittedByItsBody, DecidedLater, IsAdmittedAlready
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.admissions import Admission, Leaving
from network.models.organizations import Affiliation, Organization
from network.models.people import User
from network.models.resolutions import Resolution
from network.queries import admissions, organizations


class NotInForceYet(DomainError):
    """What is to come is decided when it comes."""

    message = _("%(day)s is still to come. Note it on that day.")


class MayNotTrade(DomainError):
    """Who is listed, suspended or gone trades nothing new."""

    message = _(
        "%(organization)s may not trade in the network today. Its federation, or its own assembly where it belongs to"
        " none, decides on its admission."
    )


class IsNotAdmitted(DomainError):
    """What does not hold is not ended."""

    message = _("%(organization)s may not trade today as it is: there is nothing to suspend.")


def require_trade(*organizations_: Organization, on: dt.date) -> None:
    """Refuse what only those may do who trade in the network today.

    :raises MayNotTrade: if one of them may not.
    """
    admitted = admissions.admitted([each.pk for each in organizations_], on=on)
    for each in organizations_:
        if each.pk not in admitted:
            raise MayNotTrade(organization=each.name)


@transaction.atomic
def admit(
    *, organization: Organization, starts_on: dt.date, resolution: Resolution, by: User | None, on: dt.date
) -> Admission:
    """Note that an organization may trade from a day on: a body that it belongs to decided so.

    One that belongs to no body is admitted by its own assembly.

    :raises NotYoursToMinute: if the person does not speak for the body that decided.
    :raises AdmittedByItsBody: if the resolution is of a body that has no say in it.
    :raises DecidedLater, NotInForceYet: if the days are not right.
    :raises IsAdmittedAlready: if it may trade on that day or later.
    """
    require_minute(by=by, organization=resolution.organization, on=on)
    if starts_on < resolution.resolved_on:
        raise DecidedLater(day=resolution.resolved_on)
    if starts_on > on:
        raise NotInForceYet(day=starts_on)
    if resolution.organization_id not in _deciding(organization, on=starts_on):
        raise AdmittedByItsBody
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if admissions.of(organization).filter(until=None).exists():
        raise IsAdmittedAlready
    with refusals.from_database():
        return Admission.objects.create(
            organization=organization, starts_on=starts_on, resolution=resolution, noted_by=by
        )


def _deciding(organization: Organization, *, on: dt.date) -> set[int]:
    """Return who decides whether it trades on a day: the bodies that it belongs to, or itself where there is none."""
    return organizations.bodies_above(organization, on=on) or {organization.pk}


@transaction.atomic
def suspend(*, organization: Organization, resolution: Resolution, by: User | None, on: dt.date) -> Admission:
    """Note that an organization may trade no longer from today on. What it agreed before is carried out.

    :raises NotYoursToMinute: if the person does not speak for the body that decided.
    :raises AdmittedByItsBody: if the resolution is not of a body that it belongs to today; its own where there is none.
    :raises DecidedLater: if it was not decided yet.
    :raises IsNotAdmitted: if it may not trade today.
    """
    require_minute(by=by, organization=resolution.organization, on=on)
    admission = _held(organization, on=on)
    if admission is None:
        raise IsNotAdmitted(organization=organization.name)
    return _end(admission, Leaving.SUSPENDED, resolution, by=by, on=on)


@transaction.atomic
def leave(*, organization: Organization, resolution: Resolution, by: User | None, on: dt.date) -> None:
    """Note that an organization left the network today: it may trade no longer, and belongs to no body any more.

    That nothing is owed is asked by whoever keeps the books (`ledger/actions/exits.py`), and by the database.

    :raises NotYoursToMinute, DecidedLater: as `suspend`.
    :raises AdmittedByItsBody: if neither its own assembly nor a body that it belongs to today decided it.
    """
    require_minute(by=by, organization=resolution.organization, on=on)
    above = organizations.bodies_above(organization, on=on)
    admission = _held(organization, on=on)
    if admission is not None:
        _end(admission, Leaving.LEFT, resolution, by=by, on=on)
    elif resolution.organization_id not in above | {organization.pk}:
        raise AdmittedByItsBody
    for held in Affiliation.objects.filter(member=organization, until=None).select_related("body"):
        own = resolution.organization_id in {organization.pk, held.body_id}
        act = resolution if own else None
        affiliations.close(member=organization, body=held.body, resolution=act, by=by, on=on)


def _held(organization: Organization, *, on: dt.date) -> Admission | None:
    held = Admission.objects.select_for_update(of=("self",)).select_related("resolution")
    return held.filter(organization=organization, until=None, starts_on__lte=on).first()


def _end(admission: Admission, ending: Leaving, resolution: Resolution, *, by: User | None, on: dt.date) -> Admission:
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)
    organization = admission.organization
    may = _deciding(organization, on=on)
    if ending == Leaving.LEFT:
        may.add(organization.pk)
    if resolution.organization_id not in may:
        raise AdmittedByItsBody
    admission.until, admission.ending, admission.end_resolution, admission.ended_by = on, ending, resolution, by
    with refusals.from_database():
        admission.save(update_fields=["until", "ending", "end_resolution", "ended_by"])
    return admission
