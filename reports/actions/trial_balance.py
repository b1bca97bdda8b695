"""Put a trial balance on paper."""

from django.utils import translation

from reports.actions import attached_balances, papers
from reports.queries.trial_balance import TrialBalance


def compose(told: TrialBalance, *, language: str) -> bytes:
    """Return it as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        carried = attached_balances.of_trial_balance(told)
        return papers.of_book(
            told,
            template="reports/trial_balance.html",
            language=language,
            carried=carried,
        )
