"""PostgreSQL's second wall lets anybody read of a page that is open, and of nothing else."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from ledger.models import Entry
from network.queries import wall
from reports.actions import photos
from reports.models import Photo
from tests.cast import Cast
from tests.opened import Neighborhood, opened, photographed, published
from tests.roles import as_the_program

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no second wall: docs/operations.md says so"),
]


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path, monkeypatch) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC))
    yield
    wall.read_all()


def test_anybody_reads_the_pages_the_papers_and_the_photos_that_are_open(cast: Cast):
    neighborhood = Neighborhood(cast)
    neighborhood.everything()
    opened(cast)
    photo = photographed(cast, neighborhood.agreement.code)
    shown, anybody = published(cast), Client(headers={"accept-language": "en"})

    with as_the_program():
        page, front = (anybody.get(path).content.decode() for path in ("/open/grafica/", "/open/"))
        paper = anybody.get(f"/open/grafica/reports/{shown.report_id}.pdf")

        assert "Visits: 1,190." in page
        assert f"/open/grafica/photos/{photo.sha256}.jpg" in page
        assert anybody.get(f"/open/grafica/photos/{photo.sha256}.jpg").status_code == 200
        assert "1,190" in front
        assert b"".join(paper.streaming_content) == b"%PDF-1.7 made up"


def test_the_books_and_photos_of_others_stay_behind_it(cast: Cast):
    neighborhood = Neighborhood(cast)
    neighborhood.everything()
    photographed(cast, neighborhood.agreement.code)

    with as_the_program():
        wall.read_of([cast.grafica.organization.pk])

        # The lesson stands in the mill's book, too.
        assert set(Entry.objects.values_list("book__organization__code", flat=True)) == {"grafica"}
        assert Photo.objects.exists()
        wall.read_of([])
        assert not Entry.objects.exists()
        assert not Photo.objects.exists()


def test_the_program_adds_a_photo_and_takes_it_away_and_nothing_else(cast: Cast):
    neighborhood = Neighborhood(cast)
    neighborhood.april()

    with as_the_program():
        photo = photographed(cast, neighborhood.agreement.code)
        how = {"by": cast.ana, "on": timezone.localdate(), "at": timezone.now()}
        photos.withdraw(photo=photo, reason="Lo pidió alguien.", **how)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Photo.objects.update(sha256="a")
