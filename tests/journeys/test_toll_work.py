"""Cloth is handed over, sewn and paid in cloth and pesos, from the first word to the last cent, on phone and desk."""

import pytest
from playwright.sync_api import expect

from ledger.models import Agreement, Delivery
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOGGED = "Logged. It counts once the other side confirms that it received it."


def propose(ana: Person) -> None:
    """Write down 1,000 uniforms of 1,500 m, paid by 450 m and pesos."""
    ana.follow("Toll work")
    ana.follow("Write down toll work")
    ana.page.get_by_label(ana.read("Ours: the other cooperative works it")).check()
    ana.choose("With which cooperative", "Molino")
    ana.write("What it is about", "Uniformes")
    for name, text in (("material", "Tela"), ("made", "Uniformes"), ("goods", "Tela")):
        if name == "goods":
            ana.unfold("A part of the fee is paid in goods")
        ana.page.locator(f"input[name={name}]").fill(text)
    for name, number in (("material_quantity", "1500"), ("made_quantity", "1000"), ("goods_quantity", "450")):
        ana.page.locator(f"input[name={name}]").fill(number)
    for name, unit in (("material_unit", "M"), ("made_unit", "UN"), ("goods_unit", "M")):
        words = {"M": {"es-AR": "metros", "en": "metres"}, "UN": {"es-AR": "unidades", "en": "units"}}
        ana.page.locator(f"select[name={name}]").select_option(label=words[unit][ana.language])
    ana.write("Waste that is allowed, per cent of what is handed over", "2")
    ana.write("Fee for all of it in pesos, without VAT", "3000000")
    ana.write("What they are worth in pesos, without VAT", "1800000")
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


def note(person: Person, page: str, act: str, **fields: str) -> None:
    """Tell of an act; what the form begins with stays."""
    person.go(page)
    person.follow(act)
    for name, text in fields.items():
        person.page.locator(f"input[name={name}]").fill(text)
    person.press("Log it")
    person.sees(LOGGED)


def received(person: Person, page: str) -> None:
    """Confirm what waits."""
    person.go(page)
    person.press("Yes, we received this")
    person.sees("Confirmed. It is now in both books.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_uniforms_from_cloth(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)
    propose(ana)
    agreement = Agreement.objects.get()
    ours, theirs = (f"/coop/{code}/toll/{agreement.pk}/" for code in ("grafica", "molino"))
    mario.go("/coop/molino/")
    mario.sees("%(who)s proposes it to you.", who="Gráfica")
    mario.page.get_by_role("link", name="Uniformes").first.click()
    expect(mario.page.locator("main")).to_contain_text("450")
    mario.press("Accept for %(name)s", name="Molino")

    note(ana, ours, "Hand material over", quantity="1500", cost="4650000")
    received(mario, theirs)
    note(mario, theirs, "Tell what was made", made="1000", worked="1450", waste="30", returned="20")
    received(ana, ours)
    line = agreement.lines.get(giver=cast.grafica.organization)
    note(ana, ours, "Pay with goods", **{f"line-{line.pk}": "450"})
    received(mario, theirs)
    note(ana, ours, "Log a payment", amount="1452000")
    received(mario, theirs)

    mario.sees("Nothing: everything was delivered and paid.")
    assert Agreement.objects.get().state == "settled"
    assert Delivery.objects.filter(state="confirmed").count() == 4
