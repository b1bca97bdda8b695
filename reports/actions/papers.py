"""Print a page of ours as a PDF: with its weave, codes that lead to where it is looked up, and the files inside."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from reports.actions.statement import CSS, PdfLibraryIsMissing
from reports.core import charts, codes
from reports.core.carried import Carried


def printed(
    page: str, *, made_at: dt.datetime, leads_to: Mapping[str, str] | None = None, carried: Sequence[Carried] = ()
) -> bytes:
    """Return the PDF of an HTML page; the same gives the same bytes.

    `leads_to` says by its name (`chart:NAME`) to which address a code in it leads.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    try:
        # Here, not above: pages stand, and start sooner, where only the workers can draw.
        from reports import pdf
    except OSError as error:
        raise PdfLibraryIsMissing from error
    addresses = leads_to or {}
    named = "\n".join([*addresses.values(), page])
    told = hashlib.sha256(b"".join([named.encode(), *(file.content for file in carried)]))
    return pdf.render(
        html=page,
        css=CSS.read_text(encoding="utf-8"),
        charts={"weave": charts.weave()} | {name: codes.qr(address) for name, address in addresses.items()},
        carried=carried,
        identifier=told.hexdigest()[:32].encode(),
        made_at=made_at,
    )
