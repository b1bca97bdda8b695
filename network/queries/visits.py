"""Read who looked at whose books, and under which mandate one may look."""

import datetime as dt

from django.db.models import QuerySet

from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.visits import Visit
from network.queries import organizations


def mandate_to_read(user: User, organization: Organization, *, on: dt.date) -> Mandate | None:
    """Return the mandate in a body above under which the person may read that day; the oldest of several."""
    above = organizations.bodies_above(organization, on=on)
    return Mandate.objects.in_force(on).filter(user=user, organization__in=above).order_by("pk").first()


def of_organization(organization: Organization) -> QuerySet[Visit]:
    """Return the visits to an organization's books, the latest first."""
    visits = Visit.objects.filter(organization=organization)
    return visits.select_related("user", "mandate__organization").order_by("-day", "-last_at", "-pk")


def of_user(user: User) -> QuerySet[Visit]:
    """Return whose books a person looked at, the latest first."""
    return (
        Visit.objects.filter(user=user)
        .select_related("organization", "mandate__organization")
        .order_by("-day", "-last_at", "-pk")
    )
