"""`./trama bench kernel`: the ledger beside its peers, scenario by scenario."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import machine, posting, proving, reading
from tests.benchmarks.document import DOCUMENT, put
from tests.benchmarks.outcome import Outcome, goals_table
from tests.benchmarks.rounds import ROOT, ClientFailed
from tests.benchmarks.session import ROWS, Options, Session, say
from tests.benchmarks.world import BOOKS

BEGIN = "<!-- figures: written by `./trama bench kernel --write` -->"

#: name: (scenario, the engine that it needs)
SCENARIOS: dict[str, tuple[Callable[[Session], Outcome], str]] = {
    "post": (posting.post, "postgresql"),
    "clients": (posting.clients, "postgresql"),
    "hot": (posting.hot, "postgresql"),
    "confirm": (posting.confirm, "postgresql"),
    "bulk": (posting.bulk, "postgresql"),
    "sqlite": (posting.sqlite, "sqlite"),
    "sqlite-bulk": (posting.sqlite_bulk, "sqlite"),
    "balance": (reading.balance, "postgresql"),
    "owes": (reading.owes, "postgresql"),
    "trial": (reading.trial, "postgresql"),
    "verify": (proving.verify, "postgresql"),
}


def parser() -> argparse.ArgumentParser:
    """Return what the command takes."""
    said = argparse.ArgumentParser(prog="./trama bench kernel", description=__doc__)
    said.add_argument("--only", default=",".join(SCENARIOS), help="scenarios, with commas: %(default)s")
    said.add_argument("--rounds", type=int, default=5)
    said.add_argument("--seconds", type=float, default=1.0, help="so long each candidate works in a round")
    said.add_argument("--postings", type=int, default=1_000_000, help="how large the ledger is that is read")
    said.add_argument("--books", type=int, default=BOOKS, help="cooperatives, each with ten accounts in use")
    said.add_argument("--rows", type=int, default=ROWS, help="events that stand there before anything is measured")
    said.add_argument("--pgledger", type=Path, help="pgledger.sql of pgr0ss/pgledger, with its vendor folder beside it")
    said.add_argument("--beside", type=Path, action="append", default=[], help="another tree of Trama, as a candidate")
    said.add_argument("--engine", choices=["sqlite", "postgresql"], action="append", help="only this one")
    said.add_argument("--no-peers", action="store_true", help="only Trama and the bare floor")
    said.add_argument("--json", type=Path, help="write every figure of every round")
    said.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT.relative_to(ROOT)}")
    return said


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, print it, and return 1 if a scenario could not be measured."""
    asked = parser().parse_args(arguments)
    names = asked.only.split(",")
    if unknown := set(names) - set(SCENARIOS):
        parser().error(f"there is no scenario {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    options = Options(
        rounds=asked.rounds,
        seconds=asked.seconds,
        postings=asked.postings,
        pgledger=asked.pgledger.resolve() if asked.pgledger else None,
        beside=tuple(tree.resolve() for tree in asked.beside),
        engines=frozenset(asked.engine or ["sqlite", "postgresql"]),
        with_peers=not asked.no_peers,
        books=asked.books,
        rows=asked.rows,
    )
    session = Session.begin(options)
    outcomes: list[Outcome] = []
    try:
        for name in names:
            outcomes.append(_measured(session, name))
            if table := outcomes[-1].table():
                sys.stdout.write(f"\n### {outcomes[-1].title}\n\n{table}\n")
                sys.stdout.flush()
        page = _page(session, outcomes, arguments)
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    finally:
        session.end()
    sys.stdout.write(f"\n{page}\n")
    if asked.json:
        report = {"machine": page.splitlines()[0], "scenarios": [outcome.as_dict() for outcome in outcomes]}
        asked.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if asked.write:
        _write(page, outcomes)
    return int(any(outcome.series is None for outcome in outcomes))


def _measured(session: Session, name: str) -> Outcome:
    scenario, engine = SCENARIOS[name]
    if not session.has(engine):
        reason = session.missing.get("PostgreSQL", "not asked for")
        return Outcome(name, name, notes=[f"not measured: {engine} is {reason}"])
    try:
        before = machine.flush(session.folder)
        outcome = scenario(session)
        outcome.flushes = before, machine.flush(session.folder)
        return outcome
    except ClientFailed as failure:
        say(str(failure))
        return Outcome(name, name, notes=[f"not measured: {str(failure).strip().splitlines()[-1]}"])


def _page(session: Session, outcomes: Sequence[Outcome], arguments: Sequence[str]) -> str:
    """Return what was reached, on which machine."""
    notes = [f"- {name}: {sentence}" for name, sentence in session.missing.items()]
    notes += [f"- `{outcome.name}`: {note}" for outcome in outcomes for note in outcome.notes]
    parts = [machine.described(session), f"`./trama bench kernel {' '.join(arguments)}`", goals_table(outcomes)]
    return "\n\n".join([*parts, "\n".join(notes)] if notes else parts)


def _write(page: str, outcomes: Sequence[Outcome]) -> None:
    """Put the figures of this run in place of those of the last."""
    tables = "\n\n".join(f"### {each.title}\n\n{each.table()}" for each in outcomes if each.series)
    put(BEGIN, f"{page}\n\n{tables}")
