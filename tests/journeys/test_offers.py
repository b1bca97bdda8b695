"""A cooperative lists a need, finds who could meet it, and proposes a barter from there: on a phone, without script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ledger.models import Agreement
from tests import offers
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1200)])
def test_a_need_is_listed_and_becomes_a_barter(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    today = timezone.localdate()
    offers.flour(cast, on=today, price=620_00, province="B", city="Chivilcoy")
    offers.bags(cast, kind="need", on=today, price=38_00)
    offers.bags(cast, on=today)
    beto = person(cast.beto, width=width, javascript=javascript, language=language)

    beto.follow("Offers")
    beto.sees("in the next province")
    beto.follow("List an offer or a need")
    beto.page.get_by_label(beto.read("We need it")).check()
    beto.write("Thing", "harinas 000")
    beto.write("Quantity", "2000")
    beto.page.locator("select[name=unit]").select_option(label="kilogramos" if language == "es-AR" else "kilograms")
    beto.press("Save")
    beto.sees("It is in the list. Below is who matches.")

    matches = beto.region("Who could meet it")
    expect(matches).to_contain_text("Molino: Harina 000")
    beto.sees("The same thing", within=matches)
    beto.sees("Enough for all that is needed.", within=matches)
    expect(matches).to_contain_text(beto.read("Barter"))
    beto.follow("Propose a barter to %(who)s: %(thing)s", within=matches, who="Molino", thing="Harina 000")
    theirs = beto.group("The other cooperative gives")
    expect(theirs.get_by_label(beto.read("Quantity"))).to_have_value("2,000" if language == "en" else "2.000")
    beto.press("Save")

    beto.sees("Saved. Here is what you agreed.")
    agreement = Agreement.objects.get()
    assert agreement.others(cast.grafica.organization) == [cast.molino.organization]
    assert {line.thing for line in agreement.lines.all()} == {"Harina 000", "Bolsas impresas"}
