"""The auditor of a federation has its pack made, and follows a figure of it to the entry in the journal."""

import csv
import io
import json

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.actions import rendering
from reports.models import Report
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.reports import packs

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def ask(silvia: Person) -> Report:
    """Ask for the pack of this month; a worker makes it."""
    today = timezone.localdate()
    silvia.go("/reports/federacion/")
    silvia.page.locator("select[name=kind]").select_option("audit-pack")
    silvia.page.locator("input[name=starts_on]").fill(today.replace(day=1).isoformat())
    silvia.page.locator("input[name=ends_on]").fill(today.isoformat())
    silvia.press("Make the report")
    silvia.sees("Cancel the report")
    report = Report.objects.get()
    assert report.job is not None
    made = rendering.render(job_id=report.job.pk, clock=timezone.now)
    assert made is not None
    return made


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_a_figure_of_the_pack_leads_to_its_entry(
    cast: Cast, person: Arrive, settings, tmp_path, language: str, javascript: bool, width: int
):
    settings.MEDIA_ROOT = tmp_path
    packs.book_of(cast.federacion)
    make.delivery(cast.grafica, cast.molino, 123_45, on=timezone.localdate())
    silvia = person(cast.silvia, width=width, javascript=javascript, language=language)

    report = ask(silvia)
    silvia.go(f"/reports/federacion/{report.pk}/")
    download = silvia.page.locator("main a[href$='/download/']").get_attribute("href")
    paper = silvia.page.request.get(f"{silvia.site}{download}")
    with pikepdf.open(io.BytesIO(paper.body())) as pack:
        files = {name: each.get_file().read_bytes() for name, each in pack.attachments.items()}
    (flow,) = csv.DictReader(io.StringIO(files["flows.csv"].decode("utf-8-sig")))
    assert (flow["giver"], flow["receiver"], flow["amount"]) == ("grafica", "molino", "123.45")
    assert json.loads(files["audit-pack.json"])["cutoff"]["event"] == report.cutoff_event

    # The same figure stands on the page; behind it is the entry, and in it the two accounts.
    silvia.go("/reports/federacion/flows/")
    amount = "123,45" if language == "es-AR" else "123.45"
    row = silvia.page.locator("main tbody tr", has_text="Molino").filter(has_text=amount)
    with silvia.page.expect_navigation():
        row.locator("a").click()
    with silvia.page.expect_navigation():
        silvia.page.locator("main a[href*='/journal/']").first.click()
    expect(silvia.page.locator("main")).to_contain_text(amount)
    silvia.look_at_the_width()
