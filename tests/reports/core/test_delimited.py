"""Tables and data for programs."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.core import delimited


class TestCsvBytes:
    def test_follows_rfc_4180(self):
        content = delimited.csv_bytes(["a", "b"], [['dice "hola"', "x,y\nz"]])

        assert content == b'a,b\r\n"dice ""hola""","x,y\nz"\r\n'

    # A lone carriage return and NUL cannot be carried by CSV; the journal's fields are one line of text.
    @settings(deadline=None)
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
    def test_is_read_back_as_it_was(self, cells):
        content = delimited.csv_bytes(["x"] * len(cells), [cells])
        assert list(csv.reader(io.StringIO(content.decode(), newline="")))[1] == cells


class TestJsonBytes:
    def test_keeps_letters_as_they_are(self):
        assert delimited.json_bytes({"ñ": 1}) == '{\n "ñ": 1\n}\n'.encode()
