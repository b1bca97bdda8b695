"""One call of the benchmarks: its folder, its server, the databases that it made, and what was not there."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.benchmarks.cluster import Cluster
from tests.benchmarks.rounds import PEERS, ROOT, Candidate, Series
from tests.benchmarks.rounds import run as run_rounds
from tests.benchmarks.world import BOOKS
from tests.platform import postgresql

#: So many events stand in a database before anything is measured: an empty table is planned for in another way.
ROWS = 1_000
OURS = "Trama"


@dataclass(frozen=True)
class Options:
    """What the caller asked for."""

    rounds: int = 5
    seconds: float = 1.0
    postings: int = 1_000_000
    pgledger: Path | None = None
    #: Other trees of Trama, measured beside this one: to see what a change does.
    beside: tuple[Path, ...] = ()
    engines: frozenset[str] = frozenset({"sqlite", "postgresql"})
    with_peers: bool = True
    books: int = BOOKS
    rows: int = ROWS


def say(sentence: str) -> None:
    """Tell how far it is; the figures themselves go to standard output."""
    sys.stderr.write(f"bench: {sentence}\n")
    sys.stderr.flush()


@dataclass
class Session:
    """What the scenarios share."""

    options: Options
    folder: Path
    missing: dict[str, str] = field(default_factory=dict)
    #: How busy the machine was when the run began.
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    _cluster: Cluster | None = None
    _made: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, options: Options) -> "Session":
        """Make the folder, and note what cannot be measured here."""
        folder = Path(tempfile.mkdtemp(prefix="trama-bench-"))
        folder.chmod(0o711)  # the user postgres has to pass through
        session = cls(options, folder)
        if "postgresql" in options.engines and postgresql.programs() is None:
            session.missing["PostgreSQL"] = "not installed"
        if options.with_peers and not PEERS.exists():
            session.missing["peers"] = f"no {PEERS.relative_to(ROOT)}: call ./trama bench"
        if options.with_peers and options.pgledger is None:
            session.missing["pgledger"] = "not given (--pgledger FILE)"
        return session

    def end(self) -> None:
        """End the server and remove everything."""
        if self._cluster is not None:
            self._cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def cluster(self) -> Cluster:
        """The server, started when it is first asked for."""
        if self._cluster is None:
            say("making a PostgreSQL cluster ...")
            self._cluster = Cluster(self.folder / "postgresql")
        return self._cluster

    def has(self, engine: str) -> bool:
        """Return whether something can be measured on that engine."""
        return engine in self.options.engines and not (engine == "postgresql" and "PostgreSQL" in self.missing)

    # --- Candidates: each with a store of its own, prepared when it is first measured ---------------------------

    def ours(self, *, module: str = "ours", name: str = OURS, world: str = "spread", **told: Any) -> list[Candidate]:
        """Return Trama on PostgreSQL, and the other trees of it that were named."""
        return [
            Candidate(
                title,
                module,
                self._told(world, told),
                environment=self._django(DATABASE_URL=self.cluster.url(store)),
                tree=tree,
                store=store,
            )
            for title, tree, store in self._trees(name, f"trama-{module}-{world}")
        ]

    def ours_on_sqlite(self, **told: Any) -> list[Candidate]:
        """Return Trama on a SQLite file, with the settings that it is served with."""
        return [
            Candidate(
                title,
                "ours",
                self._told("spread", told),
                environment=self._django(TRAMA_DATA=str(self.folder / store), DATABASE_URL=""),
                preparing={"DJANGO_SETTINGS_MODULE": "config.settings.test"},  # waits for no disk
                tree=tree,
                store=store,
                is_postgresql=False,
            )
            for title, tree, store in self._trees(OURS, "sqlite")
        ]

    def _trees(self, name: str, store: str) -> list[tuple[str, Path, str]]:
        others = enumerate(self.options.beside, start=1)
        return [(name, ROOT, store), *((f"{name} in {tree.name}", tree, f"{store}-{n}") for n, tree in others)]

    def floor_on_sqlite(self, **told: Any) -> list[Candidate]:
        """Return the bare rows in a SQLite file."""
        file = str(self.folder / "floor.sqlite3")
        told = self._told("spread", {"file": file, "job": "batch"} | told)
        return [Candidate("bare SQLite", "floor_sqlite", told, store=file, is_postgresql=False)]

    def floor(self, *, name: str = "bare SQL", world: str = "spread", **told: Any) -> list[Candidate]:
        """Return the bare rows on PostgreSQL."""
        return [self._peer(name, "floor_postgresql", world, told)]

    def hordak(self, *, name: str = "hordak", world: str = "spread", **told: Any) -> list[Candidate]:
        """Return django-hordak, if the peers are here."""
        return [] if self._is_without("peers") else [self._peer(name, "hordak", world, told)]

    def pgledger(self, *, name: str = "pgledger", world: str = "spread", **told: Any) -> list[Candidate]:
        """Return pgledger, if its file was given."""
        if self._is_without("peers", "pgledger"):
            return []
        return [self._peer(name, "pgledger", world, {"file": str(self.options.pgledger), **told})]

    def columns(self, *, store: str, name: str) -> list[Candidate]:
        """Return DuckDB on the postings of a store of ours."""
        if self._is_without("peers"):
            return []
        file = str(self.folder / f"{store}.parquet")
        told = {"url": f"postgresql://postgres@/{store}?host={self.cluster.folder}", "file": file, "job": "ask"}
        return [Candidate(name, "columns", told, python=PEERS, store=file, is_postgresql=False)]

    def _is_without(self, *names: str) -> bool:
        return not self.options.with_peers or any(name in self.missing for name in names)

    def _peer(self, name: str, module: str, world: str, told: dict[str, Any]) -> Candidate:
        store = f"{module}-{world}"
        where = {
            "url": f"postgresql://postgres@/{store}?host={self.cluster.folder}",
            "database": store,
            "host": str(self.cluster.folder),
        }
        python = Path(sys.executable) if self._is_without("peers") else PEERS
        return Candidate(name, module, self._told(world, where | told), python=python, store=store)

    # --- Measuring ----------------------------------------------------------------------------------------------

    def measure(
        self, candidates: list[Candidate], *, clients: int = 1, on_postgresql: bool = True, calls: int | None = None
    ) -> Series:
        """Measure these in rotated rounds."""
        self.prepare(candidates)
        say(f"measuring {', '.join(candidate.name for candidate in candidates)} ...")
        return run_rounds(
            [replace(candidate, clients=clients) for candidate in candidates],
            rounds=self.options.rounds,
            seconds=self.options.seconds,
            calls=calls,
            server_cpu=self.cluster.cpu if on_postgresql else lambda: 0.0,
        )

    def prepare(self, candidates: Iterable[Candidate]) -> None:
        """Fill the stores that are not filled yet, two at a time."""
        wanted = {
            candidate.store: candidate
            for candidate in candidates
            if candidate.store and candidate.store not in self._made
        }
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(self._fill, wanted.values()))
        self._made |= set(wanted)

    def _fill(self, candidate: Candidate) -> None:
        say(f"preparing {candidate.name} ...")
        if candidate.is_postgresql:
            self.cluster.make(candidate.store)
        candidate.prepare(rows=self.options.rows)
        if candidate.is_postgresql:
            self.cluster.settle(candidate.store)

    def _told(self, world: str, told: dict[str, Any]) -> dict[str, Any]:
        return {"is_hot": world == "hot", "books": self.options.books, **told}

    def _django(self, **more: str) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "config.settings.base", "TRAMA_DATA": str(self.folder / "data"), **more}


def version_of(*argv: str) -> str:
    """Return the first line that a program says of itself, or that it is not there."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "not there"
    return done.stdout.strip().splitlines()[0]
