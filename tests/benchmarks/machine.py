"""Where and with what the figures were taken."""

import datetime as dt
import os
import platform
import sqlite3
import subprocess
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.rounds import PEERS, ROOT
from tests.benchmarks.session import Session, version_of

FLUSHES = 50

_VERSIONS = """
from importlib.metadata import version
for name in ["django-hordak", "Django", "psycopg", "duckdb", "beancount"]:
    print(name, version(name))
"""


def described(session: Session) -> str:
    """Return the machine, the programs and the settings in some lines."""
    lines = [f"{place(session.load)}, SQLite {sqlite3.sqlite_version} (WAL, synchronous=FULL)."]
    if session.has("postgresql"):
        settings = session.cluster.settings
        told = ", ".join(f"{name} {value}" for name, value in settings.items() if name != "server_version")
        lines.append(f"PostgreSQL {settings['server_version']}: {told}, all else as initdb leaves it.")
    if session.options.with_peers and PEERS.exists():
        done = subprocess.run([PEERS, "-c", _VERSIONS], capture_output=True, text=True, check=True)
        lines.append(f"Peers: {', '.join(done.stdout.splitlines())}, {version_of('hledger', '--version')}.")
    lines.append(f"{session.options.rounds} rounds of {session.options.seconds:g} s a candidate.")
    return "\n".join(lines)


def place(load: float) -> str:
    """Return the day, the commit, the machine and Python; `load` is how busy the machine was before the run."""
    return (
        f"{dt.date.today().isoformat()}, commit {_commit()}. {os.cpu_count()} cores ({_processor()}),"  # noqa: DTZ011
        f" load before the run {load:.1f}; {_system()}, Python {platform.python_version()}"
    )


def flush(folder: Path) -> float:
    """Return the seconds that the disk takes to keep a page: what every durable event waits for at least."""
    taken = []
    with (folder / "flush").open("wb", buffering=0) as file:
        for _ in range(FLUSHES):
            file.write(bytes(8192))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken)


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "ledger", "network", "config")
    return f"{git('rev-parse', '--short', 'HEAD')}{' with changes' if changed else ''}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
