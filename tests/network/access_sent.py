"""What the test of who may sends to each address, and the numbers in the addresses: of the world's print shop."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ledger.actions import years as closing
from ledger.models import Delivery, Entry, Unit
from ledger.queries import years
from tests import make
from tests.assignments import owed
from tests.assignments import propose as hand_over
from tests.journeys.world import HEAD, WRONG_ROW, World
from tests.ledger.web.browser import key
from tests.ledger.web.test_own_entries import form as own_form

Form = Callable[[World], Mapping[str, Any]]


def barter(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.barters[state].pk}


def waiting_flour(world: World) -> Mapping[str, Any]:
    logged = Delivery.objects.filter(agreement=world.barters["running"], state="logged")
    return {"pk": logged.filter(giver__code="molino")[0].pk}


def to_undo(world: World) -> Mapping[str, Any]:
    asked = Delivery.objects.filter(agreement=world.barters["running"], reversal_asked_by__code="molino")
    return {"pk": asked.exclude(state="reversed")[0].pk}


def dispute(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.disputes[state].pk}


def contested(_world: World) -> Mapping[str, Any]:
    return {"key": key(), "version": "Faltaban dos bolsas."}


def received_bags(world: World) -> Mapping[str, Any]:
    """Name something confirmed that nobody contests."""
    confirmed = Delivery.objects.filter(agreement=world.barters["settled"], state="confirmed", disputes=None)
    return {"pk": confirmed.get().pk}


def delivered(world: World) -> Mapping[str, Any]:
    line = world.barters["running"].lines.get(thing="Bolsas impresas")
    return {"key": key(), f"line-{line.pk}": "10", "happened_on": timezone.localdate().isoformat()}


def adjusted(world: World) -> Mapping[str, Any]:
    line = world.barters["running"].lines.get(thing="Bolsas impresas")
    what = {"act": "allowance", "line": str(line.pk), "quantity": "10", "amount": "1", "reason": "Manchadas"}
    return {"key": key(), "happened_on": timezone.localdate().isoformat(), **what}


def own_entry(_world: World) -> Mapping[str, Any]:
    return own_form()


def own_to_undo(world: World) -> Mapping[str, Any]:
    written = Entry.objects.get(book=world.cast.grafica, event__kind="own_entry")
    return {"year": written.year, "number": written.number}


def reason(_world: World) -> Mapping[str, Any]:
    return {"reason": "Eran 710.000"}


def wrong_row(world: World) -> Mapping[str, Any]:
    return {f"{world.uploads[1].rows.get().number}.quantity": "60.000"}


def file(_world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("permutas.csv", (HEAD + WRONG_ROW + WRONG_ROW).encode())}


def last_month(_world: World) -> Mapping[str, Any]:
    return {"through": (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).isoformat()}


def hosting(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.hostings[state].pk}


def told(state: str) -> Callable[[World], Mapping[str, Any]]:
    """Name a month of the school in that state, with no reversal asked for."""
    found = Delivery.objects.filter(act="hosted", state=state, reversal_asked_by=None)
    return lambda world: {"pk": found.get(agreement=world.hostings["running"]).pk}


def lent(world: World) -> Mapping[str, Any]:
    body = world.hostings["quiet"].others(world.cast.grafica.organization)[0].pk
    hours = {"weekdays": ["5"], "starts_at": "10:00", "ends_at": "12:00", "rooms": "1"}
    return {"key": key(), "body": body, "activity": "clinic", "since": "2026-03-02"} | hours


def took_place(_world: World) -> Mapping[str, Any]:
    costs = {"costs-TOTAL_FORMS": "0", "costs-INITIAL_FORMS": "0"}
    days = {"starts_on": "2026-06-01", "ends_on": "2026-06-30", "sessions": "4", "people": "70", "hours": "4"}
    return {"key": key(), "rooms": "3", "counted": "counted"} | days | costs


def referral(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.referrals[state].pk}


def invoiced(state: str) -> Callable[[World], Mapping[str, Any]]:
    """Name what the mill invoiced a customer of the print shop, in that state."""
    found = Delivery.objects.filter(act="work", state=state, giver__code="molino")
    return lambda world: {"pk": found.get(agreement=world.referrals["running"]).pk}


def passed_on(world: World) -> Mapping[str, Any]:
    rows = {"shares-TOTAL_FORMS": "1", "shares-INITIAL_FORMS": "0", "shares-0-expected": "100"}
    work = {"way": "order", "work": "Bolsas", "customer": "El club", "fee": "5", "vat_rate": "2100"}
    taker = {"shares-0-taker": world.cast.textil.organization_id}
    return {"key": key(), "agreed_on": "2026-03-02"} | rows | work | taker


def fee_paid(_world: World) -> Mapping[str, Any]:
    return {"key": key(), "amount": "100", "happened_on": timezone.localdate().isoformat()}


def toll(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.tolls[state].pk}


def handed(state: str) -> Callable[[World], Mapping[str, Any]]:
    """Name the material that the mill handed over to the print shop, in that state."""
    found = Delivery.objects.filter(act="material", state=state)
    return lambda world: {"pk": found.get(agreement=world.tolls["working"]).pk}


def sewing(world: World) -> Mapping[str, Any]:
    """Name the work that the mill asks to undo."""
    return {"pk": Delivery.objects.get(agreement=world.tolls["running"], material__worked__gt=0).pk}


def toll_work(world: World) -> Mapping[str, Any]:
    things = {"material": "Tela", "material_quantity": "10", "made": "Bolsas", "made_quantity": "5", "fee": "100"}
    units = dict.fromkeys(("material_unit", "made_unit", "goods_unit"), str(make.unit("UN").pk))
    who = {"whose": "ours", "partner": world.cast.molino.organization_id, "title": "Bolsas", "agreed_on": "2026-03-02"}
    return {"key": key(), "vat_rate": "2100"} | things | units | who


def on_day(**told: str) -> Form:
    """Send what was told of today."""
    return lambda _world: {"key": key(), "happened_on": timezone.localdate().isoformat()} | told


def cloth_for_work(world: World) -> Mapping[str, Any]:
    line = world.tolls["running"].lines.get(giver=world.cast.grafica.organization)
    return on_day(**{f"line-{line.pk}": "10"})(world)


def fewer(world: World) -> Mapping[str, Any]:
    line = world.tolls["running"].lines.get(giver=world.cast.molino.organization)
    return on_day(act="shortfall", line=str(line.pk), quantity="1", reason="No alcanza.")(world)


def won(_world: World) -> Mapping[str, Any]:
    return {"outcome": "won", "decided_on": timezone.localdate().isoformat()}


def product(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.products[state].pk}


def made(act: str, state: str) -> Callable[[World], Mapping[str, Any]]:
    """Name what the mill told of what is made together, or what it asks to undo."""
    found = Delivery.objects.filter(act=act, state=state)
    found = (
        found.filter(reversal_asked_by__code="molino") if state == "confirmed" else found.filter(giver__code="molino")
    )
    return lambda world: {"pk": found.get(agreement=world.products["running"]).pk}


def making(world: World) -> Mapping[str, Any]:
    sent = {"key": key(), "title": "Cajas", "customer": "La municipalidad", "price": "1.000", "split": "shares"}
    sent |= {"lead": str(world.cast.grafica.organization_id), "agreed_on": timezone.localdate().isoformat()}
    sent |= {"stages-TOTAL_FORMS": "2", "stages-INITIAL_FORMS": "0"}
    for number, (book, part) in enumerate(((world.cast.grafica, "60"), (world.cast.molino, "40"))):
        row = {"party": str(book.organization_id), "what": "Su parte", "part": part}
        sent |= {f"stages-{number}-{name}": text for name, text in row.items()}
    return sent


def done(**what: str) -> Form:
    """Send an act of what is made together."""
    return lambda _world: {"key": key(), "happened_on": timezone.localdate().isoformat()} | what


def to_molino(**what: str) -> Form:
    """Send one between the print shop and the mill."""
    return lambda world: {**done(**what)(world), "other": str(world.cast.molino.organization_id)}


#: What may be told of what is made together, by the end of its address.
ACTS: dict[str, Form] = {
    "tell": done(stage="1", percent="90"),
    "buy": done(what="Tinta", amount="10"),
    "invoice": done(amount="10"),
    "collect": done(amount="10"),
    "settle": to_molino(),
    "pay": to_molino(amount="10"),
}


def gift(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.gifts[state].pk}


def given(*, hours: bool) -> Form:
    """Send a bag of flour, or an hour of work, for the neighborhood."""
    kind = {"hours": "2", "people": "2"} if hours else {"kind": "goods", "charged_to": "5401", "paid_from": "1102"}
    what = {"what": "Para la olla", "receiver_name": "La olla", "happened_on": timezone.localdate().isoformat()}
    return lambda _world: {"key": key(), "amount": "10"} | kind | what


def mentored(world: World) -> Mapping[str, Any]:
    told = {"hours": "2", "people": "1", "trainees": "3", "manuals": "0", "receiver": world.cast.molino.organization_id}
    return {"key": key(), "what": "Molienda", "happened_on": timezone.localdate().isoformat()} | told


def owed_in_pesos(world: World) -> Mapping[str, Any]:
    return {"claim": owed(world.cast.grafica, world.cast.molino, 100_00, on=timezone.localdate()).pk}


def handed_over(world: World) -> Mapping[str, Any]:
    """Name something that a member wrote down and no officer has signed."""
    claim = owed(world.cast.grafica, world.cast.molino, 100_00, on=timezone.localdate())
    written = hand_over(world.cast, claim, amount=100_00, by=world.cast.beto, on=timezone.localdate())
    return {"pk": written.pk}


def taken_over(world: World) -> Mapping[str, Any]:
    return {"key": key(), "taker": world.cast.textil.organization.pk, "amount": "10"}


def closed_year(world: World) -> Mapping[str, Any]:
    """Name the first year of the print shop, closed."""
    year = years.next_to_close(book=world.cast.grafica)
    closing.close_year(book=world.cast.grafica, year=year, resolution="Acta 9", on=timezone.localdate(), by=None)
    return {"year": year}


def threshold(world: World) -> Mapping[str, Any]:
    act = world.cast.grafica.organization.resolutions.get(number=1).pk
    return {"amount": "1000", "resolution": act}


def listing(**changes: str) -> Form:
    """Send flour that the print shop needs."""
    last = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    flour = {"kind": "need", "thing": "Harina", "quantity": "5", "rhythm": "once", "expires_on": last}
    return lambda _world: {"key": key(), "unit": make.unit("KG").pk} | flour | changes


def listed(world: World) -> Mapping[str, Any]:
    return {"pk": world.listings[0].pk}


def mia(_world: World) -> Mapping[str, Any]:
    return {"pk": Unit.objects.get(code="MIA").pk}


def in_credit(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.credited[state].pk}


def taken_by_mia(world: World) -> Mapping[str, Any]:
    return {**mia(world), "charge": 1}


def credited(world: World, **what: str) -> Mapping[str, Any]:
    credit = {"credit": str(mia(world)["pk"]), "happened_on": timezone.localdate().isoformat()}
    return {"key": key(), "amount": "10"} | credit | what


def plus(world: World) -> Mapping[str, Any]:
    act = world.cast.grafica.organization.resolutions.order_by("number")[0]
    return credited(world, people="45", resolution=str(act.pk))


def sold_for_credit(world: World) -> Mapping[str, Any]:
    return credited(world, buyers="itself", other=str(world.cast.molino.organization_id), vat_rate="2100")


def position_over(world: World) -> Mapping[str, Any]:
    return credited(world, other=str(world.cast.molino.organization_id))
