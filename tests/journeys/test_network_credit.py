"""A credit goes round: a plus for members, who buy in a shop, which pays with it what it owes; on phone and desk."""

import pytest
from playwright.sync_api import expect

from ledger.models import CreditAct
from tests import make
from tests.barters import FLOUR_DAY, accepted, bags
from tests.cast import Cast
from tests.credit import limit, network, stands
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def pay_plus(ana: Person) -> None:
    """Pay 45 members 45.000 in all, by the assembly's resolution."""
    ana.follow("Pay, sell, look")
    ana.follow("Pay the members a plus")
    ana.write("How much in all", "45000")
    ana.write("How many members it goes to", "45")
    ana.page.locator("select[name=resolution]").select_option(index=1)
    ana.press("Save")
    ana.sees("Noted. It is in your book now.")


def sell(mario: Person) -> None:
    """Sell to the members of the print shop, and be told what goes beyond what they hold."""
    mario.go("/coop/molino/credit/")
    mario.follow("Sell for credit")
    mario.choose("With which cooperative", "Gráfica")
    mario.write("How much in all, VAT included", "45000,01" if mario.language == "es-AR" else "45000.01")
    mario.press("Save")
    amount = "45.000,00" if mario.language == "es-AR" else "45,000.00"
    expect(mario.page.locator("main")).to_contain_text(amount)
    mario.write("How much in all, VAT included", "45000")
    mario.press("Save")
    mario.sees("Noted. It counts once the other side says that it was so.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_goes_round(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    red = network()
    for each in (cast.grafica, cast.molino):
        limit(each, red, 45_000_00, cast.ana)
    make.resolution(cast.grafica.organization)
    bags(agreement := accepted(cast), cast)
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)

    pay_plus(ana)
    sell(mario)
    act = CreditAct.objects.get(kind="sale")
    ana.go("/coop/grafica/")
    ana.follow("Sale for credit")
    ana.press("Yes, it was so")
    ana.sees("Confirmed. It is now in both books.")
    assert stands(cast.grafica, cast.molino) == [-45_000_00, 45_000_00]

    # The mill owes the print shop the VAT of its bags: it pays a part of it in the credit.
    mario.go(f"/coop/molino/barter/{agreement.pk}/pay/")
    mario.write("Amount in pesos", "45000")
    mario.page.locator("select[name=credit]").select_option(index=1)
    mario.press("Log it")
    mario.sees("Logged. It counts once the other side confirms that it received it.")
    ana.go(f"/coop/grafica/barter/{agreement.pk}/")
    ana.press("Yes, we received this")

    assert stands(cast.grafica, cast.molino) == [0, 0]
    assert (act.vat, agreement.deliveries.get(act="money").event.happened_on > FLOUR_DAY) == (7_809_92, True)
    ana.go("/coop/grafica/credit/acts/")
    ana.sees("Plus for the members")
