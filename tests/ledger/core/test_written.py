"""Numbers as people and machines read them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core import written


class TestNumber:
    @pytest.mark.parametrize(
        ("minor", "scale", "text"),
        [
            (123456789, 2, "1.234.567,89"),
            (0, 2, "0,00"),
            (5, 2, "0,05"),
            (-5, 2, "−0,05"),
            (100000, 2, "1.000,00"),
            (1234, 0, "1.234"),
            (2000000, 3, "2.000,000"),
        ],
    )
    def test_is_written_with_point_and_comma_in_spanish(self, minor, scale, text):
        assert written.number(minor, scale=scale, language="es-ar") == text

    def test_is_written_the_other_way_round_in_english(self):
        assert written.number(123456789, scale=2, language="en") == "1,234,567.89"

    @pytest.mark.parametrize(("minor", "text"), [(2000000, "2.000"), (2500, "2,5"), (0, "0"), (1, "0,001")])
    def test_leaves_out_idle_zeros_when_short(self, minor, text):
        assert written.number(minor, scale=3, language="es-ar", is_short=True) == text

    @settings(deadline=None)
    @given(minor=st.integers(-(2**63), 2**63), scale=st.integers(0, 9), language=st.sampled_from(["es-ar", "en"]))
    def test_loses_nothing(self, minor, scale, language):
        marks = written.separators(language)
        text = written.number(minor, scale=scale, language=language)
        read = text.replace(marks.thousands, "").replace(marks.decimals, ".").replace(written.MINUS, "-")
        assert Decimal(read) == Decimal(minor).scaleb(-scale)


class TestPlain:
    @settings(deadline=None)
    @given(minor=st.integers(-(2**63), 2**63), scale=st.integers(0, 9))
    def test_is_exact_and_without_exponent(self, minor, scale):
        text = written.plain(minor, scale=scale)
        assert "E" not in text
        assert Decimal(text).scaleb(scale) == minor


class TestWithUnit:
    def test_puts_money_before_and_the_minus_before_both(self):
        assert written.with_unit("−5", symbol="$", is_money=True) == "−$\N{NO-BREAK SPACE}5"

    def test_puts_other_units_behind(self):
        assert written.with_unit("5", symbol="kg", is_money=False) == "5\N{NO-BREAK SPACE}kg"
