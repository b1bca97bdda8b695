"""Two make one order: calculated, signed, bought for, invoiced, paid and settled, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from ledger.models import Agreement
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def propose(ana: Person) -> None:
    """Write an order of a million, at 60 and 40 per cent, and calculate it first."""
    ana.follow("Made together")
    ana.follow("Make something together")
    ana.write("What is made", "Cajas impresas")
    ana.write("For which customer", "La municipalidad")
    ana.write("Price in pesos, without VAT", "1000000")
    for row, (who, what, part) in enumerate((("Gráfica", "Impresión", "60"), ("Molino", "Envasado", "40"))):
        line = ana.page.locator(".line").nth(row)
        ana.choose("Who", who, within=line)
        ana.write("Does what", what, within=line)
        ana.write("Part (% or pesos)", part, within=line)
    ana.press("Calculate first")
    expect(ana.page.get_by_role("status").last).to_contain_text("600")
    ana.press("Save")
    ana.sees("Saved. Here is what you make together.")


def note(ana: Person, act: str, **fields: str) -> None:
    """Note an act; what the form begins with stays."""
    ana.follow(act)
    for label, text in fields.items():
        ana.write(label.replace("_", " "), text)
    ana.press("Log it")
    ana.sees("Noted. It counts once all whom it concerns have said that it was so.")


def say_so(mario: Person, page: str) -> None:
    """Say that the latest act was so."""
    mario.go(page)
    mario.press("Yes, it was so")
    mario.sees("Noted: you say that it was so.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_an_order_from_the_first_word_to_the_last_cent(
    cast: Cast, person: Arrive, language: str, javascript: bool, width: int
):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)
    propose(ana)
    mario.go("/coop/molino/")
    mario.sees("%(who)s proposes it to you.", who="Gráfica")
    mario.page.get_by_role("link", name="Cajas impresas").first.click()
    expect(mario.page.locator("main")).to_contain_text("400")
    mario.press("Accept for %(name)s", name="Molino")
    agreement = Agreement.objects.get()
    page = f"coproductions/{agreement.pk}/"

    ana.go(f"/coop/grafica/{page}")
    note(ana, "Bought for all", What_was_bought="Cartón", **{"Amount in pesos, without VAT": "100000"})
    say_so(mario, f"/coop/molino/{page}")
    for act in ("Invoice", "The customer paid", "Settle"):
        ana.go(f"/coop/grafica/{page}")
        note(ana, act)
        say_so(mario, f"/coop/molino/{page}")

    mario.sees("Nothing: everything was invoiced, paid and settled.")
    mario.sees("What each got stands in the agreed ratio, to the cent, besides VAT.")
    results = mario.region("What each finally got")
    expect(results).to_contain_text("540,000.00" if language == "en" else "540.000,00")
    expect(results).to_contain_text("360,000.00" if language == "en" else "360.000,00")
