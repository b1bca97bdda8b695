"""A federation asks what its members owe each other; one agrees, one differs, the finding is seen and explained."""

import pytest
from playwright.sync_api import Download

from ledger.models import BalanceConfirmation, Finding
from tests.balances import Asked, of_money
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FIGURE = {"es-AR": "1.000,00", "en": "1,000.00"}


def call(fede: Person) -> BalanceConfirmation:
    fede.go("/coop/federacion/")
    fede.follow("Balance confirmations")
    fede.follow("Ask your members")
    fede.press("Ask them")
    fede.sees("Asked. Each of them finds it on its start page; print the letters from here.")
    return BalanceConfirmation.objects.get()


def agrees(ana: Person, found: BalanceConfirmation) -> None:
    ana.go("/coop/grafica/")
    ana.follow("Balance confirmation %(code)s", code=found.code)
    button = ana.read("The balance is right", "All %(n)s are right", 2, n=2)
    with ana.page.expect_navigation():
        ana.page.get_by_role("button", name=button, exact=True).click()
    told = ana.read("Noted: %(n)s balance is right.", "Noted: %(n)s balances are right.", 2, n=2)
    assert told in ana.page.content()


def differs(mario: Person, found: BalanceConfirmation) -> None:
    mario.go("/coop/molino/")
    mario.follow("Balance confirmation %(code)s", code=found.code)
    card = mario.page.locator(f"section[aria-labelledby=balance-{of_money(found).pk}]")
    mario.unfold("No, we have another figure", within=card)
    mario.write("What is owed, as you have it", "cualquiera", within=card)
    mario.write("What is different?", "Falta anotar el pago de marzo.", within=card)
    mario.press("This is what we have", within=card)
    # What it wrote is kept, and said what is wrong with it.
    mario.sees("“%(text)s” is not a number. Write it like 1500 or 1500,50.", text="cualquiera")
    assert "Falta anotar el pago de marzo." in mario.page.content()
    mario.write("What is owed, as you have it", "1000")
    mario.press("This is what we have")
    mario.sees("Noted. You can answer again; what you said before stays to be read.")


def explains(fede: Person, found: BalanceConfirmation) -> None:
    fede.go("/coop/federacion/reconciliation/")
    finding = Finding.objects.get(closed_at=None)
    fede.page.locator(f"a[href='/coop/federacion/reconciliation/{finding.pk}/']").first.click()
    fede.sees("A member says that another amount is owed than the books say")
    fede.follow("Balance confirmation %(code)s", code=found.code)
    assert FIGURE[fede.language] in fede.page.content()
    fede.unfold("Note how it was explained")
    fede.write("Why the figures differ", "El pago es de mayo: entra en el corte que viene.")
    fede.press("It is explained")
    fede.sees("Noted: the difference is explained, and its finding closed.")


def prints(person: Person, link: str) -> None:
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name=person.read(link)).click()
    paper: Download = waiting.value
    assert paper.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_from_the_question_to_the_explanation(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    asked = Asked(cast)
    how = {"width": width, "javascript": javascript, "language": language}
    fede, ana, mario = (person(each, **how) for each in (asked.fede, cast.ana, cast.mario))

    found = call(fede)
    agrees(ana, found)
    differs(mario, found)
    prints(mario, "The letter (PDF)")
    explains(fede, found)
    prints(fede, "Summary (PDF)")

    assert not Finding.objects.filter(closed_at=None).exists()
