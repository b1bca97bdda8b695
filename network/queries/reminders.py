"""Read of what a person was reminded, and whom an organization reminds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from network.models.councils import Mandate
from network.models.people import User
from network.models.reminders import Reminder


def of_person(person: User) -> "QuerySet[Reminder]":
    """Return what a person was reminded of, the latest first."""
    return Reminder.objects.filter(person=person).select_related("organization").order_by("-pk")


def officers(organizations: Collection[int], *, on: dt.date) -> Mapping[int, list[User]]:
    """Return organization → whoever holds an office of it that day and can log in, each once."""
    found: dict[int, dict[int, User]] = defaultdict(dict)
    mandates = Mandate.objects.in_force(on).filter(organization__in=organizations, user__is_active=True)
    for mandate in mandates.select_related("user").order_by("organization", "user"):
        found[mandate.organization_id][mandate.user_id] = mandate.user
    return {pk: list(people.values()) for pk, people in found.items()}
