"""Write the register: organizations, and who belongs to whom."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions import details
from network.actions.details import CodeIsTaken as CodeIsTaken
from network.actions.details import TaxIdIsWrong as TaxIdIsWrong
from network.core.organizations import Details
from network.errors import DomainError
from network.models.organizations import Affiliation, Organization


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
    country: str = "AR",
    national_number: str = "",
    is_fictional: bool = False,
) -> Organization:
    """Note an organization in the register without anybody at a page, and return it.

    :raises CodeIsTaken, TaxIdIsTaken: if another has the code or the tax id.
    :raises CodeIsWrong, TaxIdIsWrong, DetailsAreWrong: if something does not fit.
    """
    told = Details(
        name=name,
        kind=kind,
        sector=sector,
        province=province,
        city=city,
        tax_id=tax_id,
        country=country,
        national_number=national_number,
    )
    return details.create(code=code, details=told, is_fictional=is_fictional)


@transaction.atomic
def affiliate(*, member: Organization, body: Organization, starts_on: dt.date) -> Affiliation:
    """Note that an organization belongs to a body from a day on.

    :raises BelongsAlready: if it does on that day.
    """
    if Affiliation.objects.in_force(starts_on).filter(member=member, body=body).exists():
        raise BelongsAlready(member=member.name, body=body.name)
    return Affiliation.objects.create(member=member, body=body, starts_on=starts_on)
