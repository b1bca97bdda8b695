"""Photos in an open-factory report: with their captions, still PDF/A-3a and PDF/UA-1, the same bytes each time."""

import datetime as dt

import pikepdf
import pytest
from django.utils import timezone

from reports.actions import files, photos, requests
from reports.core import photos as core
from reports.models import Report
from tests import pictures
from tests.cast import Cast
from tests.opened import Neighborhood, photographed
from tests.reports.actions.test_open_factory import printed, text_of, told
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC))


@pytest.fixture
def neighborhood(cast: Cast) -> Neighborhood:
    """What the print shop gave, with two photos of the evenings, and one of the whiteboards."""
    found = Neighborhood(cast)
    found.everything()
    boards, evenings = found.by_hand("Sala de Barracas"), found.agreement.code
    for number, (activity, size) in enumerate(
        ((evenings, (1600, 1200)), (evenings, (900, 1600)), (boards.code, (80, 60)))
    ):
        content = pictures.file("PNG", of=pictures.picture(*size))
        day, caption = dt.date(2026, 4, 30 - number), f"Lo que se ve en la foto {number + 1}, de “cerca” & de lejos"
        photographed(cast, activity, content=content, taken_on=day, caption=caption)
    return found


def test_shows_them_with_their_captions(cast: Cast, neighborhood: Neighborhood, tmp_path):
    path = printed(told(cast), tmp_path / "x.pdf")

    text = text_of(path)

    assert "In pictures Lo que se ve en la foto 1, de “cerca” & de lejos Bachillerato popular, 30/04/2026" in text
    with pikepdf.open(path) as pdf:
        shown = {bytes(image.read_raw_bytes()) for page in pdf.pages for image in page.get_images().values()}
    # Whole, and untouched by whoever drew the paper.
    kept = {file.read_bytes() for file in (tmp_path / "files").rglob("*.jpg")}
    assert len(kept) == 3
    assert kept <= shown
    assert core.anew(pictures.file("PNG", of=pictures.picture(80, 60))).content in kept


def test_passes_the_judge_in_both_languages_and_is_the_same_twice(cast: Cast, neighborhood: Neighborhood, tmp_path):
    paths = [printed(told(cast), tmp_path / f"{language}.pdf", language=language) for language in ("es-ar", "en")]

    assert printed(told(cast), tmp_path / "again.pdf").read_bytes() == paths[1].read_bytes()
    verdicts = judge(paths)
    assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
    assert len(verdicts) == 4


def test_what_is_taken_away_or_lost_is_in_no_later_one(cast: Cast, neighborhood: Neighborhood, tmp_path):
    away, lost, _left = told(cast).photos
    photos.withdraw(photo=away, reason="Lo pidió", by=cast.ana, on=timezone.localdate(), at=timezone.now())
    files.drop_photo(lost)

    text = text_of(printed(told(cast), tmp_path / "x.pdf"))

    assert "foto 1" not in text + text_of(printed(told(cast), tmp_path / "y.pdf"))
    assert "foto 2" not in text
    assert "foto 3" in text


def test_a_photo_more_or_fewer_is_another_report(cast: Cast, neighborhood: Neighborhood):
    def asked() -> Report:
        how = {"by": cast.ana, "on": timezone.localdate(), "at": timezone.now()}
        starts_on, ends_on = dt.date(2026, 1, 1), timezone.localdate()
        return requests.request(
            kind="open-factory",
            organization=cast.grafica.organization,
            starts_on=starts_on,
            ends_on=ends_on,
            language="en",
            **how,
        )

    first = asked()
    assert asked() == first

    photo = photographed(cast, neighborhood.agreement.code)
    second = asked()
    photos.withdraw(photo=photo, reason="Lo pidió", by=cast.ana, on=timezone.localdate(), at=timezone.now())
    third = asked()

    assert len({first, second, third, asked()}) == 3
