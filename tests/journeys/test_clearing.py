"""A federation calls a clearing round; one of four stays out, it is worked out anew, posted, and printed."""

import pytest
from playwright.sync_api import Download

from ledger.models import ClearingRound
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.rounds import Circle

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def joins(person: Person, code: str, found: ClearingRound, says: str) -> None:
    """Answer from the start page."""
    person.go(f"/coop/{code}/")
    person.follow("Clearing round %(code)s", code=found.code)
    person.press(says)
    person.sees("Noted: you take part.")


def call(fede: Person) -> ClearingRound:
    fede.go("/coop/federacion/")
    fede.follow("Clearing rounds")
    fede.follow("Call a round")
    fede.sees("The circles that matter most:")
    fede.page.locator("input[name=consent][value=asked]").check()
    fede.press("Call it")
    fede.sees("Called. Each member with a book finds it on its start page.")
    return ClearingRound.objects.get()


def work_out(fede: Person, found: ClearingRound) -> None:
    fede.go(f"/coop/federacion/clearing/{found.pk}/")
    fede.page.locator("input[name=seed]").fill("4821")
    fede.press("Count the debts and work it out")
    fede.sees("Worked out. Each one can look at its own statement now, and stay out until the day.")


def stays_out(paula: Person, found: ClearingRound) -> None:
    paula.go(f"/coop/panaderia/clearing/{found.pk}/")
    paula.sees("What it would do for you")
    paula.unfold("We stay out")
    paula.page.locator("textarea[name=reason]").fill("Lo tiene que ver la asamblea.")
    paula.press("Stay out of this round")
    paula.sees("Noted: you stay out of this round.")


def prints(ana: Person, found: ClearingRound) -> None:
    ana.go(f"/coop/grafica/clearing/{found.pk}/")
    ana.sees("What it did for you")
    with ana.page.expect_download() as waiting:
        ana.page.get_by_role("link", name=ana.read("Download the record (PDF)")).click()
    paper: Download = waiting.value
    assert paper.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_from_the_call_to_the_paper(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    circle = Circle(cast)
    bakers = make.book("panaderia", name="Panadería")
    make.affiliation(bakers.organization, cast.federacion)
    circle.owe(cast.molino, bakers, 80_00)
    circle.owe(bakers, cast.molino, 60_00)
    how = {"width": width, "javascript": javascript, "language": language}
    fede, paula = person(circle.fede, **how), person(make.officer("Paula", bakers.organization), **how)
    members = {"grafica": cast.ana, "molino": cast.mario, "textil": cast.carla}
    arrived = {code: person(who, **how) for code, who in members.items()}

    found = call(fede)
    for code, one in (arrived | {"panaderia": paula}).items():
        joins(one, code, found, "We take part")
    work_out(fede, found)
    stays_out(paula, found)
    for code, one in arrived.items():
        joins(one, code, found, "We have seen it, and take part")
    fede.go(f"/coop/federacion/clearing/{found.pk}/")
    assert "Lo tiene que ver la asamblea." in fede.page.content()
    fede.press("Write it into the books")
    fede.sees("It is in the books of all who take part.")

    debts = circle.debts()
    assert (debts["molino", "panaderia"], debts["panaderia", "molino"]) == (80_00, 60_00)
    assert debts["grafica", "molino"] == 50_00
    prints(arrived["grafica"], found)
