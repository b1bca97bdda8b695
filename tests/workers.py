"""Real workers on a real Redis, for tests of what happens between processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.db import connection

from config.celery import app
from config.supervisor import ports
from config.supervisor.redis import find_server

ROOT = Path(__file__).resolve().parent.parent
QUEUES = "default,reports"


def eventually(holds: Callable[[], bool], *, within: float, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Wait until something holds, doing something else meanwhile; fail after so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        meanwhile()
        time.sleep(0.05)


class Server:
    """A real Redis of the test's own, with its data in a folder, so that it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, ports.first_free("127.0.0.1", 17_000)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        program = find_server()
        assert program, "Install a Redis server: apt-get install -y redis-server"
        keep = ["--appendonly", "yes", "--save", "", "--dir", str(self.folder), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen([program, "--port", str(self.port), *keep], stdout=subprocess.DEVNULL)
        eventually(self.answers, within=20)

    def answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.ConnectionError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Worker:
    """A real Celery worker in a process group of its own, so that it can be killed with all its children."""

    def __init__(self, broker: str, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "REDIS_URL": broker,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TRAMA_DATA": str(folder),
            "TRAMA_JOB_STALE_SECONDS": "2",
        }
        self.log = folder / "worker.log"
        self.start()

    def start(self) -> None:
        command = [
            "-m",
            "celery",
            "-A",
            "config",
            "worker",
            "-c",
            "2",
            "-Q",
            QUEUES,
            "--without-gossip",
            "--without-mingle",
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def database_url() -> str:
    """Return the test's database as an address that another process understands."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def speak_to(url: str) -> None:
    """Have this process announce its jobs to that broker, with connections of its own."""
    app.conf.broker_url = url
    app._after_fork()


@contextmanager
def redis_of_its_own(folder: Path) -> Iterator[Server]:
    """Start a Redis and have this process speak to it for a while."""
    server = Server(folder)
    before = app.conf.broker_url
    speak_to(server.url)
    try:
        yield server
    finally:
        server.kill()
        speak_to(before)


@contextmanager
def worker_at(broker: Server, folder: Path) -> Iterator[Worker]:
    """Have a worker at that Redis for a while; what it writes lies in the folder."""
    worker = Worker(broker.url, folder)
    try:
        yield worker
    finally:
        worker.kill()
