"""An archive: the books as JSON Lines, each line with a check over all that stands before it.

    {"trama":{"format":"trama-ledger","version":1,…},"check":"9b1c…"}
    {"unit":{"code":"ARS","id":1,…},"check":"52aa…"}
    …
    {"end":{"records":{"unit":12,…},"sha256":"…"}}

The check is the beginning of the SHA-256 of everything up to it: whatever was changed, taken out, doubled or put in is
found in its own line. `sha256` is that of all lines before the last: `head -n -1 FILE | sha256sum` says the same.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, BinaryIO

from ledger.core.seals import canonical

FORMAT, VERSION = "trama-ledger", 1
#: Of the first line and of the last.
HEADER, FOOTER = "trama", "end"
#: Longer is no line of an archive: a file without line ends must not fill the memory.
LINE_MAX = 16 * 2**20

_DIGITS = 16
_TAIL = len(b',"check":""}\n') + _DIGITS


class Fault(StrEnum):
    """What may be wrong with a file, or with a line of it."""

    EMPTY = "empty"
    NOT_JSON = "not_json"
    NOT_A_RECORD = "not_a_record"
    NOT_AN_ARCHIVE = "not_an_archive"
    OTHER_VERSION = "other_version"
    CHANGED = "changed"
    CUT_OFF = "cut_off"
    GOES_ON = "goes_on"
    COUNTS_DIFFER = "counts_differ"
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_WRONG = "field_wrong"
    # Of what it says, beside what is there already.
    NOT_WHOLE = "not_whole"
    KIND_UNKNOWN = "kind_unknown"
    NOT_THERE = "not_there"
    TWICE = "twice"
    UNIT_DIFFERS = "unit_differs"
    OUT_OF_ORDER = "out_of_order"
    NUMBER_DIFFERS = "number_differs"
    BALANCE_DIFFERS = "balance_differs"
    REFUSED = "refused"
    SEAL_DIFFERS = "seal_differs"


class Damaged(ValueError):
    """A line is not what an archive has there."""

    def __init__(self, fault: Fault, *, line: int = 0, **values: object) -> None:
        """Keep what is wrong, where, and with what values."""
        super().__init__(fault, line, values)
        self.fault, self.line, self.values = fault, line, values


@dataclass(frozen=True, slots=True)
class Record:
    """One line: what it is, and what it says."""

    line: int
    kind: str
    content: Any


def write(header: Mapping[str, Any], records: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    """Yield the lines of an archive."""
    running, counts = sha256(), Counter[str]()
    first = (HEADER, {"format": FORMAT, "version": VERSION, **header})
    for kind, content in _after(first, records):
        body = f'{{"{kind}":{canonical(content)}'.encode()
        running.update(body)
        tail = f',"check":"{running.hexdigest()[:_DIGITS]}"}}\n'.encode()
        running.update(tail)
        counts[kind] += kind != HEADER
        yield body + tail
    end = {"records": +counts, "sha256": running.hexdigest()}
    yield f'{{"{FOOTER}":{canonical(end)}}}\n'.encode()


def _after(first: tuple[str, Any], rest: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    yield first
    yield from rest


def read(file: BinaryIO) -> Iterator[Record]:
    """Yield the header and the records of an archive, each once its check was found right.

    :raises Damaged: naming the first line that is not as it was written.
    """
    running, counts, number = sha256(), Counter[str](), 0
    while raw := file.readline(LINE_MAX + 1):
        number += 1
        record = _parsed(raw, number)
        if number == 1:
            _expect_header(record)
        elif record.kind == FOOTER:
            _expect_footer(record, counts, running.hexdigest())
            if file.read(1):
                raise Damaged(Fault.GOES_ON, line=number + 1)
            return
        running.update(raw[:-_TAIL])
        if raw[-_TAIL:] != f',"check":"{running.hexdigest()[:_DIGITS]}"}}\n'.encode():
            raise Damaged(Fault.CHANGED, line=number)
        running.update(raw[-_TAIL:])
        counts[record.kind] += number > 1
        yield record
    raise Damaged(Fault.CUT_OFF if number else Fault.EMPTY, line=max(number, 1))


def _parsed(raw: bytes, number: int) -> Record:
    if len(raw) > LINE_MAX:
        raise Damaged(Fault.NOT_JSON, line=number)
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise Damaged(Fault.NOT_JSON, line=number) from None
    kinds = found.keys() - {"check"} if isinstance(found, dict) else ()
    if len(kinds) != 1:
        raise Damaged(Fault.NOT_A_RECORD, line=number)
    (kind,) = kinds
    return Record(number, kind, found[kind])


def _expect_header(record: Record) -> None:
    said = record.content
    if record.kind != HEADER or not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Damaged(Fault.NOT_AN_ARCHIVE, line=record.line)
    if said.get("version") != VERSION:
        raise Damaged(Fault.OTHER_VERSION, line=record.line, found=said.get("version"), expected=VERSION)


def _expect_footer(record: Record, counts: Counter[str], digest: str) -> None:
    said = record.content if isinstance(record.content, dict) else {}
    if said.get("sha256") != digest:
        raise Damaged(Fault.CHANGED, line=record.line)
    if said.get("records") != +counts:
        raise Damaged(Fault.COUNTS_DIFFER, line=record.line)
