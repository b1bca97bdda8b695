"""Story 8 as steps that tests take: the mill lends the print shop money, or flour, for two weeks.

The mill (Mario, Nora) lends, the print shop (Ana, Beto) borrows. The names are those of the cast.
"""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from ledger.actions import agreements, lent, loans, reversals
from ledger.actions.deliveries import Papers
from ledger.actions.lent import What
from ledger.actions.loans import Goods, Loan
from ledger.models import Account, Agreement, Book, Delivery
from network.models import Resolution
from tests import make
from tests.cast import Cast

AGREED = dt.date(2026, 4, 1)
BACK = dt.date(2026, 4, 16)
DUE = dt.date(2026, 4, 20)
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 12)
PAPERS = Papers(delivery_note="R 0001-00000012", invoice="Recibo X 3")


def goods(thing: str, code: str, quantity: int, value: int, vat_rate: int | None = None) -> Goods:
    return Goods(thing=thing, unit=make.unit(code), quantity=quantity, value=value, vat_rate=vat_rate)


def flour(quantity: int = 1_000_000, value: int = 300_000_00) -> Goods:
    """Return 1,000 kg of flour that cost 300 each."""
    return goods("Harina", "KG", quantity, value)


def money(cast: Cast, **changes: Any) -> Loan:
    """Return the terms of Story 8: 20,000 for two weeks."""
    told = {
        "lender": cast.molino.organization,
        "borrower": cast.grafica.organization,
        "title": "Para materia prima",
        "money": 20_000_00,
        "agreed_on": AGREED,
        "due_on": DUE,
    }
    return Loan(**(told | changes))


def things(cast: Cast, **changes: Any) -> Loan:
    """Return the terms of a loan of flour."""
    return money(cast, **({"money": None, "thing": flour(), "title": "Harina para dos semanas"} | changes))


def propose(cast: Cast, loan: Loan, *, by=None, key=None, on=AGREED) -> Agreement:
    proposer = cast.molino.organization
    return loans.propose(key=key or uuid.uuid4(), proposer=proposer, loan=loan, by=by or cast.mario, on=on)


def accepted(cast: Cast, loan: Loan) -> Agreement:
    agreement = propose(cast, loan)
    return agreements.sign(agreement=agreement, organization=cast.grafica.organization, by=cast.ana, on=AGREED)


def lend(agreement: Agreement, cast: Cast, amount: int, *, on: dt.date = AGREED, **how: Any) -> Delivery:
    told = {"key": uuid.uuid4(), "happened_on": on, "papers": PAPERS, "by": cast.nora, "on": on} | how
    return lent.lend(agreement=agreement, amount=amount, **told)


def lent_out(agreement: Agreement, cast: Cast, amount: int, *, on: dt.date = AGREED) -> Delivery:
    return lent.confirm(delivery=lend(agreement, cast, amount, on=on), by=cast.ana, on=on)


def give_back(agreement: Agreement, cast: Cast, what: What, *, on: dt.date = BACK, **how: Any) -> Delivery:
    told = {"key": uuid.uuid4(), "happened_on": on, "papers": PAPERS, "by": cast.beto, "on": on} | how
    return lent.give_back(agreement=agreement, what=what, **told)


def given_back(agreement: Agreement, cast: Cast, what: What, *, on: dt.date = BACK) -> Delivery:
    return lent.confirm(delivery=give_back(agreement, cast, what, on=on), by=cast.mario, on=on)


def decided(cast: Cast, *, on: dt.date = AGREED) -> Resolution:
    return make.resolution(cast.molino.organization, text="Se perdona lo que falta.", on=on)


def forgive(agreement: Agreement, cast: Cast, what: What, *, on: dt.date = BACK, **how: Any) -> Delivery:
    """Forgive for the mill, by a resolution of its assembly unless another one, or none, is named."""
    told = {"key": uuid.uuid4(), "happened_on": on, "papers": Papers(), "by": cast.mario, "on": on} | how
    told.setdefault("resolution", decided(cast))
    return lent.forgive(agreement=agreement, what=what, **told)


def forgiven(agreement: Agreement, cast: Cast, what: What, *, on: dt.date = BACK) -> Delivery:
    return lent.confirm(delivery=forgive(agreement, cast, what, on=on), by=cast.ana, on=on)


def held(book: Book, number: str) -> int:
    """Return the balance of an account with nobody on its other side: minor units, debit above zero."""
    found = Account.objects.filter(book=book, number=number, counterparty=None)
    return sum(found.values_list("balance__amount", flat=True))


def lines(delivery: Delivery, book: Book) -> set[tuple[str, int, int]]:
    """Return what was posted in a book: number, amount, quantity."""
    found = delivery.event.postings.filter(account__book=book)
    return {(each.account.number, each.amount, each.quantity or 0) for each in found.select_related("account")}


def every_state(cast: Cast) -> dict[str, Agreement]:
    """Have the print shop lend to the mill, and the mill to the print shop (`owing`), in each state."""
    lending = replace(cast, molino=cast.grafica, mario=cast.ana, nora=cast.beto, grafica=cast.molino, ana=cast.mario)
    lending = replace(lending, beto=cast.nora)
    bags = goods("Bolsas", "UN", 100, 10_000_00, 2100)
    found = {"draft": propose(lending, money(lending), by=cast.beto), "proposed": propose(cast, money(cast))}
    found["waiting"] = accepted(lending, money(lending))
    found["running"] = running = accepted(lending, things(lending))
    lent_out(running, lending, 600_000, on=STATES)
    give_back(running, lending, What(quantity=100_000), on=STATES)
    told = given_back(running, lending, What(quantity=50_000, worth=20_000_00), on=STATES)
    molino = cast.molino.organization
    reversals.ask(delivery=told, organization=molino, reason="Eran 40 kg.", by=cast.mario, on=STATES)
    found["owing"] = owing = accepted(cast, money(cast, back=bags))
    lent_out(owing, cast, 15_000_00, on=STATES)
    lend(owing, cast, 1_000_00, on=STATES)
    forgive(owing, cast, What(money=500_00), on=STATES)
    found["settled"] = settled = accepted(lending, things(lending))
    lent_out(settled, lending, 1_000_000, on=STATES)
    forgiven(settled, lending, What(quantity=1_000_000), on=STATES)
    return found
