"""Read what the register says of an organization, look for one, and see who changed it."""

from dataclasses import fields
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from network.core.organizations import WITH_RECUPERATION, Details
from network.models.councils import Mandate
from network.models.invitations import Invitation
from network.models.organizations import Affiliation, Organization
from network.models.particulars import OrganizationChange

#: More words than anybody searches by.
WORDS_MAX = 6
#: What `details_of` reads beside the organization.
PARTICULARS = ("registration", "community", "neighborhood")


def details_of(organization: Organization) -> Details:
    """Return all that the register says of it; read it with `select_related(*PARTICULARS)` where there are many."""
    registration = getattr(organization, "registration", None)
    community = getattr(organization, "community", None)
    neighborhood = getattr(organization, "neighborhood", None)
    beside: dict[str, Any] = {
        "national_number": registration.national_number if registration else "",
        "provincial_number": registration.provincial_number if registration else "",
        "activity": community.activity if community else "",
        "district": neighborhood.district if neighborhood else "",
        "households": neighborhood.households if neighborhood else None,
    }
    plain = {each.name: getattr(organization, each.name) for each in fields(Details) if each.name not in beside}
    return Details(**plain, **beside)


def settled() -> QuerySet[Organization]:
    """Return those that have members, offices or a book: what they are no longer changes to just anything."""
    has = (
        Q(pk__in=Affiliation.objects.values("body"))
        | Q(pk__in=Invitation.objects.values("body"))
        | Q(pk__in=Mandate.objects.values("organization"))
        | Q(book__isnull=False)
    )
    return Organization.objects.filter(has)


def has_recuperation(organization: Organization) -> bool:
    """Say whether it is of a kind that may have a story of recuperation."""
    return organization.kind in WITH_RECUPERATION


def search(*, words: str = "", kind: str = "", sector: str = "", place: str = "") -> QuerySet[Organization]:
    """Return organizations by name; `place` is a whole code of ISO 3166-2 (AR-B).

    Every word must stand in the name, the code or the city, or begin the tax id; accents do not matter where the code
    was made of the name.
    """
    found = Organization.objects.order_by("name", "pk")
    for word in words.split()[:WORDS_MAX]:
        likely = Q(name__icontains=word) | Q(city__icontains=word) | Q(tax_id__startswith=word.replace("-", ""))
        if slug := slugify(word):
            likely |= Q(code__icontains=slug)
        found = found.filter(likely)
    if kind:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(sector=sector)
    if place:
        country, _hyphen, letter = place.partition("-")
        found = found.filter(country=country, province=letter)
    return found


def changes_of(organization: Organization, *, most: int) -> list[OrganizationChange]:
    """Return the last changes in the register, newest first."""
    return list(organization.changes.select_related("changed_by").order_by("-changed_at", "-pk")[:most])
