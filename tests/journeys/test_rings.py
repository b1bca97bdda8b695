"""Three cooperatives barter in a round on their phones: proposed, signed by all, delivered, put right, nothing owed."""

import pytest
from playwright.sync_api import expect

from ledger.models import Agreement
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Ronda de bolsas, harina y tela"


def open_round(someone: Person) -> None:
    someone.go("/")
    someone.follow("Barters")
    someone.follow(TITLE)


def propose(ana: Person) -> None:
    ana.follow("Log a barter")
    ana.follow("Barter among several")
    for number, name in ((1, "Molino"), (2, "Textil")):
        ana.page.locator(f"select[name=with-{number}]").select_option(label=name)
    ana.press("Go on")
    ana.write("What it is about", TITLE)
    for number, (giver, receiver, thing) in enumerate(
        (("Gráfica", "Molino", "Bolsas"), ("Molino", "Textil", "Harina"), ("Textil", "Gráfica", "Tela")), start=1
    ):
        row = ana.group("Row %(number)s", number=number)
        ana.choose("Who gives", giver, within=row)
        ana.choose("To whom", receiver, within=row)
        ana.write("Thing", thing, within=row)
        ana.write("Quantity", "300", within=row)
        ana.page.locator(f"select[name=lines-{number - 1}-unit]").select_option(
            label="units" if ana.language == "en" else "unidades"
        )
        ana.write("Value in pesos, without VAT", "300000", within=row)
        ana.page.locator(f"select[name=lines-{number - 1}-vat_rate]").select_option(label=ana.read("No VAT (C paper)"))
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


def deliver(someone: Person, thing: str, quantity: str = "300") -> None:
    open_round(someone)
    someone.follow("Log a delivery")
    someone.page.get_by_label(thing).first.fill(quantity)
    someone.press("Log it")


def confirm(someone: Person) -> None:
    open_round(someone)
    someone.sees("If you say yes:")
    someone.press("Yes, we received this")
    someone.sees("Confirmed. It is now in both books.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1200)])
def test_a_round_of_three(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario, carla = (person(each, **how) for each in (cast.ana, cast.mario, cast.carla))

    propose(ana)
    for each, name in ((carla, "Textil"), (mario, "Molino")):
        open_round(each)
        each.press("Accept for %(name)s", name=name)
    mario.sees("Accepted. Both sides can see it now.")

    deliver(ana, "Bolsas")
    confirm(mario)
    expect(mario.region("What is owed now")).to_contain_text("Textil")

    mario.follow("Put something right")
    mario.choose("Which thing", "Bolsas, " + ("units" if language == "en" else "unidades") + " (Gráfica → Molino)")
    mario.write("Quantity", "50")
    mario.write("Reason", "Vinieron manchadas.")
    mario.press("Log it")
    mario.sees("Logged. It counts once the other side agrees.")
    ana.go("/")
    ana.sees("%(who)s asks to put something right. Do you agree?", who="Molino")
    open_round(ana)
    ana.press("Yes, we agree")

    deliver(ana, "Bolsas", "50")
    confirm(mario)
    deliver(mario, "Harina")
    confirm(carla)
    deliver(carla, "Tela")
    confirm(ana)

    ana.sees("Nothing: everything was delivered and paid.")
    assert Agreement.objects.get().state == "settled"
