"""Events are sealed in blocks, once each, also those that commit late, whoever else is sealing."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from ledger.actions import jobs, refusals, seals, verification
from ledger.actions.seals import HeadDiffers, NothingIsSealedYet
from ledger.core import seals as core
from ledger.models import Event, Job, Seal, SealedEvent, Witness
from ledger.queries.contents import Reader
from network import rules
from tests import client, make, plain_sql
from tests.cast import Cast


def numbers() -> list[int]:
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def marked() -> list[int]:
    return list(SealedEvent.objects.order_by("pk").values_list("pk", flat=True))


def renumber(event: int, to: int) -> None:
    """Give an event another number, as if its transaction had begun at another time."""
    connection.check_constraints()
    rules.drop()
    with connection.cursor() as cursor:
        for table, column in (("event", "id"), ("entry", "event_id"), ("posting", "event_id")):
            cursor.execute(f"UPDATE ledger_{table} SET {column} = %s WHERE {column} = %s", [to, event])
    connection.check_constraints()
    rules.install()


class TestSeal:
    def test_seals_what_is_new_in_a_chain(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino)
        (first,) = seals.seal(at=timezone.now())
        make.sale(cast.grafica)
        make.sale(cast.molino)
        (second,) = seals.seal(at=timezone.now())

        assert (first.height, first.events, first.previous) == (1, 1, "0" * 64)
        assert (second.height, second.events, second.previous) == (2, 2, first.hash)
        assert marked() == numbers()

    def test_seals_nothing_twice(self, cast: Cast):
        make.sale(cast.grafica)
        seals.seal(at=timezone.now())

        assert seals.seal(at=timezone.now()) == []

    def test_takes_as_many_blocks_as_it_needs(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(seals, "BLOCK_MAX", 2)
        for _ in range(5):
            make.sale(cast.grafica)

        assert [block.events for block in seals.seal(at=timezone.now())] == [2, 2, 1]

    def test_an_event_that_commits_late_goes_into_a_later_block(self, cast: Cast):
        _before, slow, after = (make.sale(cast.grafica).pk for _ in range(3))
        # Not committed yet: the sealer sees the numbers on either side of it.
        renumber(slow, -slow)
        (block,) = seals.seal(at=timezone.now())
        renumber(-slow, slow)
        assert seals.request(at=timezone.now()) is not None
        (later,) = seals.seal(at=timezone.now())

        assert block.holes[-1:] == [[slow, slow]]
        assert (block.last_event, block.events) == (after, 2)
        assert (later.late, later.events, later.last_event) == ([slow], 1, after)
        assert seals.seal(at=timezone.now()) == []
        assert verification.verify(full=True, clock=timezone.now).problems == []

    def test_a_number_that_comes_days_late_is_an_intruder(self, cast: Cast):
        _before, slow, _after = (make.sale(cast.grafica).pk for _ in range(3))
        renumber(slow, -slow)
        seals.seal(at=timezone.now() - dt.timedelta(days=2))
        renumber(-slow, slow)

        assert seals.seal(at=timezone.now()) == []
        (problem,) = verification.verify(full=True, clock=timezone.now).problems
        assert (problem.kind, problem.event, problem.book) == ("added", slow, cast.grafica.pk)

    def test_what_is_sealed_stays(self, cast: Cast):
        make.sale(cast.grafica)
        seals.seal(at=timezone.now())
        seals.sign_head(by=cast.federacion, at=timezone.now())

        for table in ("seal", "sealedevent", "witness"):
            column = {"seal": "version", "sealedevent": "salt", "witness": "note"}[table]
            assert plain_sql.is_stopped(f"UPDATE ledger_{table} SET {column} = '2'") is refusals.WrittenIsWritten
            assert plain_sql.is_stopped(f"DELETE FROM ledger_{table}") is refusals.WrittenIsWritten


class TestRequest:
    def test_asks_for_work_only_where_there_is_some(self, cast: Cast):
        assert seals.request(at=timezone.now()) is None
        make.sale(cast.grafica)
        job = seals.request(at=timezone.now())

        assert job is not None
        assert seals.request(at=timezone.now()) == job
        assert [seal.events for seal in seals.run(job_id=job.pk, clock=timezone.now)] == [1]
        assert seals.run(job_id=job.pk, clock=timezone.now) is None
        assert Job.objects.get(pk=job.pk).state == "done"
        assert set(jobs.TASKS) >= {"seal", "verify"}


class TestWitness:
    def test_the_head_is_signed_once_there_is_one(self, cast: Cast):
        with pytest.raises(NothingIsSealedYet):
            seals.sign_head(by=cast.federacion, at=timezone.now())
        make.sale(cast.grafica)
        (block,) = seals.seal(at=timezone.now())
        signed = seals.sign_head(by=cast.federacion, at=dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC))

        assert seals.line(signed) == f"1 {block.hash} 2026-05-04 federacion"

    def test_a_head_from_outside_is_compared_before_it_is_kept(self, cast: Cast):
        make.sale(cast.grafica)
        (block,) = seals.seal(at=timezone.now())
        kept = {"by": cast.federacion, "at": timezone.now(), "height": 1}

        seals.witness(chain="", digest=block.hash, **kept)
        seals.witness(chain="norte", digest="a" * 64, **kept)
        for chain in ("", "norte"):
            with pytest.raises(HeadDiffers):
                seals.witness(chain=chain, digest="b" * 64, **kept)
        assert Witness.objects.count() == 2


def test_the_text_that_is_hashed_is_canonical(cast: Cast):
    make.delivery(cast.grafica, cast.molino)
    (content,) = Reader().contents(numbers())

    assert sorted(content.parts) == sorted([cast.grafica.pk, cast.molino.pk])
    for text in (content.header, *content.parts.values()):
        assert core.canonical(core.json.loads(text)) == text


@pytest.mark.django_db(transaction=True)
def test_sealers_in_several_processes_seal_each_event_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seals, "BLOCK_MAX", 7)
    book = make.book("a")
    for _ in range(60):
        make.sale(book)
    clients = [client.start("seal", 7) for _ in range(3)]
    codes = [each.wait(timeout=200) for each in clients]
    client.seal_all(7)

    assert codes == [0] * 3
    assert marked() == numbers()
    assert sum(Seal.objects.values_list("events", flat=True)) == 60
