"""`./trama bench clearing`: rounds solved, decided by lot and certified, beside networkx on the same graphs."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import booked, machine
from tests.benchmarks.booked import Booked
from tests.benchmarks.document import DOCUMENT, put
from tests.benchmarks.outcome import Goal, Outcome, goals_table, markdown, number, spread
from tests.benchmarks.rounds import ROOT
from tests.benchmarks.session import OURS, say

BEGIN = "<!-- clearing: written by `./trama bench clearing --write` -->"
PEER = "networkx"
SIZES = [1_000, 10_000, 100_000, 1_000_000]
#: Which share of claims runs down the chain of supply: with little of it circles are many, with much they are few.
FAMILIES = {"dense": 0.5, "sparse": 0.98}
#: How many claims: seconds of computing and MiB, at most.
LIMITS = {100_000: (1.5, None), 1_000_000: (25.0, 1_024)}


@dataclass(frozen=True)
class Graph:
    """What is solved, and each answer of each candidate, round by round."""

    claims: int
    family: str
    answers: dict[str, list[dict[str, Any]]]

    def of(self, name: str, figure: str) -> list[float]:
        """Return a figure of a candidate in every round."""
        return [answer[figure] for answer in self.answers[name]]

    def ratios(self) -> list[float]:
        """Return how many times as long the peer computed, formed inside each round."""
        if PEER not in self.answers:
            return []
        return [peer / ours for peer, ours in zip(self.of(PEER, "cpu"), self.of(OURS, "cpu"), strict=True)]

    def rows(self) -> list[list[str]]:
        """Return a line of the table for each candidate."""
        ours = self.answers[OURS][0]
        return [
            [
                f"{self.claims:,} among {self.claims // 10:,}",
                self.family,
                f"{ours['total'] / ours['whole']:.1%}",
                name,
                spread(self.of(name, "cpu"), unit="s"),
                f"{number(median(self.of(name, 'wall')))} s",
                f"{max(self.of(name, 'mib')):,.0f} MiB",
                spread(self.ratios()) if name == PEER else "",
            ]
            for name in self.answers
        ]

    def goals(self) -> list[Goal]:
        """Return what was to be reached with so many claims."""
        seconds, mib = LIMITS.get(self.claims, (None, None))
        found = []
        measured = f"{self.claims:,} claims, {self.family}: solved, decided by lot, certified"
        if seconds is not None:
            cpu = self.of(OURS, "cpu")
            found.append(Goal(measured, f"≤ {seconds:g} s CPU", cpu, median(cpu) <= seconds, "s"))
        if mib is not None:
            peak = self.of(OURS, "mib")
            found.append(Goal(measured, f"≤ {mib:,} MiB", peak, max(peak) <= mib, "MiB"))
        return found

    def disagreement(self) -> str:
        """Return how answers differ that have to be the same, or nothing."""
        totals = {answer["total"] for answers in self.answers.values() for answer in answers}
        results = {answer["digest"] for answer in self.answers[OURS]}
        same = len(totals) == 1 and len(results) == 1
        return "" if same else f"{self.claims:,} {self.family}: {len(totals)} totals, {len(results)} results"


def parser() -> argparse.ArgumentParser:
    """Return what the command takes."""
    said = argparse.ArgumentParser(prog="./trama bench clearing", description=__doc__)
    said.add_argument("--claims", type=int, action="append", help=f"how many, once or more: {SIZES}")
    said.add_argument("--rounds", type=int, default=3)
    said.add_argument("--networkx", type=int, default=100_000, help="so many claims at most are given to networkx too")
    said.add_argument(
        "--in-books", type=int, default=10_000, help="so many claims in books on PostgreSQL; 0: not at all"
    )
    said.add_argument("--json", type=Path, help="write every figure of every round")
    said.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT.relative_to(ROOT)}")
    return said


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, print it, and return 1 if the candidates disagree."""
    asked = parser().parse_args(arguments)
    load = os.getloadavg()[0]
    graphs = [
        _measured(claims, family, rounds=asked.rounds, with_peer=claims <= asked.networkx)
        for claims in asked.claims or SIZES
        for family in FAMILIES
    ]
    kept = booked.measured(asked.in_books, rounds=asked.rounds, downstream=FAMILIES["dense"])
    wrong = [sentence for graph in graphs if (sentence := graph.disagreement())] + kept.wrong()
    page = _page(graphs, kept, load, arguments, asked.rounds, wrong)
    sys.stdout.write(f"{page}\n")
    if asked.json:
        report = [{"claims": each.claims, "family": each.family, "rounds": each.answers} for each in graphs]
        report.append({"claims": kept.claims, "family": "in the books", "rounds": kept.rounds})
        asked.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        put(BEGIN, page)
    return int(bool(wrong))


def _measured(claims: int, family: str, *, rounds: int, with_peer: bool) -> Graph:
    """Solve in turns, each time in a new process, and begin each round with another candidate."""
    names = [OURS, PEER] if with_peer else [OURS]
    graph = Graph(claims, family, {name: [] for name in names})
    say(f"{claims:,} claims, {family}, {' and '.join(names)} ...")
    for turn in range(rounds):
        for name in names[:: -1 if turn % 2 else 1]:
            graph.answers[name].append(_solved(name, claims, family))
    return graph


def _solved(name: str, claims: int, family: str) -> dict[str, Any]:
    told = {"candidate": name, "claims": claims, "cooperatives": claims // 10, "downstream": FAMILIES[family]}
    argv = [sys.executable, "-m", "tests.benchmarks.clients.clearing", json.dumps(told)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(argv, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _page(
    graphs: Sequence[Graph],
    kept: Booked,
    load: float,
    arguments: Sequence[str],
    rounds: int,
    wrong: Sequence[str],
) -> str:
    heading = ["claims", "graph", "cleared", "candidate", "CPU", "wall", "peak memory", "Trama computes less by"]
    versions = ", ".join(f"{name} {version(name)}" for name in ("ortools", "numpy", "networkx"))
    reached = [goal for one in (*graphs, kept) for goal in one.goals()]
    goals = Outcome("clearing", "Clearing", goals=reached)
    parts = [
        f"{machine.place(load)}; {versions}. {rounds} rounds, each solved in a new process.",
        f"`./trama bench clearing {' '.join(arguments)}`",
        *([goals_table([goals])] if goals.goals else []),
        markdown([heading, *(row for graph in graphs for row in graph.rows())]),
        *([kept.table()] if kept.rounds else []),
        *(f"**They disagree**: {sentence}." for sentence in wrong),
    ]
    return "\n\n".join(parts)
