"""A guard stands over each part: a process that ends the whole part, children and all, when the supervisor is gone.

Every guard reads the lifeline, a pipe whose writing end only the supervisor holds. However the supervisor
dies, kill -9 included, the kernel closes that end, every guard reads the end of the file, and acts. It needs
nothing but POSIX, so it holds on a Mac too; the kernel's own "death signal" would not reach the children
of a part (Celery's pool, gunicorn's workers).
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NoReturn

# How long a part may take to end by itself once the supervisor is dead.
ORPHAN_SECONDS = 3.0
FORWARDED = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}


class Lifeline:
    """The pipe that tells the guards whether the supervisor lives."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()


def wake_on(*signals: signal.Signals) -> int:
    """Make these signals write their number into a pipe, and return its reading end."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in signals:
        # Not SIG_IGN: that would be inherited by what is started.
        signal.signal(number, lambda *_: None)
    return reader


def signals_in(reader: int) -> set[int]:
    """Return the numbers of the signals that came since the last call."""
    try:
        return set(os.read(reader, 1024))
    except BlockingIOError:
        return set()


@dataclass(frozen=True)
class Command:
    """What a part runs, and how."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    log: Path | None = None  # None: what the part says goes where the supervisor speaks
    stop_signal: signal.Signals = signal.SIGTERM
    user: str | None = None


@dataclass
class Guarded:
    """A part that runs under its guard. `pid` is the guard's and the number of the part's process group."""

    pid: int
    _report: int = field(repr=False)
    ended: bool = False
    status: int | None = None  # as of subprocess: below zero, the signal; None: the guard itself was killed

    def poll(self) -> bool:
        """Return True when nothing of the part is left."""
        if not self.ended and os.waitpid(self.pid, os.WNOHANG)[0]:
            # The guard ends last and takes the group along; this is for a guard that somebody killed.
            self._kill_group()
            report = os.read(self._report, 16)
            os.close(self._report)
            self.status = int(report) if report else None
            self.ended = True
        return self.ended

    def stop(self) -> None:
        """Ask the part to end."""
        if not self.ended:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End the part at once."""
        if not self.ended:
            self._kill_group()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def start(command: Command, lifeline: Lifeline) -> Guarded:
    """Fork a guard that starts the command, and return it.

    The caller must have one thread only. What it holds open without close-on-exec, the guard holds too: so the
    lock on the data folder is free only when the last part has ended.
    """
    report_reader, report_writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, FORWARDED)
    pid = os.fork()
    if pid == 0:
        _guard(command, lifeline, report_writer, before)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(report_writer)
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(pid, pid)  # here too, so that kill() works at once
    return Guarded(pid, report_reader)


def _guard(command: Command, lifeline: Lifeline, report: int, mask: set[int | signal.Signals]) -> NoReturn:
    try:
        os.setpgid(0, 0)
    except OSError:
        os._exit(1)  # without a group of its own it must not come to the last line, which ends the group
    try:
        os.close(lifeline.writer)
        signals = wake_on(signal.SIGCHLD, *FORWARDED)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        status = _run(command, lifeline.reader, signals)
        with contextlib.suppress(BrokenPipeError):  # nobody is left to read it
            os.write(report, str(status).encode())
    except BaseException:  # noqa: BLE001  # a guard must not return into the supervisor's code
        traceback.print_exc()
    finally:
        os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _run(command: Command, lifeline: int, signals: int) -> int:
    with _output(command.log) as output:
        process = subprocess.Popen(  # noqa: S603  # the supervisor's own list of commands
            command.argv,
            env=command.env,
            cwd=command.cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if command.log else None,
            user=command.user,
            group=command.user,
            extra_groups=[] if command.user else None,
        )
    while True:
        readable, _, _ = select.select([lifeline, signals], [], [])
        stop_asked = bool(signals_in(signals) & FORWARDED)
        if process.poll() is not None:
            return process.returncode
        if stop_asked:
            process.send_signal(command.stop_signal)
        if lifeline in readable:
            process.send_signal(command.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(ORPHAN_SECONDS)
            return process.poll() or 0


def _output(log: Path | None) -> contextlib.AbstractContextManager[IO[bytes] | None]:
    return log.open("ab") if log else contextlib.nullcontext()
