"""`./trama bench reports`: reports beside bare WeasyPrint on the same HTML; how many a minute; how much memory."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from config.supervisor.installation import REPORTS_PER_WORKER
from tests.benchmarks import machine
from tests.benchmarks.document import DOCUMENT, put
from tests.benchmarks.outcome import Goal, Outcome, goals_table, markdown, number, spread
from tests.benchmarks.rounds import ROOT
from tests.benchmarks.session import say

BEGIN = "<!-- reports: written by `./trama bench reports --write` -->"
#: Of the time that WeasyPrint takes for the same HTML.
RATIO = 1.15
KINDS = ("statement", "journal", "ledger", "trial-balance")


def parser() -> argparse.ArgumentParser:
    """Return what the command takes."""
    said = argparse.ArgumentParser(prog="./trama bench reports", description=__doc__)
    said.add_argument("--entries", type=int, nargs="+", default=[20, 400, 5_000], help="of the book's year")
    said.add_argument("--kinds", nargs="+", default=KINDS)
    said.add_argument("--rounds", type=int, default=3)
    said.add_argument("--reports", type=int, default=40, help="so many statements by each number of workers; 0: none")
    said.add_argument("--workers", type=int, nargs="+", default=[1, 2], choices=[1, 2])
    said.add_argument("--worked", type=int, default=45, help="entries of their book: ten pages and some")
    said.add_argument("--json", type=Path, help="write every figure of every round")
    said.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT.relative_to(ROOT)}")
    return said


def main(arguments: Sequence[str]) -> int:
    """Measure, print it, and return 1 if a report could not be made."""
    asked = parser().parse_args(arguments)
    load = os.getloadavg()[0]
    found: list[dict[str, Any]] = []
    workers: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="trama-bench-") as folder:
        for entries in asked.entries:
            store = Store(Path(folder) / str(entries))
            say(f"a book of {entries} entries ...")
            store.do(job="prepare", entries=entries)
            found += [store.compared(kind, entries, asked.rounds) for kind in asked.kinds]
        if asked.reports:
            say(f"a book of {asked.worked} entries ...")
            store = Store(Path(folder) / "worked")
            store.do(job="prepare", entries=asked.worked)
            workers = [store.worked(asked.reports, number) for number in asked.workers]
    page = _page(found, workers, load, arguments)
    sys.stdout.write(f"{page}\n")
    if asked.json:
        asked.json.write_text(json.dumps({"reports": found, "workers": workers}, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        put(BEGIN, page)
    return int(any(each["failed"] for each in workers))


class Store:
    """One installation: a folder with its database and its files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}},
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "TRAMA_DATA": str(folder),
            # Nobody listens: the jobs are handed out here.
            "REDIS_URL": "memory://",
        }

    def begin(self, **told: Any) -> "subprocess.Popen[bytes]":
        """Begin a job in a process of its own."""
        argv = [sys.executable, "-m", "tests.benchmarks.clients.reports", json.dumps(told)]
        return subprocess.Popen(argv, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE)

    def do(self, **told: Any) -> dict[str, Any]:
        """Do a job and return what it answers."""
        return _answer(self.begin(**told))

    def compared(self, kind: str, entries: int, rounds: int) -> dict[str, Any]:
        """Make a report and let WeasyPrint draw its HTML, in turns."""
        say(f"{kind} of {entries} entries ...")
        turns = [(self.do(job="ours", kind=kind), self.do(job="bare", kind=kind)) for _round in range(rounds)]
        ours, bare = zip(*turns, strict=True)
        return {"kind": kind, "entries": entries, "ours": ours, "bare": bare}

    def worked(self, reports: int, workers: int) -> dict[str, Any]:
        """Make so many statements with so many workers."""
        say(f"{reports} statements by {workers} ...")
        # What was made for the others is not asked for again.
        language = "es-ar" if workers == 1 else "en"
        jobs = self.do(job="queue", kind="statement", reports=reports, language=language)["jobs"]
        began = time.perf_counter()
        with ThreadPoolExecutor(workers) as at_work:
            shares = [jobs[place::workers] for place in range(workers)]
            answers = [answer for share in at_work.map(self._one_after_the_other, shares) for answer in share]
        return {
            "workers": workers,
            "reports": reports,
            "wall": time.perf_counter() - began,
            "failed": sum(each["failed"] for each in answers),
            "mib": [each["mib"] for each in answers],
            "pages": [pages for each in answers for pages in each["pages"]],
        }

    def _one_after_the_other(self, jobs: Sequence[int]) -> list[dict[str, Any]]:
        """Do the jobs of a worker, which begins anew after so many."""
        shares = [jobs[at : at + REPORTS_PER_WORKER] for at in range(0, len(jobs), REPORTS_PER_WORKER)]
        return [self.do(job="work", jobs=share) for share in shares]


def _answer(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    written, _nothing = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    answer: dict[str, Any] = json.loads(written)
    return answer


def _page(
    found: Sequence[dict[str, Any]], workers: Sequence[dict[str, Any]], load: float, arguments: Sequence[str]
) -> str:
    goals, rows = [], [["report", "CPU", "bare WeasyPrint", "peak memory", "file"]]
    for each in found:
        ours, bare = [one["cpu"] for one in each["ours"]], [one["cpu"] for one in each["bare"]]
        ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
        name = f"{each['kind']}, {each['entries']:,} entries"
        goals.append(Goal(f"{name}: CPU", f"≤ {RATIO:g} × bare WeasyPrint", ratios, median(ratios) <= RATIO))
        size = each["ours"][0]["bytes"] / 1024
        peak = max(one["mib"] for one in each["ours"])
        rows.append([name, spread(ours, unit="s"), f"{number(median(bare))} s", f"{peak:,.0f} MiB", f"{size:,.0f} KiB"])
    lines = [["by workers", "reports a minute", "failed", "pages of each", "peak memory of one, least to most"]]
    for each in workers:
        rate = 60 * each["reports"] / each["wall"]
        what = f"{each['reports']} statements by {each['workers']}"
        pages, peaks = each["pages"], each["mib"]
        lines.append(
            [
                what,
                number(rate),
                str(each["failed"]),
                f"{min(pages)} to {max(pages)}",
                f"{min(peaks):,.0f} to {max(peaks):,.0f} MiB",
            ]
        )
    return "\n\n".join(
        [
            f"{machine.place(load)}. Each report in a new process that has made another one before.",
            f"`./trama bench reports {' '.join(arguments)}`",
            goals_table([Outcome("reports", "Reports", goals=goals)]),
            markdown(rows),
            markdown(lines),
        ]
    )
