"""The papers of all members asked for at once: spread, made by whoever comes, packed as one ZIP, told by a letter."""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from ledger.models import Job
from ledger.models.jobs import JobState
from reports.actions import batches, files, rendering, requests
from reports.models import Batch, BatchPart, IssuedPaper, Report
from reports.queries import batches as read
from tests import make
from tests.cast import Cast
from tests.reports import packs

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def net(cast: Cast) -> Cast:
    """The federation keeps a book, too; two of its members gave each other something today."""
    packs.book_of(cast.federacion)
    make.delivery(cast.grafica, cast.molino, 123_45, on=TODAY())
    return cast


def ask(cast: Cast, **changes) -> Batch:
    told = {"starts_on": TODAY(), "ends_on": TODAY(), "language": "es-ar", "by": cast.silvia, "on": TODAY()}
    return batches.request(organization=cast.federacion, at=timezone.now(), **told | changes)


def work() -> None:
    """Do every job that waits, as workers do, whatever comes of it."""
    tasks = {"spread": batches.spread, "render": batches.render, "pack": batches.pack}
    while (job := Job.objects.filter(state=JobState.QUEUED, kind__in=tasks).order_by("pk").first()) is not None:
        tasks[job.kind](job_id=job.pk, clock=timezone.now)


def packed(batch: Batch) -> dict[str, bytes]:
    """Return the files of a batch's ZIP."""
    batch.refresh_from_db()
    with zipfile.ZipFile(files.archive_of(batch)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(batch: Batch) -> list[dict[str, str]]:
    """Return the lines of its list."""
    return list(csv.DictReader(io.StringIO(packed(batch)["lista.csv"].decode("utf-8-sig"))))


class TestBatch:
    def test_makes_the_statement_of_each_member_and_the_audit_pack(self, net: Cast):
        batch = ask(net)
        work()

        found = packed(batch)
        today = TODAY().isoformat()
        assert sorted(found) == [
            f"federacion/carpeta-de-auditoria-{today}-{today}.pdf",
            f"grafica/estado-de-cuenta-{today}-{today}.pdf",
            "lista.csv",
            f"molino/estado-de-cuenta-{today}-{today}.pdf",
        ]
        for row in listed(batch):
            assert row["sha256"] == hashlib.sha256(found[row["file"]]).hexdigest()
            assert IssuedPaper.objects.get(sha256=row["sha256"]).identifier == row["identifier"].replace("-", "")
            assert not row["note"]

    def test_tells_how_far_it_is(self, net: Cast):
        batch = ask(net)
        assert (read.progress(batch).is_spread, read.progress(batch).is_waiting) == (False, True)
        batches.spread(job_id=batch.spreading_id, clock=timezone.now)
        batch.refresh_from_db()
        assert (read.progress(batch).done, read.progress(batch).total) == (0, 3)
        first = Job.objects.filter(kind="render").order_by("pk")[0]
        batches.render(job_id=first.pk, clock=timezone.now)
        assert (read.progress(batch).done, read.progress(batch).is_packed) == (1, False)
        work()
        batch = Batch.objects.select_related("spreading", "packing").get()
        assert read.progress(batch).is_packed
        assert not read.progress(batch).is_waiting

    def test_is_told_to_whoever_asked_with_a_link_and_no_figure(self, net: Cast):
        batch = ask(net)
        work()

        (letter,) = mail.outbox
        assert letter.to == [net.silvia.email]
        assert f"/reports/federacion/batches/{batch.pk}/" in letter.body
        assert "Federación" in letter.subject
        assert "123" not in letter.body

    def test_is_one_while_it_is_being_made_and_packs_what_is_made_when_asked_again(self, net: Cast):
        first = ask(net)
        assert ask(net) == first
        work()
        again = ask(net)
        work()

        assert again != first
        assert packed(again) == packed(first)
        assert Report.objects.count() == 3

    def test_says_in_its_list_what_could_not_be_made(self, net: Cast):
        batch = ask(net)
        batches.spread(job_id=batch.spreading_id, clock=timezone.now)
        Job.objects.filter(report__organization=net.molino.organization).update(
            state=JobState.FAILED, message="No se pudo."
        )
        work()

        assert [(row["file"], row["note"]) for row in listed(batch) if row["code"] == "molino"] == [("", "No se pudo.")]
        assert len(packed(batch)) == 3
        assert Batch.objects.get().packing is not None

    def test_is_packed_though_the_worker_of_its_last_part_died(self, net: Cast):
        batch = ask(net)
        batches.spread(job_id=batch.spreading_id, clock=timezone.now)
        for job in Job.objects.filter(kind="render"):
            rendering.render(job_id=job.pk, clock=timezone.now)
        assert Batch.objects.get().packing is None

        assert batches.close_all(at=timezone.now()) == 1
        assert batches.close_all(at=timezone.now()) == 0
        work()
        assert len(packed(batch)) == 4

    def test_is_spread_once_by_two_workers_one_of_whom_died(self, net: Cast):
        batch = ask(net)

        class Dies(Exception):
            pass

        looks = iter(range(100))

        def clock() -> dt.datetime:
            if next(looks) == 3:
                raise Dies
            return timezone.now()

        with pytest.raises(Dies):
            batches.spread(job_id=batch.spreading_id, clock=clock)
        later = timezone.now() + dt.timedelta(hours=1)
        batches.spread(job_id=batch.spreading_id, clock=lambda: later)

        assert batch.parts.count() == Report.objects.count() == 3

    @pytest.mark.parametrize("outsider", ["ana", "carla", "nora"])
    def test_refuses_whoever_does_not_oversee_the_body(self, net: Cast, outsider: str):
        with pytest.raises(batches.NotYoursToOversee):
            ask(net, by=getattr(net, outsider))

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"language": "tlh"}, requests.UnknownLanguage),
            ({"ends_on": dt.date(2020, 1, 1)}, requests.PeriodEndsBeforeItStarts),
            ({"ends_on": dt.date(2099, 1, 1)}, requests.PeriodIsInTheFuture),
        ],
    )
    def test_refuses_what_makes_no_sense(self, net: Cast, changes, refusal):
        with pytest.raises(refusal):
            ask(net, **changes)

    def test_refuses_a_body_of_which_no_member_keeps_a_book(self, cast: Cast):
        above = make.organization("confe", kind="confederation", name="Confederación")
        person = make.officer("Omar", above)
        with pytest.raises(batches.NobodyBelow):
            batches.request(
                organization=above, starts_on=TODAY(), ends_on=TODAY(), language="en", by=person, on=TODAY(),
                at=timezone.now(),
            )  # fmt: skip


class TestCallOff:
    def test_leaves_what_nobody_has_begun_unmade(self, net: Cast):
        batch = ask(net)
        batches.spread(job_id=batch.spreading_id, clock=timezone.now)
        batches.call_off(batch=batch, by=net.silvia, on=TODAY(), at=timezone.now())
        work()

        batch = Batch.objects.select_related("spreading", "packing").get()
        assert read.progress(batch).is_called_off
        assert set(Job.objects.filter(kind="render").values_list("state", flat=True)) == {JobState.STOPPED}
        assert batches.close_all(at=timezone.now()) == 0
        # Asked for again, all of it is made.
        again = ask(net)
        work()
        assert len(packed(again)) == 4

    def test_leaves_alone_what_somebody_had_asked_for_before(self, net: Cast):
        theirs = requests.request(
            kind="statement", organization=net.molino.organization, starts_on=TODAY(), ends_on=TODAY(),
            language="es-ar", by=net.mario, on=TODAY(), at=timezone.now(),
        )  # fmt: skip
        batch = ask(net)
        batches.spread(job_id=batch.spreading_id, clock=timezone.now)
        batches.call_off(batch=batch, by=net.silvia, on=TODAY(), at=timezone.now())

        theirs.refresh_from_db()
        assert theirs.job is not None
        assert theirs.job.state == JobState.QUEUED

    def test_refuses_an_outsider(self, net: Cast):
        with pytest.raises(batches.NotYoursToOversee):
            batches.call_off(batch=ask(net), by=net.ana, on=TODAY(), at=timezone.now())


class TestRules:
    def test_a_report_is_in_a_batch_once(self, net: Cast):
        batch = ask(net)
        work()
        part = batch.parts.all()[0]
        with pytest.raises(DatabaseError), transaction.atomic():
            BatchPart.objects.create(batch=batch, report=part.report)
        with pytest.raises(DatabaseError), transaction.atomic():
            Batch.objects.update(ends_on=dt.date(2020, 1, 1))
