"""The words by which things are found, how close two of them are, and what a quantity is worth."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.offers import WORD_MAX, Closeness, closeness, words, worth


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Harina 000", "harina  000"),
            ("HILADO DE ALGODÓN", "hilados algodon"),
            ("Bolsas de papel", "bolsa (papeles)"),
            ("Viajes a Córdoba", "viaje, cordoba"),
            ("Ñandú", "nandu"),
        ],
    )
    def test_are_the_same_however_they_are_written(self, one: str, other: str):
        assert words(one) == words(other)

    def test_leave_little_words_out_and_say_each_once(self):
        assert words("Pan y más pan para la olla") == ["pan", "mas", "olla"]
        assert words("¡de la!") == []

    def test_of_different_things_differ(self):
        assert words("harina 000") != words("harina 0000")
        assert words("gas") == ["gas"]

    @given(st.text())
    def test_are_letters_and_digits_and_not_too_long(self, text: str):
        assert all(word.isascii() and word.isalnum() and len(word) <= WORD_MAX for word in words(text))

    @given(st.text("aAáÁbBeEéÉnNñÑsSuUüÜ09 ,-"))
    def test_do_not_depend_on_capitals_or_accents(self, text: str):
        bare = text.translate(str.maketrans("áÁéÉñÑüÜ", "aAeEnNuU"))

        assert words(text) == words(text.upper()) == words(bare.lower())


class TestCloseness:
    @pytest.mark.parametrize(
        ("one", "other", "close"),
        [
            ("bolsas impresas", "bolsa impresa", Closeness.LIKE),
            ("bolsas", "bolsas impresas", Closeness.LIKE),
            ("bolsas de cemento", "bolsas impresas", Closeness.NEAR),
            ("harina", "bolsas", Closeness.NONE),
        ],
    )
    def test_is_told_by_shared_words(self, one: str, other: str, close: Closeness):
        assert closeness(words(one), words(other)) == close
        assert closeness(words(other), words(one)) == close

    def test_is_complete_in_one_measure(self):
        assert closeness(["harina"], ["harina"], is_same_measure=True) == Closeness.SAME


class TestWorth:
    @given(st.integers(1, 2**62), st.integers(0, 9), st.integers(1, 2**62))
    def test_is_the_product_to_the_nearest(self, quantity: int, scale: int, price: int):
        exact = Decimal(quantity).scaleb(-scale) * price if quantity < 2**40 and price < 2**40 else None
        found = worth(quantity, scale=scale, price=price)

        assert abs(found * 10**scale - quantity * price) * 2 <= 10**scale
        if exact is not None:
            assert found == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def test_of_two_and_a_half_kilograms_at_three_centavos(self):
        assert worth(2_500, scale=3, price=3) == 8
