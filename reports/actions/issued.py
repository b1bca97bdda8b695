"""Write down which papers left the building: `manage.py verify` proves the books, this the paper."""

import datetime as dt
import hashlib

from django.db import transaction

from network.models.organizations import Organization
from reports.core import identifiers
from reports.models import IssuedPaper
from reports.queries import head, issued


@transaction.atomic
def issue(
    content: bytes,
    *,
    kind: str,
    organization: Organization,
    language: str,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    last_event: int = 0,
    last_said: int = 0,
) -> bytes:
    """Note a paper as issued, once, and return it.

    :param last_event: the last event that it tells of, if it tells of the books.
    :param last_said: up to where it tells what is said beside the books, if its kind tells any.
    """
    identifier = identifiers.named_in(content)
    if identifier is None:
        raise ValueError("This paper has no identifier: print it with `papers.printed`.")
    sealed = head.covering(event=last_event) if last_event else None
    IssuedPaper.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "identifier": identifier,
            "size": len(content),
            "kind": kind,
            "organization": organization,
            "language": language,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "last_event": last_event,
            "last_said": last_said,
            "height": sealed.height if sealed else None,
            "seal": sealed.hash if sealed else "",
            "replaces": issued.told_less(
                kind=kind,
                organization=organization,
                language=language,
                starts_on=starts_on,
                ends_on=ends_on,
                cutoff_event=last_event,
                last_said=last_said,
            ),
            "issued_at": at,
        },
    )
    return content
