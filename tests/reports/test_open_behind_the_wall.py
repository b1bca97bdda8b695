"""PostgreSQL's second wall lets anybody read of a page that is open, and of nothing else."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ledger.models import Entry
from network.queries import wall
from tests.cast import Cast
from tests.opened import Neighborhood, opened, published
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


def test_anybody_reads_the_pages_and_papers_that_are_open(cast: Cast):
    Neighborhood(cast).everything()
    opened(cast)
    shown, anybody = published(cast), Client(headers={"accept-language": "en"})

    with as_the_program():
        page, front = (anybody.get(path).content.decode() for path in ("/open/grafica/", "/open/"))
        paper = anybody.get(f"/open/grafica/reports/{shown.report_id}.pdf")

        assert "Visits: 1,190." in page
        assert "1,190" in front
        assert b"".join(paper.streaming_content) == b"%PDF-1.7 made up"


def test_the_books_of_others_stay_behind_it(cast: Cast):
    Neighborhood(cast).everything()

    with as_the_program():
        wall.read_of([cast.grafica.organization.pk])

        # The lesson stands in the mill's book, too.
        assert set(Entry.objects.values_list("book__organization__code", flat=True)) == {"grafica"}
        wall.read_of([])
        assert not Entry.objects.exists()
