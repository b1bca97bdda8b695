"""The scenario that proves: everything verified, beside programs that read the whole journal to check it."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.benchmarks.outcome import Goal, Outcome
from tests.benchmarks.reading import reader
from tests.benchmarks.rounds import PEERS, Candidate, Series
from tests.benchmarks.session import OURS, Session, say

NAME = f"{OURS}, verify --full"
ROUNDS_MAX = 3
POSTINGS_A_SECOND = 100_000


def verify(session: Session) -> Outcome:
    """Balances, mirrors and seals of a large ledger, once a round."""
    postings = session.options.postings
    ours = reader(session, "verify", postings=postings, name=NAME, warm_up=0)
    session.prepare([ours])
    notes: list[str] = []
    candidates = [ours, *_bean_check(session, ours, notes), *_hledger(session, ours, notes)]
    # These take a minute each: fewer rounds, one call a round.
    few = replace(session, options=replace(session.options, rounds=min(session.options.rounds, ROUNDS_MAX)))
    series = few.measure(candidates, calls=1)
    what = f"full verification at {postings:,} postings"
    goals = [
        _a_core(what, series),
        Goal.times(what, series, NAME, "bean-check", at_least=50),
        Goal.times(what, series, NAME, "hledger check", at_least=10),
    ]
    return Outcome("verify", "Full verification", unit="postings", series=series, goals=goals, notes=notes)


def _a_core(what: str, series: Series) -> Goal:
    """Return the goal for the computing time, client and server together."""
    rates = [
        1 / (server + client)
        for server, client in zip(series.of(NAME, "server_cpu"), series.of(NAME, "client_cpu"), strict=True)
    ]
    reach = f"≥ {POSTINGS_A_SECOND:,} postings a second of one core"
    return Goal(what, reach, rates, is_met=median(rates) >= POSTINGS_A_SECOND, unit="/s")


def _bean_check(session: Session, ours: Candidate, notes: list[str]) -> list[Candidate]:
    program = PEERS.with_name("bean-check")
    if not session.options.with_peers or not program.exists():
        notes.append("bean-check: not installed")
        return []
    return _program(session, ours, notes, format="beancount", name="bean-check", argv=[str(program), "-C"])


def _hledger(session: Session, ours: Candidate, notes: list[str]) -> list[Candidate]:
    program = shutil.which("hledger")
    if not session.options.with_peers or program is None:
        notes.append("hledger: not installed (apt-get install hledger)")
        return []
    return _program(session, ours, notes, format="hledger", name="hledger check", argv=[program, "check", "-f"])


def _program(
    session: Session, ours: Candidate, notes: list[str], *, format: str, name: str, argv: list[str]
) -> list[Candidate]:
    file = session.folder / f"journal.{format}"
    if said := _export(ours, format, file):
        notes.append(f"{name}: there is no export in its format ({said})")
        return []
    told = {"argv": [*argv, str(file)], "postings": session.options.postings}
    return [Candidate(name, "programs", told)]


def _export(ours: Candidate, format: str, file: Path) -> str:
    """Write the journal for another program; return why not, or nothing."""
    say(f"exporting for {format} ...")
    argv = [sys.executable, "manage.py", "export", "--all", "--format", format, "--out", str(file)]
    done = subprocess.run(argv, cwd=ours.tree, env=ours.surroundings(), capture_output=True, text=True, check=False)
    return (done.stderr.strip().splitlines() or ["no reason given"])[-1] if done.returncode else ""
