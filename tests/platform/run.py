"""`./trama test`: the whole suite on SQLite and on a throw-away PostgreSQL, with a real Redis."""

import os
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.supervisor.guard import Command
from config.supervisor.keeper import Keeper, Stopped, say
from config.supervisor.redis import Redis, find_server
from tests.platform import postgresql

ROOT = Path(__file__).resolve().parent.parent.parent
NOTHING_SELECTED = 5
ENGINES = ["sqlite", "postgresql"]
# A person who stops the tests should not wait for a hung one.
READY_SECONDS = 60
FIRST_PORT = 12_000
# What is about processes, plain arithmetic, or how a page is built and walked through, is the same on either database:
# once is enough. One whole journey of a barter is made on both.
SAME_ON_EITHER = (
    "tests/platform",
    "tests/benchmarks",
    "tests/ledger/core",
    "tests/network/core",
    "tests/reports/core",
    "tests/reports/test_pdf.py",
    "tests/reports/actions/test_minutes.py",
    "tests/reports/actions/test_statement.py",
    "tests/reports/management",
    "tests/network/test_access.py",
    "tests/network/web",
    "tests/reports/web",
    "tests/journeys/test_access.py",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_admission.py",
    "tests/journeys/test_coproduction.py",
    "tests/journeys/test_council.py",
    "tests/journeys/test_duties.py",
    "tests/journeys/test_hosting.py",
    "tests/journeys/test_offers.py",
    "tests/journeys/test_register.py",
    "tests/journeys/test_rings.py",
    "tests/journeys/test_spreadsheet.py",
    "tests/journeys/test_years.py",
)


@dataclass
class Suite:
    """One call of `./trama test`: its services, its folder, what it counted."""

    keeper: Keeper
    folder: Path
    arguments: Sequence[str]
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def start_redis(self) -> str:
        """Start a Redis of the tests' own and return its address."""
        server = find_server()
        assert server is not None, "requirements.lock has a wheel with a Redis server"
        redis = Redis.prepare(self.folder / "redis", first_port=FIRST_PORT + os.getpid() % 8_000)
        self.keeper.add(redis.command(server, self.folder / "redis.log"))
        assert self.keeper.wait(redis.answers, seconds=READY_SECONDS, every=0.05), "Redis does not answer"
        return redis.url

    def start_postgresql(self) -> str:
        """Make a cluster, start its server, and return its address."""
        folder = self.folder / "postgresql"
        postgresql.create(folder)
        self.keeper.add(postgresql.command(folder))
        ready = self.keeper.wait(lambda: postgresql.answers(folder), seconds=READY_SECONDS, every=0.1)
        assert ready, (self.folder / "postgresql.log").read_text()
        return postgresql.url(folder)

    def run(self, engine: str, first: str, redis_url: str) -> None:
        """Run the tests that may share the machine, then, one by one, those that may not."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": str(ROOT),
            "REDIS_URL": redis_url,
            "TRAMA_DATA": str(self.folder / f"data-{engine}"),
        }
        if engine == "postgresql":
            environment["DATABASE_URL"] = self.start_postgresql()
        ignored = [] if engine == first else [f"--ignore={path}" for path in SAME_ON_EITHER]
        self._pytest(engine, environment, [*ignored, "-n", "2", "-m", "not serial"])
        self._pytest(f"{engine}, one by one", environment, [*ignored, "-n", "0", "-m", "serial"])

    def _pytest(self, title: str, environment: dict[str, str], options: Sequence[str]) -> None:
        report = self.folder / "report.xml"
        report.unlink(missing_ok=True)
        say(f"Tests on {title}: pytest {' '.join([*options, *self.arguments])}")
        argv = [sys.executable, "-m", "pytest", f"--junitxml={report}", *options, *self.arguments]
        status = self.keeper.run_once(Command(name="pytest", argv=argv, env=environment, cwd=ROOT))
        if status not in {0, NOTHING_SELECTED}:
            self.failed.append(title)
        if report.exists():
            for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  # written by pytest just now
                self.counts.update({name: int(suite.get(name, 0)) for name in _COUNTED})

    def verdict(self) -> int:
        """Print the sum of all runs in the words of pytest, and return the exit code."""
        bad = self.counts["failures"] + self.counts["errors"]
        passed = self.counts["tests"] - bad - self.counts["skipped"]
        if self.failed:
            say(f"Failed on {'; '.join(self.failed)}.")
        sys.stdout.write(f"{passed} passed, {bad} failed, {self.counts['skipped']} skipped\n")
        sys.stdout.flush()
        if not self.counts["tests"]:
            say("No test was selected.")
        return 1 if self.failed or not self.counts["tests"] else 0


_COUNTED = ("tests", "failures", "errors", "skipped")


def main(arguments: Sequence[str]) -> int:
    """Return 0 if every run passed and at least one test ran."""
    engines = [engine for engine in ENGINES if f"--{engine}-only" in arguments] or ENGINES
    rest = [argument for argument in arguments if argument not in {f"--{engine}-only" for engine in ENGINES}]
    folder = Path(tempfile.mkdtemp(prefix="trama-test-"))
    folder.chmod(0o711)  # the user postgres has to pass through
    suite = Suite(Keeper(), folder, rest)
    try:
        redis_url = suite.start_redis()
        for engine in engines:
            suite.run(engine, engines[0], redis_url)
        return suite.verdict()
    except Stopped:
        say("Stopped.")
        return 130
    finally:
        suite.keeper.stop(last=["redis"])
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
