"""A throw-away PostgreSQL with the durability that initdb gives, and what its processes have computed."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from config.supervisor.guard import Command
from tests.platform import postgresql

READY_SECONDS = 60.0
#: What the tests switch off, and a measurement needs.
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


class NotDurable(Exception):
    """What is fast because it may lose data is not measured."""


class Cluster:
    """A running server, reached through its socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        postgresql.create(folder)
        started: Command = postgresql.command(folder)
        # The last of two equal options counts.
        argv = [*started.argv, *(part for name in DURABLE for part in ("-c", f"{name}=on"))]
        with (folder.parent / "postgresql.log").open("ab") as log:
            self._server = subprocess.Popen(
                argv,
                cwd=folder,
                env=started.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=started.user,
                group=started.user,
                extra_groups=[] if started.user else None,
                start_new_session=True,  # Ctrl-C is for the harness, which then ends the server
            )
        self._wait()
        self.settings = self._settings()

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not postgresql.answers(self.folder):
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder.parent / "postgresql.log").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def _settings(self) -> dict[str, str]:
        wanted = [*DURABLE, "server_version", "shared_buffers", "max_wal_size", "wal_sync_method"]
        with self.connect() as connection:
            told = {name: str(connection.execute(f"SHOW {name}").fetchall()[0][0]) for name in wanted}
        if off := [name for name in DURABLE if told[name] != "on"]:
            raise NotDurable(", ".join(off))
        return told

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a connection that commits each statement."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def make(self, database: str) -> None:
        """Make an empty database."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}"')

    def settle(self, database: str) -> None:
        """Take the statistics that a database in use has, and write down what is still in memory."""
        with self.connect(database) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def url(self, database: str) -> str:
        """Return what DATABASE_URL has to be."""
        return f"postgres://postgres@/{database}?host={self.folder}"

    def cpu(self) -> float:
        """Return the seconds that the server's processes have computed, those that have gone included."""
        server = self._server.pid
        return _computed(server, with_gone=True) + sum(_computed(pid) for pid in _children(server))

    def stop(self) -> None:
        """End the server without waiting for clients."""
        if self._server.poll() is None:
            self._server.send_signal(postgresql.command(self.folder).stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(30)
        if self._server.poll() is None:
            self._server.kill()


def _children(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(status.parent.name)


def _computed(pid: int, *, with_gone: bool = False) -> float:
    """Return what a process has computed; parallel workers come and go, and are then counted with their parent."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11 : 15 if with_gone else 13])) / os.sysconf("SC_CLK_TCK")
    return 0.0
