"""Money at the edges, minor units in the books."""

from decimal import Decimal

import pytest
from django.utils import translation
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.units import from_minor, to_minor
from ledger.models import Unit

PESOS = Unit(code="ARS", kind="money", scale=2, symbol="$", name_es="pesos", name_en="pesos")


class TestMoney:
    @given(minor=st.integers(-(10**15), 10**15))
    def test_goes_out_and_comes_back_to_the_cent(self, minor: int):
        assert PESOS.minor(PESOS.money(minor)) == minor

    @pytest.mark.parametrize("money", [Money(1, "USD"), Money("0.001", "ARS"), Money("NaN", "ARS")])
    def test_is_refused_in_another_currency_or_with_more_decimals(self, money: Money):
        with pytest.raises(ValueError, match=r"ARS|decimals|number"):
            PESOS.minor(money)


class TestMinorUnits:
    @given(minor=st.integers(-(10**15), 10**15), scale=st.integers(0, 9))
    def test_keep_every_decimal(self, minor: int, scale: int):
        assert to_minor(from_minor(minor, scale=scale), scale=scale) == minor

    @pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("0.5")])
    def test_refuse_what_is_no_whole_number_of_them(self, value: Decimal):
        with pytest.raises(ValueError, match=r"decimals|number"):
            to_minor(value, scale=0)


class TestName:
    def test_is_that_of_the_language(self):
        kilos = Unit(code="KG", kind="mass", scale=3, symbol="kg", name_es="kilogramos", name_en="kilograms")
        with translation.override("en"):
            assert kilos.name == "kilograms"
        with translation.override("es-ar"):
            assert kilos.name == "kilogramos"
