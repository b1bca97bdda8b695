"""Spreadsheets as cooperatives write them."""

import datetime as dt
from decimal import Decimal

import pytest

from ledger.core import spreadsheet
from ledger.core.spreadsheet import HEADINGS, REQUIRED, ROWS_MAX, Table, read_row
from network.core import delimited
from network.core.delimited import CannotBeRead


def read(content: bytes) -> Table:
    return spreadsheet.table(*delimited.read(content, headings=HEADINGS, required=REQUIRED, rows_max=ROWS_MAX))


HEAD = "permuta;fecha;cooperativa;sentido;cosa;cantidad;unidad;valor;iva;entregado"
ROW = "Bolsas;18/11/2025;Molino;dimos;Bolsas impresas;60.000;un;1.200.000,50;10,5;2025-11-20"


def one(text: str | bytes):
    table = read(text if isinstance(text, bytes) else text.encode())
    return read_row(table.rows[0][1], decimal_comma=table.decimal_comma)


class TestRead:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_reads_any_encoding_that_spreadsheets_write(self, encoding: str):
        row, problems = one(f"{HEAD}\n{ROW.replace('Bolsas impresas', 'Señalética')}".encode(encoding))

        assert problems == {}
        assert row.thing == "Señalética"

    def test_reads_commas_points_and_english_headings(self):
        row, problems = one(
            "barter,date,partner,direction,thing,quantity,unit,value\nBags,2025-11-18,Mill,gave,Bags,60000,units,1200000.50\n"
        )

        assert problems == {}
        assert row.value == Decimal("1200000.50")

    def test_reads_semicolons_and_decimal_commas(self):
        row, _problems = one(f"{HEAD}\n{ROW}")

        assert (row.quantity, row.value, row.vat_rate) == (Decimal(60_000), Decimal("1200000.50"), 1050)
        assert (row.agreed_on, row.delivered_on) == (dt.date(2025, 11, 18), dt.date(2025, 11, 20))

    def test_numbers_rows_as_the_spreadsheet_does(self):
        table = read(f"{HEAD}\n\n{ROW}\n".encode())

        assert [number for number, _cells in table.rows] == [3]

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"", "empty"),
            (b" \n\n", "empty"),
            (HEAD.encode(), "no_rows"),
            (b"PK\x03\x04\x00\x00", "not_text"),
            (b"a;b;c\n1;2;3", "missing_columns"),
            (f"{HEAD}\n{(ROW + chr(10)) * (ROWS_MAX + 1)}".encode(), "too_long"),
        ],
    )
    def test_says_why_a_file_cannot_be_read(self, content: bytes, name: str):
        with pytest.raises(CannotBeRead) as why:
            read(content)

        assert why.value.name == name


class TestReadRow:
    @pytest.mark.parametrize(
        ("column", "text", "problem"),
        [
            ("barter", "", "missing"),
            ("agreed_on", "31/02/2025", "not_a_day"),
            ("agreed_on", "ayer", "not_a_day"),
            ("delivered_on", "01/01/2025", "before_agreed"),
            ("direction", "dieron", "gave_or_received"),
            ("quantity", "muchas", "not_a_number"),
            ("quantity", "0", "not_above_zero"),
            ("value", "-5", "not_above_zero"),
            ("unit", "bolsones", "unknown_unit"),
            ("vat", "19", "unknown_vat"),
        ],
    )
    def test_names_what_is_wrong(self, column: str, text: str, problem: str):
        cells = read(f"{HEAD}\n{ROW}".encode()).rows[0][1] | {column: text}

        row, problems = read_row(cells, decimal_comma=True)

        assert row is None
        assert problems == {column: problem}
