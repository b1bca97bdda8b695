"""The reports that were asked for."""

from django.db.models import QuerySet

from network.models import Organization
from reports.models import Report


def reports_of(organization: Organization) -> QuerySet[Report]:
    """Return an organization's reports, the newest first."""
    return Report.objects.filter(organization=organization).select_related("job").order_by("-pk")
