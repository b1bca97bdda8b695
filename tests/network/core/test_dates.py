"""Dates that are known in part."""

import datetime as dt

import pytest

from network.core import dates


class TestParse:
    @pytest.mark.parametrize(
        ("text", "first", "last", "precision"),
        [
            ("2001", (2001, 1, 1), (2001, 12, 31), "year"),
            ("2/2004", (2004, 2, 1), (2004, 2, 29), "month"),
            ("2001-12", (2001, 12, 1), (2001, 12, 31), "month"),
            ("15/3/2001", (2001, 3, 15), (2001, 3, 15), "day"),
            ("2001-03-15", (2001, 3, 15), (2001, 3, 15), "day"),
        ],
    )
    def test_reads_as_much_as_is_known(self, text: str, first: tuple[int, ...], last: tuple[int, ...], precision: str):
        found = dates.parse(text)

        assert (found.first, found.last, found.precision) == (dt.date(*first), dt.date(*last), precision)

    @pytest.mark.parametrize("text", ["", "ayer", "13/2001", "0000", "31/2/2001", "20011", "1/1/1"])
    def test_refuses_what_is_no_date(self, text: str):
        with pytest.raises(dates.NotADate):
            dates.parse(text)
