"""The barter of Story 1 as steps that tests take: propose, accept, deliver and confirm, each as who may."""

import datetime as dt
import uuid

from ledger.actions import adjustments, agreements, barter, deliveries, terms
from ledger.actions.deliveries import Papers
from ledger.actions.facts import Line
from ledger.actions.terms import LineTerms, Terms
from ledger.models import Agreement, Delivery
from ledger.models.deliveries import Act
from tests import make
from tests.cast import Cast

AGREED = dt.date(2023, 11, 18)
BAGS_DAY = dt.date(2023, 11, 20)
FLOUR_DAY = dt.date(2023, 11, 27)
MEMBERS_DAY = dt.date(2023, 11, 28)


def propose(cast: Cast, *, by=None, on=AGREED, pegged_to_goods: bool = True, key=None, **changes) -> Agreement:
    """Propose Story 1: 60,000 printed bags for 4,000 kg of flour."""
    lines = [
        LineTerms(
            giver=cast.grafica.organization,
            receiver=cast.molino.organization,
            thing="Bolsas impresas",
            unit=make.unit("UN"),
            quantity=60_000,
            value=1_200_000_00,
            vat_rate=2100,
        ),
        LineTerms(
            giver=cast.molino.organization,
            receiver=cast.grafica.organization,
            thing="Harina 000",
            unit=make.unit("KG"),
            quantity=4_000_000,
            value=1_200_000_00,
            vat_rate=1050,
        ),
    ]
    return terms.log(
        kind="barter",
        key=key or uuid.uuid4(),
        proposer=cast.grafica.organization,
        others=[changes.get("partner", cast.molino.organization)],
        terms=Terms(
            title="Bolsas por harina",
            pegged_to_goods=pegged_to_goods,
            agreed_on=changes.get("agreed_on", on),
            due_on=changes.get("due_on"),
            resolution="Acta 31",
        ),
        lines=changes.get("lines", lines),
        by=by or cast.ana,
        on=on,
    )


def accepted(cast: Cast, **how) -> Agreement:
    agreement = propose(cast, **how)
    return agreements.sign(agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED)


def deliver(agreement: Agreement, thing: str, quantity: int, *, by, on: dt.date, key=None, worth=None) -> Delivery:
    line = agreement.lines.get(thing=thing)
    return deliveries.log(
        agreement=agreement,
        key=key or uuid.uuid4(),
        giver=line.giver,
        quantities={line.pk: quantity},
        worths={line.pk: worth} if worth else None,
        happened_on=on,
        papers=Papers(delivery_note="R 0001-00000012", invoice="A 34"),
        by=by,
        on=on,
    )


def bags(agreement: Agreement, cast: Cast, quantity: int = 60_000) -> Delivery:
    """Deliver bags and have the mill confirm them."""
    delivery = deliver(agreement, "Bolsas impresas", quantity, by=cast.beto, on=BAGS_DAY)
    return barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)


def flour(
    agreement: Agreement, cast: Cast, quantity: int = 2_000_000, *, on: dt.date = FLOUR_DAY, worth: int | None = None
) -> Delivery:
    """Deliver flour and have the print shop confirm it."""
    delivery = deliver(agreement, "Harina 000", quantity, by=cast.nora, on=on, worth=worth)
    return barter.confirm(delivery=delivery, by=cast.ana, on=on)


def own(cast: Cast, book, memo: str, debit: str, credit: str, amount: int, *, on: dt.date) -> None:
    """Post an entry of one book's own: the cost of goods, flour for the members."""
    lines = [
        Line(account=make.account(book, debit), amount=amount),
        Line(account=make.account(book, credit), amount=-amount),
    ]
    make.event(lines, on=on, memo=memo)


def put_right(agreement: Agreement, cast: Cast, act: Act, thing: str, quantity: int, **how) -> Delivery:
    """Write an adjustment down for one side, by its treasurer."""
    who = how.pop("who", cast.grafica)
    on = how.pop("on", FLOUR_DAY)
    how.setdefault("key", uuid.uuid4())
    how.setdefault("reason", "Lo hablamos")
    return adjustments.log(
        agreement=agreement,
        act=act,
        line=agreement.lines.get(thing=thing),
        organization=who.organization,
        quantity=quantity,
        happened_on=on,
        by=cast.ana if who == cast.grafica else cast.mario,
        on=on,
        **how,
    )


def agreed(delivery: Delivery, cast: Cast, *, on: dt.date = FLOUR_DAY) -> Delivery:
    """Have the other side say yes."""
    by = cast.mario if delivery.receiver == cast.molino.organization else cast.ana
    return barter.confirm(delivery=delivery, by=by, on=on)


def pay(agreement: Agreement, cast: Cast, amount: int, *, on: dt.date) -> None:
    """Have the mill pay the print shop."""
    payment = deliveries.log_payment(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=cast.molino.organization,
        receiver=cast.grafica.organization,
        amount=amount,
        happened_on=on,
        papers=Papers(invoice="Recibo X 12"),
        by=cast.nora,
        on=on,
    )
    barter.confirm(delivery=payment, by=cast.ana, on=on)
