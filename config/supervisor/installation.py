"""One installation: its folder, its port, its address of Redis, and the commands of its parts."""

import fcntl
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from config.supervisor.guard import Command

ROOT = Path(__file__).resolve().parent.parent.parent
LOG_BYTES_MAX = 5_000_000
LEFTOVER_SECONDS = 8.0
#: Making PDFs leaves some memory taken: about a megabyte each, ten for a long one. Then a fresh worker takes over.
REPORTS_PER_WORKER = 20


class CannotStart(Exception):
    """What stands in the way, as a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Installation:
    """Where an installation keeps its files and where it listens."""

    data: Path
    host: str
    port: int

    @property
    def address(self) -> str:
        """What a person types into a browser."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host  # noqa: S104  # compared only
        return f"http://{host}:{self.port}/"

    def environment(self, redis_url: str) -> dict[str, str]:
        """Return the surroundings of every part."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.base"),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "REDIS_URL": redis_url,
            "TRAMA_DATA": str(self.data),
            # Cookies do not know ports: two installations on one host need names of their own.
            "TRAMA_COOKIE_SUFFIX": os.environ.get("TRAMA_COOKIE_SUFFIX", f"_{self.port}"),
        }

    def log(self, name: str) -> Path:
        """Return the file of a part's output, and set a long one aside."""
        path = self.data / "logs" / f"{name}.log"
        path.parent.mkdir(exist_ok=True)
        if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
            path.replace(path.with_suffix(".log.1"))
        return path

    def manage(self, redis_url: str, *arguments: str) -> Command:
        """Return a command of manage.py that speaks to the terminal."""
        argv = [sys.executable, "manage.py", *arguments]
        return Command(name=arguments[0], argv=argv, env=self.environment(redis_url), cwd=ROOT)

    def parts(self, redis_url: str) -> list[Command]:
        """Return what has to run all the time, Redis apart, the web first."""
        celery = ["celery", "--app", "config", "--quiet"]
        worker = ["worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        often = ["--max-tasks-per-child", str(REPORTS_PER_WORKER)]
        modules = {
            "web": self._gunicorn(),
            # A report may take minutes: it must not keep the short tasks waiting.
            "worker": [*celery, *worker, "--queues", "default", "--concurrency", "2", "--hostname", "default@%h"],
            "reports": [
                *celery,
                *worker,
                "--queues",
                "reports",
                "--concurrency",
                "1",
                "--hostname",
                "reports@%h",
                *often,
            ],
            "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
        }
        environment = self.environment(redis_url)
        return [
            Command(
                name=name,
                argv=[sys.executable, "-m", *arguments],
                env=environment,
                cwd=ROOT,
                log=self.log(name),
            )
            for name, arguments in modules.items()
        ]

    def _gunicorn(self) -> list[str]:
        return [
            "gunicorn",
            "config.wsgi",
            f"--bind={self.host}:{self.port}",
            "--worker-class=gthread",
            f"--workers={os.environ.get('TRAMA_WEB_WORKERS', '2')}",
            "--threads=4",
            "--max-requests=2000",
            "--max-requests-jitter=200",
            "--graceful-timeout=4",
            "--timeout=60",
            "--preload",  # load the program once, not in each process
            # Its default lies in the home folder, and nothing may be written outside DIR.
            "--no-control-socket",
            "--access-logfile=-",
            f"--worker-tmp-dir={self.data}",
        ]


def take_folder(data: Path) -> int:
    """Make the folder and lock it; return the lock, which ends with the last process that holds it.

    :raises CannotStart: if it cannot be written, or another installation runs on it.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotStart(
            f"The folder {data} cannot be written ({error.strerror}): name another with --data."
        ) from error
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while not _locked(lock):
        # The guards of a supervisor that was killed hold the lock until they have ended their parts.
        holder = os.pread(lock, 20, 0).decode()
        if _lives(holder) or time.monotonic() > deadline:
            raise CannotStart(f"Another Trama runs on {data} (process {holder}): name another with --data.")
        time.sleep(0.1)
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, ProcessLookupError):
        return False
    return True
