"""Whatever is changed behind the program's back, with the rules taken away, is named; what was not touched is not."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from ledger.actions import journal, seals, verification, years
from ledger.actions.facts import Line
from ledger.actions.verification import Verified
from ledger.models import AccountBalance, Entry, Event, Posting, Seal, SealedEvent
from network import rules
from tests import make
from tests.cast import Cast
from tests.tampering import KEPT, Tampering

CHANGES = 300


def verify(*, full: bool = True) -> Verified:
    return verification.verify(full=full, clock=timezone.now)


@pytest.fixture
def closed_years(cast: Cast) -> Cast:
    """Return the cast, of whom one has closed two years."""
    for year in (2024, 2025):
        make.sale(cast.textil, 20_00 + year, on=dt.date(year, 6, 1))
        make.delivery(cast.molino, cast.textil, 30_00, on=dt.date(year, 9, 1))
    years.close_years(book=cast.textil, through_year=2025, resolution="Acta 9", on=make.DAY, by=None)
    seals.seal(at=timezone.now())
    return cast


@pytest.fixture
def books(cast: Cast) -> Iterator[Cast]:
    """Return three books with events in several blocks, the rules taken away."""
    kilos = make.measure("KG", "harina")
    make.delivery(cast.grafica, cast.molino, 100_00)
    make.sale(cast.molino, 10_00)
    seals.seal(at=timezone.now())
    debt = make.claim(cast.molino, cast.grafica, peg=kilos)
    lines = [Line(account=make.account(cast.molino, "4103"), amount=-500)]
    lines += [Line(account=make.account(cast.grafica, "1301"), amount=500)]
    make.event([*make.claim_lines(debt, 500, 3), *lines], kind="barter_delivery")
    make.delivery(cast.molino, cast.textil, 50_00)
    seals.seal(at=timezone.now())
    journal.reverse(event=make.sale(cast.textil, 7_00), key=uuid.uuid4(), reason="Error", on=make.DAY, by=cast.carla)
    make.sale(cast.grafica, 3_00)
    seals.seal(at=timezone.now())
    connection.check_constraints()
    rules.drop()
    yield cast
    connection.check_constraints()
    rules.install()


def try_one(seed: int) -> str | None:
    """Make one change, look whether it and nothing else is named, undo it, and return what kind it was."""
    tampering = Tampering(seed)
    kind = tampering.chance.choices(["change", "delete", "insert", "swap"], weights=[6, 2, 2, 4])[0]
    with transaction.atomic():
        undone = transaction.savepoint()
        try:
            with transaction.atomic():
                what = getattr(tampering, kind)()
        except DatabaseError:
            return None  # a constraint of the table itself does not let it in
        found = verify().problems
        transaction.savepoint_rollback(undone)

    said = f"{seed}: {what}: {found}"
    named = {problem.event for problem in found}
    assert found, said
    assert named - {0} <= tampering.events, said
    assert {problem.book for problem in found} - {0} <= tampering.books, said
    if what.startswith(tuple(f"{table.__name__} " for table in KEPT)):
        assert {problem.book for problem in found} & tampering.books, said
    elif not what.startswith("Seal "):  # a block's own row is named with the block
        assert named & tampering.events, said
    return kind


def test_hundreds_of_random_changes_are_all_named(closed_years: Cast, books: Cast):
    made = dict.fromkeys(["change", "delete", "insert", "swap"], 0)
    seed = 0
    while sum(made.values()) < CHANGES:
        seed += 1
        if (kind := try_one(seed)) is not None:
            made[kind] += 1

    assert min(made.values()) > CHANGES // 20
    assert verify().problems == []


class TestVerify:
    def test_finds_nothing_in_right_books(self, books: Cast):
        first, second = verify(), verify(full=False)

        assert (first.problems, second.problems) == ([], [])
        assert (first.run.height, first.run.events) == (3, 7)

    def test_looks_only_at_what_was_sealed_since(self, books: Cast):
        verify()
        make_another_block(books)

        assert (verify(full=False).run.events, verify().run.events) == (1, 8)

    @pytest.mark.parametrize("keeper", ["witness", "verification", "file"])
    def test_names_a_tail_that_was_cut_off(self, books: Cast, keeper: str):
        last = Seal.objects.get(height=3)
        if keeper == "witness":
            seals.sign_head(by=books.federacion, at=timezone.now())
        if keeper == "verification":
            verify()
        cut_off(last)
        against = [(last.height, last.hash, "a paper")] if keeper == "file" else []

        found = verification.verify(full=False, clock=timezone.now, against=against).problems

        assert [(problem.kind, problem.block) for problem in found] == [("cut_off", 3)]

    def test_names_a_chain_that_was_written_anew(self, books: Cast):
        seals.sign_head(by=books.federacion, at=timezone.now())
        cut_off(Seal.objects.get(height=3), events=False)
        seals.seal(at=timezone.now())

        assert {(problem.kind, problem.block) for problem in verify().problems} == {("block", 3)}

    def test_names_events_that_changed_places(self, books: Cast):
        one, two = Event.objects.filter(kind="barter_delivery").order_by("pk")[1:]
        fields = [column.attname for column in Event._meta.concrete_fields if column.name not in {"id", "key"}]
        Event.objects.filter(pk=one.pk).update(key=uuid.uuid4())
        Event.objects.filter(pk=two.pk).update(key=one.key, **{name: getattr(one, name) for name in fields})
        Event.objects.filter(pk=one.pk).update(key=two.key, **{name: getattr(two, name) for name in fields})

        assert {(problem.kind, problem.event) for problem in verify().problems} == {
            ("reordered", one.pk),
            ("reordered", two.pk),
        }

    def test_names_a_balance_that_was_set_by_hand(self, books: Cast):
        AccountBalance.objects.filter(account__number="1102", account__book=books.textil).update(amount=1)

        assert [(problem.kind, problem.book) for problem in verify().problems] == [("balance", books.textil.pk)]

    def test_a_run_of_the_workers_keeps_what_it_named(self, books: Cast):
        Event.objects.filter(reverses__isnull=False).update(memo="Otra cosa")
        job = verification.request(full=True, at=timezone.now())
        assert verification.request(full=True, at=timezone.now()) == job

        done = verification.run(job_id=job.pk, clock=timezone.now)

        assert verification.run(job_id=job.pk, clock=timezone.now) is None
        assert done.run.count == 1
        assert done.run.problems[0]["book"] == books.textil.pk


def make_another_block(books: Cast) -> None:
    rules.install()
    make.sale(books.grafica, 1_00)
    seals.seal(at=timezone.now())
    connection.check_constraints()
    rules.drop()


def cut_off(last: Seal, *, events: bool = True) -> None:
    """Take away the last block with its events, consistently, as whoever owns the database can."""
    numbers = list(SealedEvent.objects.filter(seal=last).values_list("pk", flat=True))
    SealedEvent.objects.filter(seal=last)._raw_delete("default")
    Seal.objects.filter(pk=last.pk)._raw_delete("default")
    if not events:
        return
    Posting.objects.filter(event__in=numbers)._raw_delete("default")
    Entry.objects.filter(event__in=numbers)._raw_delete("default")
    Event.objects.filter(pk__in=numbers)._raw_delete("default")
    for balance in AccountBalance.objects.all():
        lines = Posting.objects.filter(account=balance.pk)
        AccountBalance.objects.filter(pk=balance.pk).update(
            **lines.aggregate(
                amount=models.functions.Coalesce(models.Sum("amount"), 0),
                postings=models.Count("pk"),
                last_event=models.functions.Coalesce(models.Max("event"), 0),
                day=models.Max("event__booked_on"),
            )
        )
