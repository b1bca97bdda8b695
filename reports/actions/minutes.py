"""Put the minutes of a closed assembly on paper."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from network.errors import DomainError
from network.models.assemblies import Assembly, AssemblyState
from network.queries import assemblies
from reports.actions import papers
from reports.actions.issued import issue


class AssemblyIsNotClosed(DomainError):
    """What still goes on has no minutes yet."""

    message = _("The minutes are printed once the assembly is closed.")


def compose(*, assembly: Assembly, language: str, at: dt.datetime) -> bytes:
    """Issue the minutes as a PDF: a closed assembly never changes, so the same language gives the same bytes.

    :raises AssemblyIsNotClosed: if it has no minutes yet.
    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    if assembly.state != AssemblyState.CLOSED:
        raise AssemblyIsNotClosed
    # The day on which it met, never that of the printing.
    made_at = dt.datetime.combine(assembly.held_on, dt.time(), tzinfo=dt.UTC)
    with translation.override(language):
        page = html(assembly, language=language, made_at=made_at)
        paper = papers.printed(page, made_at=made_at)
        return issue(paper, kind="minutes", organization=assembly.organization, language=language, at=at)


def html(assembly: Assembly, *, language: str, made_at: dt.datetime) -> str:
    """Return the minutes as the HTML that is printed."""
    context = {
        "assembly": assembly,
        "organization": assembly.organization,
        "agenda": assembly.agenda.order_by("number"),
        "motions": assemblies.motions(assembly),
        "quorum": assemblies.quorum_of(assembly),
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("reports/minutes.html", context)
