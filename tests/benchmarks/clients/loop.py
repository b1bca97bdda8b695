"""How a client is driven: it says that it is ready, then works for so many seconds whenever it is told to."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

#: A candidate that only fails should say so soon.
ERRORS_MAX = 50
WARM_UP = 20


def options() -> dict[str, Any]:
    """Return what the harness asked for."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    return told


def serve(work: Callable[[], int], *, rest: Callable[[], None] | None = None, warm_up: int = WARM_UP) -> None:
    """Do `work` (which returns how many units it did) on command, and tell what came of it, a line of JSON each.

    `rest` prepares what the next round needs; its time does not count.
    """
    for _ in range(warm_up):
        work()
    if rest is not None:
        rest()
    _say({"ready": True})
    for line in sys.stdin:
        told = json.loads(line)
        if told["do"] == "work":
            _say(_work(work, seconds=told["seconds"], calls=told.get("calls")))
        elif told["do"] == "rest":
            if rest is not None:
                rest()
            _say({"rested": True})


def _work(work: Callable[[], int], *, seconds: float, calls: int | None) -> dict[str, Any]:
    units, done, failed, errors = 0, 0, 0, []
    cpu, began = _computed(), time.perf_counter()
    until = began + seconds
    while True:
        try:
            units += work()
        except StopIteration:  # what was prepared is used up
            break
        except Exception as error:  # noqa: BLE001  # any error of a candidate is a result
            failed += 1
            errors.append(f"{type(error).__name__}: {error}"[:300])
            if failed >= ERRORS_MAX:
                break
        done += 1
        if done == calls or time.perf_counter() >= until:
            break
    return {
        "units": units,
        "calls": done,
        "seconds": time.perf_counter() - began,
        "cpu": _computed() - cpu,
        "failed": failed,
        "errors": sorted(set(errors))[:3],
    }


def _computed() -> float:
    """Return the seconds that this process has computed, and the programs that it ran."""
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
