"""A print shop passes an order on with a fee; the other does it, says what it invoiced, pays, and both remember."""

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORK = "4.000 cuadernos"


def pass_on(ana: Person, *, amount: str) -> None:
    """Pass the school's notebooks on to the textile cooperative, for 5 %."""
    ana.follow("Customers")
    ana.follow("Share a customer")
    ana.write("What work is it?", f"{WORK} para la Escuela 14")
    ana.write("Whose order is it?", "Escuela 14")
    ana.write("Fee, per cent of what is invoiced", "5")
    ana.choose("To whom", "Textil")
    ana.write("About how much, without VAT", amount)
    ana.press("Save")
    # The books name no customer: what was written is kept, and put right.
    ana.sees(
        "What the work is stands in the books of all: leave the name of the customer out of it. Whose order it is has a"
        " place of its own."
    )
    ana.write("What work is it?", WORK)
    ana.press("Save")
    ana.sees("Saved. Here is what you share.")


def tell(carla: Person, *, amount: str) -> None:
    carla.follow("Tell what you invoiced")
    carla.write("What you invoiced, without VAT", amount)
    carla.write("Number of your invoice to the customer", "A 0003-00001234")
    carla.press("Send it to be confirmed")
    carla.sees("Noted. It counts once the other side has said that it was so.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_an_order_is_passed_on_and_remembered(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    amount, fee = ("4,000,000", "242,000.00") if language == "en" else ("4.000.000", "242.000,00")
    ana, carla = person(cast.ana, **how), person(cast.carla, **how)
    pass_on(ana, amount=amount)

    # The other reads in plain words what it takes on, and says yes.
    carla.go("/coop/textil/")
    carla.follow(WORK)
    expect(carla.region("What do you say?")).to_contain_text(fee)
    carla.press("Accept for %(name)s", name="Textil")
    tell(carla, amount=amount)

    # Whose customer it is says that it was so; now a fee is owed, and it is paid.
    ana.go("/coop/grafica/")
    ana.follow(WORK)
    expect(ana.page.get_by_role("article")).to_contain_text(fee)
    ana.press("Yes, it was so")
    ana.sees("Confirmed. It is now in both books.")
    carla.go("/coop/textil/customers/")
    carla.follow(WORK)
    carla.follow("Log a payment")
    carla.write("Amount in pesos", fee.replace(".00", "") if language == "en" else fee)
    carla.press("Log it")
    ana.go("/coop/grafica/")
    ana.follow(WORK)
    ana.press("Yes, we received this")

    # Both read the same, and nobody owes anything.
    for who, code, more in ((ana, "grafica", "more given"), (carla, "textil", "more received")):
        who.go(f"/coop/{code}/")
        expect(who.region("Owed to you")).to_contain_text(who.read("Nothing."))
        who.follow("Who gave whom how much work")
        expect(who.page.get_by_role("table")).to_contain_text(amount)
        expect(who.page.locator("tbody")).to_contain_text(who.read(more))
