"""An assembly elects, another one recalls: the recalled treasurer's open page can confirm nothing any more."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.models import Delivery
from ledger.models.deliveries import DeliveryState
from tests.barters import BAGS_DAY, accepted, deliver
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def assemble(person: Person, what: str) -> None:
    """Call an assembly for today, open it with thirty of forty-five, carry one motion, close it."""
    person.follow("Assemblies")
    person.follow("Call an assembly")
    person.write("Day", timezone.localdate().isoformat())
    person.write("How many may vote", "45")
    person.write("Agenda", what)
    person.press("Call it")
    person.sees("The assembly is called.")
    person.write("How many are present", "30")
    person.press("Open the assembly")
    person.sees("The assembly is in session.")
    person.choose("Point of the agenda", f"1. {what}")
    person.write("What was put to the vote", f"{what}: se aprueba.")
    person.write("In favor", "20")
    person.write("Against", "8")
    person.write("Abstentions", "2")
    person.press("Note the vote")
    person.write("Minutes", "Se leyó el acta anterior.")
    person.press("Close it with these minutes")
    person.sees("The assembly is closed. Nothing in it changes any more.")


def elect_nora(person: Person) -> None:
    """Note that the assembly elected Nora as secretary for a year."""
    person.follow("Council")
    person.unfold("Note an election")
    person.choose("Person", "Nora")
    person.page.locator("#id_office").select_option("secretary")
    person.write("From", timezone.localdate().isoformat())
    person.page.locator("#id_until").fill((timezone.localdate() + dt.timedelta(days=365)).isoformat())
    choose_latest_act(person, "id")
    person.press("Note the mandate")
    person.sees("The mandate is noted.")


def choose_latest_act(person: Person, form: str) -> None:
    person.page.locator(f"#{form}_resolution").select_option(index=1)


@pytest.mark.parametrize(("width", "javascript"), [(1200, True), (360, False)])
def test_from_an_election_to_a_recall(cast: Cast, person: Arrive, width: int, javascript: bool):
    delivery = deliver(accepted(cast), "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)
    mario = person(cast.mario, width=width, javascript=javascript)
    mario.go("/coop/molino/")

    assemble(mario, "Elección de secretaría")
    elect_nora(mario)

    # Mario has the delivery open when the assembly recalls him.
    mario.go(f"/coop/molino/barter/{delivery.agreement_id}/")
    mario.sees("Yes, we received this")
    nora = person(cast.nora, width=width, javascript=javascript)
    nora.go("/coop/molino/")
    assemble(nora, "Revocatoria de tesorería")
    nora.follow("Council")
    nora.unfold("Note a recall")
    nora.page.locator("#recall_mandate").select_option(label="Tesorería: Mario")
    choose_latest_act(nora, "recall")
    nora.press("Recall")
    nora.sees("Recalled. From this moment it no longer holds, anywhere.")

    # His session is over; and whoever logs in again holds no office.
    mario.press("Yes, we received this")
    assert "/accounts/login/" in mario.page.url
    mario.log_in(cast.mario)
    mario.go(f"/coop/molino/barter/{delivery.agreement_id}/")
    assert not mario.page.get_by_role("button", name=mario.read("Yes, we received this")).count()
    assert Delivery.objects.get(pk=delivery.pk).state == DeliveryState.LOGGED
    nora.follow("Book of resolutions")
    nora.sees("Revocatoria de tesorería: se aprueba.")
