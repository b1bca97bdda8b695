"""Own records as they come: spreadsheets and journals, in the ways that people and programs write them."""

import datetime as dt
from decimal import Decimal

import pytest

from ledger.core.own_records import Kind, Row, Wanted, kind_of, read
from ledger.core.papers import marks
from network.core import workbook
from network.core.delimited import CannotBeRead
from tests.own_records import workbook as written

DAY = dt.date(2026, 5, 4)
WANTED = Wanted("grafica", frozenset({"molino", "los amigos"}))

BEANCOUNT = """
option "title" "Gráfica"
2020-01-01 open Assets:Deudores:Molino ARS
2026-05-04 * "Molino" "Afiches \\"rojos\\""
  papers: "A 0003-00000011"
  Assets:Deudores:Molino  1000.00 ARS
    quantity: 5 KG
  Income:Ventas:Molino
2026-05-05 balance Assets:Deudores:Molino 1000.00 ARS
2026-05-06 txn "Harina"
  Liabilities:Los-Amigos -1,250.50 ARS @ 1 USD
  Expenses:Harina 1,250.50 ARS
"""
HLEDGER = """
; un comentario
account assets:deudores:molino
2026/5/4 * (grafica 2026/12) Afiches  ; papers:A 0003-00000011
    assets:deudores:Molino      $ 1000.00
    income:ventas
2026-05-06 Harina
    ; paper:R 1-7
    liabilities:los amigos    -250.50 ARS ; claim:4
    expenses:harina
P 2026-05-07 USD 1000 ARS
"""


def test_a_journal_of_beancount():
    rows, wrong = read(BEANCOUNT.encode(), kind=Kind.BEANCOUNT, wanted=WANTED)

    assert wrong == []
    assert rows == [
        Row(6, DAY, "Molino", "A 0003-00000011", 'Molino Afiches "rojos"', Decimal("1000.00"), "ARS"),
        Row(11, dt.date(2026, 5, 6), "Los Amigos", "", "Harina", Decimal("-1250.50"), "ARS"),
    ]


def test_a_journal_of_hledger():
    rows, wrong = read(HLEDGER.encode(), kind=Kind.HLEDGER, wanted=WANTED)

    assert wrong == []
    assert rows == [
        Row(5, DAY, "Molino", "A 0003-00000011", "Afiches", Decimal("1000.00"), "$", "2026/12"),
        Row(9, dt.date(2026, 5, 6), "los amigos", "R 1-7", "Harina", Decimal("-250.50"), "ARS"),
    ]


def test_a_number_of_an_entry_is_of_its_own_book():
    rows, _wrong = read(HLEDGER.encode(), kind=Kind.HLEDGER, wanted=Wanted("textil", WANTED.partners))

    assert rows[0].entry == ""


def test_an_amount_that_follows_from_the_others():
    text = "2026-05-04 * Pago\n    caja  -10 ARS\n    banco  -5 ARS\n    pasivo:molino\n"
    rows, _wrong = read(text.encode(), kind=Kind.HLEDGER, wanted=WANTED)

    assert [(row.amount, row.unit) for row in rows] == [(Decimal(15), "ARS")]


def test_a_line_that_is_none_is_named():
    text = "2026-05-04 * Pago\n    assets:molino  diez pesos\n    caja\n"

    assert read(text.encode(), kind=Kind.HLEDGER, wanted=WANTED) == ([], [(2, {"amount": "not_a_number"})])


def test_of_one_account_in_a_journal():
    wanted = Wanted("grafica", account=("1102", "Banco"))
    text = "2026-05-04 * Pago\n    Assets:Grafica:1102-Banco:ARS  10 ARS\n    Assets:Grafica:1101-Caja:ARS\n"

    rows, _wrong = read(text.encode(), kind=Kind.HLEDGER, wanted=wanted)

    assert [(row.amount, row.partner) for row in rows] == [(Decimal(10), "")]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"fecha;cooperativa\n", "x.csv", Kind.CSV),
        (workbook.MAGIC, "x.csv", Kind.XLSX),
        (b"", "x.bean", Kind.BEANCOUNT),
        (b"", "x.journal", Kind.HLEDGER),
        (BEANCOUNT.encode(), "x.txt", Kind.BEANCOUNT),
        (HLEDGER.encode(), "x.txt", Kind.HLEDGER),
    ],
)
def test_a_file_says_what_it_is(content: bytes, name: str, kind: Kind):
    assert kind_of(content, name) is kind


class TestTables:
    def test_given_and_received_stand_in_two_columns_or_in_one_with_a_sign(self):
        two = b"fecha;con;dimos;recibimos\n4/5/2026;Molino;1.000,50;\n4/5/2026;Molino;;20\n"
        one = b'date,partner,amount\n2026-05-04,Molino,"1,000.50"\n2026-05-04,Molino,-20\n'

        for content in (two, one):
            rows, wrong = read(content, kind=Kind.CSV, wanted=WANTED)
            assert wrong == []
            assert [row.amount for row in rows] == [Decimal("1000.50"), Decimal(-20)]

    def test_rows_that_are_wrong_are_named_by_number_and_column(self):
        content = b"fecha;con;importe\n4/5/2026;Molino;\n;;5\n4/5/2026;Molino;1,2,3\n"

        assert read(content, kind=Kind.CSV, wanted=WANTED)[1] == [
            (2, {"amount": "missing"}),
            (3, {"partner": "missing", "day": "missing"}),
            (4, {"amount": "not_a_number"}),
        ]

    def test_a_workbook_has_days_and_numbers_of_its_own(self):
        rows = [
            ["Fecha", "Con", "Importe", "Detalle"],
            [DAY, "Molino", 1.234, "a & b"],
            ["4/5/2026", "Molino", "1.234,5"],
        ]
        found, wrong = read(written(rows), kind=Kind.XLSX, wanted=WANTED)

        assert wrong == []
        assert [(row.day, row.amount, row.text) for row in found] == [
            (DAY, Decimal("1.234"), "a & b"),
            (DAY, Decimal("1234.5"), ""),
        ]

    @pytest.mark.parametrize("content", [b"PK\x03\x04", written([["a"]])[:200], b""])
    def test_what_is_no_workbook_is_refused(self, content: bytes):
        with pytest.raises(CannotBeRead):
            list(workbook.rows(content))


def test_papers_are_known_by_letter_point_of_sale_and_number():
    assert marks("R 0001-00000020 · Factura A 0003-11") == ("1-20", "3-11", "A-3-11", "R-1-20")
    assert marks("Factura A 0003-11", as_written=True) == ("A-3-11",)
    assert marks("factura 3-11", as_written=True) == ("3-11",)
    assert marks("Convenio 4") == ()
