"""An archive says in which line it was damaged."""

import io
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import archive
from ledger.core.archive import Damaged, Fault

RECORDS = [("unit", {"id": number, "code": f"U{number}", "memo": "ñandú"}) for number in range(1, 6)]


def written() -> list[bytes]:
    return list(archive.write({"book": None}, RECORDS))


def damage(content: bytes) -> tuple[Fault, int]:
    with pytest.raises(Damaged) as found:
        list(archive.read(io.BytesIO(content)))
    return found.value.fault, found.value.line


class TestWrite:
    def test_is_json_in_every_line_and_nothing_beyond_ascii(self):
        lines = written()

        assert [next(iter(json.loads(line))) for line in lines] == ["trama", *["unit"] * 5, "end"]
        assert b"".join(lines).isascii()

    def test_closes_with_what_sha256sum_says_of_the_lines_before(self):
        *lines, last = written()

        assert json.loads(last)["end"] == {
            "records": {"unit": 5},
            "sha256": sha256(b"".join(lines)).hexdigest(),
        }


class TestRead:
    def test_returns_what_was_written(self):
        records = list(archive.read(io.BytesIO(b"".join(written()))))

        assert [(record.kind, record.content) for record in records[1:]] == RECORDS
        assert records[0].content["book"] is None

    @given(st.integers(0, 5), st.data())
    def test_names_the_line_of_a_changed_byte(self, at: int, data):
        lines = written()
        place = data.draw(st.integers(0, len(lines[at]) - 2))
        other = data.draw(st.integers(0, 255).filter(lambda byte: byte not in {lines[at][place], 10}))
        lines[at] = lines[at][:place] + bytes([other]) + lines[at][place + 1 :]

        _fault, line = damage(b"".join(lines))

        assert line == at + 1

    def test_finds_lines_that_are_doubled_swapped_or_gone(self):
        head, one, two, three, *rest = written()

        assert damage(b"".join([head, one, one, two, three, *rest])) == (Fault.CHANGED, 3)
        assert damage(b"".join([head, two, one, three, *rest])) == (Fault.CHANGED, 2)
        assert damage(b"".join([head, one, three, *rest])) == (Fault.CHANGED, 3)

    def test_finds_the_end_cut_off_and_anything_after_it(self):
        lines = written()

        assert damage(b"".join(lines[:-1])) == (Fault.CUT_OFF, 6)
        assert damage(b"".join(lines)[:-30]) == (Fault.NOT_JSON, 7)
        assert damage(b"".join([*lines, b"\n"])) == (Fault.GOES_ON, 8)

    def test_finds_counts_and_a_sum_that_are_not_those_of_the_lines(self):
        *lines, last = written()

        assert damage(b"".join([*lines, last.replace(b'"unit":5', b'"unit":6')])) == (Fault.COUNTS_DIFFER, 7)
        assert damage(b"".join([*lines, last.replace(b'"sha256":"', b'"sha256":"0')])) == (Fault.CHANGED, 7)

    @pytest.mark.parametrize(
        ("content", "fault", "line"),
        [
            (b"", Fault.EMPTY, 1),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Fault.NOT_JSON, 1),
            (b"\xff\xfe{}", Fault.NOT_JSON, 1),
            (b"[" * 100_000, Fault.NOT_JSON, 1),
            (b"9" * 10_000, Fault.NOT_JSON, 1),
            (b"account,unit,balance\n", Fault.NOT_JSON, 1),
            (b"null\n", Fault.NOT_A_RECORD, 1),
            (b'{"a":1,"b":2}\n', Fault.NOT_A_RECORD, 1),
            (b'{"blocks":[]}\n', Fault.NOT_AN_ARCHIVE, 1),
            (b'{"trama":{"format":"trama-ledger","version":2},"check":"0"}\n', Fault.OTHER_VERSION, 1),
            (b'{"trama":' + b" " * archive.LINE_MAX + b"{}}", Fault.NOT_JSON, 1),
        ],
        ids=["empty", "picture", "utf-16", "deep", "number", "table", "null", "two", "other", "version", "endless"],
    )
    def test_says_what_else_is_no_archive(self, content: bytes, fault: Fault, line: int):
        assert damage(content) == (fault, line)
