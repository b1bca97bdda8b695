"""The identifier at the foot of a paper: the same for the same, copied by hand without harm, found in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.core.identifiers import ALPHABET, LENGTH, MARK, identifier, named_in, read, shown


class TestIdentifier:
    def test_is_the_same_for_the_same_and_another_for_another(self):
        assert identifier(b"one") == identifier(b"one") != identifier(b"two")
        assert len(identifier(b"one")) == LENGTH
        assert set(identifier(b"one")) <= set(ALPHABET)

    @given(st.binary())
    def test_is_read_as_it_is_shown_however_it_is_written(self, told: bytes):
        found = identifier(told)

        assert read(shown(found)) == read(f" {found.lower()} ") == found
        assert read(found.replace("0", "O").replace("1", "l")) == found

    @pytest.mark.parametrize("text", ["", "4F7K", "4F7K-9Q2M-03TX-HB6DD", "4F7K-9Q2M-03TX-HB6U", "4F7K-9Q2M-03TX-HB6ñ"])
    def test_is_not_read_out_of_anything(self, text: str):
        assert read(text) is None


class TestNamedIn:
    @given(st.binary(max_size=40), st.binary(max_size=40))
    def test_finds_what_a_file_says_of_itself(self, before: bytes, after: bytes):
        found = identifier(after)

        assert named_in(before.replace(MARK, b"") + MARK + found.encode() + after) == found
        assert named_in(before.replace(MARK, b"")) is None
