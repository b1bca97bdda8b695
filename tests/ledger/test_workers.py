"""Workers and Redis are killed under load: every job is done, once in effect, and none is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection
from django.utils import timezone

from config.celery import app
from config.supervisor import ports
from config.supervisor.redis import find_server
from ledger.actions import jobs
from ledger.models import Job, Reconciliation
from tests import make

JOBS = 300
ROOT = Path(__file__).resolve().parent.parent.parent


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

    def __init__(self, broker: str, log: Path) -> None:
        self.environment = {
            **os.environ,
            "REDIS_URL": broker,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TRAMA_JOB_STALE_SECONDS": "2",
        }
        self.log = log
        self.start()

    def start(self) -> None:
        command = ["-m", "celery", "-A", "config", "worker", "-c", "2", "--without-gossip", "--without-mingle"]
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


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    before = app.conf.broker_url
    speak_to(server.url)
    yield server
    server.kill()
    speak_to(before)


@pytest.mark.serial
@pytest.mark.timeout(400)
@pytest.mark.django_db(transaction=True)
def test_every_job_is_done_once_whoever_is_killed(broker: Server, tmp_path: Path, settings):
    settings.JOB_STALE_SECONDS, settings.JOB_REANNOUNCE_SECONDS = 2, 2
    make.delivery(make.book("a"), make.book("b"))
    for number in range(JOBS):
        jobs.request(kind="reconcile", key=f"fault {number}", parameters={"full": True}, by=None, at=timezone.now())
    worker = Worker(broker.url, tmp_path / "worker.log")

    def has_done(number: int) -> bool:
        return Job.objects.filter(state="done").count() >= number

    def sweep() -> None:
        # What beat does every ten seconds; more often here, as everything is.
        jobs.sweep(at=timezone.now())
        time.sleep(0.2)

    try:
        for reached in (40, 110, 180):
            eventually(partial(has_done, reached), within=90, meanwhile=sweep)
            worker.kill()
            if reached == 110:
                broker.kill()
                broker.start()
                redis.Redis.from_url(broker.url).flushall()
            worker.start()
        eventually(partial(has_done, JOBS), within=150, meanwhile=sweep)
    finally:
        worker.kill()

    assert Reconciliation.objects.count() == JOBS
    assert not Job.objects.exclude(state="done").exists()
    assert Job.objects.filter(attempts__gt=settings.JOB_ATTEMPTS_MAX).count() == 0


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_no_request(broker: Server):
    broker.kill()

    job = jobs.request(kind="reconcile", key="down", parameters={"full": True}, by=None, at=timezone.now())

    assert job.state == "queued"
    assert not jobs.announce(job_id=job.pk, kind=job.kind)
    broker.start()
    assert jobs.announce(job_id=job.pk, kind=job.kind)
