"""The only door to WeasyPrint: HTML becomes a PDF that lasts, that everybody can read, and that is made alike twice.

The file claims PDF/A-3a (archival, carries its data) and PDF/UA-1 (accessible). Nothing but what is handed over here
can be loaded while it is made: no file, no address of the network.
"""

import datetime as dt
import logging
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pydyf  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFile
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document, DocumentMetadata
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.core.carried import Carried

# WeasyPrint lets Pillow read, in the whole process, files that are cut off. What is handed over here is whole; a photo
# that people bring (`reports/core/photos.py`) has to be.
ImageFile.LOAD_TRUNCATED_IMAGES = False

VARIANT = "pdf/a-3a"
FONTS = Path(__file__).parent / "static" / "reports" / "lato"
#: Stands for a character that our fonts cannot draw (an emoji in a memo): PDF/A allows no missing glyph.
#: The files inside the PDF keep the character.
MISSING = "□"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION, _SCHEMA, _PROPERTY = (
    f"http://www.aiim.org/pdfa/ns/{name}" for name in ("extension/", "schema#", "property#")
)
for _prefix, _uri in {"pdfaExtension": _EXTENSION, "pdfaSchema": _SCHEMA, "pdfaProperty": _PROPERTY}.items():
    ET.register_namespace(_prefix, _uri)


class NothingOutside(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `chart:NAME` and `photo:NAME` from memory, `font:NAME` from our own folder; refuses all else."""

    def __init__(self, charts: Mapping[str, str], photos: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._charts, self._photos = charts, photos
        #: WeasyPrint leaves out what it cannot load in an image; a report with a hole must not pass for whole.
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return what stands under the address.

        :raises FatalURLFetchingError: if it is anything else: the whole report fails, and the log says why.
        """
        scheme, _, name = url.partition(":")
        if scheme == "chart" and name in self._charts:
            return URLFetcherResponse(url, self._charts[name].encode(), {"Content-Type": "image/svg+xml"})
        if scheme == "photo" and name in self._photos:
            return URLFetcherResponse(url, self._photos[name], {"Content-Type": "image/jpeg"})
        if scheme == "font" and name in _font_files():
            return URLFetcherResponse(url, _font_files()[name].read_bytes(), {"Content-Type": "font/ttf"})
        self.refused.append(url[:80])
        raise FatalURLFetchingError(f"A report may not load {url[:80]!r}.")


class ArchivalAndAccessible(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint ships no types
    """The metadata of PDF/A with the claim of PDF/UA beside it.

    WeasyPrint writes one claim a file. The second one and its schema, which PDF/A wants declared, must stand in the
    same rdf:RDF as the first: readers look at no other.
    """

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the XMP packet's content."""
        rdf = ET.fromstring(super().generate_rdf_metadata(variant, version, conformance))  # noqa: S314  # our own XML
        claim = ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
        ET.SubElement(claim, f"{{{_UA}}}part").text = "1"
        described = ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
        schema = _item(ET.SubElement(described, f"{{{_EXTENSION}}}schemas"), "Bag")
        _fields(schema, _SCHEMA, schema="PDF/UA identification schema", namespaceURI=_UA, prefix="pdfuaid")
        part = _item(ET.SubElement(schema, f"{{{_SCHEMA}}}property"), "Seq")
        _fields(part, _PROPERTY, name="part", valueType="Integer", category="internal", description="PDF/UA part")
        content: bytes = ET.tostring(rdf, encoding="utf-8")
        return content


def _item(parent: ET.Element, container: str) -> ET.Element:
    """Return the one item of a new list."""
    items = ET.SubElement(parent, f"{{{_RDF}}}{container}")
    return ET.SubElement(items, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})


def _fields(parent: ET.Element, namespace: str, **values: str) -> None:
    for name, value in values.items():
        ET.SubElement(parent, f"{{{namespace}}}{name}").text = value


def render(
    *,
    html: str,
    css: str,
    charts: Mapping[str, str],
    carried: Sequence[Carried],
    identifier: bytes,
    made_at: dt.datetime,
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF. The same arguments give the same bytes, in any process.

    The HTML needs a language, a title, and the meta data `dcterms.created` and `dcterms.modified`; in its style no
    opacity on text; headings that skip no level.

    :raises FatalURLFetchingError: if it asks for anything that was not handed over.
    """
    fetcher = NothingOutside({name: printable(svg) for name, svg in charts.items()}, photos or {})
    fonts = FontConfiguration()
    style = CSS(string=css, base_url="about:blank", url_fetcher=fetcher, font_config=fonts)
    source = HTML(string=printable(html), base_url="about:blank", url_fetcher=fetcher)
    document = source.render(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)
    if document.metadata.attachments:
        raise FatalURLFetchingError("A report carries the files that it is handed, and no others.")
    document.metadata = ArchivalAndAccessible(**vars(document.metadata))
    document.metadata.attachments = [
        Attachment(
            string=file.content, name=file.name, relationship=file.relationship, created=made_at, modified=made_at
        )
        for file in carried
    ]
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_put_right)
    if fetcher.refused:
        raise FatalURLFetchingError(f"A report may not load {fetcher.refused}.")
    return pdf


def _put_right(_document: Document, pdf: pydyf.PDF) -> None:
    """Repair what WeasyPrint 70 leaves open, just before the file is written."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH":
            # Header cells get no scope (Kozea/WeasyPrint#2508): those of a head speak of columns, others of rows.
            section = _object(pdf, _object(pdf, item["P"])["P"])
            item["A"]["Scope"] = "/Column" if section.get("S") == "/THead" else "/Row"
    if "AF" in pdf.catalog:
        # Each file stands there twice, once by its name and once by its object.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _object(pdf: pydyf.PDF, reference: str) -> Any:
    return pdf.objects[int(reference.split()[0])]


@contextmanager
def pages_told_to(listener: Callable[[int], None]) -> Iterator[None]:
    """Tell of each page that is laid out in this thread meanwhile; what the listener raises stops the work.

    WeasyPrint says it to a log and to nobody else.
    """
    handler = _Pages(listener)
    PROGRESS_LOGGER.addHandler(handler)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)


class _Pages(logging.Handler):
    def __init__(self, listener: Callable[[int], None]) -> None:
        super().__init__()
        self._listener, self._thread = listener, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the number of a page; the other steps are short."""
        if record.thread == self._thread and str(record.msg).endswith("Page %d") and isinstance(record.args, tuple):
            self._listener(int(str(record.args[0])))


@cache
def _font_files() -> dict[str, Path]:
    return {path.name: path for path in FONTS.glob("*.ttf")}


@cache
def _drawable() -> frozenset[str]:
    """Return the characters that every one of our fonts can draw."""
    maps = []
    for path in _font_files().values():
        with TTFont(path) as font:
            maps.append(set(font.getBestCmap()))
    return frozenset(chr(code) for code in set.intersection(*maps)) | frozenset("\n\t")


def printable(text: str) -> str:
    """Return the text with what our fonts cannot draw marked, and what is invisible left out.

    No other font of the machine is then ever looked for: the bytes do not depend on what is installed.
    """
    drawable = _drawable()
    return "".join(c if c in drawable else _substitute(c) for c in unicodedata.normalize("NFC", text))


def _substitute(character: str) -> str:
    kind = unicodedata.category(character)
    if kind.startswith("Z"):
        return " "
    return "" if kind in {"Cc", "Cf", "Mn", "Me"} else MISSING
