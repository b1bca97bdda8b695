"""The promises of `./trama run`, kept by real processes: what dies comes back, what is ended leaves nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.supervisor import ports
from tests import tables
from tests.platform.house_rules import ROOT

pytestmark = [pytest.mark.serial, pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads processes in /proc")]

PARTS = {"redis", "worker", "reports", "beat", "web"}
# A fresh database takes all migrations first, on whatever machine this is.
BEGIN_SECONDS = 150
STOP_SECONDS = 10
AGAIN_SECONDS = 30


def eventually(condition: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def processes_of(data: Path) -> dict[int, str]:
    """Every process whose surroundings name the folder or that works in it, whoever its parent is now."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            surroundings = (entry / "environ").read_bytes().split(b"\0")
            folder = (entry / "cwd").readlink()
        except OSError:
            continue
        named = f"TRAMA_DATA={data}".encode() in surroundings or f"TEST_FOLDER={data}".encode() in surroundings
        # Redis writes its title over its surroundings, but it lives in its folder.
        if command and (named or folder.is_relative_to(data)):
            found[int(entry.name)] = command.replace(b"\0", b" ").decode()
    return found


class Running:
    """`./trama run` on a folder and port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        self.log = data.with_suffix(".out")
        surroundings = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [ROOT / "trama", "run", "--port", str(port), "--data", data],
                env=surroundings
                | {"TEST_FOLDER": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.base", "TRAMA_DEMO": "0"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def serves(self) -> bool:
        return f"http://localhost:{self.port}/" in self.log.read_text() and ports.answers_http("127.0.0.1", self.port)

    def mains(self) -> dict[str, int]:
        """The process of each part: the child of its guard."""
        marks = {
            "redis": "redis-server",
            "worker": "--queues default",
            "reports": "--queues reports",
            "beat": " beat ",
            "web": " gunicorn ",
        }
        guards = children_of(self.process.pid)
        commands = processes_of(self.data)
        return {
            name: pid
            for guard in guards
            for pid in children_of(guard)
            for name, mark in marks.items()
            if mark in commands.get(pid, "") or (name == "redis" and "valkey-server" in commands.get(pid, ""))
        }


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a database as a first start leaves it: most of a start is making one."""
    folder = tmp_path_factory.mktemp("migrated")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
    # The settings of tests do not wait for the disk.
    surroundings |= {"TRAMA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    if not tables.copy_to(folder / "trama.sqlite3"):
        subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "-v0"], env=surroundings, check=True)
    return folder


@pytest.fixture
def running(tmp_path: Path, migrated: Path) -> Iterator[Callable[..., Running]]:
    begun: list[Running] = []

    def begin(*, is_new: bool = False) -> Running:
        data = tmp_path / f"data{len(begun)}"
        if not is_new:
            shutil.copytree(migrated, data)
        installation = Running(data, ports.first_free("127.0.0.1", 8_400 + os.getpid() % 500))
        begun.append(installation)
        # Asked once more it may be another process of the web that answers, and that one may still be beginning.
        begins = eventually(lambda: installation.serves() or installation.process.poll() is not None, BEGIN_SECONDS)
        assert begins, installation.log.read_text()
        assert installation.process.poll() is None, installation.log.read_text()
        assert eventually(lambda: installation.mains().keys() == PARTS, BEGIN_SECONDS)
        return installation

    yield begin
    for installation in begun:
        installation.process.kill()
        installation.process.wait()
        for pid in processes_of(installation.data):
            # One of them may end between the look and the blow.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


class TestRun:
    def test_starts_again_each_part_that_is_killed(self, running):
        installation = running()
        before = installation.mains()

        for pid in before.values():
            os.kill(pid, signal.SIGKILL)

        def all_new() -> bool:
            now = installation.mains()
            return now.keys() == PARTS and not set(now.values()) & set(before.values())

        assert eventually(all_new, AGAIN_SECONDS), installation.log.read_text()
        assert eventually(installation.serves, AGAIN_SECONDS)

    def test_starts_a_part_again_when_its_guard_is_killed_and_leaves_no_half(self, running):
        installation = running()
        worker = installation.mains()["worker"]
        assert eventually(lambda: children_of(worker), 20)
        pool = children_of(worker)

        guard = int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(guard, signal.SIGKILL)

        assert eventually(lambda: installation.mains().get("worker", worker) != worker, AGAIN_SECONDS)
        assert not {worker, *pool} & processes_of(installation.data).keys()

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_ends_in_ten_seconds_and_leaves_no_process(self, running, number):
        installation = running()
        assert len(processes_of(installation.data)) > len(PARTS)

        installation.process.send_signal(number)

        assert installation.process.wait(STOP_SECONDS) == 0
        assert processes_of(installation.data) == {}

    def test_leaves_no_process_when_it_is_itself_killed(self, running):
        installation = running()

        installation.process.kill()

        assert eventually(lambda: processes_of(installation.data) == {}, STOP_SECONDS), processes_of(installation.data)

    def test_runs_twice_side_by_side(self, running):
        first, second = running(is_new=True), running()

        assert first.mains().keys() == second.mains().keys() == PARTS
        assert (first.data / "redis" / "url").read_text() != (second.data / "redis" / "url").read_text()

        first.process.terminate()

        assert first.process.wait(STOP_SECONDS) == 0
        assert eventually(second.serves, AGAIN_SECONDS)
        assert second.mains().keys() == PARTS
