"""The popular high school of Story 4 as steps that tests take: lend rooms, tell of a month, counter-sign it."""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import agreements, hosted, hosting
from ledger.actions.hosted import Cost, Held
from ledger.actions.hosting import Timetable
from ledger.models import Agreement, Delivery
from network.models import Organization, User
from tests import make
from tests.barters import own
from tests.cast import Cast

AGREED = dt.date(2026, 3, 2)
APRIL = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
TOLD = dt.date(2026, 4, 30)
MONDAY_TO_THURSDAY = 0b0001111
#: 340 kWh at $ 180, 17 hours of members at $ 5,000, wear of the rooms.
COSTS = [
    Cost(what="Luz", account="5301", quantity=340_000, price=180_00),
    Cost(what="Portería", account="5201", quantity=17_000, price=5_000_00),
    Cost(what="Desgaste de las aulas", account="5302", amount=30_000_00),
]


def school(name: str = "Bachillerato", *, kind: str = "community_body") -> tuple[Organization, User]:
    """Make a popular high school of the register, without a book, and its president, Elsa; of another body another."""
    body = make.organization(name.lower().replace(" ", "-"), kind=kind, name=name)
    return body, make.officer("Elsa" if name == "Bachillerato" else f"Elsa de {name}", body, office="president")


def borne(cast: Cast, *, on: dt.date = TOLD) -> None:
    """Enter in the print shop's book what the month cost: light, draws, wear."""
    for memo, account, amount in (("Luz", "5301", 90_000_00), ("Retiros", "5201", 900_000_00)):
        own(cast, cast.grafica, memo, account, "1102", amount, on=on)
    own(cast, cast.grafica, "Amortizaciones", "5302", "1303", 50_000_00, on=on)


def timetable(**changes: Any) -> Timetable:
    told = {
        "activity": "popular_high_school",
        "rooms": 3,
        "weekdays": MONDAY_TO_THURSDAY,
        "starts_at": 18 * 60,
        "ends_at": 22 * 60,
        "since": AGREED,
        "papers": "Convenio 4",
    }
    return Timetable(**(told | changes))


def propose(cast: Cast, body: Organization, *, by: User | None = None, key: uuid.UUID | None = None, **changes: Any):
    return hosting.propose(
        key=key or uuid.uuid4(),
        host=cast.grafica.organization,
        body=body,
        title="Bachillerato popular",
        timetable=timetable(**changes),
        by=by or cast.ana,
        on=AGREED,
    )


def running(cast: Cast, body: Organization, president: User, **changes: Any) -> Agreement:
    agreement = propose(cast, body, **changes)
    return agreements.sign(agreement=agreement, organization=body, by=president, on=AGREED)


def held(**changes: Any) -> Held:
    """Return what took place in April: 17 evenings, 4 hours, 3 rooms, about 70 people each time."""
    told = {"starts_on": APRIL[0], "ends_on": APRIL[1], "sessions": 17, "minutes": 240, "rooms": 3}
    people = changes.pop("people", [70] * changes.get("sessions", 17))
    return Held(**(told | {"people": people, "counted": "estimated"} | changes))


def tell(agreement: Agreement, cast: Cast, *, costs=COSTS, key=None, by=None, on=TOLD, **changes: Any) -> Delivery:
    return hosted.log(
        agreement=agreement,
        key=key or uuid.uuid4(),
        took_place=held(**changes),
        costs=costs,
        papers="Planilla 4",
        by=by or cast.beto,
        on=on,
    )
