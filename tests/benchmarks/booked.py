"""A whole round of clearing in the books of a made-up network, on PostgreSQL: from its call to the last entry."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.benchmarks.outcome import Goal, markdown, number, spread
from tests.benchmarks.rounds import ROOT
from tests.benchmarks.session import Options, Session, say

#: So many claims has a member on average.
CLAIMS_A_MEMBER = 4
#: How many claims: seconds at most.
LIMITS = {10_000: 30.0}
DATABASE = "trama-rounds"


@dataclass(frozen=True)
class Booked:
    """What was asked, and each round that was taken through the books."""

    claims: int
    rounds: list[dict[str, Any]] = field(default_factory=list)

    def of(self, step: str) -> list[float]:
        """Return the seconds of a step in every round."""
        return [each["steps"][step] for each in self.rounds]

    def goals(self) -> list[Goal]:
        """Return what was to be reached with so many claims."""
        if self.claims not in LIMITS:
            return []
        seconds, got = LIMITS[self.claims], self.whole()
        measured = f"{self.claims:,} claims in the books of {self.members:,}: called, counted, solved, checked, posted"
        return [Goal(measured, f"≤ {seconds:g} s", got, bool(got) and median(got) <= seconds, "s")]

    @property
    def members(self) -> int:
        """How many cooperatives owe each other."""
        return self.claims // CLAIMS_A_MEMBER

    def table(self) -> str:
        """Return the steps as a Markdown table."""
        if not self.rounds:
            return ""
        rows = [[step, spread(self.of(step), unit="s")] for step in self.rounds[0]["steps"]]
        head = [f"{self.claims:,} claims in the books of {self.members:,}", "wall"]
        return markdown([head, *rows, ["all but reversing it", f"{number(median(self.whole()))} s"]])

    def whole(self) -> list[float]:
        """Return the seconds of all steps but the reversal, in every round."""
        return [each["seconds"] for each in self.rounds]

    def wrong(self) -> list[str]:
        """Return what must not be: another result of the same claims, or one without proof."""
        unproven = sum(each["problems"] for each in self.rounds)
        differ = len({each["total"] for each in self.rounds}) > 1
        told = f"in the books: {unproven} problems, results {'differ' if differ else 'agree'}"
        return [told] if unproven or differ else []


def measured(claims: int, *, rounds: int, downstream: float) -> Booked:
    """Make a server and a network in it, and take rounds through its books; nothing where there is no PostgreSQL."""
    if not claims:
        return Booked(claims)
    session = Session.begin(Options(with_peers=False))
    try:
        if not session.has("postgresql"):
            say(f"no round in the books: PostgreSQL is {session.missing['PostgreSQL']}")
            return Booked(claims)
        session.cluster.make(DATABASE)
        say(f"{claims:,} claims in the books of {claims // CLAIMS_A_MEMBER:,}; making them takes minutes ...")
        told = {"claims": claims, "cooperatives": claims // CLAIMS_A_MEMBER, "downstream": downstream, "rounds": rounds}
        surroundings = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "TRAMA_DATA": str(session.folder / "data"),
            "DATABASE_URL": session.cluster.url(DATABASE),
        }
        argv = [sys.executable, "-m", "tests.benchmarks.clients.books", json.dumps(told)]
        done = subprocess.run(argv, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, check=True)
        return Booked(claims, json.loads(done.stdout))
    finally:
        session.end()
