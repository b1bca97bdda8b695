"""Read the chain, and what is not in it yet; read columns as text, alike on both engines."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from ledger.core.seals import Block
from ledger.models.journal import Event
from ledger.models.seals import Seal, SealedEvent

#: How many events one block holds at most; how many rows are asked for by number at once.
BLOCK_MAX, CHUNK = 5_000, 500
#: A number that was not there may still come from a slower transaction for so long; later it is an intruder.
HOLE_STAYS_OPEN = dt.timedelta(days=1)

Row = tuple[Any, ...]


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Return what a statement finds; `{day:c}`, `{moment:c}` and `{json:c}` read a column as text on either engine."""
    with connection.cursor() as cursor:
        cursor.execute(as_text(sql), parameters)
        return list(cursor.fetchall())


def as_text(sql: str) -> str:
    """Return SQL of the present engine for `{day:c}`, `{moment:c}`, `{key:c}` and `{json:c}`."""
    return _TEXTS[connection.vendor == "postgresql"](sql)


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
        # The years before the first one have the same figures.
        moment="CASE WHEN @ < '0001-01-01 UTC' THEN @::text"
        " ELSE to_char(@ AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') END",
    ),
    False: _Text(
        day="CAST(@ AS text)",
        json="CAST(@ AS text)",
        key="CAST(@ AS text)",
        moment="CASE length(@) WHEN 19 THEN @ || '.000000' ELSE CAST(@ AS text) END",
    ),
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
