"""A cooperative brings its spreadsheet: one row is wrong, it is repaired on the page, a worker loads them all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from ledger.models import Agreement
from network.models import User
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.workers import Server, redis_of_its_own, worker_at

pytestmark = [pytest.mark.journey, pytest.mark.serial, pytest.mark.django_db(transaction=True)]

SECONDS = 60
#: The cooperatives that the example speaks of.
PARTNERS = {
    "molino-los-andes": "Molino Los Andes",
    "escuela-del-parque": "Escuela del Parque",
    "pastas-el-trigal": "Pastas El Trigal",
    "la-olla": "Gastronómica La Olla",
    "la-huella": "Transporte La Huella",
}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Server]:
    with redis_of_its_own(tmp_path) as server:
        yield server


@pytest.fixture
def marta(cast: Cast) -> User:
    """Return the treasurer of the mill of the example."""
    books = [make.book(code, name=name) for code, name in PARTNERS.items()]
    for book in books:
        make.admission(book.organization)
    return make.officer("Marta", books[0].organization)


def example_with_a_wrong_row() -> bytes:
    found = finders.find("ledger/permutas-ejemplo.csv")
    assert isinstance(found, str)
    content = Path(found).read_text(encoding="utf-8")
    assert "60.000;un" in content
    return content.replace("60.000;un", "sesenta mil;un").encode("cp1252")


def bring_and_repair(ana: Person) -> None:
    ana.follow("Barters")
    ana.follow("Bring a spreadsheet")
    file = {"name": "permutas.csv", "mimeType": "text/csv", "buffer": example_with_a_wrong_row()}
    ana.page.get_by_label(ana.read("Spreadsheet (CSV)")).set_input_files(files=file)
    ana.press("Look at it")

    ana.sees("This is not a number. Write it like 1500 or 1500,50.")
    ana.sees("Another row of the same barter must be put right first.")
    wrong = ana.page.locator("fieldset", has_text=ana.read("This is not a number. Write it like 1500 or 1500,50."))
    expect(wrong.get_by_label(ana.read("Quantity"))).to_have_value("sesenta mil")
    ana.write("Quantity", "60.000", within=wrong)
    ana.press("Save these rows and look again")
    expect(ana.page.locator("main")).to_contain_text(
        ana.read("%(ready)s row is ready.", "%(ready)s rows are ready.", 12, ready=12)
    )


def is_proposed_to(marta: Person) -> None:
    marta.sees("%(who)s proposes it to you.", within=marta.region("Waiting for you"), who="Gráfica")
    marta.page.get_by_role("link", name="Bolsas por harina").click()
    marta.page.wait_for_url("**/barter/*/")
    marta.press("Accept for %(name)s", name="Molino Los Andes")
    marta.press("Yes, we received this")
    marta.sees("Confirmed. It is now in both books.")


class TestSpreadsheet:
    def test_is_loaded_while_one_looks_on(
        self, cast: Cast, marta: User, person: Arrive, broker: Server, tmp_path: Path
    ):
        ana = person(cast.ana)

        bring_and_repair(ana)
        ana.press("Load the rows that are ready")
        expect(ana.page.get_by_role("progressbar")).to_be_visible()
        with worker_at(broker, tmp_path):
            expect(ana.page.locator(".badge--done")).to_be_visible(timeout=SECONDS * 1000)

        assert Agreement.objects.count() == len(PARTNERS)
        is_proposed_to(person(marta))

    def test_is_loaded_without_javascript(
        self, cast: Cast, marta: User, person: Arrive, broker: Server, tmp_path: Path
    ):
        ana = person(cast.ana, width=360, javascript=False)

        bring_and_repair(ana)
        ana.press("Load the rows that are ready")
        with worker_at(broker, tmp_path):
            # The page comes again by itself.
            expect(ana.page.locator(".badge--done")).to_be_visible(timeout=SECONDS * 1000)

        ana.look_at_the_width()
        assert Agreement.objects.count() == len(PARTNERS)
        is_proposed_to(person(marta, width=360, javascript=False))
