"""Put a ledger on paper."""

from django.utils import translation

from reports.actions import attached_balances, papers
from reports.queries.general_ledger import GeneralLedger


def compose(told: GeneralLedger, *, language: str) -> bytes:
    """Return it as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        carried = attached_balances.of_general_ledger(told)
        return papers.of_book(
            told,
            template="reports/general_ledger.html",
            language=language,
            carried=carried,
            is_long=told.line_count > papers.PRINTED_LINES_MAX,
        )
