"""`./trama bench matching`: a record of 10,000 lines, errors planted in it, matched with 100,000 facts."""

import argparse
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import machine
from tests.benchmarks.document import DOCUMENT, put
from tests.benchmarks.outcome import Goal, Outcome, goals_table, markdown, number, spread
from tests.benchmarks.rounds import ROOT
from tests.benchmarks.session import Options, Session, say

BEGIN = "<!-- matching: written by `./trama bench matching --write` -->"
#: One in so many facts is told wrongly.
RATE = 0.1
#: Seconds at most.
LIMIT = 30.0
#: What is matched: over how many years the book's facts lie, and whether the record names papers.
SETTINGS = {
    "a year of ten, with papers": (10, True),
    "a year of ten, no papers": (10, False),
    "one fact in ten of a year, with papers": (1, True),
    "one fact in ten of a year, no papers": (1, False),
}


@dataclass(frozen=True)
class Setting:
    """One record and its book, and each answer, round by round."""

    name: str
    facts: int
    answers: list[dict[str, Any]]

    def goals(self) -> list[Goal]:
        """Return what was to be reached."""
        wall, wrong = [each["wall"] for each in self.answers], [each["sure wrong"] for each in self.answers]
        measured = f"{self.name}: {self.answers[0]['lines']:,} lines against {self.facts:,} facts"
        return [
            Goal(measured, f"≤ {LIMIT:g} s", wall, median(wall) <= LIMIT, "s"),
            Goal(f"{self.name}: sure matches that are wrong", "0", wrong, not any(wrong), "wrong"),
        ]

    def row(self) -> list[str]:
        """Return its line of the table of costs."""
        first = self.answers[0]
        return [
            self.name,
            spread([each["cpu"] for each in self.answers], unit="s"),
            f"{number(median([each['wall'] for each in self.answers]))} s",
            f"{max(each['mib'] for each in self.answers):,.0f} MiB",
            f"{first['sure'] / first['lines']:.1%}",
        ]

    def rows(self) -> list[list[str]]:
        """Return a line for each kind of error: how much of what was found is right, and of what there is was found."""
        rows = []
        for error, (right, found, there) in self.answers[0].get("found", {}).items():
            precision, recall = right / found if found else 0.0, right / there if there else 0.0
            rows.append([self.name, error or "as it was", f"{there:,}", f"{precision:.1%}", f"{recall:.1%}"])
        return rows


def parser() -> argparse.ArgumentParser:
    """Return what the command takes."""
    said = argparse.ArgumentParser(prog="./trama bench matching", description=__doc__)
    said.add_argument("--lines", type=int, default=10_500)
    said.add_argument("--facts", type=int, default=108_000)
    said.add_argument("--rounds", type=int, default=3)
    said.add_argument("--worker", type=int, default=1, help="so often through a worker, on PostgreSQL; 0: not at all")
    said.add_argument("--json", type=Path, help="write every figure of every round")
    said.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT.relative_to(ROOT)}")
    return said


def main(arguments: Sequence[str]) -> int:
    """Measure, print it, and return 1 if a sure match is wrong."""
    asked = parser().parse_args(arguments)
    load = os.getloadavg()[0]
    found = [_measured(name, asked.facts, asked.lines, rounds=asked.rounds) for name in SETTINGS]
    found += _through_a_worker(asked.facts, asked.lines, rounds=asked.worker)
    page = _page(found, load, arguments, asked.rounds)
    sys.stdout.write(f"{page}\n")
    if asked.json:
        report = [{"name": each.name, "facts": each.facts, "rounds": each.answers} for each in found]
        asked.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        put(BEGIN, page)
    return int(any(each["sure wrong"] for setting in found for each in setting.answers))


def _measured(name: str, facts: int, lines: int, *, rounds: int) -> Setting:
    say(f"{name} ...")
    years, papers = SETTINGS[name]
    told = {"facts": facts, "years": years, "lines": lines, "papers": papers, "rate": RATE}
    argv = [sys.executable, "-m", "tests.benchmarks.clients.matching", json.dumps(told)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    answers = []
    for _round in range(rounds):
        done = subprocess.run(argv, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, check=True)
        answers.append(json.loads(done.stdout))
    return Setting(name, facts, answers)


def _through_a_worker(facts: int, lines: int, *, rounds: int) -> list[Setting]:
    """Make a server, and a book in it for each setting with papers; nothing where there is no PostgreSQL."""
    if not rounds:
        return []
    session = Session.begin(Options(with_peers=False))
    try:
        if not session.has("postgresql"):
            say(f"not through a worker: PostgreSQL is {session.missing['PostgreSQL']}")
            return []
        return [
            Setting(f"{name}, through a worker", facts, [_worked(session, told, years) for _round in range(rounds)])
            for name, (years, papers) in SETTINGS.items()
            if papers
            for told in [{"facts": facts, "years": years, "lines": lines, "papers": papers, "rate": RATE}]
        ]
    finally:
        session.end()


def _worked(session: Session, told: dict[str, Any], years: int) -> dict[str, Any]:
    database = f"trama-records-{years}-{uuid.uuid4().hex[:6]}"
    session.cluster.make(database)
    say(f"a book of {years} years on PostgreSQL; making it takes minutes ...")
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "TRAMA_DATA": str(session.folder / "data"),
        "DATABASE_URL": session.cluster.url(database),
    }
    argv = [sys.executable, "-m", "tests.benchmarks.clients.records", json.dumps(told)]
    done = subprocess.run(argv, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _page(found: Sequence[Setting], load: float, arguments: Sequence[str], rounds: int) -> str:
    goals = Outcome("matching", "Matching", goals=[goal for each in found for goal in each.goals()])
    costs = [["what", "CPU", "wall", "peak memory", "sure"], *(each.row() for each in found)]
    errors = [["what", "planted", "links", "precision", "recall"], *(row for each in found for row in each.rows())]
    return "\n\n".join(
        [
            f"{machine.place(load)}. {rounds} rounds, each in a new process; {RATE:.0%} of it is told wrongly.",
            f"`./trama bench matching {' '.join(arguments)}`",
            goals_table([goals]),
            markdown(costs),
            markdown(errors),
        ]
    )
