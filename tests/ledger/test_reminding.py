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

OFFICERS = 150


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
class TestTogether:
    def test_two_workers_tell_everybody_once(self, network: None, tmp_path: Path):
        clients = [start("remind", tmp_path, ON) for _ in range(2)]
        assert [client.wait(timeout=60) for client in clients] == [0, 0]

        told = told_in(tmp_path)
        assert len(told) == OFFICERS
        assert set(told.values()) == {1}
        assert not Reminder.objects.filter(sent_at=None).exists()

    def test_a_worker_that_is_killed_tells_nobody_twice(self, network: None, tmp_path: Path):
        for left in (120, 80, 40):
            client = start("remind", tmp_path, ON)
            deadline = time.monotonic() + 60
            while left_over() > left and client.poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            client.kill()
            client.wait()
        assert start("remind", tmp_path, ON).wait(timeout=60) == 0

        told = told_in(tmp_path)
        assert left_over() == 0
        assert set(told.values()) == {1}
        # What is known to have gone out did; each kill may have cost one letter, which the pages show as such.
        unknown = Reminder.objects.filter(sent_at=None).count()
        assert OFFICERS - unknown <= len(told) <= OFFICERS
        assert unknown <= 3
