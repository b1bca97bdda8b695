"""Own records for the tests: what the print shop exchanged in May, and the file in which it wrote that down."""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.utils import timezone

from ledger.actions import journal, own_records, record_matches
from ledger.actions.facts import Fact, Line
from ledger.models import Account, Book, Event, OwnRecord
from network.models import User
from tests import make
from tests.cast import Cast

HEADER = "fecha;cooperativa;comprobante;detalle;importe"
#: What the print shop wrote, where the book has what `may` posts.
WRITTEN = f"""{HEADER}
04/05/2026;Molino;A 0003-00000011;Afiches;1.000,00
06/05/2026;molino;;Harina;-250,00
09/05/2026;Molino;A 0003-00000012;Folletos;7.020,00
15/05/2026;Molino;;Harina;-300,00
18/05/2026;Molino;A 0003-00000014;Agendas;500,00
18/05/2026;Molino;A 0003-00000014;Agendas;500,00
20/05/2026;Cooperativa Los Amigos;;Tapas;333,00
"""


def exchanged(giver: Book, receiver: Book, amount: int, *, on: dt.date, papers: str = "", vat: int = 0) -> Event:
    """Post goods given on credit, with the numbers of their papers; VAT is a line of its own on the same debt."""
    debt = make.claim(giver, receiver, on=on)
    lines = []
    for each in filter(None, (amount, vat)):
        lines += make.claim_lines(debt, each)
        lines.append(Line(account=make.account(giver, "4103"), amount=-each))
        lines.append(Line(account=make.account(receiver, "1301"), amount=each))
    fact = Fact(kind="barter_delivery", happened_on=on, memo="Entrega", papers=papers)
    return journal.post(key=uuid.uuid4(), fact=fact, lines=lines, on=max(on, timezone.localdate()), by=None)


def may(cast: Cast) -> None:
    """Post what the print shop and the mill exchanged: one is dated otherwise in the record, one has digits swapped."""
    grafica, molino = cast.grafica, cast.molino
    for giver, receiver, amount, day, papers in (
        (grafica, molino, 1_000_00, 4, "R 0001-00000020 · A 0003-00000011"),
        (molino, grafica, 250_00, 6, ""),
        (grafica, molino, 7_200_00, 9, "A 0003-00000012"),
        (molino, grafica, 300_00, 12, ""),
        (grafica, molino, 500_00, 18, "A 0003-00000014"),
        (grafica, molino, 77_00, 25, "A 0003-00000015"),
    ):
        exchanged(giver, receiver, amount, on=dt.date(2026, 5, day), papers=papers)


def brought(
    cast: Cast,
    written: str | bytes = WRITTEN,
    *,
    name: str = "mayo.csv",
    account: Account | None = None,
    key: uuid.UUID | None = None,
    by: User | None = None,
) -> OwnRecord:
    return own_records.bring(
        book=cast.grafica,
        key=key or uuid.uuid4(),
        content=written if isinstance(written, bytes) else written.encode(),
        file_name=name,
        account=account,
        by=by or cast.beto,
        on=timezone.localdate(),
        at=timezone.now(),
    )


def matched(cast: Cast, written: str | bytes = WRITTEN, **rest: object) -> OwnRecord:
    """Bring a record and match it here and now."""
    record = brought(cast, written, **rest)
    record_matches.match(record=record, clock=timezone.now)
    record.refresh_from_db()
    return record


def workbook(rows: Sequence[Sequence[str | float | dt.date]]) -> bytes:
    """Write an XLSX file of one sheet, as spreadsheets do: days are numbers with a format."""
    cells = "".join(
        f'<row r="{at}">{"".join(_cell(value, at, column) for column, value in enumerate(row))}</row>'
        for at, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    formats = '<xf numFmtId="0"/><xf numFmtId="14"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="Mayo" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs>{formats}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return packed.getvalue()


def _cell(value: str | float | dt.date, row: int, column: int) -> str:
    at = f'r="{chr(65 + column)}{row}"'
    if isinstance(value, dt.date):
        return f'<c {at} s="1"><v>{(value - dt.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c {at}><v>{value!r}</v></c>"
