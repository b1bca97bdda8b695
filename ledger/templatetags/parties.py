"""Names of those who agree, in templates."""

from django import template

from ledger.models.agreements import Agreement
from network.models.organizations import Organization

register = template.Library()


@register.filter
def others(agreement: Agreement, organization: Organization) -> str:
    """Return the names of the other parties, as a list in words."""
    return ", ".join(each.name for each in agreement.others(organization))
