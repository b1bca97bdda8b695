"""While a report is made: its pages are told, it is called off, it takes too long."""

import datetime as dt
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from ledger.models import Job
from ledger.models.jobs import JobState
from reports.actions import rendering, requests
from reports.models import Report
from tests import make
from tests.cast import Cast
from tests.reports import exchanges
from tests.reports.actions.test_requests import NOW, TODAY, ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


class Ticking:
    """A clock that goes on two seconds each time it is looked at."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=2)
        return self.now


class TestProgress:
    def test_is_told_page_by_page(self, cast: Cast):
        for number in range(40):
            make.delivery(cast.grafica, cast.molino, 100_00 + number, on=exchanges.NOVEMBER[1])
        report = ask(cast, kind="journal")
        assert report.job is not None
        seen = []

        class Watching(Ticking):
            def __call__(self) -> dt.datetime:
                seen.append(Job.objects.get().done)
                return super().__call__()

        rendering.render(job_id=report.job.pk, clock=Watching())

        assert seen == sorted(seen)
        assert max(seen) > 1

    def test_of_a_report_that_takes_too_long_ends_with_a_sentence(self, cast: Cast):
        report = ask(cast)
        assert report.job is not None

        class Late(Ticking):
            def __call__(self) -> dt.datetime:
                if Job.objects.get().state == JobState.RUNNING and self.now > NOW + dt.timedelta(seconds=6):
                    self.now = NOW
                    raise SoftTimeLimitExceeded
                return super().__call__()

        assert rendering.render(job_id=report.job.pk, clock=Late()) is None
        job = Job.objects.get()
        assert job.state == JobState.FAILED
        assert job.message.startswith("Este informe tarda demasiado")


class TestCallOff:
    def test_ends_what_was_not_begun_and_it_can_be_asked_for_again(self, cast: Cast):
        report = ask(cast)
        assert report.job is not None

        assert requests.call_off(report=report, by=cast.beto, on=TODAY, at=NOW)
        assert rendering.render(job_id=report.job.pk, clock=timezone.now) is None
        assert Job.objects.get().state == JobState.STOPPED

        requests.try_again(report=Report.objects.get(), by=cast.ana, on=TODAY, at=NOW)
        assert rendering.render(job_id=report.job.pk, clock=timezone.now) is not None
        assert not requests.call_off(report=Report.objects.get(), by=cast.ana, on=TODAY, at=NOW)

    def test_stops_a_worker_at_its_next_page(self, cast: Cast, tmp_path: Path):
        for number in range(40):
            make.delivery(cast.grafica, cast.molino, 100_00 + number, on=exchanges.NOVEMBER[1])
        report = ask(cast, kind="journal")
        assert report.job is not None

        class Impatient(Ticking):
            def __call__(self) -> dt.datetime:
                if Job.objects.get().done:
                    requests.call_off(report=report, by=cast.ana, on=TODAY, at=NOW)
                return super().__call__()

        assert rendering.render(job_id=report.job.pk, clock=Impatient()) is None
        assert Job.objects.get().state == JobState.STOPPED
        assert not Report.objects.get().sha256
        assert not (tmp_path / "reports").exists()

    def test_refuses_an_outsider(self, cast: Cast):
        with pytest.raises(requests.NotYourBook):
            requests.call_off(report=ask(cast), by=cast.carla, on=TODAY, at=NOW)
