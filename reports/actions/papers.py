"""Print a page of ours as a PDF: with its weave, codes that lead to where it is looked up, and the files inside."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from network.errors import DomainError
from reports.core import charts, codes, identifiers
from reports.core.carried import Carried
from reports.queries.told import Told

CSS = Path(__file__).parent.parent / "templates" / "reports" / "print.css"
#: Above so many lines a report prints monthly sums: a thousand rows are some forty pages.
PRINTED_LINES_MAX = 1_000
#: At the foot of each page.
VERIFIED = """
@page {
  @bottom-left { content: "Trama\\A %(identifier)s"; white-space: pre-line; }
  @bottom-right-corner { content: url("chart:verify"); vertical-align: top; padding-left: 2mm; }
}
"""


class PdfLibraryIsMissing(DomainError):
    """WeasyPrint draws with Pango, a library of the operating system."""

    message = _(
        "The server cannot make PDFs: a library called Pango is not installed. "
        "Tell whoever runs the installation, then make the report again."
    )


def printed(
    page: str,
    *,
    made_at: dt.datetime,
    leads_to: Mapping[str, str] | None = None,
    drawn: Mapping[str, str] | None = None,
    carried: Sequence[Carried] = (),
    is_issued: bool = True,
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF of an HTML page; the same gives the same bytes.

    By their names (`chart:NAME`) `leads_to` says what the codes in it say, an address most often, and `drawn` holds
    its pictures; `photos` are those that it shows as `photo:NAME`. What is issued has on each page its identifier, and
    a code that leads to where it is verified; a form to be filled in has not.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    try:
        # Here, not above: pages stand, and start sooner, where only the workers can draw.
        from reports import pdf
    except OSError as error:
        raise PdfLibraryIsMissing from error
    coded = leads_to or {}
    named = "\n".join([*coded.values(), page])
    identifier = identifiers.identifier(named.encode(), *(file.content for file in carried))
    pictures = {"weave": charts.weave()} | dict(drawn or {}) | {name: codes.qr(text) for name, text in coded.items()}
    css = CSS.read_text(encoding="utf-8")
    if is_issued:
        css += VERIFIED % {"identifier": identifiers.shown(identifier)}
        pictures["verify"] = codes.qr(verified_at(identifier), side="14mm")
    return pdf.render(
        html=page,
        css=css,
        charts=pictures,
        carried=carried,
        identifier=identifiers.MARK + identifier.encode(),
        made_at=made_at,
        photos=photos,
    )


@contextmanager
def pages_told_to(listener: Callable[[int], None]) -> Iterator[None]:
    """Tell of each page that is laid out meanwhile.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    try:
        from reports import pdf
    except OSError as error:
        raise PdfLibraryIsMissing from error
    with pdf.pages_told_to(listener):
        yield


def verified_at(identifier: str) -> str:
    """Return the address at which a paper of this installation is verified."""
    return f"{settings.ADDRESS}{reverse('issued:paper', args=[identifier])}"


def of_book(
    told: Told,
    *,
    template: str,
    language: str,
    drawn: Mapping[str, str] | None = None,
    carried: Sequence[Carried] = (),
    photos: Mapping[str, bytes] | None = None,
    **more: Any,
) -> bytes:
    """Return a report of a book as a PDF, with the seal of its books; in the language that is active.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    page = html(told, template=template, language=language, **more)
    return printed(
        page,
        made_at=told.made_at,
        leads_to={"seal": told.head.line} if told.head else None,
        drawn=drawn,
        carried=carried,
        photos=photos,
    )


def html(told: Told, *, template: str, language: str, **more: Any) -> str:
    """Return a report of a book as the HTML that is printed."""
    with translation.override(language):
        return render_to_string(
            template,
            {
                "told": told,
                "book": told.book,
                "organization": told.book.organization,
                "unit": told.book.unit,
                "language": language,
                "made_at": told.made_at.isoformat(timespec="seconds"),
                **more,
            },
        )
