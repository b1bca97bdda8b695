"""Which organizations opened a page to anybody, and the reports that they put there."""

from django.db.models import QuerySet

from ledger.models.jobs import JobState
from network.models import Organization
from reports.models import Opening, Publication, Report

#: The one kind of report that is made to be read by anybody.
PUBLISHED = "open-factory"
#: So many earlier states of a page are listed for its own people.
LATEST = 20


def standing() -> QuerySet[Opening]:
    """Return what is open to anybody, each with its organization, by name."""
    found = Opening.objects.filter(withdrawn_at=None, organization__book__isnull=False)
    return found.select_related("organization__book__unit").order_by("organization__name", "pk")


def of_organization(organization: Organization) -> Opening | None:
    """Return what is open of an organization, or None."""
    return standing().filter(organization=organization).first()


def history(organization: Organization) -> QuerySet[Opening]:
    """Return who opened and closed an organization's page, and when, the latest first."""
    found = Opening.objects.filter(organization=organization)
    return found.select_related("noted_by", "withdrawn_by", "resolution").order_by("-pk")[:LATEST]


def published(organization: Organization) -> QuerySet[Publication]:
    """Return the reports on an organization's page, the latest period first."""
    found = Publication.objects.filter(withdrawn_at=None, report__organization=organization, report__kind=PUBLISHED)
    return found.select_related("report", "noted_by").order_by("-report__ends_on", "-report__starts_on", "-pk")


def publishable(organization: Organization) -> QuerySet[Report]:
    """Return the finished open-factory reports of an organization that are not on its page, the latest first."""
    finished = Report.objects.filter(organization=organization, kind=PUBLISHED, job__state=JobState.DONE)
    on_the_page = published(organization).order_by().values("report")
    return finished.exclude(sha256="").exclude(pk__in=on_the_page).order_by("-ends_on", "-pk")
