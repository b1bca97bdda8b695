"""Read assemblies and the book of resolutions."""

from django.db.models import Max, Q, QuerySet

from network.core import quorum
from network.models.assemblies import Assembly, Motion
from network.models.bylaws import Bylaws
from network.models.organizations import Organization
from network.models.resolutions import Resolution

LATEST = 50


def of(organization: Organization) -> QuerySet[Assembly]:
    """Return its assemblies, the latest first."""
    return Assembly.objects.filter(organization=organization).order_by("-held_on", "-pk")


def motions(assembly: Assembly) -> list[Motion]:
    """Return what was voted, point by point, each with its resolution if it was carried."""
    voted = Motion.objects.filter(assembly=assembly).select_related("item", "resolution", "noted_by")
    return list(voted.order_by("item__number", "pk"))


def quorum_of(assembly: Assembly) -> int:
    """Return how many must be there at the first call."""
    return quorum.quorum(entitled=assembly.entitled, share=Bylaws.of(assembly.organization).quorum)


def book(organization: Organization) -> QuerySet[Resolution]:
    """Return its book of resolutions, the latest first."""
    return Resolution.objects.filter(organization=organization).select_related("assembly").order_by("-number")


def latest(*organizations: Organization) -> QuerySet[Resolution]:
    """Return the latest resolutions of their books, as many as a person chooses from."""
    theirs = Resolution.objects.filter(organization__in=organizations)
    wanted = Q(pk__in=[])
    for organization, last in (
        theirs.values("organization").annotate(last=Max("number")).values_list("organization", "last")
    ):
        wanted |= Q(organization=organization, number__gt=last - LATEST)
    shown = Resolution.objects.filter(wanted).select_related("organization", "assembly")
    return shown.order_by("organization__name", "-number")
