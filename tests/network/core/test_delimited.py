"""Tables that a spreadsheet opens and does not obey."""

import csv
import io

import pytest

from network.core import delimited


class TestInert:
    @pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1"])
    def test_lets_no_formula_run(self, text: str):
        assert delimited.inert(text) == "'" + text

    def test_leaves_words_alone(self):
        assert delimited.inert("Harina = 000") == "Harina = 000"


class TestCsvLines:
    def test_come_one_by_one_and_are_read_back(self):
        rows = [["Harina, 000", "1200.00"], ['dice "hola"', ""]]

        lines = list(delimited.csv_lines(["memo", "debit"], rows))

        assert lines[0] == "memo,debit\n"
        assert list(csv.reader(io.StringIO("".join(lines))))[1:] == rows
