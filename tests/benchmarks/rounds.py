"""Candidates as processes, and rounds in which each of them is measured once, in rotated order."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent.parent
#: Where the peers are installed; Trama's own environment stays clean.
PEERS = ROOT / ".venv-bench" / "bin" / "python"
ANSWER_SECONDS = 900.0
#: In so many turns the candidates do the work of one round.
SLICES = 4


class ClientFailed(Exception):
    """A client ended or said nothing."""


@dataclass(frozen=True)
class Candidate:
    """Something to measure: a module of `clients`, what it is told, and where it runs."""

    name: str
    module: str
    told: Mapping[str, Any]
    clients: int = 1
    python: Path = Path(sys.executable)
    environment: Mapping[str, str] = field(default_factory=dict)
    #: What else holds while its store is prepared, which nobody measures.
    preparing: Mapping[str, str] = field(default_factory=dict)
    tree: Path = ROOT
    #: Candidates of one store share what was prepared in it; without one there is nothing to prepare.
    store: str = ""
    is_postgresql: bool = True

    def argv(self, **told: Any) -> list[str]:
        """Return the command line of one client."""
        module = f"tests.benchmarks.clients.{self.module}"
        return [str(self.python), "-m", module, json.dumps({"client": 0, **self.told, **told})]

    def surroundings(self) -> dict[str, str]:
        """Return the environment of its processes."""
        return {**os.environ, "PYTHONPATH": str(self.tree), **self.environment}

    def prepare(self, *, rows: int) -> None:
        """Make its tables and accounts, with some rows in them.

        :raises ClientFailed: if it could not.
        """
        argv = self.argv(job="prepare", rows=self.told.get("events", rows), client=99)
        surroundings = {**self.surroundings(), **self.preparing}
        done = subprocess.run(argv, cwd=self.tree, env=surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ClientFailed(f"{self.name}: {done.stderr[-2000:]}")


@dataclass
class Measured:
    """What one candidate did in one round."""

    rate: float
    #: Seconds of computing a unit.
    client_cpu: float
    server_cpu: float
    units: int
    failed: int
    errors: list[str]

    @classmethod
    def of(cls, answers: Sequence[Mapping[str, Any]], *, server_cpu: float, slices: int) -> "Measured":
        """Sum up what the clients said after each slice of the round."""
        units = sum(answer["units"] for answer in answers)
        return cls(
            # Clients work at the same time, slices one after the other.
            rate=units / (sum(answer["seconds"] for answer in answers) * slices / len(answers)),
            client_cpu=sum(answer["cpu"] for answer in answers) / max(units, 1),
            server_cpu=server_cpu / max(units, 1),
            units=units,
            failed=sum(answer["failed"] for answer in answers),
            errors=sorted({error for answer in answers for error in answer["errors"]})[:3],
        )


class Client:
    """One running client process."""

    def __init__(self, candidate: Candidate, number: int) -> None:
        self.name = candidate.name
        self.said: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed with the client
        self._process = subprocess.Popen(
            candidate.argv(client=number),
            cwd=candidate.tree,
            env=candidate.surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
            bufsize=1,
            start_new_session=True,  # a group of its own: what it runs ends with it
        )

    def tell(self, **what: Any) -> None:
        """Give it a command."""
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for its next line.

        :raises ClientFailed: if there will be none.
        """
        readable, _, _ = select.select([self._process.stdout], [], [], ANSWER_SECONDS)
        line = self._process.stdout.readline() if readable else ""
        if not line:
            self.said.seek(0)
            raise ClientFailed(f"{self.name}: {self.said.read()[-2000:] or 'no answer'}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """Let it go."""
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process.stdout.close()
        self.said.close()


class Team:
    """The clients of one candidate, which work at the same time."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self._clients = [Client(candidate, number) for number in range(candidate.clients)]
        self._said: list[dict[str, Any]] = []

    def ready(self) -> None:
        """Wait until all are."""
        for client in self._clients:
            client.answer()

    def work(self, *, seconds: float, calls: int | None, server_cpu: Callable[[], float]) -> float:
        """Let all work for so long, and return what the server computed meanwhile."""
        before = server_cpu()
        for client in self._clients:
            client.tell(do="work", seconds=seconds, calls=calls)
        self._said += [client.answer() for client in self._clients]
        return server_cpu() - before

    def sum_up(self, *, server_cpu: float, slices: int) -> Measured:
        """Return what the round brought, and let the clients prepare the next."""
        measured, self._said = Measured.of(self._said, server_cpu=server_cpu, slices=slices), []
        for client in self._clients:
            client.tell(do="rest")
        for client in self._clients:
            client.answer()
        return measured

    def end(self) -> None:
        """Let all go."""
        for client in self._clients:
            client.end()


@dataclass
class Series:
    """What each candidate did, round by round."""

    rounds: list[dict[str, Measured]] = field(default_factory=list)

    def of(self, name: str, figure: str) -> list[float]:
        """Return one figure of a candidate in every round."""
        return [getattr(each[name], figure) for each in self.rounds]

    def median(self, name: str, figure: str = "rate") -> float:
        """Return the median over the rounds."""
        return median(self.of(name, figure))

    def ratios(self, name: str, to: str) -> list[float]:
        """Return how many times as fast as another it was, formed inside each round."""
        return [each[name].rate / each[to].rate for each in self.rounds if each[to].rate]

    def failures(self, name: str) -> tuple[int, list[str]]:
        """Return how often it failed in all rounds, and how."""
        errors = {error for each in self.rounds for error in each[name].errors}
        return sum(each[name].failed for each in self.rounds), sorted(errors)[:3]


def run(
    candidates: Sequence[Candidate],
    *,
    rounds: int,
    seconds: float,
    server_cpu: Callable[[], float] = lambda: 0.0,
    calls: int | None = None,
) -> Series:
    """Measure every candidate in each round, the work of a round in slices that take turns.

    Each turn begins with another candidate: what a neighbour does to the machine falls on all of them.
    """
    teams: list[Team] = []
    series = Series()
    slices = SLICES if calls is None else 1
    try:
        teams += [Team(candidate) for candidate in candidates]
        for team in teams:
            team.ready()
        for number in range(rounds):
            computed = dict.fromkeys(teams, 0.0)
            for turn in range(number, number + slices):
                start = turn % len(teams)
                for team in teams[start:] + teams[:start]:
                    computed[team] += team.work(seconds=seconds / slices, calls=calls, server_cpu=server_cpu)
            series.rounds.append(
                {team.candidate.name: team.sum_up(server_cpu=computed[team], slices=slices) for team in teams}
            )
        return series
    finally:
        for team in teams:
            team.end()
