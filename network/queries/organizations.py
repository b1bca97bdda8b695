"""Read the register: who belongs to whom."""

import datetime as dt

from django.db.models import Q, QuerySet

from network.models.councils import Mandate
from network.models.organizations import TIERS, Affiliation, Organization
from network.models.people import Membership, User


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


def with_books_below(body: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return the organizations below a body that keep a book, by name."""
    below = Organization.objects.filter(pk__in=members_below(body, on=on), book__isnull=False)
    return below.order_by("name", "pk")


def direct_bodies(organization: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return the bodies that it belongs to itself on that day, by name."""
    direct = Affiliation.objects.in_force(on).filter(member=organization).values("body")
    return Organization.objects.filter(pk__in=direct).order_by("name")


def bodies_of(organization: Organization, *, on: dt.date) -> list[Organization]:
    """Return the bodies that it belongs to itself on that day."""
    return list(direct_bodies(organization, on=on))


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
