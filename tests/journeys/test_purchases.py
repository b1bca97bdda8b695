"""Steel is asked for, bought, handed over and paid, from the first word to the last cent, on phone and desk."""

import pytest
from playwright.sync_api import expect

from ledger.models import Agreement
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def propose(ana: Person) -> None:
    """Write down how much each of two asks for."""
    ana.follow("Joint purchases")
    ana.follow("Buy together")
    ana.write("What it is about", "Papel de mayo")
    ana.write("What is bought", "Papel obra")
    words = {"es-AR": "kilogramos", "en": "kilograms"}
    ana.page.locator("select[name=unit]").select_option(label=words[ana.language])
    for row, (who, quantity) in enumerate((("Gráfica", "600"), ("Molino", "400"))):
        ana.page.locator(f"select[name=requests-{row}-organization]").select_option(label=who)
        ana.page.locator(f"input[name=requests-{row}-quantity]").fill(quantity)
        ana.page.locator(f"input[name=requests-{row}-most]").fill("2500")
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


def note(person: Person, act: str, **fields: str) -> None:
    """Tell of an act; what the form begins with stays."""
    person.follow(act)
    for name, text in fields.items():
        person.page.locator(f"[name={name}]").fill(text)
    person.press("Log it")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_paper_for_two(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)
    propose(ana)
    ours, theirs = (f"/coop/{code}/purchases/{Agreement.objects.get().pk}/" for code in ("grafica", "molino"))
    mario.go(theirs)
    expect(mario.page.locator("main")).to_contain_text("400")
    mario.press("Accept for %(name)s", name="Molino")

    ana.go(ours)
    note(ana, "Tell what you bought", supplier="Papelera", quantity="1000", net="2400000", invoice="A 0003-00000111")
    ana.sees("Entered in your book, and shared out. Hand each its part.")
    ana.page.get_by_role("link", name="Molino").click()
    ana.page.locator("[name=delivery_note]").fill("R 0001-00000009")
    ana.press("Log it")
    mario.go(theirs)
    mario.press("Yes, we received this")
    mario.sees("Confirmed. It is now in both books.")
    # 400 of 1,000 kg at 2,400,000 and VAT.
    note(mario, "Log a payment", amount="1161600")
    ana.go(ours)
    ana.press("Yes, we received this")

    ana.sees("Nothing is owed any more.")
    assert Agreement.objects.get().state == "settled"
