"""Write the register: organizations."""

from django.db import transaction

from network.actions import details
from network.actions.details import CodeIsTaken as CodeIsTaken
from network.actions.details import TaxIdIsWrong as TaxIdIsWrong
from network.core.organizations import Details
from network.models.organizations import Organization


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
