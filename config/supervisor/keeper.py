"""Keeps parts alive: starts them, starts again what dies, ends them all in order and in time."""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.supervisor.guard import Command, Guarded, Lifeline, signals_in, start, wake_on

BACKOFF_FIRST = 0.5
BACKOFF_MAX = 15.0
# A part that ran so long was well: its next death starts the backoff anew.
WELL_SECONDS = 30.0
STOP_SECONDS = 5.0
STOP_LAST_SECONDS = 2.0


class Stopped(Exception):
    """Somebody asked the supervisor to end."""


def say(sentence: str) -> None:
    """Tell the terminal, unless it has gone."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"trama: {sentence}\n")
        sys.stderr.flush()


@dataclass
class Part:
    """A command that must run all the time."""

    command: Command
    running: Guarded | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    backoff: float = BACKOFF_FIRST

    def note_death(self, now: float) -> None:
        """Plan the next start."""
        if now - self.started_at > WELL_SECONDS:
            self.backoff = BACKOFF_FIRST
        log = f" (see {self.command.log})" if self.command.log else ""
        say(f"{self.command.name} ended; starting it again in {self.backoff:g} s{log}")
        self.running = None
        self.start_at = now + self.backoff
        self.backoff = min(self.backoff * 2, BACKOFF_MAX)


class Keeper:
    """The loop of the supervisor."""

    def __init__(self) -> None:
        self._lifeline = Lifeline()
        self._signals = wake_on(signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        self._parts: list[Part] = []

    def add(self, command: Command) -> Part:
        """Start a part and keep it alive from now on."""
        part = Part(command)
        self._parts.append(part)
        self._tend()
        return part

    def run_once(self, *commands: Command) -> list[int]:
        """Run commands side by side to their end, while the parts are kept alive, and return the status of each.

        :raises Stopped: if the supervisor is asked to end meanwhile.
        """
        running = [start(command, self._lifeline) for command in commands]
        try:
            self.wait(lambda: all(each.poll() for each in running))
        except Stopped:
            for each in running:
                each.kill()
            raise
        return [1 if each.status is None else each.status for each in running]

    def wait(self, until: Callable[[], bool], *, seconds: float = float("inf"), every: float = 15.0) -> bool:
        """Keep the parts alive until the condition holds, and return whether it does.

        :raises Stopped: if the supervisor is asked to end.
        """
        deadline = time.monotonic() + seconds
        while not (holds := until()) and (now := time.monotonic()) < deadline:
            starts = [part.start_at for part in self._parts if part.running is None]
            select.select([self._signals], [], [], max(0.0, min([deadline, now + every, *starts]) - now))
            if signals_in(self._signals) & {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}:
                raise Stopped
            self._tend()
        return holds

    def _tend(self) -> None:
        now = time.monotonic()
        for part in self._parts:
            if part.running is not None and part.running.poll():
                part.note_death(now)
            if part.running is None and part.start_at <= now:
                part.running = start(part.command, self._lifeline)
                part.started_at = now

    def stop(self, *, last: Sequence[str] = ()) -> None:
        """End every part; those named `last` when the others no longer need them."""
        first = [part for part in self._parts if part.command.name not in last]
        _end([part.running for part in first if part.running], STOP_SECONDS)
        _end([part.running for part in self._parts if part.running and not part.running.ended], STOP_LAST_SECONDS)
        os.close(self._lifeline.writer)


def _end(running: list[Guarded], seconds: float) -> None:
    for part in running:
        if not part.poll():
            part.stop()
    deadline = time.monotonic() + seconds
    while not all(part.poll() for part in running) and time.monotonic() < deadline:
        time.sleep(0.05)
    for part in running:
        part.kill()
        while not part.poll():
            time.sleep(0.01)
