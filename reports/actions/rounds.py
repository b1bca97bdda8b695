"""Put on paper what a clearing round did for one party: the record that goes with its book (acta de compensación)."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ledger.models.clearing import RoundParty, RoundState
from ledger.queries import clearing
from network.errors import DomainError
from reports.actions import papers
from reports.actions.issued import issue
from reports.queries import head


class RoundIsNotInTheBooks(DomainError):
    """What is not posted may still come out otherwise."""

    message = _("The record of a round is printed once the round is in the books.")


def compose(*, party: RoundParty, address: str, language: str, at: dt.datetime) -> bytes:
    """Issue the record of one party of a posted or reversed round as a PDF; `address` is the party's page of it.

    Later the same bytes again, but for what has happened meanwhile: the seal over the entry, and a reversal.

    :raises RoundIsNotInTheBooks: if it was not posted.
    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    day = party.round.posted_on
    if party.round.state not in (RoundState.POSTED, RoundState.REVERSED) or day is None:
        raise RoundIsNotInTheBooks
    made_at = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    with translation.override(language):
        page = html(party, language=language, made_at=made_at)
        paper = papers.printed(page, made_at=made_at, leads_to={"page": address})
        event = party.round.event_id or 0
        return issue(paper, kind="round", organization=party.organization, language=language, last_event=event, at=at)


def html(party: RoundParty, *, language: str, made_at: dt.datetime) -> str:
    """Return the record as the HTML that is printed."""
    found = party.round
    told = clearing.statement(party)
    event = found.event
    context: dict[str, Any] = {
        "round": found,
        "party": party,
        "organization": party.organization,
        "told": told,
        "owes": [each for each in told.owes if each.cancelled],
        "is_owed": [each for each in told.is_owed if each.cancelled],
        "event": event,
        "reversal": getattr(event, "reversed_by", None),
        "head": head.covering(event=event.pk) if event else None,
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("reports/round.html", context)
