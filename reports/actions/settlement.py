"""Put the account of an agreement on paper, as one of its parties keeps it (liquidación)."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ledger.models import Agreement, Book
from ledger.models.agreements import AgreementState
from network.errors import DomainError
from reports.actions import papers
from reports.actions.issued import issue
from reports.queries.settlement import Settlement, settlement


class NothingIsAgreedYet(DomainError):
    """Before everybody has said yes there is no account."""

    message = _("A settlement statement is printed once the agreement is accepted.")


def compose(*, agreement: Agreement, book: Book, address: str, language: str, at: dt.datetime) -> bytes:
    """Issue the account of an agreement as a PDF; `address` is the party's page of it.

    The same facts give the same bytes, but for the seal over the last one.

    :raises NothingIsAgreedYet: if it was not accepted.
    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    if agreement.state not in (AgreementState.ACCEPTED, AgreementState.SETTLED):
        raise NothingIsAgreedYet
    told = settlement(agreement=agreement, book=book)
    made_at = told.recorded_at or dt.datetime.combine(agreement.agreed_on, dt.time(), tzinfo=dt.UTC)
    made_at = made_at.astimezone(dt.UTC).replace(microsecond=0)
    with translation.override(language):
        page = html(told, language=language, made_at=made_at)
        paper = papers.printed(page, made_at=made_at, leads_to={"page": address})
        return issue(
            paper, kind="settlement", organization=book.organization, language=language, last_event=told.event, at=at
        )


def html(told: Settlement, *, language: str, made_at: dt.datetime) -> str:
    """Return it as the HTML that is printed."""
    context = {
        "told": told,
        "agreement": told.agreement,
        "organization": told.book.organization,
        "others": list(told.agreement.others(told.book.organization)),
        "head": told.head,
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("reports/settlement.html", context)
