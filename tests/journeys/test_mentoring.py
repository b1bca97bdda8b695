"""A cooperative teaches another: told from a paper voucher, counter-signed on a phone, and passed on to a third."""

import pytest
from playwright.sync_api import expect

from ledger.models import Contribution, Voucher
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def teach(who: Person, whom: str, *, what: str, hours: str) -> None:
    """Write down what two people taught five."""
    who.choose("Whom", whom)
    who.write("What you taught", what)
    who.write("Hours in all", hours)
    who.write("How many of you taught", "2")
    who.write("How many learned", "5")


def tell_from_paper(beto: Person) -> Contribution:
    """Take a voucher along to where there is no connection, and enter it back at the desk; a slip loses nothing."""
    beto.go("/coop/grafica/community/")
    beto.follow("Print paper vouchers for where there is no connection")
    beto.write("How many", "1")
    beto.press("Make them")
    beto.sees("Vouchers to print")
    beto.follow("Paper vouchers")
    beto.follow("Enter those that came back")
    beto.follow("%(what)s: enter it on its own page", what=beto.read("Mentoring"))
    teach(beto, "Molino", what="Encuadernación", hours="muchas")
    beto.press("Save")
    beto.sees("“%(text)s” is not a number. Write it like 1500 or 1500,50.", text="muchas")
    beto.write("Hours in all", "16")
    beto.press("Save")
    beto.sees("Noted. It counts once it is counter-signed.")
    return Contribution.objects.get(key=Voucher.objects.get().key)


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_what_was_taught_is_counter_signed_and_passed_on(
    cast: Cast, person: Arrive, language: str, javascript: bool, width: int
):
    how = {"width": width, "javascript": javascript, "language": language}
    beto, mario, carla = (person(who, **how) for who in (cast.beto, cast.mario, cast.carla))
    taught = tell_from_paper(beto)

    # The mill reads hours and people, and says that it was so.
    mario.go("/coop/molino/")
    mario.page.get_by_role("link", name="Encuadernación").first.click()
    expect(mario.page.locator("main")).to_contain_text("16")
    mario.press("Yes, we received this")
    mario.sees("Counter-signed. Thank you.")

    # What it learned it teaches the textile shop.
    mario.go("/coop/molino/community/gifts/mentoring/")
    teach(mario, "Textil", what="Encuadernación", hours="8")
    mario.unfold("Manuals, day, what you pass on")
    mario.page.locator("select[name=passes_on]").select_option(index=1)
    mario.press("Save")
    mario.sees("Noted. It counts once it is counter-signed.")
    again = Contribution.objects.get(giver=cast.molino.organization)
    carla.go(f"/coop/textil/community/gifts/{again.pk}/")
    carla.press("Yes, we received this")
    carla.sees("Counter-signed. Thank you.")
    again.refresh_from_db()
    assert (again.state, again.passes_on) == ("confirmed", taught)
