"""Two pages of the demo network are opened, with a report on one: once, and only where the demo is."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from ledger.actions.demo import CONFEDERATION
from reports.actions import demo_photos
from reports.actions.demo_pages import STORIES
from reports.models import Opening, Publication
from tests import hostings, make
from tests.cast import Cast
from tests.opened import Neighborhood

pytestmark = pytest.mark.django_db


def run() -> str:
    said = io.StringIO()
    call_command("demo_pages", stdout=said)
    return said.getvalue()


def test_opens_two_pages_and_publishes_a_report(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make.organization(CONFEDERATION, kind="confederation", is_fictional=True)
    for number, code in enumerate(STORIES):
        make.officer(f"Alguien {number}", make.book(code, is_fictional=True).organization)

    assert "two pages are open" in run()
    assert run() == ""

    assert Opening.objects.count() == 2
    shown = Publication.objects.get().report
    paper = Client().get(f"/open/{shown.organization.code}/reports/{shown.pk}.pdf")
    assert b"".join(paper.streaming_content).startswith(b"%PDF-1.7")


def test_draws_a_picture_of_what_goes_on_in_each(cast: Cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    neighborhood = Neighborhood(cast)
    neighborhood.april()
    on, told = hostings.TOLD, {"by": cast.ana, "on": hostings.TOLD, "clock": timezone.now}
    for code in demo_photos.ROOMS:
        cast.grafica.organization.code = code
        photo = demo_photos.add(cast.grafica.organization, **told)

        assert (photo.activity, photo.width, photo.height) == (neighborhood.agreement.code, 960, 640)
        assert photo.taken_on <= on
    cast.molino.organization.code = "molino-los-andes"
    assert demo_photos.add(cast.molino.organization, **(told | {"by": cast.mario})) is None


def test_opens_nothing_where_there_is_no_demo(db: None):
    assert run() == ""
    assert not Opening.objects.exists()
