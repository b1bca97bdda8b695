"""An order that the print shop cannot do, as steps that tests take: pass it on, say what was invoiced, confirm, pay."""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import agreements, deliveries, referrals, referred, reversals
from ledger.actions.deliveries import Papers
from ledger.actions.referrals import Referral, Share
from ledger.models import Account, Agreement, Book, Delivery
from tests.cast import Cast

AGREED = dt.date(2026, 3, 2)
WORKED = dt.date(2026, 4, 10)
CUSTOMER = "Escuela 14"


def share(book: Book, expected: int = 4_000_000_00, does: str = "") -> Share:
    return Share(taker=book.organization, expected=expected, does=does)


def terms(*shares: Share, **changes: Any) -> Referral:
    told = {
        "form": "order",
        "work": "4.000 bolsas de tela",
        "customer": CUSTOMER,
        "shares": shares,
        "agreed_on": AGREED,
        "fee_rate": 500,
        "vat_rate": 2100,
    }
    return Referral(**(told | changes))


def propose(cast: Cast, *shares: Share, by=None, key=None, on=AGREED, **changes: Any) -> Agreement:
    """Pass the school's bags on to the textile cooperative, with a fee of 5 %."""
    referral = terms(*(shares or [share(cast.textil)]), **changes)
    giver = cast.grafica.organization
    return referrals.propose(key=key or uuid.uuid4(), giver=giver, referral=referral, by=by or cast.ana, on=on)


def offered(cast: Cast) -> Agreement:
    """Have the mill pass labels on to the print shop, with a fee of 5 %."""
    referral = terms(share(cast.grafica, 900_000_00), work="Etiquetas", customer="La panadería")
    giver = cast.molino.organization
    return referrals.propose(key=uuid.uuid4(), giver=giver, referral=referral, by=cast.mario, on=AGREED)


def treasurer(cast: Cast, book: Book):
    return {cast.grafica.pk: cast.ana, cast.molino.pk: cast.mario, cast.textil.pk: cast.carla}[book.pk]


def accepted(cast: Cast, *shares: Share, **changes: Any) -> Agreement:
    agreement = propose(cast, *shares, **changes)
    for taker in agreement.others(agreement.proposer):
        by = treasurer(cast, taker.book)
        agreement = agreements.sign(agreement=agreement, organization=taker, by=by, on=AGREED)
    return agreement


def tell(agreement: Agreement, cast: Cast, amount: int, *, invoice: str = "A 1-1", **how: Any) -> Delivery:
    """Say for the textile cooperative, or another taker, what it invoiced the school."""
    taker, day = how.pop("taker", cast.textil), how.pop("on", WORKED)
    return referred.log(
        agreement=agreement,
        key=how.pop("key", None) or uuid.uuid4(),
        taker=taker.organization,
        amount=amount,
        happened_on=how.pop("happened_on", day),
        papers=Papers(invoice=invoice),
        by=how.pop("by", None) or treasurer(cast, taker),
        on=day,
    )


def worked(agreement: Agreement, cast: Cast, amount: int, **how: Any) -> Delivery:
    """Have the print shop confirm it."""
    on = how.get("on", WORKED)
    return referred.confirm(delivery=tell(agreement, cast, amount, **how), by=cast.ana, on=on)


def paid(agreement: Agreement, cast: Cast, amount: int, *, taker: Book | None = None) -> Delivery:
    """Have a taker pay some of the fee, and the print shop confirm it."""
    taker = taker or cast.textil
    payment = deliveries.log_payment(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=taker.organization,
        receiver=cast.grafica.organization,
        amount=amount,
        happened_on=WORKED,
        papers=Papers(),
        by=treasurer(cast, taker),
        on=WORKED,
    )
    return referred.confirm(delivery=payment, by=cast.ana, on=WORKED)


def undone(delivery: Delivery, cast: Cast) -> Delivery:
    """Have the taker ask to undo it, and the print shop agree."""
    taker = delivery.giver
    by = treasurer(cast, taker.book)
    asked = reversals.ask(delivery=delivery, organization=taker, reason="Otra factura.", by=by, on=WORKED)
    return reversals.agree(delivery=asked, by=cast.ana, on=WORKED)


def held(book: Book, number: str, other: Book | None = None) -> int:
    """Return the balance of an account: minor units, debit above zero; nothing where it was never used."""
    found = Account.objects.filter(book=book, number=number, counterparty=other)
    return sum(found.values_list("balance__amount", flat=True))


def every_state(cast: Cast) -> dict[str, Agreement]:
    """Share customers of the print shop in each state, and have the mill share one with it."""
    found: dict[str, Agreement] = {}
    found["draft"] = propose(cast, by=cast.beto)
    found["proposed"] = offered(cast)
    received = found["received"] = offered(cast)
    agreements.sign(agreement=received, organization=cast.grafica.organization, by=cast.ana, on=AGREED)
    mine = tell(received, cast, 800_000_00, taker=cast.grafica)
    referred.confirm(delivery=mine, by=cast.mario, on=WORKED)
    for outcome in ("tender", "lost"):
        found[outcome] = accepted(cast, form="tender")
    how = {"organization": cast.grafica.organization, "by": cast.ana, "on": WORKED}
    referrals.decide(agreement=found["lost"], outcome="lost", decided_on=WORKED, **how)
    shares = [share(book, does="Mitad") for book in (cast.molino, cast.textil)]
    running = found["running"] = accepted(cast, *shares)
    done = worked(running, cast, 1_500_000_00, taker=cast.molino, invoice="A 1-2")
    mill = {"organization": cast.molino.organization, "by": cast.mario, "on": WORKED}
    reversals.ask(delivery=done, reason="Otra factura.", **mill)
    worked(running, cast, 700_000_00, taker=cast.textil, invoice="A 1-2")
    paid(running, cast, 10_000_00)
    tell(running, cast, 500_000_00, taker=cast.molino, invoice="A 1-3")
    return found
