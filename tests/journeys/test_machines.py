"""A press is shared, booked, used and paid, from the first word to the last hour, on phone and desk."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from ledger.core.machines import minute
from ledger.models import Agreement, MachineBooking
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def propose(ana: Person) -> None:
    """Write down what it is, and who may use it."""
    ana.follow("Machines")
    ana.follow("Share a machine")
    ana.write("What is shared", "Prensa")
    ana.page.locator("input[name=others]").fill("9000")
    ana.page.locator("select[name=users-0-organization]").select_option(label="Molino")
    # The hours that are told are two hours ago: just after midnight that is the day before.
    ana.unfold("Owners, VAT, day and papers")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ana.page.locator("input[name=agreed_on]").fill(yesterday.isoformat())
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_an_hour_of_a_press(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)
    propose(ana)
    agreement = Agreement.objects.get()
    ours, theirs = (f"/coop/{code}/machines/{agreement.pk}/" for code in ("grafica", "molino"))
    mario.go(theirs)
    mario.press("Accept for %(name)s", name="Molino")

    mario.follow("Book it")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for name, text in (("day", tomorrow.isoformat()), ("starts", "08:00"), ("ends", "10:00")):
        mario.page.locator(f"input[name={name}]").fill(text)
    mario.press("Log it")
    mario.sees("Asked for. Whoever holds it says yes or no.")
    ana.go(ours)
    ana.press("Yes, it is yours")
    ana.sees("Booked.")
    ana.follow("Calendar of the machine")
    _used_two_hours_ago(MachineBooking.objects.get())
    ana.go(ours)
    ana.follow("Tell what was used")
    ana.page.locator("input[name=hours]").fill("1")
    ana.press("Log it")
    mario.go(theirs)
    mario.press("Yes, it was so")

    mario.sees("Confirmed. It is now in both books.")
    assert agreement.deliveries.get().state == "confirmed"


def _used_two_hours_ago(booking: MachineBooking) -> None:
    """Let the same organization have booked hours that have passed: nobody waits for the next day here."""
    began = minute(timezone.localtime()) - 2 * 60
    told = {"machine": booking.machine, "organization": booking.organization, "booked_by": booking.booked_by}
    MachineBooking.objects.create(key=uuid.uuid4(), starts=began, ends=began + 60, state="agreed", **told)
