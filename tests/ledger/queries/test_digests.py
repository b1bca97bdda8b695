"""The digest of a block: the same text on both engines whatever stands in the columns, however it is asked for."""

import json
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from ledger.actions import seals, verification
from ledger.models import Event, Seal
from ledger.queries import digests
from ledger.queries import seals as chain
from ledger.queries.contents import Reader
from network import rules
from tests import make
from tests.cast import Cast

#: What quotes, separators and other signs would confuse.
TEXTS = [
    *(
        "",
        "Afiches",
        "ñandú 日本 🜚",
        "'",
        '"',
        '","',
        "\\",
        "\\n",
        "\n",
        "a\tb\r\x01\x1f\x7f",
        "[1,2]",
        "null",
        "],\n[",
    ),
    *("\u2028", "</script>", "%s %(a)s {day:x}", "x" * 200),
]


@pytest.fixture
def without_rules(cast: Cast) -> Cast:
    make.sale(cast.grafica)
    connection.check_constraints()
    rules.drop()
    return cast


def hash_of(event: Event) -> str:
    """Return the hash that the database makes of an event's row."""
    (table,) = [each for each in digests._TABLES if each.name == "events"]
    return digests._hashes(table, digests._Wanted(f"BETWEEN {event.pk} AND {event.pk}"))[1]


def hash_by_hand(event: Event) -> str:
    recorded_at = event.recorded_at.strftime("%Y-%m-%d %H:%M:%S.%f")
    row: list[Any] = [event.pk, event.key.hex, "2026-05-04", "2026-05-04", recorded_at, None, None, None]
    texts = [event.digest, event.kind, event.memo, event.papers, event.agreement, event.resolution]
    return sha256(json.dumps([*row, texts], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_is_json_whatever_is_written(without_rules: Cast, text: str):
    Event.objects.update(memo=text, papers=text)
    event = Event.objects.get()

    assert hash_of(event) == hash_by_hand(event)


def test_a_whole_second_has_its_microseconds_too(without_rules: Cast):
    Event.objects.update(recorded_at="2026-05-04T12:00:00Z")
    event = Event.objects.get()

    assert hash_of(event) == hash_by_hand(event)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL lets none of it into the column")
@pytest.mark.parametrize("nonsense", ["x'00ff'", "1.5", "'uno'", "9e999"])
def test_what_sqlite_would_let_in_is_sealed_and_verified_as_it_is(without_rules: Cast, nonsense: str):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_posting SET line = {nonsense} WHERE line = 1")
        cursor.execute(f"UPDATE ledger_event SET memo = {nonsense}")
    seals.seal(at=timezone.now())

    assert verification.verify(full=True, clock=timezone.now).problems == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_posting SET line = 3 WHERE line <> 2")
    assert {problem.kind for problem in verification.verify(full=True, clock=timezone.now).problems} == {"changed"}


def test_blocks_have_the_same_digest_one_by_one_together_and_number_by_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(3):
        make.delivery(cast.grafica, cast.molino)
        make.sale(cast.textil)
        seals.seal(at=timezone.now())
    blocks = [block for block, _digest in chain.blocks()]
    wanted = list(Seal.objects.order_by("height").values_list("digest", flat=True))

    def digest(**how: Any) -> list[str]:
        return digests.of_blocks(blocks, reader=Reader(), **how)

    one_by_one = [digests.of_blocks([block], reader=Reader(), is_plain=True)[0] for block in blocks]
    assert one_by_one == digest(is_plain=True) == digest(is_plain=False) == wanted
    monkeypatch.setattr(digests, "RUNS_MAX", 0)
    assert digest(is_plain=False) == wanted


@pytest.mark.parametrize(
    ("numbers", "which"),
    [
        ([], "IN (NULL)"),
        ([4], "BETWEEN 4 AND 4"),
        ([2, 3, 4, 7], "BETWEEN 2 AND 4 OR @ BETWEEN 7 AND 7"),
        (range(0, 200, 2), f"IN ({', '.join(map(str, range(0, 200, 2)))})"),
    ],
)
def test_numbers_are_asked_for_by_runs(numbers: Any, which: str):
    assert digests._which(numbers) == which


@pytest.mark.django_db(transaction=True)
def test_threads_find_what_one_finds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seals, "BLOCK_MAX", 2)
    book = make.book("a")
    numbers = [make.sale(book).pk for _ in range(9)]
    seals.seal(at=timezone.now())
    rules.drop()
    Event.objects.filter(pk=numbers[4]).update(memo="Otra cosa")
    rules.install()

    found = [verification.verify(full=True, clock=timezone.now, threads=threads).problems for threads in (1, 3)]

    assert found[0] == found[1]
    assert [(problem.kind, problem.event) for problem in found[0]] == [("changed", numbers[4])]
