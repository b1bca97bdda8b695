"""The page on which photos are added and taken away, and the addresses that show them: to whom, and how long."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.actions import files, openings, photos
from reports.models import Photo
from tests import pictures
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.opened import Neighborhood, opened, photographed

pytestmark = pytest.mark.django_db
DESK = "/reports/grafica/open/photos/"


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC))


@pytest.fixture
def neighborhood(cast: Cast) -> Neighborhood:
    """April at the school, of which the print shop's open page tells."""
    found = Neighborhood(cast)
    found.april()
    opened(cast)
    return found


@pytest.fixture
def ana(cast: Cast) -> Client:
    return browser(cast.ana, "en")


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def said(answer) -> str:
    page = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert page
    return " ".join(re.sub(r"<[^>]+>", " ", page[0]).split())


def sent(neighborhood: Neighborhood, **changes: object) -> dict[str, object]:
    told = {
        "file": SimpleUploadedFile("IMG_0001.jpg", pictures.from_a_telephone()),
        "activity": neighborhood.agreement.code,
        "taken_on": "2026-04-20",
        "caption": "El aula de arriba, una noche de clase",
        "is_agreed": "on",
    }
    return told | changes


class TestDesk:
    def test_offers_what_was_given(self, ana: Client, neighborhood: Neighborhood):
        page = ana.get(DESK)

        assert "Bachillerato popular, Bachillerato (30/04/2026)" in said(page)
        assert b'accept="image/jpeg,image/png,image/webp"' in page.content

    def test_adds_a_photo_and_shows_it(self, ana: Client, neighborhood: Neighborhood):
        answer = ana.post(DESK, sent(neighborhood), follow=True)

        assert "The photo is added." in answer.content.decode()
        photo = Photo.objects.get()
        assert (
            f'<img src="/reports/grafica/open/photos/{photo.pk}.jpg" width="60" height="40"' in answer.content.decode()
        )
        assert ana.get(f"{DESK}{photo.pk}.jpg")["Cache-Control"] == "private, max-age=300"

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"is_agreed": ""}, "Ask those who can be recognized"),
            ({"activity": "P-999"}, "Choose the activity that the photo shows"),
            ({"taken_on": "2026-12-24"}, "of a day that has not come yet"),
            ({"taken_on": "ayer"}, "That is not a day."),
            ({"caption": ""}, "This field is required."),
            ({"caption": "Llamá al tel. 4301-1234"}, "looks like somebody's document"),
            ({"file": ""}, "Choose a file."),
            ({"file": SimpleUploadedFile("a.jpg", b"")}, "The file is empty."),
            ({"file": SimpleUploadedFile("a.jpg", b"<svg/>")}, "is not a photo that can be read"),
            ({"file": SimpleUploadedFile("a.jpg", bytes(photos.FILE_MAX + 1))}, "more than 8 MB"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_words(
        self, ana: Client, neighborhood: Neighborhood, changes: dict[str, object], why: str
    ):
        answer = ana.post(DESK, sent(neighborhood, **changes))

        assert answer.status_code == 422
        assert why in said(answer).replace("&#x27;", "'")
        assert "caption" in changes or "El aula de arriba" in answer.content.decode()
        assert not Photo.objects.exists()

    def test_takes_a_photo_away(self, ana: Client, neighborhood: Neighborhood):
        photo = photographed(neighborhood.cast, neighborhood.agreement.code)

        refused = ana.post(f"{DESK}withdraw/", {"photo": photo.pk, "reason": ""}, follow=True)
        answer = ana.post(f"{DESK}withdraw/", {"photo": photo.pk, "reason": "Lo pidió Elsa"}, follow=True)

        assert "Write in a few words why" in refused.content.decode()
        assert "taken away, and its file deleted" in answer.content.decode()
        assert "taken away on 23/11/2026 12:00 by Ana: Lo pidió Elsa" in said(answer)
        assert ana.get(f"{DESK}{photo.pk}.jpg").status_code == 404

    def test_says_where_to_begin_where_nothing_was_given(self, cast: Cast, ana: Client):
        assert "A photo is of something that was given" in said(ana.get(DESK))

    def test_a_member_looks_and_neither_adds_nor_takes_away(self, cast: Cast, neighborhood: Neighborhood):
        photo, beto = photographed(cast, neighborhood.agreement.code), browser(cast.beto, "en")

        assert "Add a photo" not in said(beto.get(DESK))
        beto.post(DESK, sent(neighborhood, file=SimpleUploadedFile("b.png", pictures.file("PNG"))))
        beto.post(f"{DESK}withdraw/", {"photo": photo.pk, "reason": "Sí"})
        assert [each.withdrawn_at for each in Photo.objects.all()] == [None]

    def test_an_outsider_finds_nothing(self, cast: Cast, neighborhood: Neighborhood):
        photo, carla = photographed(cast, neighborhood.agreement.code), browser(cast.carla)

        for path in (DESK, f"{DESK}{photo.pk}.jpg", f"/reports/textil/open/photos/{photo.pk}.jpg"):
            assert carla.get(path).status_code == 404
        for code in ("grafica", "textil"):
            sends = {"photo": photo.pk, "reason": "Porque sí"}
            assert carla.post(f"/reports/{code}/open/photos/withdraw/", sends).status_code == 404
        assert files.photo_of(photo).is_file()


class TestPage:
    def test_shows_it_to_anybody(self, anybody: Client, neighborhood: Neighborhood):
        photo = photographed(neighborhood.cast, neighborhood.agreement.code)
        path = f"/open/grafica/photos/{photo.sha256}.jpg"

        page = anybody.get("/open/grafica/").content.decode()
        answer = anybody.get(path)

        assert (
            f'<img src="{path}" width="60" height="40" alt="El aula de arriba, una noche de clase" loading="lazy">'
            in page
        )
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "img-src 'self' data:" in answer["Content-Security-Policy"]
        assert pictures.read(answer.content).size == (60, 40)

    def test_writes_its_sides_as_numbers(self, anybody: Client, neighborhood: Neighborhood):
        wide = pictures.file(of=pictures.picture(3200, 2400))
        photographed(neighborhood.cast, neighborhood.agreement.code, content=wide)

        assert 'width="1600" height="1200"' in anybody.get("/open/grafica/").content.decode()

    def test_no_longer_once_it_is_taken_away(self, anybody: Client, neighborhood: Neighborhood):
        photo = photographed(neighborhood.cast, neighborhood.agreement.code)
        anybody.get("/open/grafica/")

        photos.withdraw(
            photo=photo, reason="Lo pidió", by=neighborhood.cast.ana, on=timezone.localdate(), at=timezone.now()
        )

        assert "/photos/" not in anybody.get("/open/grafica/").content.decode()
        assert anybody.get(f"/open/grafica/photos/{photo.sha256}.jpg").status_code == 404

    def test_not_while_the_page_is_closed_nor_on_that_of_another(self, anybody: Client, neighborhood: Neighborhood):
        cast, today = neighborhood.cast, timezone.localdate()
        photo = photographed(cast, neighborhood.agreement.code)
        molino = {"organization": cast.molino.organization, "story": "", "shows_address": False, "by": cast.mario}
        openings.open_page(**molino, on=today, at=timezone.now())
        assert anybody.get(f"/open/molino/photos/{photo.sha256}.jpg").status_code == 404

        openings.close_page(organization=cast.grafica.organization, by=cast.ana, on=today, at=timezone.now())

        assert anybody.get(f"/open/grafica/photos/{photo.sha256}.jpg").status_code == 404

    def test_not_where_its_file_was_lost(self, anybody: Client, neighborhood: Neighborhood):
        photo = photographed(neighborhood.cast, neighborhood.agreement.code)
        files.photo_of(photo).unlink()

        assert anybody.get(f"/open/grafica/photos/{photo.sha256}.jpg").status_code == 404

    def test_not_once_what_it_shows_is_no_longer_told(self, anybody: Client, neighborhood: Neighborhood, monkeypatch):
        gift = neighborhood.by_hand()
        photographed(neighborhood.cast, gift.code)
        assert "/photos/" in anybody.get("/open/grafica/").content.decode()

        monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2027, 11, 23, 15, tzinfo=dt.UTC))

        assert "/photos/" not in anybody.get("/open/grafica/").content.decode()

    def test_shows_six_and_asks_as_often_as_for_one(self, anybody: Client, neighborhood: Neighborhood):
        def shown() -> tuple[int, int]:
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                page = anybody.get("/open/grafica/").content.decode()
            return page.count('loading="lazy"'), len(asked)

        cast, code = neighborhood.cast, neighborhood.agreement.code
        photographed(cast, code)
        _one, little = shown()
        for red in range(7):
            content = pictures.file(of=pictures.picture(color=f"rgb({red * 30}, 0, 0)"))
            photographed(cast, code, content=content, taken_on=dt.date(2026, 4, 1 + red))

        assert shown() == (6, little)
