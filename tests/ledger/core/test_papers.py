"""When two ways to write the number of an invoice are one."""

import pytest

from ledger.core.papers import full_number, invoice_number


class TestInvoice:
    @pytest.mark.parametrize("typed", ["A 0003-00001234", "a 3-1234", "A3 - 1234", " A-00003-1234 "])
    def test_is_the_same_however_it_was_typed(self, typed: str):
        assert invoice_number(typed) == "A-3-1234"

    @pytest.mark.parametrize("typed", ["", "factura", "—"])
    def test_without_a_number_is_none(self, typed: str):
        assert invoice_number(typed) == ""


class TestFullNumber:
    @pytest.mark.parametrize(("typed", "number"), [("A 0003-00001234", "A-3-1234"), ("0003-1234", "3-1234")])
    def test_names_a_point_of_sale(self, typed: str, number: str):
        assert full_number(typed) == number

    @pytest.mark.parametrize("typed", ["A 12", "Recibo X 12", "12", ""])
    def test_is_none_without_one(self, typed: str):
        assert full_number(typed) == ""
