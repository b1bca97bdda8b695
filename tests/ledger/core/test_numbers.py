"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.numbers import NotANumber, parse


class TestParse:
    @pytest.mark.parametrize(
        ("text", "spanish", "english"),
        [
            ("1234", "1234", "1234"),
            ("1.234,50", "1234.50", "1234.50"),
            ("1,234.50", "1234.50", "1234.50"),
            ("1.234", "1234", "1.234"),
            ("1,234", "1.234", "1234"),
            ("12,5", "12.5", "12.5"),
            ("12.5", "12.5", "12.5"),
            ("0,125", "0.125", "0.125"),
            ("0.125", "0.125", "0.125"),
            ("1.234.567", "1234567", "1234567"),
            ("1234,567", "1234.567", "1234.567"),
            ("$ 1.200.000,00", "1200000.00", "1200000.00"),
            (" -12,50 ", "-12.50", "-12.50"),
            ("1 234,5", "1234.5", "1234.5"),
        ],
    )
    def test_reads_both_ways_of_writing(self, text: str, spanish: str, english: str):
        assert parse(text, decimal_comma=True) == Decimal(spanish)
        assert parse(text, decimal_comma=False) == Decimal(english)

    @pytest.mark.parametrize(
        "text", ["", "doce", "1e5", "NaN", "1,2,3", "1.2.3,4", "12.34.567", "1,23,456.7", "--1", "1.234.56", "∞"]
    )
    def test_refuses_what_is_no_number(self, text: str):
        with pytest.raises(NotANumber):
            parse(text, decimal_comma=True)

    @given(minor=st.integers(-(10**15), 10**15), scale=st.integers(0, 3), comma=st.booleans())
    def test_reads_back_what_is_printed_with_thousands(self, minor: int, scale: int, comma: bool):
        value = Decimal(minor).scaleb(-scale)
        text = f"{value:,.{scale}f}"
        if comma:
            text = text.translate(str.maketrans(",.", ".,"))

        assert parse(text, decimal_comma=comma) == value
