"""Reports made, or their HTML drawn by WeasyPrint alone, in a process of its own: told as JSON, it answers in JSON."""

import datetime as dt
import hashlib
import json
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
NOW = dt.datetime(2024, 1, 2, 10, tzinfo=dt.UTC)


def prepare(entries: int, **_: Any) -> dict[str, Any]:
    """Make the tables, and a book with so many entries of one year."""
    from django.db import transaction

    from ledger.actions import seals
    from ledger.actions.batches import post_many
    from tests import make, tables

    tables.make()
    with transaction.atomic():
        grafica = make.book("grafica", name="Gráfica", tax_id="30999000017")
        make.officer("ana", grafica.organization)
        others = [make.book(f"taller-{number}", name=f"Taller {number}") for number in range(12)]
        deals = (
            (YEAR[0] + dt.timedelta(days=number * 364 // entries), others[number % 12], 1_000_00 + number * 37)
            for number in range(entries)
        )
        for some in batched(_deliveries(grafica, deals), 1_000):
            post_many(items=some, on=YEAR[1], by=None)
    seals.seal(at=NOW)
    return {}


def _deliveries(seller: Any, deals: Iterable[tuple[dt.date, Any, int]]) -> Iterator[Any]:
    """Yield deliveries to be posted: those to one book in one month are of one agreement, and one debt."""
    from ledger.actions.batches import Item
    from ledger.actions.facts import Fact, Line
    from tests import make

    agreed: dict[tuple[int, int], list[Any]] = {}
    for day, buyer, amount in deals:
        month = (buyer.pk, day.month)
        if month not in agreed:
            agreed[month] = [
                *make.claim_lines(make.claim(seller, buyer, on=day), 1),
                Line(account=make.account(seller, "4103"), amount=-1),
                Line(account=make.account(buyer, "1301"), amount=1),
            ]
        lines = [replace(line, amount=line.amount * amount) for line in agreed[month]]
        yield Item(
            key=uuid.uuid4(), fact=Fact(kind="barter_delivery", happened_on=day, memo="Bolsas por harina"), lines=lines
        )


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield them in lists of so many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def ours(kind: str, **_: Any) -> dict[str, Any]:
    """Make a report from its figures to its bytes, as a worker does."""
    _warm()
    return _timed(lambda: _made(kind))


def bare(kind: str, **_: Any) -> dict[str, Any]:
    """Let WeasyPrint draw the same HTML, with the same style, pictures and files, and nothing else of ours."""
    from weasyprint import CSS, HTML, Attachment

    from reports import pdf
    from reports.core import identifiers

    _warm()
    handed: dict[str, Any] = {}

    def hand_over(**told: Any) -> bytes:
        handed.update(told)
        return identifiers.MARK + bytes(told["identifier"])[-identifiers.LENGTH :]

    ours_draws, pdf.render = pdf.render, hand_over
    _made(kind)
    pdf.render = ours_draws

    def draw() -> bytes:
        fetcher = pdf.NothingOutside(handed["charts"], handed["photos"] or {})
        style = CSS(string=handed["css"], base_url="about:blank", url_fetcher=fetcher)
        page = HTML(string=handed["html"], base_url="about:blank", url_fetcher=fetcher)
        files = [Attachment(string=each.content, name=each.name) for each in handed["carried"]]
        drawn: bytes = page.write_pdf(stylesheets=[style], attachments=files, pdf_variant=pdf.VARIANT)
        return drawn

    return _timed(draw)


def queue(kind: str, reports: int, language: str, **_: Any) -> dict[str, Any]:
    """Ask for so many reports of the whole year, each from another day before it, and return their jobs."""
    from network.models import Organization, User
    from reports.actions import requests

    grafica, person = Organization.objects.get(code="grafica"), User.objects.get()
    jobs = []
    for number in range(reports):
        made = requests.request(
            kind=kind,
            organization=grafica,
            starts_on=YEAR[0] - dt.timedelta(days=number),
            ends_on=YEAR[1],
            language=language,
            by=person,
            on=NOW.date(),
            at=NOW,
        )
        jobs.append(made.job_id)
    return {"jobs": jobs}


def work(jobs: list[int], **_: Any) -> dict[str, Any]:
    """Do these jobs, one after the other, as a worker does."""
    import pikepdf
    from django.utils import timezone

    from reports.actions import files, rendering

    _warm()
    made = [rendering.render(job_id=job, clock=timezone.now) for job in jobs]
    peak, pages = _peak(), []
    for report in filter(None, made):
        with pikepdf.open(files.file_of(report)) as paper:
            pages.append(len(paper.pages))
    return {"failed": made.count(None), "mib": peak, "pages": pages}


def _made(kind: str) -> bytes:
    from network.models import Organization
    from reports.actions import requests

    return requests.make(
        kind=kind,
        organization=Organization.objects.get(code="grafica"),
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        language="es-ar",
        on=NOW.date(),
        at=NOW,
    )


def _warm() -> None:
    """Make the shortest report there is: what is loaded once in the life of a worker is in nobody's time."""
    from network.models import Organization
    from reports.actions import requests

    shop = Organization.objects.get(code="taller-0")
    day = YEAR[0] - dt.timedelta(days=1)
    requests.make(
        kind="trial-balance", organization=shop, starts_on=day, ends_on=day, language="en", on=NOW.date(), at=NOW
    )


def _timed(make: Any) -> dict[str, Any]:
    computed, began = time.process_time(), time.perf_counter()
    content = make()
    cpu, wall = time.process_time() - computed, time.perf_counter() - began
    digest = hashlib.sha256(content).hexdigest()
    return {"cpu": cpu, "wall": wall, "bytes": len(content), "sha256": digest, "mib": _peak()}


def _peak() -> float:
    """Return the most MiB that this program has held."""
    (line,) = (each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    import django

    django.setup()
    asked = json.loads(sys.argv[1])
    jobs: dict[str, Callable[..., dict[str, Any]]]
    jobs = {"prepare": prepare, "ours": ours, "bare": bare, "queue": queue, "work": work}
    answer = jobs[asked.pop("job")](**asked)
    sys.stdout.write(json.dumps(answer))
