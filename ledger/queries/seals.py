"""Read events as they are sealed: the canonical text of each header and of each book's part, alike on both engines.

Plain SQL and no converters: whatever stands in a column, also what the rules would never let in, becomes text and so
another hash. Left out is what may change (a closed account, a name) and the `id` of entries and postings, to which
nothing refers.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from ledger.core import seals
from ledger.core.seals import Block, canonical
from ledger.models.journal import Event
from ledger.models.seals import Seal, SealedEvent

#: How many events one block holds at most; how many rows are asked for by number at once.
BLOCK_MAX, CHUNK = 5_000, 500
#: A number that was not there may still come from a slower transaction for so long; later it is an intruder.
HOLE_STAYS_OPEN = dt.timedelta(days=1)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """One event as it is hashed: the text of its header, and book → the text of its part."""

    event: int
    header: str
    parts: dict[int, str]

    def header_hash(self) -> str:
        """Return the hash of its header."""
        return seals.header_hash(self.header)

    def part_hashes(self, salt: str) -> dict[int, str]:
        """Return book → hash of its part."""
        return {
            book: seals.part_hash(part, salt=seals.part_salt(salt, book)) for book, part in sorted(self.parts.items())
        }


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Return what a statement finds; `{day:c}`, `{moment:c}` and `{json:c}` read a column as text on either engine."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS[is_postgresql](sql), parameters)
        return list(cursor.fetchall())


class _Text:
    def __init__(self, **forms: str) -> None:
        self.forms = forms

    def __call__(self, sql: str) -> str:
        for name, form in self.forms.items():
            while (start := sql.find(f"{{{name}:")) >= 0:
                end = sql.index("}", start)
                sql = sql[:start] + form.replace("@", sql[start + len(name) + 2 : end]) + sql[end + 1 :]
        return sql


_TEXTS = {
    True: _Text(
        day="@::text",
        json="@::text",
        key="replace(@::text, '-', '')",
        moment="to_char(@ AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    ),
    False: _Text(day="CAST(@ AS text)", json="CAST(@ AS text)", key="CAST(@ AS text)", moment="CAST(@ AS text)"),
}


def moment(text: str | None) -> str | None:
    """Return a moment as it is hashed: in UTC with microseconds; what is no moment stays as it is."""
    try:
        at = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return text
    if at.tzinfo is not None:
        at = at.astimezone(dt.UTC)
    return at.isoformat(timespec="microseconds")[:26] + "Z"


@lru_cache(4096)
def _day(text: str) -> str:
    return canonical(text)


def _whole(value: object) -> str:
    return str(value) if type(value) is int else canonical(value)


@dataclass
class Reader:
    """Reads contents; keeps the text of accounts, claims and the like that it has read already."""

    books: dict[int, str] = field(default_factory=dict)
    measures: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    #: Account → (its book, its text).
    accounts: dict[int, tuple[int, str]] = field(default_factory=dict)
    claims: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what there is little of."""
        for pk, code, kind, scale, issuer in rows("SELECT id, code, kind, scale, issuer_id FROM ledger_unit"):
            self.units[pk] = canonical({"id": pk, "code": code, "kind": kind, "scale": scale, "issuer": issuer})
        for pk, unit, thing in rows("SELECT id, unit_id, thing FROM ledger_measure"):
            self.measures[pk] = self._object(id=_whole(pk), thing=canonical(thing), unit=self._of(self.units, unit))
        books = rows("SELECT id, organization_id, unit_id, year_starts_month FROM ledger_book")
        for pk, organization, unit, month in books:
            self.books[pk] = self._object(
                id=_whole(pk), organization=_whole(organization), unit=self._of(self.units, unit), year=_whole(month)
            )

    def contents(self, numbers: Sequence[int]) -> Iterator[Content]:
        """Yield those of these events that are there, in the order of their numbers."""
        ordered = sorted(numbers)
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            if chunk[-1] - chunk[0] == len(chunk) - 1:
                yield from self._contents("BETWEEN %s AND %s", [chunk[0], chunk[-1]])
            else:
                yield from self._contents(f"IN ({', '.join(['%s'] * len(chunk))})", chunk)

    def _contents(self, which: str, numbers: Sequence[int]) -> Iterator[Content]:
        events, entries, postings = (rows(sql.replace("{which}", which), numbers) for sql in _OF_EVENTS)
        self._fetch_accounts({row[2] for row in postings} - self.accounts.keys())
        self._fetch_claims({row[6] for row in postings} - self.claims.keys() - {None})
        entry_of: dict[int, dict[int, str]] = defaultdict(dict)
        for event, book, year, number, day in entries:
            entry_of[event][book] = f'{{"day":{_day(day)},"number":{_whole(number)},"year":{_whole(year)}}}'
        lines_of: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for event, *line in postings:
            book, text = self._line(line)
            lines_of[event][book].append(text)
        for row in events:
            entry, lines = entry_of[row[0]], lines_of[row[0]]
            parts = {
                book: self._object(
                    book=self._of(self.books, book),
                    entry=entry.get(book, "null"),
                    lines=f"[{','.join(lines[book])}]" if book in lines else "[]",
                )
                for book in {*entry, *lines}
            }
            yield Content(row[0], _header(row), parts)

    def _line(self, line: list[Any]) -> tuple[int, str]:
        number, account, amount, quantity, measure, claim = line
        # The line of an account that is not there belongs to nobody: book 0.
        book, account_text = self.accounts.get(account) or (0, self._of({}, account))
        claim_text = "null" if claim is None else self._of(self.claims, claim)
        measure_text = "null" if measure is None else self._of(self.measures, measure)
        return book, (
            f'{{"account":{account_text},"amount":{_whole(amount)},"claim":{claim_text},"line":{_whole(number)},'
            f'"measure":{measure_text},"quantity":{"null" if quantity is None else _whole(quantity)}}}'
        )

    def _fetch_accounts(self, numbers: set[int]) -> None:
        sql = (
            "SELECT id, book_id, number, nature, role, unit_id, counterparty_id, peg_id FROM ledger_account"
            " WHERE id IN ({})"
        )
        for pk, book, number, nature, role, unit, counterparty, peg in _by_number(sql, numbers):
            self.accounts[pk] = (
                book,
                self._object(
                    counterparty=canonical(counterparty),
                    id=_whole(pk),
                    nature=canonical(nature),
                    number=canonical(number),
                    peg="null" if peg is None else self._of(self.measures, peg),
                    role=canonical(role),
                    unit=self._of(self.units, unit),
                ),
            )

    def _fetch_claims(self, numbers: set[int]) -> None:
        sql = (
            "SELECT id, creditor_id, debtor_id, unit_id, peg_id, agreement, {day:opened_on}, {day:due_on}"
            " FROM ledger_claim WHERE id IN ({})"
        )
        for pk, creditor, debtor, unit, peg, agreement, opened, due in _by_number(sql, numbers):
            self.claims[pk] = self._object(
                agreement=canonical(agreement),
                creditor=_whole(creditor),
                debtor=_whole(debtor),
                due=canonical(due),
                id=_whole(pk),
                opened=canonical(opened),
                peg=self._of(self.measures, peg),
                unit=self._of(self.units, unit),
            )

    @staticmethod
    def _of(known: dict[int, str], number: int) -> str:
        return known.get(number) or f'{{"id":{_whole(number)},"missing":true}}'

    @staticmethod
    def _object(**texts: str) -> str:
        return "{" + ",".join(f'"{name}":{texts[name]}' for name in sorted(texts)) + "}"


def _by_number(sql: str, numbers: Iterable[int]) -> Iterator[Row]:
    wanted = sorted(numbers, key=str)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        yield from rows(sql.replace("({})", f"({', '.join(['%s'] * len(chunk))})"), chunk)


#: Events, their entries, their lines: of some numbers.
_OF_EVENTS = (
    "SELECT id, {key:key}, digest, kind, {day:happened_on}, {day:booked_on}, {moment:recorded_at},"
    " recorded_by_id, confirmed_by_id, memo, papers, agreement, resolution, reverses_id"
    " FROM ledger_event WHERE id {which} ORDER BY id",
    "SELECT event_id, book_id, year, number, {day:booked_on} FROM ledger_entry"
    " WHERE event_id {which} ORDER BY event_id, book_id",
    "SELECT event_id, line, account_id, amount, quantity, measure_id, claim_id FROM ledger_posting"
    " WHERE event_id {which} ORDER BY event_id, line",
)
_HEADER = (
    *("key", "digest", "kind", "happened_on", "booked_on", "recorded_at", "recorded_by", "confirmed_by"),
    *("memo", "papers", "agreement", "resolution", "reverses"),
)


def _header(row: Row) -> str:
    values = dict(zip(_HEADER, row[1:], strict=True))
    values["recorded_at"] = moment(values["recorded_at"])
    return canonical(values)


def blocks(*, after: int = 0) -> Iterator[tuple[Block, str]]:
    """Yield every block above a height with the hash that it says it has, in the order of their heights."""
    parse: Callable[[str], Any] = json.loads
    while found := rows(
        "SELECT height, version, first_event, last_event, {json:holes}, {json:late}, events, root, previous, hash,"
        " {moment:sealed_at} FROM ledger_seal WHERE height > %s ORDER BY height LIMIT 1000",
        [after],
    ):
        for height, version, first, last, holes, late, events, root, previous, digest, sealed_at in found:
            yield (
                Block(
                    version=version,
                    height=height,
                    first=first,
                    last=last,
                    holes=_lists(parse(holes)),
                    late=_lists(parse(late)),
                    events=events,
                    root=root,
                    previous=previous,
                    sealed_at=str(moment(sealed_at)),
                ),
                digest,
            )
        after = found[-1][0]


def _lists(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def head() -> Seal | None:
    """Return the last seal."""
    return Seal.objects.order_by("-height").first()


def unsealed(*, after: int, limit: int) -> list[int]:
    """Return the numbers of the first events after one."""
    return list(Event.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])


def came_late(*, at: dt.datetime, limit: int) -> list[int]:
    """Return the events that were holes in a block of the last day, and are there by now."""
    recent = Seal.objects.filter(sealed_at__gte=at - HOLE_STAYS_OPEN).exclude(holes=[])
    runs = [run for seal in recent.order_by("height") for run in seal.holes]
    found: list[int] = []
    for start in range(0, len(runs), CHUNK // 5):
        within = Q()
        for first, last in runs[start : start + CHUNK // 5]:
            within |= Q(pk__range=(first, last))
        waiting = Event.objects.filter(within).exclude(Exists(SealedEvent.objects.filter(pk=OuterRef("pk"))))
        found += waiting.order_by("pk").values_list("pk", flat=True)[:limit]
    return found[:limit]
