"""An own record through a worker on PostgreSQL: brought, matched in a process of its own, judged; answers in JSON."""

import datetime as dt
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from tests.benchmarks.clients.matching import PARTNERS, Book, planted
from tests.benchmarks.world import TODAY

if TYPE_CHECKING:
    from ledger.models import Book as Kept
    from ledger.models import OwnRecord
    from tests.planted import Record

#: So many events are posted at once where nothing is measured.
CHUNK = 1_000
HEADINGS = "fecha;cooperativa;comprobante;importe\n"


def post(book: Book, own: "Kept", partners: "Mapping[int, Kept]") -> dict[int, int]:
    """Post what was exchanged with all partners, in the order of days, and return fact → event."""
    from ledger.actions import batches
    from ledger.actions import claims as lines
    from ledger.actions.accounts import Place
    from ledger.actions.facts import Fact
    from tests import make

    debts = {number: make.claim(own, other, on=dt.date(2014, 1, 2)) for number, other in partners.items()}
    facts = sorted((fact, number) for number in partners for fact in book.of(number))
    unit = make.unit().pk
    events: dict[int, int] = {}
    for begun in range(0, len(facts), CHUNK):
        items = []
        for fact, number in facts[begun : begun + CHUNK]:
            planned = [
                *lines.lines(claim=debts[number], amount=fact.amount, quantity=0),
                lines.Planned(place=Place(own.pk, "4103", unit), amount=-fact.amount),
                lines.Planned(place=Place(partners[number].pk, "1301", unit), amount=fact.amount),
            ]
            told = Fact(
                kind="barter_delivery",
                happened_on=dt.date.fromordinal(fact.day),
                memo="Entrega",
                papers=" · ".join(_written(mark) for mark in fact.marks),
            )
            items.append((fact.keys[0], told, planned))
        known = lines.with_accounts([line for _key, _told, planned in items for line in planned])
        batch = [
            batches.Item(key=uuid.uuid4(), fact=told, lines=known[at * 4 : at * 4 + 4])
            for at, (_key, told, _planned) in enumerate(items)
        ]
        numbers = batches.post_many(items=batch, on=TODAY, by=None)
        events.update(zip((key for key, _told, _planned in items), numbers, strict=True))
    return events


def _written(mark: str) -> str:
    """Return `A 0007-00000012` for `paper:A-7-12`."""
    letter, point, number = mark.removeprefix("paper:").split("-")
    return f"{letter} {int(point):04d}-{int(number):08d}"


def file(records: "Mapping[int, Record]") -> tuple[bytes, dict[int, int]]:
    """Return the record as a spreadsheet, and row → key of the line."""
    rows, of_row = [HEADINGS], {}
    for number, written in records.items():
        for line in written.lines:
            papers = " · ".join(_written(mark) for mark in line.marks)
            day = dt.date.fromordinal(line.day).isoformat()
            rows.append(f"{day};coop-{number};{papers};{line.amount // 100},{line.amount % 100:02d}\n")
            of_row[len(rows)] = line.keys[0]
    return "".join(rows).encode(), of_row


def sure_wrong(record: "OwnRecord", records: "Mapping[int, Record]", of_row: Mapping[int, int], facts: Any) -> int:
    """Return how many sure matches have events that their lines were not made of, and that do not read alike."""
    from ledger.models import MatchPart

    fact_of = {event: key for key, event in facts["events"].items()}
    origins = {key: of for written in records.values() for key, of in written.origins.items()}
    own: dict[int, set[int]] = {}
    got: dict[int, set[int]] = {}
    parts = MatchPart.objects.filter(match__record=record, match__is_sure=True)
    for match, row in parts.filter(event=None).values_list("match", "line__number"):
        own.setdefault(match, set()).update(origins[of_row[row]])
    for match, event in parts.filter(line=None).values_list("match", "event"):
        got.setdefault(match, set()).add(fact_of[event or 0])
    read = facts["read"]
    return sum(sorted(map(read.get, got[each])) != sorted(map(read.get, own[each])) for each in own)


def bring(own: "Kept", person: Any, content: bytes) -> "OwnRecord":
    """Bring the record, and ask for it to be matched."""
    from django.utils import timezone

    from ledger.actions import record_matches

    return record_matches.begin(
        book=own, key=uuid.uuid4(), content=content, file_name="todo.csv", account=None,
        by=person, on=timezone.localdate(), at=timezone.now(),
    )  # fmt: skip


def work(job_id: int) -> dict[str, Any]:
    """Do a job as a worker does, and return what it took."""
    from django.utils import timezone

    from ledger.actions import record_matches

    before, computed, began = _peak(), time.process_time(), time.perf_counter()
    record_matches.run(job_id=job_id, clock=timezone.now)
    wall, cpu = time.perf_counter() - began, time.process_time() - computed
    return {"wall": wall, "cpu": cpu, "mib": _peak(), "mib before": before}


def _peak() -> float:
    """Return the most MiB that this program has held; what the system says of usage counts whoever started it, too."""
    (line,) = (each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measured(told: Mapping[str, Any]) -> dict[str, Any]:
    """Make the tables and the book, bring the record, and let another process match it."""
    from django.db import connection, transaction

    from tests import make, tables

    tables.make()
    with transaction.atomic():
        own = make.book("grafica", on=dt.date(2014, 1, 1))
        person = make.member("Beto", own.organization, starts_on=dt.date(2014, 1, 1))
        partners = {n: make.book(f"coop-{n}", on=dt.date(2014, 1, 1)) for n in range(1, PARTNERS + 1)}
    book = Book(told["facts"], told["years"])
    events = post(book, own, partners)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    plan = planted(book, lines=told["lines"], papers=told["papers"], rate=told["rate"])
    records = {group[0]: each for group, each in plan}
    content, of_row = file(records)
    began = time.perf_counter()
    record = bring(own, person, content)
    brought = time.perf_counter() - began
    argv = [sys.executable, "-m", "tests.benchmarks.clients.records", json.dumps({"job": record.job_id})]
    done: dict[str, Any] = json.loads(subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout)
    reads = {fact.keys[0]: (fact.day, fact.amount, fact.marks) for n in partners for fact in book.of(n)}
    return done | {
        "lines": record.lines_read,
        "bring": brought,
        "sure": record.matches.filter(is_sure=True).count(),
        "sure wrong": sure_wrong(record, records, of_row, {"events": events, "read": reads}),
    }


def main() -> None:
    """Measure, or be the worker."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    django.setup()
    answer = work(told["job"]) if "job" in told else measured(told)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
