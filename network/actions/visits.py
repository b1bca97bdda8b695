"""Leave a trace of who looked at an organization's books."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.visits import Visit


@transaction.atomic
def note(
    *, user: User, organization: Organization, mandate: Mandate, section: str, on: dt.date, at: dt.datetime
) -> None:
    """Count one more page that somebody from a body above read; the first of the day makes the row."""
    section = section[: Visit._meta.get_field("section").max_length]
    today = Visit.objects.filter(user=user, organization=organization, section=section, day=on)
    # Two pages at one moment may come in the other order.
    one_more = {"pages": F("pages") + 1, "last_at": Greatest(F("last_at"), at)}
    if today.update(**one_more):
        return
    facts = {"mandate": mandate, "first_at": at, "last_at": at}
    _visit, is_new = Visit.objects.get_or_create(
        user=user, organization=organization, section=section, day=on, defaults=facts
    )
    if not is_new:  # another page of theirs came first, at the same moment
        today.update(**one_more)
