"""Workers remind at the same time, and are killed in the middle: everybody is told, and nobody twice."""

import time
from collections import Counter
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from network.models import Reminder
from tests import make
from tests.client import start
from tests.ledger.actions.test_reminders import ON, insure

OFFICERS = 80


@pytest.fixture
def network(transactional_db: None) -> None:
    """Make a network whose officers all have something to be told."""
    for number in range(OFFICERS):
        each = make.organization(f"centro-{number:03d}", kind="community_body")
        make.officer(f"Cora{number:03d}", each, office="secretary")
        insure(each, ON)


def told_in(folder: Path) -> Counter[tuple[str, str]]:
    """Count, in the letters that lie there, who was told of what."""
    found: Counter[tuple[str, str]] = Counter()
    for file in folder.glob("*.log"):
        for letter in file.read_text(encoding="utf-8").split("-" * 79 + "\n"):
            read = message_from_string(letter, policy=default)
            if read["To"]:
                lines = str(read.get_content()).splitlines()
                found.update((str(read["To"]), line) for line in lines if line.startswith("  "))
    return found


def left_over() -> int:
    return OFFICERS - Reminder.objects.values("person").distinct().count()


@pytest.mark.serial
def test_two_workers_of_whom_one_is_killed_tell_nobody_twice(network: None, tmp_path: Path):
    killed, other = (start("remind", tmp_path, ON) for _ in range(2))
    deadline = time.monotonic() + 60
    while left_over() > OFFICERS // 2 and killed.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    killed.kill()
    killed.wait()
    assert other.wait(timeout=60) == 0
    assert start("remind", tmp_path, ON).wait(timeout=60) == 0

    told = told_in(tmp_path)
    assert left_over() == 0
    assert set(told.values()) == {1}
    # The kill may have cost one letter, or what is known of it: the pages show it as such.
    unknown = Reminder.objects.filter(sent_at=None).count()
    assert unknown <= 1
    assert OFFICERS - unknown <= len(told) <= OFFICERS
