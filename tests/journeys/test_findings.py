"""The same invoice was told of twice: found, explained by one, undone by both in the books, and closed by itself."""

import uuid

import pytest
from django.utils import timezone

from ledger.actions import barter, deliveries, reconciliation
from ledger.actions.deliveries import Papers
from ledger.models import Agreement, Claim, Delivery, Finding
from tests.barters import BAGS_DAY, accepted
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.inspector import AXE
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def invoiced(agreement: Agreement, cast: Cast) -> Delivery:
    """Let the print shop hand over bags on an invoice, and the mill say so."""
    delivery = deliveries.log(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=cast.grafica.organization,
        quantities={agreement.lines.get(thing="Bolsas impresas").pk: 1_000},
        happened_on=BAGS_DAY,
        papers=Papers(invoice="A 0003-00001234"),
        by=cast.beto,
        on=BAGS_DAY,
    )
    return barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)


def owed() -> int:
    return sum(claim.balance.amount for claim in Claim.objects.select_related("balance"))


def reconcile() -> None:
    reconciliation.reconcile(full=False, clock=timezone.now)


def looks_at(person: Person, code: str, finding: Finding, *, with_axe: bool) -> None:
    """Find it where one lands, and read what is wrong between whom."""
    person.go(f"/coop/{code}/")
    with person.page.expect_navigation():
        person.page.locator(f"a[href='/coop/{code}/reconciliation/{finding.pk}/']").first.click()
    person.look_at_the_width()
    person.sees("The same invoice was told of twice")
    person.sees("Between %(one)s and %(other)s.", one="Gráfica", other="Molino")
    if with_axe:
        assert not AXE.run(person.page).response["violations"]


def asks_to_undo(ana: Person, told: Delivery) -> None:
    """Explain it for whoever reads the book, and ask the other side to undo the second telling."""
    ana.unfold("Explain it")
    ana.write("Why it is so", "Es una sola entrega: se contó dos veces.")
    ana.press("Explain it")
    ana.sees("Noted. Everybody who may read the book can read it.")
    ana.page.locator(f"main a[href='/coop/grafica/barter/{told.agreement_id}/']").first.click()
    card = ana.page.locator("article", has=ana.page.locator(f"#undo-{told.pk}"))
    ana.unfold("This was a mistake", within=card)
    ana.write("Why should it be undone?", "La misma factura, dos veces.", within=card)
    ana.press("Ask the other side to undo it", within=card)


def agrees(mario: Person, finding: Finding) -> None:
    """Read what was said of it, go from there to what it is about, and agree that the second telling is undone."""
    mario.page.reload()
    mario.sees("Es una sola entrega: se contó dos veces.")
    mario.page.locator(f"main a[href='/coop/molino/barter/{finding.agreement_id}/']").first.click()
    mario.sees("La misma factura, dos veces.")
    mario.press("Agree and reverse it")


def sees_it_closed(person: Person, code: str, finding: Finding, *, with_axe: bool) -> None:
    person.go(f"/coop/{code}/reconciliation/")
    person.sees("Right again")
    with person.page.expect_navigation():
        person.page.locator(f"a[href='/coop/{code}/reconciliation/{finding.pk}/']").first.click()
    person.sees("is right again and closed itself")
    if with_axe:
        assert not AXE.run(person.page).response["violations"]


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_from_the_finding_to_the_books(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    agreement = accepted(cast)
    invoiced(agreement, cast)
    once = owed()
    again = invoiced(agreement, cast)
    reconcile()
    finding = Finding.objects.get()
    how = {"width": width, "javascript": javascript, "language": language}
    ana, mario = person(cast.ana, **how), person(cast.mario, **how)

    looks_at(ana, "grafica", finding, with_axe=javascript)
    looks_at(mario, "molino", finding, with_axe=javascript)
    asks_to_undo(ana, again)
    agrees(mario, finding)
    assert owed() == once

    reconcile()
    for someone, code in ((ana, "grafica"), (mario, "molino")):
        sees_it_closed(someone, code, finding, with_axe=javascript)
    assert not Finding.objects.filter(closed_at=None).exists()
