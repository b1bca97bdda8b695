"""The public profile of an organization that said so, as directories of other networks read it (Murmurations)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from network.models.organizations import Organization
from network.queries.organizations import bodies_of

SCHEMA = "organizations_schema-v1.0.0"
MEMBER_OF = "https://schema.org/memberOf"


def public() -> QuerySet[Organization]:
    """Return the organizations whose profile anybody may read."""
    return Organization.objects.filter(is_public=True)


def profile(organization: Organization, *, on: dt.date, address: Callable[[Organization], str]) -> dict[str, Any]:
    """Return the profile; `address` gives where that of an organization stands.

    It holds nothing that could be a person's: no e-mail, telephone or street address, and no CBU. Of the bodies that it
    belongs to it names only those that are public themselves.
    """
    bodies = [body for body in bodies_of(organization, on=on) if body.is_public]
    said = {
        "linked_schemas": [SCHEMA],
        "name": organization.name,
        "primary_url": organization.website,
        "country_iso_3166": organization.country,
        "geographic_scope": "local",
        "tags": _tags(organization),
        "description": ", ".join(part for part in (organization.city, organization.province_name) if part),
        "relationships": [{"predicate_url": MEMBER_OF, "object_url": address(body)} for body in bodies],
    }
    return {name: value for name, value in said.items() if value}


def _tags(organization: Organization) -> list[str]:
    """Return words to be found by, in both languages of the network."""
    tags = ["fictional"] if organization.is_fictional else []
    for language in ("es", "en"):
        with translation.override(language):
            tags += [organization.get_kind_display(), organization.get_sector_display()]
    return list(dict.fromkeys(tag for tag in tags if tag))
