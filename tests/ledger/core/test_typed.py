"""Values that come from outside are what they have to be, or are refused."""

import datetime as dt
import uuid

import pytest

from ledger.core import typed
from ledger.core.units import INT64_MAX

KEY = uuid.UUID("c8e7e22922aa5e0e8873c3e43c2911d4")


class TestTyped:
    def test_reads_what_is_right(self):
        assert typed.flag(True) is True
        assert typed.whole(-INT64_MAX) == -INT64_MAX
        assert typed.whole_or_none(None) is None
        assert typed.text("Harina", length_max=6) == "Harina"
        assert typed.day("2026-05-04") == dt.date(2026, 5, 4)
        assert typed.moment("2026-05-04T12:00:00.000001Z").microsecond == 1
        assert typed.key(KEY.hex) == KEY
        assert typed.runs([[4, 4], 7]) == [[4, 4], 7]

    @pytest.mark.parametrize(
        ("read", "value"),
        [
            *((typed.flag, value) for value in (1, "true", None)),
            *((typed.whole, value) for value in (True, 1.0, "1", None, 2**63, float("nan"))),
            *((typed.text, value) for value in (1, None, "a\0b", "\ud800")),
            *((typed.day, value) for value in ("20260504", "2026-5-4", "2026-02-30", "", None)),
            *((typed.moment, value) for value in ("2026-05-04", "2026-05-04T12:00:00", "2026-05-04T12:00:00Z", 5)),
            *((typed.key, value) for value in (str(KEY), "c8", None)),
            (typed.runs, {}),
            *((typed.runs, value) for value in ("[]", [None], [["a"]])),
        ],
    )
    def test_refuses_anything_else(self, read, value):
        with pytest.raises(ValueError):  # noqa: PT011  # the importer names the field
            read(value)

    def test_refuses_a_text_that_is_too_long(self):
        with pytest.raises(ValueError, match="Harina"):
            typed.text("Harina", length_max=5)
