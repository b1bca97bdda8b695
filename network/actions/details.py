"""Write what the register says of an organization, and say in words what is wrong with what it is told."""

import datetime as dt
from dataclasses import fields, replace

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network import permissions
from network.actions import refusals
from network.actions.refusals import KindStays
from network.core.organizations import OF_ITS_OFFICERS, Details, differing, is_of_another_family, put_right
from network.core.register import is_code
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.particulars import (
    CommunityProfile,
    CooperativeRegistration,
    NeighborhoodProfile,
    OrganizationChange,
)
from network.models.people import User
from network.queries.details import details_of, settled
from network.queries.register import FIELDS, PROBLEMS

#: What stands in the table of organizations itself.
PLAIN_FIELDS = tuple(
    each.name
    for each in fields(Details)
    if each.name not in {"national_number", "provincial_number", "activity", "district", "households"}
)


class TaxIdIsWrong(DomainError):
    """The last digit of a CUIT checks the others; a NIT has from seven to twelve digits."""

    message = _("“%(tax_id)s” is not a CUIT: check its eleven digits.")


class DetailsAreWrong(DomainError):
    """Something that the register is told does not fit; `field` says where."""

    message = _("%(column)s: %(problem)s")

    def __init__(self, *, field: str, column: str | Promise, problem: str | Promise) -> None:
        """Keep the field beside the sentence."""
        super().__init__(column=column, problem=problem)
        self.field = field


class CodeIsTaken(DomainError):
    """Every organization has a code of its own."""

    message = _("The code “%(code)s” already belongs to %(organization)s.")


class CodeIsWrong(DomainError):
    """A code stands in addresses: nothing that could not."""

    message = _("Write the code with small letters, digits and hyphens, 40 at most.")


class TaxIdIsTaken(DomainError):
    """One tax id, one organization in a country."""

    message = _("%(organization)s already has that CUIT or NIT. Look it up in the register.")


class RegisterIsKeptByOperators(DomainError):
    """Whoever runs the installation keeps the register."""

    message = _("Only an operator of the installation writes new organizations. Ask whoever runs it.")


class NotYoursToEdit(DomainError):
    """An organization is edited by its officers and by operators."""

    message = _("Only whoever speaks for it today, or an operator, may change this.")


class OnlyContactIsYours(DomainError):
    """Officers keep contact, place and CBU of their organization; what it is before the law, operators."""

    message = _("Officers change how to reach their organization. Ask an operator to change the rest.")


def enroll(*, code: str, details: Details, by: User, at: dt.datetime) -> Organization:
    """Write a new organization into the register, as an operator, and return it.

    :raises RegisterIsKeptByOperators: if the person is none.
    :raises CodeIsWrong, CodeIsTaken, TaxIdIsTaken, TaxIdIsWrong, DetailsAreWrong: as `register`.
    """
    require_operator(by=by)
    return create(code=code, details=details, by=by, at=at)


def require_operator(*, by: User) -> None:
    """Let only operators pass.

    :raises RegisterIsKeptByOperators: if the person is none.
    """
    if not permissions.can_register(by):
        raise RegisterIsKeptByOperators


_Beside = CooperativeRegistration | CommunityProfile | NeighborhoodProfile


@transaction.atomic
def create(
    *,
    code: str,
    details: Details,
    is_fictional: bool = False,
    by: User | None = None,
    at: dt.datetime | None = None,
) -> Organization:
    """Write a new organization, whoever asks; what it is told is put right first.

    Who did, and when, is the first of its changes, which changes no field; the program itself leaves none.

    :raises CodeIsWrong, CodeIsTaken, TaxIdIsTaken, TaxIdIsWrong, DetailsAreWrong: as `register`.
    :raises SomebodyWasFaster: if somebody writes the same at this moment.
    """
    if not is_code(code):
        raise CodeIsWrong
    if (there := Organization.objects.filter(code=code).first()) is not None:
        raise CodeIsTaken(code=code, organization=there.name)
    kept = checked(details)
    _require_free_tax_id(kept, besides=None)
    organization = Organization(code=code, is_fictional=is_fictional)
    _write(organization, kept)
    if at is not None:
        OrganizationChange.objects.create(organization=organization, fields={}, changed_at=at, changed_by=by)
    return organization


@transaction.atomic
def edit(*, organization: Organization, details: Details, by: User, on: dt.date, at: dt.datetime) -> list[str]:
    """Change what the register says of an organization, and return the names of what changed.

    Operators change everything; its binding officers how to reach it, where it is paid, and whether it is public.

    :raises NotYoursToEdit: if the person is neither.
    :raises OnlyContactIsYours: if an officer changes anything else.
    :raises KindStays: as `change`.
    :raises TaxIdIsTaken, TaxIdIsWrong, DetailsAreWrong: as `register`.
    """
    if not permissions.can_edit(by, organization, on=on):
        raise NotYoursToEdit
    held = Organization.objects.select_for_update().get(pk=organization.pk)
    kept = checked(details)
    if not permissions.can_register(by) and set(differing(details_of(held), kept)) - set(OF_ITS_OFFICERS):
        raise OnlyContactIsYours
    return change(organization=held, details=kept, at=at, by=by)


@transaction.atomic
def change(*, organization: Organization, details: Details, at: dt.datetime, by: User | None) -> list[str]:
    """Write other details, whoever asks, note what changed, and return its names.

    :raises KindStays: if it has members, offices or a book that another kind would not have.
    :raises TaxIdIsTaken, TaxIdIsWrong, DetailsAreWrong: as `register`.
    """
    kept, before = checked(details), details_of(organization)
    changed = differing(before, kept)
    if not changed:
        return []
    if is_of_another_family(before.kind, kept.kind) and settled().filter(pk=organization.pk).exists():
        raise KindStays
    _require_free_tax_id(kept, besides=organization)
    _write(organization, kept)
    OrganizationChange.objects.create(
        organization=organization,
        fields={name: [getattr(before, name), getattr(kept, name)] for name in changed},
        changed_at=at,
        changed_by=by,
    )
    return changed


@transaction.atomic
def publish(*, organization: Organization, is_public: bool, by: User, on: dt.date, at: dt.datetime) -> None:
    """Open the organization's profile to everybody, or close it.

    :raises NotYoursToEdit: if the person neither binds the organization nor keeps the register.
    """
    details = replace(details_of(organization), is_public=is_public)
    edit(organization=organization, details=details, by=by, on=on, at=at)


def _require_free_tax_id(details: Details, *, besides: Organization | None) -> None:
    if not details.tax_id:
        return
    others = Organization.objects.filter(country=details.country, tax_id=details.tax_id)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if (there := others.first()) is not None:
        raise TaxIdIsTaken(organization=there.name)


def _write(organization: Organization, details: Details) -> None:
    """Write the organization, and what only some kinds have beside it."""
    for name in PLAIN_FIELDS:
        setattr(organization, name, getattr(details, name))
    beside: dict[type[_Beside], dict[str, object]] = {
        CooperativeRegistration: {
            "national_number": details.national_number,
            "provincial_number": details.provincial_number,
        },
        CommunityProfile: {"activity": details.activity},
        NeighborhoodProfile: {"district": details.district, "households": details.households},
    }
    kept = {table: told for table, told in beside.items() if any(value not in ("", None) for value in told.values())}
    with refusals.from_database():
        # What its new kind has not goes before the kind changes: the database holds the two together.
        for table in beside.keys() - kept.keys() if organization.pk else ():
            table.objects.filter(organization=organization).delete()
        organization.save()
        for table, told in kept.items():
            table.objects.update_or_create(organization=organization, defaults=told)


def checked(details: Details) -> Details:
    """Return the details as they are kept.

    :raises TaxIdIsWrong: if the CUIT's check digit does not fit.
    :raises DetailsAreWrong: if anything else does not.
    """
    kept, problems = put_right(details)
    if problems.get("tax_id") == "wrong_cuit":
        raise TaxIdIsWrong(tax_id=details.tax_id)
    for field, problem in problems.items():
        raise DetailsAreWrong(field=field, column=FIELDS[field], problem=PROBLEMS[problem])
    return kept
