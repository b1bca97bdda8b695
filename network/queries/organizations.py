"""Read the register: who belongs to whom."""

import datetime as dt
from dataclasses import fields
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from network.core.organizations import WITH_RECUPERATION, Details
from network.models.councils import Mandate
from network.models.organizations import TIERS, Affiliation, Organization
from network.models.particulars import OrganizationChange
from network.models.people import Membership, User

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


def of_user(user: User, *, on: dt.date) -> QuerySet[Organization]:
    """Return the organizations that this person is a member or an officer of on that day."""
    member = user.memberships.in_force(on).values("organization")
    officer = user.mandates.in_force(on).values("organization")
    return Organization.objects.filter(Q(pk__in=member) | Q(pk__in=officer)).order_by("name")


def bodies_above(organization: Organization, *, on: dt.date) -> set[int]:
    """Return the ids of every body that it belongs to on that day, directly or through another."""
    found: set[int] = set()
    edge = {organization.pk}
    while edge:
        above = set(Affiliation.objects.in_force(on).filter(member__in=edge).values_list("body_id", flat=True))
        edge = above - found
        found |= edge
    return found


def members_below(body: Organization, *, on: dt.date) -> set[int]:
    """Return the ids of every organization that belongs to it on that day, once each, whatever the way."""
    found: set[int] = set()
    edge = {body.pk}
    while edge:
        below = set(Affiliation.objects.in_force(on).filter(body__in=edge).values_list("member_id", flat=True))
        edge = below - found
        found |= edge
    return found


def with_books_below(body: Organization, *, on: dt.date) -> list[Organization]:
    """Return the organizations below a body that keep a book, by name."""
    below = Organization.objects.filter(pk__in=members_below(body, on=on), book__isnull=False)
    return list(below.order_by("name"))


def bodies_of(organization: Organization, *, on: dt.date) -> list[Organization]:
    """Return the bodies that it belongs to itself on that day."""
    direct = Affiliation.objects.in_force(on).filter(member=organization).values("body")
    return list(Organization.objects.filter(pk__in=direct).order_by("name"))


def members_of(body: Organization, *, on: dt.date) -> list[Organization]:
    """Return the organizations that belong to it themselves on that day."""
    return list(direct_members(body, on=on))


def direct_members(body: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return the organizations that belong to it themselves on that day, by name."""
    direct = Affiliation.objects.in_force(on).filter(body=body).values("member")
    return Organization.objects.filter(pk__in=direct).order_by("name")


def electable(organization: Organization, *, on: dt.date) -> QuerySet[User]:
    """Return whom it may elect: its members; those of its member organizations where it is a body of bodies."""
    homes = direct_members(organization, on=on) if organization.kind in TIERS else [organization]
    return User.objects.filter(
        pk__in=Membership.objects.in_force(on).filter(organization__in=homes).values("user")
    ).order_by("name")


def officers_of(organization: Organization, *, on: dt.date) -> list[Mandate]:
    """Return the mandates in force on that day: offices and their ends; people are named only inside the network."""
    return list(organization.mandates.in_force(on).select_related("user").order_by("office"))
