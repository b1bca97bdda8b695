"""A federation asks for a contribution, is paid, and helps as its assembly decided; on phone and desk."""

import pytest

from ledger.models import FundAct
from network.models import Resolution
from tests import make
from tests.cast import Cast
from tests.funds import Kept
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KINDS = {"levy": "Contribution to the fund", "payment": "Payment to the fund", "spending": "Help out of the fund"}
WAITS = "Noted. It counts once %(who)s says that it was so."


def agreed(person: Person, code: str) -> None:
    """Say yes to what waits, from the start page on."""
    act = FundAct.objects.latest("pk")
    person.go(f"/coop/{code}/")
    person.follow(KINDS[act.kind])
    person.press("Yes, we agree" if act.kind == "levy" else "Yes, it was so")
    person.sees("Confirmed. It is now in both books.")


def spend(fede: Person, fund: str, decided: Resolution) -> None:
    """Note what was decided, and help the mill by it."""
    fede.go(fund)
    fede.unfold("Note a decision to spend")
    fede.page.locator("input[name=decision-amount]").fill("500")
    fede.page.locator("input[name=decision-purpose]").fill("El molino parado")
    fede.page.locator("[name=decision-resolution]").first.select_option(str(decided.pk))
    fede.press("Note it")
    fede.sees("Noted, as the assembly decided.")
    fede.follow("Spend of the fund")
    fede.page.locator("select[name=decision]").select_option(index=1)
    fede.page.locator("select[name=other]").select_option(label="Molino")
    fede.write("What for", "Un motor")
    fede.page.locator("input[name=amount]").fill("450")
    fede.press("Save")
    fede.sees(WAITS, who="Molino")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_from_a_contribution_to_help(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    kept = Kept(cast)
    decided = make.resolution(cast.federacion, text="Se ayuda al Molino.")
    fede, ana, mario = person(kept.fede, **how), person(cast.ana, **how), person(cast.mario, **how)
    fund = f"/coop/federacion/fund/{kept.book.pk}/"

    fede.go(fund)
    fede.follow("Ask for a contribution")
    fede.choose("Who contributes", "Gráfica")
    fede.write("What it is a contribution of", "Pedido de mayo")
    fede.page.locator("input[name=amount]").fill("600")
    fede.press("Save")
    fede.sees(WAITS, who="Gráfica")
    agreed(ana, "grafica")

    ana.follow("Note a payment")
    ana.press("Save")
    ana.sees(WAITS, who="Federación")
    agreed(fede, "federacion")

    spend(fede, fund, decided)
    agreed(mario, "molino")

    fede.go(fund)
    assert kept.fund.left == 150_00
    fede.sees("Collected so far")
