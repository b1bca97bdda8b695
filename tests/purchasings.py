"""A joint purchase as steps that tests take: the mill buys steel for itself, the print shop and the textile shop.

The mill (Mario, Nora) buys; the print shop (Ana, Beto) and the textile cooperative (Carla) ask for their parts, as in
Story 3: half, 30 and 20 per cent of 6,000,000 and VAT.
"""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import agreements, bought, deliveries, passed_on, purchases, reversals
from ledger.actions.bought import Invoice
from ledger.actions.deliveries import Papers
from ledger.actions.purchases import JointPurchase, Request
from ledger.models import Agreement, Delivery, Purchase, PurchasePart
from network.models import Organization
from tests import make
from tests.cast import Cast

AGREED = dt.date(2026, 4, 1)
BOUGHT = dt.date(2026, 4, 6)
HANDED = dt.date(2026, 4, 7)
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 15)
PAPERS = Papers(delivery_note="R 0002-00000031", invoice="A 440")
#: Grams that each asks for, and at most 1,300 pesos a kilogram.
MILL, PRESS, TEXTILE, MOST = 2_500_000, 1_500_000, 1_000_000, 1_300_00


def asked(organization: Organization, quantity: int, most: int = MOST) -> Request:
    return Request(organization=organization, quantity=quantity, most=most)


def steel(cast: Cast, **changes: Any) -> JointPurchase:
    """Return the terms: five tonnes of steel for three."""
    told = {
        "buyer": cast.molino.organization,
        "title": "Chapa para tres",
        "thing": "Chapa",
        "unit": make.unit("KG"),
        "requests": [
            asked(cast.molino.organization, MILL),
            asked(cast.grafica.organization, PRESS),
            asked(cast.textil.organization, TEXTILE),
        ],
        "agreed_on": AGREED,
    }
    return JointPurchase(**(told | changes))


def propose(cast: Cast, purchase: JointPurchase | None = None, *, by=None, key=None, on=AGREED) -> Agreement:
    told = {"key": key or uuid.uuid4(), "purchase": purchase or steel(cast), "by": by or cast.mario, "on": on}
    return purchases.propose(proposer=cast.molino.organization, **told)


def accepted(cast: Cast, purchase: JointPurchase | None = None) -> Agreement:
    agreement = propose(cast, purchase)
    for signer in (cast.ana, cast.carla):
        home = cast.grafica.organization if signer == cast.ana else cast.textil.organization
        if agreement.parties.filter(organization=home).exists():
            agreement = agreements.sign(agreement=agreement, organization=home, by=signer, on=AGREED)
    return agreement


def invoice(**changes: Any) -> Invoice:
    """Return the supplier's: 6,000,000 and 1,260,000 of VAT for all of it."""
    told = {"supplier": "Acería del Sur", "quantity": 5_000_000, "net": 6_000_000_00, "vat_rate": 2100}
    return Invoice(**(told | {"number": "A 1234"} | changes))


def tell(
    agreement: Agreement, cast: Cast, what: Invoice | None = None, *, on: dt.date = BOUGHT, by=None, key=None
) -> Purchase:
    told = {"key": key or uuid.uuid4(), "happened_on": on, "by": by or cast.mario, "on": on}
    return bought.tell(agreement=agreement, invoice=what or invoice(), **told)


def part(purchase: Purchase, of: Organization) -> PurchasePart:
    return purchase.parts.select_related("purchase__agreement", "request__organization").get(request__organization=of)


def hand_over(purchase: Purchase, cast: Cast, to: Organization, *, on: dt.date = HANDED, **how: Any) -> Delivery:
    told = {"key": uuid.uuid4(), "happened_on": on, "papers": PAPERS, "by": cast.nora, "on": on} | how
    return passed_on.hand_over(part=part(purchase, to), **told)


def confirm(delivery: Delivery, cast: Cast, *, on: dt.date | None = None) -> Delivery:
    officers = {
        cast.grafica.organization: cast.ana,
        cast.molino.organization: cast.mario,
        cast.textil.organization: cast.carla,
    }
    return passed_on.confirm(delivery=delivery, by=officers[delivery.receiver], on=on or delivery.happened_on)


def received(purchase: Purchase, cast: Cast, of: Organization, *, on: dt.date = HANDED) -> Delivery:
    return confirm(hand_over(purchase, cast, of, on=on), cast)


def pay(agreement: Agreement, cast: Cast, giver: Organization, amount: int, *, on: dt.date = HANDED) -> Delivery:
    told = {"key": uuid.uuid4(), "happened_on": on, "papers": PAPERS, "on": on}
    by = cast.ana if giver == cast.grafica.organization else cast.carla
    receiver = cast.molino.organization
    return deliveries.log_payment(agreement=agreement, giver=giver, receiver=receiver, amount=amount, by=by, **told)


def every_state(cast: Cast) -> dict[str, Agreement]:
    """Have the print shop (and, in `bought`, the mill) buy for the other, in each state."""
    grafica, molino = cast.grafica.organization, cast.molino.organization

    def proposed(buyer: Organization, by: Any) -> Agreement:
        terms = steel(cast, buyer=buyer, requests=[asked(grafica, MILL), asked(molino, PRESS)])
        return purchases.propose(key=uuid.uuid4(), proposer=buyer, purchase=terms, by=by, on=AGREED)

    def running(buyer: Organization) -> Agreement:
        by, other, signer = (cast.ana, molino, cast.mario) if buyer == grafica else (cast.mario, grafica, cast.ana)
        return agreements.sign(agreement=proposed(buyer, by), organization=other, by=signer, on=AGREED)

    def told(agreement: Agreement, quantity: int, by: Any) -> Purchase:
        return tell(agreement, cast, invoice(quantity=quantity, net=quantity * 120), on=STATES, by=by)

    found = {"draft": proposed(grafica, cast.beto), "proposed": proposed(molino, cast.mario)}
    found["waiting"] = running(grafica)
    found["running"] = shop = running(grafica)
    told(shop, 400_000, cast.beto)
    told(shop, 800_000, cast.ana)
    handed = passed_on.hand_over(
        part=part(told(shop, 400_000, cast.ana), molino),
        key=uuid.uuid4(),
        happened_on=STATES,
        papers=PAPERS,
        by=cast.beto,
        on=STATES,
    )
    confirm(handed, cast)
    reversals.ask(delivery=handed, organization=molino, reason="Era menos.", by=cast.mario, on=STATES)
    found["bought"] = mill = running(molino)
    received(told(mill, 400_000, cast.mario), cast, grafica, on=STATES)
    hand_over(told(mill, 400_000, cast.mario), cast, grafica, on=STATES)
    return found
