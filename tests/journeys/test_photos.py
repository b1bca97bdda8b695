"""A cooperative shows a photo of what it gave; a neighbor sees it on the open page, until it is taken away."""

import pytest
from playwright.sync_api import expect

from reports.models import Photo
from tests import pictures
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.opened import opened, painted_today

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CAPTION = "La vereda pintada, desde la esquina"


def add(ana: Person) -> None:
    """Bring the photo from the telephone; forgetting the word of whoever is in it is said, and nothing is lost."""
    file = {"name": "vereda.jpg", "mimeType": "image/jpeg", "buffer": pictures.from_a_telephone()}
    ana.page.locator("input[type=file]").set_input_files(file)
    ana.write("What one sees", CAPTION)
    ana.press("Add it")
    assert not Photo.objects.exists()
    expect(ana.page.locator("input[name=caption]")).to_have_value(CAPTION)

    ana.page.locator("input[type=file]").set_input_files(file)
    ana.page.locator("input[name=is_agreed]").check()
    ana.press("Add it")
    ana.sees("The photo is added.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_a_photo_is_shown_to_the_neighborhood_and_taken_away(
    cast: Cast, person: Arrive, settings, tmp_path, language: str, javascript: bool, width: int
):
    settings.MEDIA_ROOT = tmp_path
    painted_today(cast)
    opened(cast)
    how = {"width": width, "javascript": javascript, "language": language}
    ana = person(cast.ana, **how)
    ana.go("/reports/grafica/open/")
    ana.follow("Photos of what you gave")

    add(ana)

    # The neighbor sees the very picture, not only its frame.
    neighbor = person(None, **how)
    neighbor.go("/open/grafica/")
    shown = neighbor.page.locator("main figure img")
    expect(shown).to_have_attribute("alt", CAPTION)
    shown.scroll_into_view_if_needed()
    picture = neighbor.page.request.get(neighbor.site + str(shown.get_attribute("src")))
    assert pictures.read(picture.body()).size == (60, 40)
    assert "Teléfono".encode() not in picture.body()

    # It is taken away, and is nowhere.
    ana.unfold("Take it away")
    ana.write("Why?", "Lo pidió quien se reconoce en ella")
    ana.press("Take the photo away")
    ana.sees("The photo is taken away, and its file deleted.")
    neighbor.go("/open/grafica/")
    expect(shown).to_have_count(0)
    assert neighbor.page.request.get(picture.url).status == 404
