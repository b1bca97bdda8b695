"""Who sees the audit pack of a federation: whoever oversees it, and nobody else, not even its ordinary members."""

import pytest
from django.utils import timezone

from reports.actions import rendering, requests
from reports.models import Report
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.reports import packs

pytestmark = pytest.mark.django_db
OVERVIEW = "/reports/federacion/"


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def report(cast: Cast) -> Report:
    """Let Silvia ask for the pack of today, and a worker make it."""
    today = timezone.localdate()
    packs.book_of(cast.federacion)
    make.delivery(cast.grafica, cast.molino, on=today)
    asked = requests.request(
        kind="audit-pack",
        organization=cast.federacion,
        starts_on=today,
        ends_on=today,
        language="en",
        by=cast.silvia,
        on=today,
        at=timezone.now(),
    )
    done = rendering.render(job_id=asked.job.pk, clock=timezone.now)
    assert done is not None
    return done


def test_whoever_oversees_the_body_is_offered_it_and_takes_it_home(cast: Cast, report: Report):
    silvia = browser(cast.silvia, "en")

    assert "Audit pack" in silvia.get(OVERVIEW).text
    file = silvia.get(f"{OVERVIEW}{report.pk}/download/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_an_ordinary_member_is_told_of_none(cast: Cast, report: Report):
    rita = browser(make.member("Rita", cast.federacion), "en")

    page = rita.get(OVERVIEW)
    assert page.status_code == 200
    assert "Audit pack" not in page.text
    assert rita.get(f"{OVERVIEW}{report.pk}/").status_code == 404
    assert rita.get(f"{OVERVIEW}{report.pk}/download/").status_code == 404
    today = timezone.localdate().isoformat()
    asked = {"kind": "audit-pack", "starts_on": today, "ends_on": today, "language": "es-ar"}
    assert "kind" in rita.post(OVERVIEW, asked).context["form"].errors
    assert Report.objects.count() == 1


def test_an_outsider_sees_nothing(cast: Cast, report: Report):
    assert browser(cast.carla).get(f"{OVERVIEW}{report.pk}/").status_code == 404
    assert browser(cast.beto).get(f"{OVERVIEW}{report.pk}/download/").status_code == 404


def test_is_not_offered_for_a_cooperative(cast: Cast):
    assert "Audit pack" not in browser(cast.ana, "en").get("/reports/grafica/").text
