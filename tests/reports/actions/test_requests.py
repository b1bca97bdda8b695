"""Ask for a report, make it, keep its file."""

import datetime as dt
import hashlib
import subprocess
from functools import partial

import pytest
from django.utils import timezone

from ledger.actions import jobs, seals
from ledger.models import Job, Seal
from ledger.models.jobs import JobState
from network.models import Organization, User
from reports.actions import files, rendering, requests
from reports.models import Report
from tests import make
from tests.cast import Cast
from tests.reports import exchanges

TODAY = dt.date(2023, 12, 5)
NOW = dt.datetime(2023, 12, 5, 10, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ask(cast: Cast, *, by: User | None = None, organization: Organization | None = None, **rest) -> Report:
    wanted = {
        "kind": "statement",
        "starts_on": exchanges.NOVEMBER[0],
        "ends_on": exchanges.NOVEMBER[1],
        "language": "es-ar",
        "on": TODAY,
        "at": NOW,
    } | rest
    return requests.request(organization=organization or cast.grafica.organization, by=by or cast.ana, **wanted)


def make_again(report: Report, **rest) -> bytes:
    return requests.make(
        kind=report.kind,
        organization=report.organization,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        language=report.language,
        on=TODAY,
        at=NOW,
        **rest,
    )


class TestSeal:
    def test_is_on_the_paper(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        paper = tmp_path / "paper.pdf"
        paper.write_bytes(make_again(ask(cast)))

        told = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True)

        head = Seal.objects.get()
        assert f"{head.hash[:8]} {head.hash[8:16]}" in told.stdout

    def test_stays_the_same_when_more_is_sealed_later(self, cast):
        exchanges.bags_for_flour(cast)
        report = ask(cast)
        first = make_again(report)
        make.sale(cast.textil, on=TODAY)
        seals.seal(at=NOW)

        assert Seal.objects.count() == 2
        assert make_again(report, cutoff_event=report.cutoff_event) == first


class TestRequest:
    def test_hands_a_job_to_the_workers(self, cast):
        exchanges.bags_for_flour(cast)

        report = ask(cast)

        assert report.job is not None
        assert (report.job.kind, report.job.state) == ("render", JobState.QUEUED)
        assert report.cutoff_event > 0

    def test_returns_the_first_one_when_asked_again(self, cast):
        exchanges.bags_for_flour(cast)

        assert ask(cast) == ask(cast, by=cast.beto) == ask(cast, by=cast.silvia)
        assert Job.objects.count() == 1

    def test_makes_another_one_once_the_period_has_more_to_tell(self, cast):
        exchanges.bags_for_flour(cast)
        first = ask(cast)
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 12, 2))
        same = ask(cast)

        assert same == first
        assert ask(cast, ends_on=TODAY) != first

    @pytest.mark.parametrize("outsider", ["carla", "mario"])
    def test_refuses_who_may_not_read_the_book(self, cast, outsider):
        with pytest.raises(requests.NotYourBook):
            ask(cast, by=getattr(cast, outsider))

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"kind": "poem"}, requests.UnknownKind),
            ({"language": "tlh"}, requests.UnknownLanguage),
            ({"starts_on": dt.date(2023, 12, 1)}, requests.PeriodEndsBeforeItStarts),
            ({"ends_on": dt.date(2023, 12, 6)}, requests.PeriodIsInTheFuture),
        ],
    )
    def test_refuses_what_makes_no_sense(self, cast, changes, refusal):
        with pytest.raises(refusal) as refused:
            ask(cast, **changes)

        assert "%" not in str(refused.value)
        assert not Report.objects.exists()

    def test_refuses_an_organization_without_a_book(self, cast):
        with pytest.raises(requests.NoBookYet):
            ask(cast, by=cast.silvia, organization=cast.federacion)

    def test_takes_a_single_day_and_today(self, cast):
        assert ask(cast, starts_on=TODAY, ends_on=TODAY).starts_on == TODAY


class TestRender:
    def test_keeps_the_file_under_the_hash_of_its_content_and_finishes_the_job(self, cast, tmp_path):
        exchanges.bags_for_flour(cast)
        report = ask(cast)
        assert report.job is not None

        made = rendering.render(job_id=report.job.pk, clock=timezone.now)

        assert made is not None
        content = (tmp_path / "reports" / f"{made.sha256}.pdf").read_bytes()
        assert hashlib.sha256(content).hexdigest() == made.sha256
        assert made.size == len(content)
        assert files.file_of(made).read_bytes() == content
        assert Job.objects.get(pk=report.job.pk).state == JobState.DONE
        assert [path.suffix for path in (tmp_path / "reports").iterdir()] == [".pdf"]

    def test_makes_the_same_bytes_as_the_console(self, cast):
        exchanges.bags_for_flour(cast)
        report = ask(cast)
        assert report.job is not None
        rendering.render(job_id=report.job.pk, clock=timezone.now)
        report.refresh_from_db()

        assert hashlib.sha256(make_again(report)).hexdigest() == report.sha256

    def test_tells_the_books_as_they_stood_when_it_was_asked_for(self, cast):
        exchanges.bags_for_flour(cast)
        report = ask(cast)
        assert report.job is not None
        before = make_again(report)
        make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 11, 30))

        rendering.render(job_id=report.job.pk, clock=timezone.now)

        report.refresh_from_db()
        assert files.file_of(report).read_bytes() == before
        assert make_again(report) != before

    def test_leaves_a_job_alone_that_is_done(self, cast):
        report = ask(cast)
        assert report.job is not None
        assert rendering.render(job_id=report.job.pk, clock=timezone.now) is not None
        assert rendering.render(job_id=report.job.pk, clock=timezone.now) is None

    def test_writes_nothing_when_another_worker_took_the_job(self, cast):
        report = ask(cast)
        assert report.job is not None
        job_id = report.job.pk
        # This worker falls silent just before the end, long enough for another to take its job.
        times = iter([NOW, NOW, NOW, NOW + dt.timedelta(hours=1)])

        def clock() -> dt.datetime:
            at = next(times)
            if at > NOW:
                assert jobs.take(job_id=job_id, at=at) is not None
            return at

        with pytest.raises(jobs.JobWasTakenOver):
            rendering.render(job_id=job_id, clock=clock)

        report.refresh_from_db()
        assert report.sha256 == ""
        assert Job.objects.get(pk=job_id).state == JobState.RUNNING


class TestTryAgain:
    def test_gives_a_failed_job_another_chance(self, cast):
        report = ask(cast)
        Job.objects.update(state=JobState.FAILED, message="x")
        report = Report.objects.get(pk=report.pk)

        requests.try_again(report=report, by=cast.beto, on=TODAY, at=NOW)

        assert Job.objects.get().state == JobState.QUEUED

    def test_makes_a_lost_file_once_more(self, cast):
        exchanges.bags_for_flour(cast)
        report = ask(cast)
        assert report.job is not None
        rendering.render(job_id=report.job.pk, clock=timezone.now)
        report = Report.objects.get(pk=report.pk)
        path = files.file_of(report)
        before = path.read_bytes()
        path.unlink()
        with pytest.raises(files.FileIsGone):
            files.file_of(report)

        requests.try_again(report=report, by=cast.ana, on=TODAY, at=NOW)
        assert report.job is not None
        rendering.render(job_id=report.job.pk, clock=timezone.now)

        assert path.read_bytes() == before

    def test_leaves_a_good_report_as_it_is(self, cast):
        report = ask(cast)
        assert report.job is not None
        rendering.render(job_id=report.job.pk, clock=timezone.now)

        requests.try_again(report=Report.objects.get(), by=cast.ana, on=TODAY, at=NOW)

        assert Job.objects.count() == 1

    def test_refuses_an_outsider(self, cast):
        report = ask(cast)

        with pytest.raises(requests.NotYourBook):
            requests.try_again(report=report, by=cast.carla, on=TODAY, at=NOW)


class TestMake:
    def test_refuses_as_a_request_does(self, cast):
        wanted = partial(
            requests.make,
            kind="statement",
            organization=cast.grafica.organization,
            starts_on=TODAY,
            language="en",
            on=TODAY,
            at=NOW,
        )
        with pytest.raises(requests.PeriodEndsBeforeItStarts):
            wanted(ends_on=TODAY - dt.timedelta(days=1))
