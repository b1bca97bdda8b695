"""A cooperative lends rooms to a popular high school, tells of a month, and the school counter-signs it on a phone."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ledger.models import Contribution
from tests.barters import own
from tests.cast import Cast
from tests.hostings import school
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def lend(ana: Person, *, since: dt.date) -> None:
    """Lend three rooms every day from 18 to 22."""
    ana.follow("Community")
    ana.follow("Lend rooms")
    ana.choose("To whom do you lend rooms", "Bachillerato")
    ana.choose("What for", ana.read("Popular high school"))
    for box in ana.page.locator("input[name=weekdays]").all():
        box.check()
    ana.write("From what hour", "18:00")
    ana.write("Until what hour", "22:00")
    ana.write("How many rooms", "3")
    ana.unfold("Days, papers, name")
    ana.write("From which day on", since.isoformat())
    ana.press("Save")
    ana.sees("Saved. Here is what you lend.")


def tell(ana: Person, *, starts_on: dt.date, ends_on: dt.date) -> None:
    """Tell of seven evenings, and of what the light of them cost."""
    ana.go("/coop/grafica/community/")
    ana.follow("Popular high school")
    ana.follow("Tell what took place")
    ana.write("From which day", starts_on.isoformat())
    ana.write("To which day", ends_on.isoformat())
    ana.write("How many times was there activity", "7")
    ana.write("How many people came each time", "70 68 71 66 70 69 72")
    ana.unfold("What it really cost you")
    first = ana.page.locator(".line").first
    ana.write("What it was", "Luz", within=first)
    ana.write("How much of it", "340", within=first)
    ana.write("Price of one", "180", within=first)
    ana.press("Send it to be counter-signed")
    ana.sees("Noted. It counts once the other side has said that it was so.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_rooms_are_lent_and_a_month_is_counter_signed(
    cast: Cast, person: Arrive, language: str, javascript: bool, width: int
):
    today, (_body, president) = timezone.localdate(), school()
    own(cast, cast.grafica, "Luz", "5301", "1102", 90_000_00, on=today)
    how = {"width": width, "javascript": javascript, "language": language}
    ana, began = person(cast.ana, **how), today - dt.timedelta(days=9)
    lend(ana, since=began)

    # The school keeps no book and sees none; it says yes.
    elsa = person(president, **how)
    elsa.sees("%(who)s proposes it to you.", who="Gráfica")
    expect(elsa.page.locator("nav")).not_to_contain_text(elsa.read("Journal"))
    elsa.follow("Popular high school")
    elsa.press("Accept for %(name)s", name="Bachillerato")
    tell(ana, starts_on=began, ends_on=today)

    # It reads hours and people, no price, and says that it was so.
    elsa.go("/coop/bachillerato/")
    elsa.follow("Popular high school")
    article = elsa.page.get_by_role("article")
    expect(article).to_contain_text("84")
    expect(article).not_to_contain_text("61")
    elsa.press("Yes, it was so")
    elsa.sees("Counter-signed. Thank you.")

    ana.go("/coop/grafica/")
    given = ana.region("Given to the community")
    expect(given).to_contain_text("84")
    expect(given).to_contain_text("61,200.00" if language == "en" else "61.200,00")


def test_a_member_notes_hours_of_work_and_their_receipt_is_noted(cast: Cast, person: Arrive):
    beto, ana = person(cast.beto, width=360), person(cast.ana, width=360)

    beto.follow("Community")
    beto.follow("Note hours of work given")
    beto.write("What you gave", "Pintura de la salita")
    beto.write("Hours in all", "24")
    beto.write("How many people gave them", "4")
    beto.write("Their name, if they are not in the register", "Salita de Barracas")
    beto.press("Save")
    beto.sees("Noted. It counts once it is counter-signed.")
    given = Contribution.objects.get()
    ana.go(f"/coop/grafica/community/gifts/{given.pk}/")
    ana.write("Number of the receipt", "Recibo 12")
    ana.press("Save")

    ana.sees("Noted. It is in your book now.")
