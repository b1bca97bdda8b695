"""Read the first sheet of an XLSX file (ECMA-376): every cell as the text that a CSV of it would hold.

Only what tables need: texts, numbers and days. Formulas count as what they last came to.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree as ET  # what declares entities is refused below

from network.core.delimited import CannotBeRead

#: A small file may hold much: so many bytes once unpacked, and so many columns, are read at most.
UNPACKED_MAX = 64 * 1024 * 1024
COLUMNS_MAX = 200
MAGIC = b"PK\x03\x04"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Numbers of the formats of days that every workbook has (ECMA-376, part 1, 18.8.30).
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
#: Day 0 of serial days, so that the days after February 1900, a leap year by mistake, come out right.
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet, with their numbers.

    :raises CannotBeRead: if it is no such file.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > UNPACKED_MAX:
                raise CannotBeRead("not_a_workbook")
            yield from _Workbook(packed).rows()
    except (zipfile.BadZipFile, ET.ParseError, KeyError, IndexError, ValueError, OverflowError) as error:
        raise error if isinstance(error, CannotBeRead) else CannotBeRead("not_a_workbook") from None


class _Workbook:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed, self.names = packed, set(packed.namelist())
        book = self._part("xl/workbook.xml")
        properties = book.find(f"{_MAIN}workbookPr")
        is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self.epoch = _EPOCH_1904 if is_1904 else _EPOCH
        self.sheet = self._first_sheet(book)
        self.texts = [_text(each) for each in self._optional("xl/sharedStrings.xml").findall(f"{_MAIN}si")]
        self.days = self._styles_of_days(self._optional("xl/styles.xml"))

    def _part(self, name: str) -> ET.Element:
        content = self.packed.read(name)
        # In UTF-16 each letter has a zero beside it.
        if b"<!DOCTYPE" in content.replace(b"\0", b""):
            raise CannotBeRead("not_a_workbook")
        return ET.fromstring(content)  # noqa: S314  # without entities nothing can swell

    def _optional(self, name: str) -> ET.Element:
        return self._part(name) if name in self.names else ET.Element("none")

    def _first_sheet(self, book: ET.Element) -> str:
        first = next(book.iter(f"{_MAIN}sheet"))
        relations = self._part("xl/_rels/workbook.xml.rels")
        target = next(each.get("Target", "") for each in relations if each.get("Id") == first.get(_RELATION))
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def _styles_of_days(self, styles: ET.Element) -> set[int]:
        """Return the numbers of the styles that show a number as a day."""
        written = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in styles.iter(f"{_MAIN}numFmt")}
        of_days = {number for number, code in written.items() if re.search("[dy]", _bare(code), re.IGNORECASE)}
        formats = styles.find(f"{_MAIN}cellXfs")
        chosen = [int(each.get("numFmtId", "0")) for each in formats] if formats is not None else []
        return {at for at, number in enumerate(chosen) if number in _DAYS | of_days}

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        number = 0
        for row in self._part(self.sheet).iter(f"{_MAIN}row"):
            number = int(row.get("r") or number + 1)
            cells: list[str] = []
            for cell in row.findall(f"{_MAIN}c"):
                at = _column(cell.get("r", "")) if cell.get("r") else len(cells)
                if at < COLUMNS_MAX:
                    cells += [""] * (at + 1 - len(cells))
                    cells[at] = self._told(cell)
            yield number, cells

    def _told(self, cell: ET.Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v", "")
        if kind == "inlineStr":
            return _text(cell)
        if kind == "s":
            return self.texts[int(value)]
        if kind != "n" or not value:
            return value
        is_day = int(cell.get("s", "0")) in self.days
        return (self.epoch + dt.timedelta(days=int(float(value)))).isoformat() if is_day else _number(value)


def _text(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_MAIN}t"))


def _bare(code: str) -> str:
    """Return the code of a format without the texts and colours in it."""
    return re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code)


def _column(reference: str) -> int:
    """Return the place of a column: A is 0, AA is 26."""
    at = 0
    for letter in re.sub("[^A-Z]", "", reference.upper())[:4]:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _number(value: str) -> str:
    """Return a number with a decimal point, and never with exactly three decimals: those could be thousands."""
    try:
        text = format(round(Decimal(value), 9).normalize(), "f")
    except InvalidOperation:
        return value
    return f"{text}0" if re.search(r"\.\d{3}$", text) else text
