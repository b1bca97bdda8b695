"""The task that workers run."""

import datetime as dt

import pytest

from ledger.actions.jobs import TASKS
from ledger.models import Job
from ledger.models.jobs import JobState
from reports.actions import requests
from reports.tasks import render_report


@pytest.mark.django_db
class TestRenderReport:
    def test_has_the_name_that_jobs_call_it_by(self):
        assert render_report.name == TASKS["render"]

    def test_makes_the_report_of_a_job(self, cast, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        day = dt.date(2023, 12, 5)
        report = requests.request(
            kind="statement",
            organization=cast.grafica.organization,
            starts_on=day,
            ends_on=day,
            language="en",
            by=cast.ana,
            on=day,
            at=dt.datetime(2023, 12, 5, 10, tzinfo=dt.UTC),
        )
        assert report.job is not None

        render_report(job_id=report.job.pk)

        assert Job.objects.get().state == JobState.DONE
        assert len(list((tmp_path / "reports").glob("*.pdf"))) == 1
