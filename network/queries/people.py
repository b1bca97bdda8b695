"""Read who the members of an organization are."""

import datetime as dt

from django.db.models import QuerySet

from network.models.organizations import Organization
from network.models.people import Membership


def members(organization: Organization, *, on: dt.date) -> QuerySet[Membership]:
    """Return the memberships in force on a day, by name."""
    held = Membership.objects.in_force(on).filter(organization=organization)
    return held.select_related("user", "noted_by").order_by("user__name", "pk")
