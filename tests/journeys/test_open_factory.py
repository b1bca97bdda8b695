"""A cooperative publishes its year's open-factory report; a neighbor opens the page on a phone, and verifies it."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.actions import rendering
from reports.models import Publication, Report
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.opened import Neighborhood

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def ask(ana: Person) -> None:
    """Ask for the report of half a year; a worker makes it."""
    ana.go("/reports/grafica/")
    ana.page.locator("select[name=kind]").select_option("open-factory")
    ana.page.locator("input[name=starts_on]").fill("2026-01-01")
    ana.page.locator("input[name=ends_on]").fill("2026-06-30")
    ana.press("Make the report")
    report = Report.objects.get()
    assert report.job is not None
    rendering.render(job_id=report.job.pk, clock=timezone.now)


def verifies(neighbor: Person, paper: bytes, file: Path) -> None:
    """Bring the file: it is the one that was issued. With a byte more it is not."""
    for content, said in (
        (paper, "Yes: this file was issued here, and is unchanged to the last byte."),
        (paper + b"\n", "No: this file says that it is a paper of ours, and is not the file that was issued."),
    ):
        file.write_bytes(content)
        neighbor.go("/open/grafica/")
        neighbor.follow("verify it here")
        neighbor.page.locator("input[type=file]").set_input_files(file)
        neighbor.press("Verify")
        neighbor.sees(said)
        neighbor.look_at_the_width()


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 360)])
def test_a_year_is_published_and_read_on_a_phone(
    cast: Cast, person: Arrive, settings, tmp_path, language: str, javascript: bool, width: int
):
    settings.MEDIA_ROOT = tmp_path
    Neighborhood(cast).everything()
    how = {"width": width, "javascript": javascript, "language": language}
    neighbor = person(None, **how)
    assert neighbor.page.goto(f"{neighbor.site}/open/grafica/").status == 404

    ana = person(cast.ana, width=1100, language=language, javascript=javascript)
    ask(ana)

    # She opens the page with their story, and publishes it there.
    ana.go("/reports/grafica/")
    ana.follow("The page that anybody reads")
    ana.page.locator("textarea[name=story]").fill("La tomamos entre todos en 2003.")
    ana.press("Open the page to anybody")
    ana.sees("The page is open: anybody reads it now.")
    ana.press("Publish")
    ana.sees("The report is published.")
    assert Publication.objects.get().noted_by == cast.ana

    # A neighbor finds it among the others, reads it, and takes the paper home.
    neighbor.go("/open/")
    neighbor.follow("Gráfica")
    for said in ("La tomamos entre todos en 2003.", "Bachillerato popular", "18:00"):
        expect(neighbor.page.locator("main")).to_contain_text(said)
    expect(neighbor.page.locator("main")).not_to_contain_text("$")
    paper = neighbor.page.request.get(
        neighbor.site + str(neighbor.page.locator('main a[href$=".pdf"]').get_attribute("href"))
    )
    assert paper.body().startswith(b"%PDF-1.7")
    verifies(neighbor, paper.body(), tmp_path / "fabrica-abierta.pdf")

    # It is closed again, and is nowhere.
    ana.press("Close the page")
    ana.sees("The page is closed: whoever opens its address finds nothing.")
    assert neighbor.page.goto(f"{neighbor.site}/open/grafica/").status == 404
