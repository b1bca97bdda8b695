"""Put a journal on paper."""

import hashlib

from django.utils import translation

from reports.actions import attachments, papers
from reports.queries.day_book import DayBook


def compose(told: DayBook, *, language: str) -> bytes:
    """Return it as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        carried = attachments.of_day_book(told)
        return papers.of_book(
            told,
            template="reports/day_book.html",
            language=language,
            carried=carried,
            # The hash of what is inside: whoever takes the file out of the PDF can compare it with the paper.
            rows_hash=hashlib.sha256(carried[0].content).hexdigest(),
            is_long=told.line_count > papers.PRINTED_LINES_MAX,
        )
