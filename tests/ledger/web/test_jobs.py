"""The progress of a job is its asker's own; and whoever asks for a check twice gets one."""

import pytest
from django.utils import timezone

from ledger.actions import jobs
from ledger.models import Job
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(cast: Cast) -> Job:
    return jobs.request(kind="reconcile", key="x", parameters={"full": True}, by=cast.ana, at=timezone.now())


class TestProgress:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_told_in_ones_language(self, cast: Cast, job: Job, language: str):
        said = browser(cast.ana, language).get(f"/jobs/{job.pk}/")

        assert says(said, "A worker is at it", language=language)
        assert "<noscript>" in said.content.decode()

    def test_stops_htmx_when_it_is_over(self, cast: Cast, job: Job):
        ask = {"headers": {"hx-request": "true"}}
        assert browser(cast.ana).get(f"/jobs/{job.pk}/", **ask).status_code == 200

        Job.objects.filter(pk=job.pk).update(state="done")

        assert browser(cast.ana).get(f"/jobs/{job.pk}/", **ask).status_code == 286

    def test_of_another_persons_job_does_not_exist(self, cast: Cast, job: Job):
        for page in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/again/", "/jobs/999999/", f"/jobs/{10**30}/"):
            assert browser(cast.beto).get(page, follow=True).status_code == 404, page
            assert browser(cast.beto).post(page).status_code == 404, page


class TestAgain:
    def test_gives_a_failed_job_another_chance(self, cast: Cast, job: Job):
        Job.objects.filter(pk=job.pk).update(state="failed", message="No se pudo.")
        assert says(browser(cast.ana).get(f"/jobs/{job.pk}/"), "Try again")

        browser(cast.ana).post(f"/jobs/{job.pk}/again/")

        job.refresh_from_db()
        assert job.state == "queued"

    def test_leaves_a_job_that_is_done_alone(self, cast: Cast, job: Job):
        Job.objects.filter(pk=job.pk).update(state="done")

        assert browser(cast.ana).post(f"/jobs/{job.pk}/again/", follow=True).status_code == 200

        job.refresh_from_db()
        assert job.state == "done"

    def test_opened_by_hand_leads_to_the_progress(self, cast: Cast, job: Job):
        said = browser(cast.ana).get(f"/jobs/{job.pk}/again/", follow=True)

        assert said.request["PATH_INFO"] == f"/jobs/{job.pk}/"


class TestReconciliation:
    @pytest.mark.parametrize("sent", [{}, {"full": "1"}, {"full": "\x00", "x": "y"}])
    def test_asked_for_twice_is_one_job(self, cast: Cast, sent: dict[str, str]):
        for _twice in range(2):
            assert browser(cast.ana).post("/coop/grafica/reconciliation/", sent, follow=True).status_code == 200

        assert Job.objects.filter(kind="reconcile").count() == 1

    def test_is_not_asked_for_by_an_outsider(self, cast: Cast):
        assert browser(cast.carla).post("/coop/grafica/reconciliation/").status_code == 404
