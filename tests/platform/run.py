"""`./trama test`: the whole suite on SQLite and on a throw-away PostgreSQL, with a real Redis."""

import os
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from config.supervisor.guard import Command
from config.supervisor.keeper import Keeper, Stopped, say
from config.supervisor.redis import Redis, find_server
from tests.platform import postgresql
from tests.tables import COPIED_FROM

ROOT = Path(__file__).resolve().parent.parent.parent
NOTHING_SELECTED = 5
ENGINES = ["sqlite", "postgresql"]
# A person who stops the tests should not wait for a hung one.
READY_SECONDS = 60
FIRST_PORT = 12_000
TABLES = "tables"
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
    "tests/reports/actions/test_open_factory.py",
    "tests/reports/actions/test_pictured.py",
    "tests/reports/actions/test_rounds.py",
    "tests/reports/actions/test_statement.py",
    "tests/reports/actions/test_vouchers.py",
    "tests/reports/management",
    "tests/ledger/web",
    "tests/network/test_access.py",
    "tests/network/web",
    "tests/reports/web",
    "tests/journeys/test_access.py",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_accessibility_of_forms.py",
    "tests/journeys/test_admission.py",
    "tests/journeys/test_balance_confirmations.py",
    "tests/journeys/test_clearing.py",
    "tests/journeys/test_coproduction.py",
    "tests/journeys/test_council.py",
    "tests/journeys/test_disputes.py",
    "tests/journeys/test_duties.py",
    "tests/journeys/test_fund.py",
    "tests/journeys/test_hosting.py",
    "tests/journeys/test_loans.py",
    "tests/journeys/test_machines.py",
    "tests/journeys/test_open_factory.py",
    "tests/journeys/test_purchases.py",
    "tests/journeys/test_network_credit.py",
    "tests/journeys/test_offers.py",
    "tests/journeys/test_referrals.py",
    "tests/journeys/test_register.py",
    "tests/journeys/test_rings.py",
    "tests/journeys/test_spreadsheet.py",
    "tests/journeys/test_toll_work.py",
    "tests/journeys/test_vouchers.py",
    "tests/journeys/test_years.py",
)


#: What wants a processor of its own: installations that start, processes that race each other.
ALONE = ("-n", "0", "-m", "serial")


@dataclass(frozen=True)
class Run:
    """One call of pytest."""

    title: str
    environment: Mapping[str, str]
    options: Sequence[str]
    #: Files and folders that are tried on the other engine alone.
    without: Sequence[str]


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

    def run(self, engines: Sequence[str], redis_url: str) -> None:
        """Run the tests that want a processor of their own, one by one for each engine; then all others on two."""
        runs = {engine: self._prepared(engine, engines[0], redis_url) for engine in engines}
        if not self.arguments:
            runs = self._with_tables(runs)
        self._pytest([self._alone(run) for run in runs.values()])
        for engine in engines:
            self._pytest([runs[engine]])

    def _with_tables(self, runs: Mapping[str, "Run"]) -> dict[str, "Run"]:
        """Make the tables once for each engine, side by side: whoever wants a fresh database copies them."""
        say("Making the tables, for all tests to copy ...")
        (folder := self.folder / TABLES).mkdir()
        copied, commands = {}, []
        for engine, run in runs.items():
            told = {"TRAMA_DATA": str(folder)}
            copied[COPIED_FROM[engine]] = str(folder / "trama.sqlite3")
            if engine == "postgresql":
                copied[COPIED_FROM[engine]] = TABLES
                told["DATABASE_URL"] = postgresql.with_database(self.folder / "postgresql", TABLES)
            commands.append(
                Command(
                    name="migrate",
                    argv=[sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"],
                    env={**run.environment, **told},
                    cwd=ROOT,
                )
            )
        assert not any(self.keeper.run_once(*commands)), "the tables cannot be made"
        return {engine: replace(run, environment={**run.environment, **copied}) for engine, run in runs.items()}

    def _alone(self, run: "Run") -> "Run":
        files = [] if self.arguments else _files_alone(run.without)
        return replace(run, title=f"{run.title}, one by one", options=[*ALONE, *files])

    def _prepared(self, engine: str, first: str, redis_url: str) -> "Run":
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": str(ROOT),
            "REDIS_URL": redis_url,
            "TRAMA_DATA": str(self.folder / f"data-{engine}"),
        }
        if engine == "postgresql":
            environment["DATABASE_URL"] = self.start_postgresql()
        without = () if engine == first else SAME_ON_EITHER
        return Run(engine, environment, ["-n", "2", "--dist", "worksteal", "-m", "not serial"], without)

    def _pytest(self, runs: Sequence["Run"]) -> None:
        """Run pytest, side by side if there are several: then each tells what it has to say at its end."""
        commands = []
        for number, run in enumerate(runs):
            options = [*(f"--ignore={path}" for path in run.without), *run.options, *self.arguments]
            say(f"Tests on {run.title}: pytest {' '.join(options)}")
            report = self.folder / f"report-{number}.xml"
            report.unlink(missing_ok=True)
            argv = [sys.executable, "-m", "pytest", f"--junitxml={report}", *options]
            log = self.folder / f"pytest-{number}.log" if len(runs) > 1 else None
            commands.append(Command(name="pytest", argv=argv, env=run.environment, cwd=ROOT, log=log))
        for number, (run, status) in enumerate(zip(runs, self.keeper.run_once(*commands), strict=True)):
            if log := commands[number].log:
                say(f"Tests on {run.title}:")
                sys.stdout.write(log.read_text(encoding="utf-8", errors="replace"))
                log.unlink()
            self._count(run.title, status, self.folder / f"report-{number}.xml")

    def _count(self, title: str, status: int, report: Path) -> None:
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


def _files_alone(without: Sequence[str]) -> list[str]:
    """Return the files with tests that run alone: to collect all others for them takes half a minute."""
    found = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py"))
    wanted = [path for path in found if not any(path.is_relative_to(each) for each in without)]
    return [str(path) for path in wanted if "mark.serial" in (ROOT / path).read_text(encoding="utf-8")]


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
        suite.run(engines, redis_url)
        return suite.verdict()
    except Stopped:
        say("Stopped.")
        return 130
    finally:
        suite.keeper.stop(last=["redis"])
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
