"""Sugar is lent, given back and forgiven, from the first word to the last gram, on phone and desk."""

import pytest
from playwright.sync_api import expect

from ledger.models import Agreement
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOGGED = "Logged. It counts once the other side confirms it."


def propose(ana: Person) -> None:
    """Write down 600 kg of sugar, until a day."""
    ana.follow("Loans")
    ana.follow("Write down a loan")
    ana.page.get_by_label(ana.read("We lend to the other cooperative")).check()
    ana.choose("With which cooperative", "Molino")
    ana.write("What it is about", "Azúcar para dos semanas")
    ana.page.locator("input[name=due_on]").fill("2030-04-20")
    ana.unfold("It is a thing that is lent, not money")
    for name, text in (("thing", "Azúcar"), ("thing_quantity", "600"), ("thing_value", "1200")):
        ana.page.locator(f"input[name={name}]").fill(text)
    words = {"es-AR": "kilogramos", "en": "kilograms"}
    ana.page.locator("select[name=thing_unit]").select_option(label=words[ana.language])
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


def note(person: Person, page: str, act: str, **fields: str) -> None:
    """Tell of an act; what the form begins with stays."""
    person.go(page)
    person.follow(act)
    for name, text in fields.items():
        place = person.page.locator(f"[name={name}]")
        place.select_option(text) if name == "resolution" else place.fill(text)
    person.press("Log it")
    person.sees(LOGGED)


def agreed(person: Person, page: str, button: str = "Yes, we received this") -> None:
    """Confirm what waits."""
    person.go(page)
    person.press(button)
    person.sees("Confirmed. It is now in both books.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_sugar_for_two_weeks(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)
    decided = make.resolution(cast.grafica.organization)
    propose(ana)
    agreement = Agreement.objects.get()
    ours, theirs = (f"/coop/{code}/loans/{agreement.pk}/" for code in ("grafica", "molino"))
    mario.go("/coop/molino/")
    mario.sees("%(who)s proposes it to you.", who="Gráfica")
    mario.page.get_by_role("link", name="Azúcar para dos semanas").first.click()
    expect(mario.page.locator("main")).to_contain_text("600")
    mario.press("Accept for %(name)s", name="Molino")

    note(ana, ours, "Hand it over", quantity="600")
    agreed(mario, theirs)
    note(mario, theirs, "Give it back", quantity="450", worth="1035")
    agreed(ana, ours)
    note(ana, ours, "Forgive it", quantity="150", resolution=str(decided.pk))
    agreed(mario, theirs, "Yes, we agree")

    mario.sees("Nothing is owed any more.")
    assert Agreement.objects.get().state == "settled"
