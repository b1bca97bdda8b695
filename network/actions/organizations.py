"""Write the register: organizations, and who belongs to whom."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from stdnum.ar import cuit
from stdnum.exceptions import ValidationError

from network.errors import DomainError
from network.models.organizations import Affiliation, Organization


class CodeIsTaken(DomainError):
    """Every organization has a code of its own."""

    message = _("The code “%(code)s” already belongs to %(organization)s.")


class TaxIdIsWrong(DomainError):
    """The last digit of a CUIT checks the others."""

    message = _("“%(tax_id)s” is not a CUIT: check its eleven digits.")


class BelongsAlready(DomainError):
    """Nobody belongs twice to the same body on one day."""

    message = _("%(member)s already belongs to %(body)s.")


@transaction.atomic
def register(
    *,
    code: str,
    name: str,
    kind: str,
    sector: str = "",
    province: str = "",
    city: str = "",
    tax_id: str = "",
    is_fictional: bool = False,
) -> Organization:
    """Note an organization in the register and return it.

    :raises CodeIsTaken: if another has the code.
    :raises TaxIdIsWrong: if the CUIT's check digit does not fit.
    """
    if (there := Organization.objects.filter(code=code).first()) is not None:
        raise CodeIsTaken(code=code, organization=there.name)
    try:
        digits = cuit.validate(tax_id) if tax_id else ""
    except ValidationError:
        raise TaxIdIsWrong(tax_id=tax_id) from None
    return Organization.objects.create(
        code=code,
        name=name,
        kind=kind,
        sector=sector,
        province=province,
        city=city,
        tax_id=digits,
        is_fictional=is_fictional,
    )


@transaction.atomic
def affiliate(*, member: Organization, body: Organization, starts_on: dt.date) -> Affiliation:
    """Note that an organization belongs to a body from a day on.

    :raises BelongsAlready: if it does on that day.
    """
    if Affiliation.objects.in_force(starts_on).filter(member=member, body=body).exists():
        raise BelongsAlready(member=member.name, body=body.name)
    return Affiliation.objects.create(member=member, body=body, starts_on=starts_on)
