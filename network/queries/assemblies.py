"""Read assemblies and the book of resolutions."""

from django.db.models import Max, QuerySet

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
    voted = Motion.objects.filter(assembly=assembly).select_related("item", "resolution")
    return list(voted.order_by("item__number", "pk"))


def quorum_of(assembly: Assembly) -> int:
    """Return how many must be there at the first call."""
    return quorum.quorum(entitled=assembly.entitled, share=Bylaws.of(assembly.organization).quorum)


def book(organization: Organization) -> QuerySet[Resolution]:
    """Return its book of resolutions, the latest first."""
    return Resolution.objects.filter(organization=organization).select_related("assembly").order_by("-number")


def latest(organization: Organization) -> QuerySet[Resolution]:
    """Return the latest resolutions of its book, as many as a person chooses from."""
    last = Resolution.objects.filter(organization=organization).aggregate(last=Max("number"))["last"] or 0
    return book(organization).filter(number__gt=last - LATEST)
