"""A treasurer asks for the statement on a page, a real worker makes it, and the PDF comes home."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.barters import accepted, bags, flour
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.workers import Server, redis_of_its_own, worker_at

pytestmark = [pytest.mark.journey, pytest.mark.serial, pytest.mark.django_db(transaction=True)]

SECONDS = 60


@pytest.fixture
def broker(tmp_path: Path, settings) -> Iterator[Server]:
    settings.MEDIA_ROOT = tmp_path / "files"
    with redis_of_its_own(tmp_path) as server:
        yield server


def ask(ana: Person) -> None:
    """Ask for November 2023, when the bags and half of the flour passed."""
    ana.follow("Reports")
    ana.write("From", "2023-11-01")
    ana.write("To", "2023-11-30")
    ana.press("Make the report")
    ana.sees("The report is being made. A long one takes up to a minute.")


def take_home(ana: Person, folder: Path) -> bytes:
    """Download the PDF, have qpdf check it, and return it."""
    with ana.page.expect_download() as begun:
        ana.page.get_by_role("link", name=ana.read("Download the PDF")).click()
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert file.suffix == ".pdf"
    return file.read_bytes()


class TestStatement:
    def test_comes_by_itself_while_one_looks_on(self, cast: Cast, person: Arrive, broker: Server, tmp_path: Path):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast)
        ana = person(cast.ana)

        ask(ana)
        ana.page.evaluate("window.stayed = true")
        expect(ana.page.get_by_role("progressbar")).to_be_visible()
        with worker_at(broker, tmp_path):
            expect(ana.page.get_by_text(ana.read("The report is ready."))).to_be_visible(timeout=SECONDS * 1000)

        assert ana.page.evaluate("window.stayed"), "htmx swaps the progress; the page is not loaded again"
        ana.look_at_the_width()
        expect(ana.page.locator(".chart svg")).to_be_visible()
        assert take_home(ana, tmp_path).startswith(b"%PDF")

    def test_comes_by_plain_refresh_without_javascript(
        self, cast: Cast, person: Arrive, broker: Server, tmp_path: Path
    ):
        bags(accepted(cast), cast)
        ana = person(cast.ana, width=360, javascript=False)

        ask(ana)
        with worker_at(broker, tmp_path):
            # The page comes again by itself.
            expect(ana.page.get_by_text(ana.read("The report is ready."))).to_be_visible(timeout=SECONDS * 1000)

        ana.look_at_the_width()
        assert take_home(ana, tmp_path).startswith(b"%PDF")
