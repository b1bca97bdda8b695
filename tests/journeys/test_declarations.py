"""A cooperative declares what only it knows, and its social report says so."""

import subprocess

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.actions import rendering
from reports.models import Report
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def words_of(paper: bytes) -> str:
    """Return what stands on a paper, in one line."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_what_is_declared_stands_in_the_social_report(
    cast: Cast, person: Arrive, settings, tmp_path, language: str, javascript: bool, width: int
):
    settings.MEDIA_ROOT = tmp_path
    ana = person(cast.ana, width=width, javascript=javascript, language=language)
    ana.go("/reports/grafica/")
    ana.follow("What you declare yourselves for the social report")

    # Who names a person is told so, and loses nothing of what was written.
    ana.page.locator("textarea[name=training]").fill("120 horas de encuadernación")
    ana.page.locator("textarea[name=taxes]").fill("Los lleva rosa@grafica.coop.ar")
    ana.press("Declare")
    expect(ana.page.locator("textarea[name=training]")).to_have_value("120 horas de encuadernación")
    ana.page.locator("textarea[name=taxes]").fill("Ingresos brutos, al día")
    ana.press("Declare")
    expect(ana.page.locator("body")).to_contain_text(
        ana.read("%(count)s answer is declared.", "%(count)s answers are declared.", 2) % {"count": 2}
    )

    ana.press("Make the social report")
    report = Report.objects.get()
    assert report.job is not None
    assert rendering.render(job_id=report.job.pk, clock=timezone.now) is not None
    ana.go(f"/reports/grafica/{report.pk}/")
    address = ana.page.locator("main a[href$='/download/']").get_attribute("href")
    told = words_of(ana.page.request.get(f"{ana.site}{address}").body())

    assert "120 horas de encuadernación" in told
    assert "Ingresos brutos, al día" in told
    assert "rosa@" not in told
