"""Read who was invited where, and what was answered."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, QuerySet, Value, When

from network.models.invitations import Invitation
from network.models.organizations import Organization


def of_member(member: Organization) -> QuerySet[Invitation]:
    """Return its invitations: what waits for an answer first, then the latest."""
    waits = Case(When(answer="", then=Value(0)), default=Value(1), output_field=IntegerField())
    return _told().filter(member=member).order_by(waits, "-noted_on", "-pk")


def waiting_for(member: Organization) -> QuerySet[Invitation]:
    """Return what waits for its answer, the oldest first."""
    return _told().filter(member=member, answer="").order_by("noted_on", "pk")


def between(member: Organization, bodies: Sequence[Organization]) -> QuerySet[Invitation]:
    """Return what these bodies offered to an organization and it did not accept, the latest first."""
    return _told().filter(member=member, body__in=bodies).exclude(answer="accepted").order_by("-noted_on", "-pk")


def _told() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("body", "resolution", "acceptance", "noted_by", "answered_by")
