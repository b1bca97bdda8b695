"""Read the register: who belongs to whom."""

import datetime as dt

from django.db.models import Q, QuerySet

from network.models.organizations import Affiliation, Organization
from network.models.people import User


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
