"""A throw-away PostgreSQL in a temporary folder: made, used through its socket, and gone after the tests."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from config.supervisor.guard import Command

# Durability is what a database that dies with its tests does not need.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    # What tests roll back it would take for empty tables, and every plan after would be one for empty tables.
    "autovacuum": "off",
}


def programs() -> Path | None:
    """Return the folder of initdb and postgres: Debian keeps them off PATH, by version."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """Return whom the server has to run as: it refuses root."""
    return "postgres" if os.geteuid() == 0 else None


def create(folder: Path) -> None:
    """Make an empty cluster in the folder."""
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("There is no PostgreSQL on this machine: apt-get install postgresql")
    folder.mkdir()
    if user := owner():
        shutil.chown(folder, user)
    subprocess.run(
        [
            bin_folder / "initdb",
            "--pgdata=data",
            "--username=postgres",
            "--auth=trust",
            "--no-sync",
            "--locale=C.UTF-8",
        ],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def command(folder: Path) -> Command:
    """Return how to start the server on the cluster."""
    bin_folder = programs()
    assert bin_folder is not None
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    return Command(
        name="postgresql",
        argv=[str(bin_folder / "postgres"), "-D", "data", "-k", str(folder), *settings],
        env=dict(os.environ),
        cwd=folder,
        log=folder.parent / "postgresql.log",
        stop_signal=signal.SIGINT,  # end without waiting for clients
        user=owner(),
    )


def answers(folder: Path) -> bool:
    """Return True when the server accepts connections."""
    bin_folder = programs()
    assert bin_folder is not None
    asked = subprocess.run(
        [bin_folder / "pg_isready", "--quiet", "--host", folder, "--username", "postgres"], check=False
    )
    return asked.returncode == 0


def url(folder: Path, database: str = "postgres") -> str:
    """Return what DATABASE_URL has to be."""
    return f"postgres://postgres@/{database}?host={folder}"


def with_database(folder: Path, database: str) -> str:
    """Make an empty database and return what DATABASE_URL has to be."""
    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as session:
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    return url(folder, database)
