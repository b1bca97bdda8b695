"""The code of a voucher: a slip of the pen gives no other voucher, and look-alikes are understood."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.vouchers import ALPHABET, LENGTH, code, read, shown

numbers = st.integers(0, len(ALPHABET) ** (LENGTH - 1) - 1)


@given(number=numbers)
def test_is_read_back_however_it_is_written(number: int):
    written = code(number)

    assert read(shown(written).lower().replace("0", "o").replace("1", "l")) == written
    assert read(f" {written[:2]} {written[2:]} ") == written


@given(number=numbers, place=st.integers(0, LENGTH - 1), sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(number: int, place: int, sign: str):
    right = code(number)
    wrong = right[:place] + sign + right[place + 1 :]

    assert read(wrong) == (right if wrong == right else None)


@given(number=numbers, one=st.integers(0, LENGTH - 1), other=st.integers(0, LENGTH - 1))
def test_two_signs_changed_with_each_other_are_noticed(number: int, one: int, other: int):
    signs = list(code(number))
    signs[one], signs[other] = signs[other], signs[one]

    assert read("".join(signs)) == (code(number) if "".join(signs) == code(number) else None)


@given(one=numbers, other=numbers)
def test_two_numbers_have_two_codes(one: int, other: int):
    assert (code(one) == code(other)) == (one == other)


def test_anything_else_is_none():
    for text in ("", "1234567", "123456789", "ÑÑÑÑÑÑÑÑ", "0000000!"):
        assert read(text) is None, text
