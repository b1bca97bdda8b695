"""Story 2 as steps that tests take: cloth of the textile cooperative, sewn into uniforms by the print shop's hands.

The textile cooperative (Carla) is the principal; the mill (Mario, Nora) sews. The names are those of the cast.
"""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from ledger.actions import agreements, custody, deliveries, reversals, toll_work
from ledger.actions.deliveries import Papers
from ledger.actions.toll_work import Amount, Toll
from ledger.core.toll_work import Taken
from ledger.models import Account, Agreement, Book, Delivery
from tests import make
from tests.cast import Cast

AGREED = dt.date(2026, 5, 2)
HANDED = dt.date(2026, 5, 4)
SEWN = dt.date(2026, 5, 22)
CLOTH_DAY = dt.date(2026, 5, 29)
PAID = dt.date(2026, 6, 5)
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 12)
PAPERS = Papers(delivery_note="R 0001-00000012", invoice="A 34")


def amount(thing: str, code: str, quantity: int) -> Amount:
    return Amount(thing=thing, unit=make.unit(code), quantity=quantity)


def terms(cast: Cast, **changes: Any) -> Toll:
    """Return the terms of Story 2: 1,500 m, 1,000 uniforms at 3,000, 60 % of the fee in 450 m of cloth at 4,000."""
    told = {
        "principal": cast.textil.organization,
        "worker": cast.molino.organization,
        "title": "Uniformes de trabajo",
        "material": amount("Tela", "M", 1_500_00),
        "allowed_waste": 200,
        "made": amount("Uniformes", "UN", 1_000),
        "fee": 3_000_000_00,
        "vat_rate": 2100,
        "goods": amount("Tela", "M", 450_00),
        "goods_value": 1_800_000_00,
        "goods_vat_rate": 2100,
        "agreed_on": AGREED,
        "resolution": "Acta 12",
    }
    return Toll(**(told | changes))


def propose(cast: Cast, *, by=None, key=None, on=AGREED, **changes: Any) -> Agreement:
    proposer = cast.textil.organization
    return toll_work.propose(
        key=key or uuid.uuid4(), proposer=proposer, toll=terms(cast, **changes), by=by or cast.carla, on=on
    )


def accepted(cast: Cast, **changes: Any) -> Agreement:
    agreement = propose(cast, **changes)
    return agreements.sign(agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED)


def hand_over(agreement: Agreement, cast: Cast, quantity: int = 1_500_00, **how: Any) -> Delivery:
    """Hand cloth over: 1,500 m that cost 3,100 each."""
    day = how.pop("on", HANDED)
    return custody.hand_over(
        agreement=agreement,
        key=how.pop("key", None) or uuid.uuid4(),
        quantity=quantity,
        cost=how.pop("cost", quantity * 3_100),
        account=how.pop("account", "1303"),
        happened_on=day,
        papers=PAPERS,
        by=how.pop("by", cast.carla),
        on=day,
    )


def handed(agreement: Agreement, cast: Cast, quantity: int = 1_500_00, **how: Any) -> Delivery:
    delivery = hand_over(agreement, cast, quantity, **how)
    return custody.confirm(delivery=delivery, by=cast.mario, on=delivery.happened_on)


def sew(agreement: Agreement, cast: Cast, made: int = 1_000, *taken: int, **how: Any) -> Delivery:
    """Deliver uniforms: of 1,450 m, with 30 m of waste, 20 m given back."""
    worked, waste, returned = taken or (1_450_00, 30_00, 20_00)
    day = how.pop("on", SEWN)
    return custody.deliver(
        agreement=agreement,
        key=how.pop("key", None) or uuid.uuid4(),
        made=made,
        taken=Taken(worked=worked, waste=waste, returned=returned),
        waste_act="Merma 3",
        happened_on=day,
        papers=PAPERS,
        by=how.pop("by", cast.nora),
        on=day,
    )


def sewn(agreement: Agreement, cast: Cast, made: int = 1_000, *taken: int, **how: Any) -> Delivery:
    delivery = sew(agreement, cast, made, *taken, **how)
    return custody.confirm(delivery=delivery, by=cast.carla, on=delivery.happened_on)


def tell_cloth(agreement: Agreement, cast: Cast, quantity: int, *, on: dt.date = CLOTH_DAY) -> Delivery:
    """Write down that a part of the fee was paid in cloth."""
    line = agreement.lines.get(giver=cast.textil.organization)
    return deliveries.log(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=cast.textil.organization,
        quantities={line.pk: quantity},
        happened_on=on,
        papers=PAPERS,
        by=cast.carla,
        on=on,
    )


def cloth(agreement: Agreement, cast: Cast, quantity: int = 450_00, *, on: dt.date = CLOTH_DAY) -> Delivery:
    """Pay a part of the fee in cloth."""
    return custody.confirm(delivery=tell_cloth(agreement, cast, quantity, on=on), by=cast.mario, on=on)


def pay(agreement: Agreement, cast: Cast, minor: int, *, on: dt.date = PAID, is_back: bool = False) -> Delivery:
    """Write down that the fee was paid in money, or that what was paid too much was paid back."""
    sides = (cast.textil.organization, cast.molino.organization)
    giver, receiver = reversed(sides) if is_back else sides
    return deliveries.log_payment(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=giver,
        receiver=receiver,
        amount=minor,
        happened_on=on,
        papers=Papers(invoice="Recibo X 12"),
        by=cast.mario if is_back else cast.carla,
        on=on,
    )


def paid(agreement: Agreement, cast: Cast, minor: int = 1_452_000_00, *, on: dt.date = PAID) -> Delivery:
    return custody.confirm(delivery=pay(agreement, cast, minor, on=on), by=cast.mario, on=on)


def held(book: Book, number: str) -> int:
    """Return the balance of an account with nobody on its other side: minor units, debit above zero."""
    found = Account.objects.filter(book=book, number=number, counterparty=None)
    return sum(found.values_list("balance__amount", flat=True))


def lines(delivery: Delivery, book: Book) -> list[tuple[str, str, int, int]]:
    """Return what was posted in a book: number, unit of the account or of its peg, amount, quantity."""
    found = delivery.event.postings.filter(account__book=book).order_by("line")
    return [
        (
            each.account.number,
            (each.account.peg or each.account).unit.code,
            each.amount,
            each.quantity or 0,
        )
        for each in found.select_related("account__peg__unit", "account__unit")
    ]


def every_state(cast: Cast) -> dict[str, Agreement]:
    """Have the print shop give toll work to the mill, and do some for it, in each state."""
    giving = replace(cast, textil=cast.grafica, carla=cast.ana)
    working = replace(cast, textil=cast.molino, carla=cast.mario, molino=cast.grafica, mario=cast.ana, nora=cast.beto)
    on = STATES
    found = {"draft": propose(giving, by=cast.beto), "proposed": propose(working)}
    found["running"] = running = accepted(giving)
    handed(running, giving, 1_000_00, on=on)
    told = sewn(running, giving, 100, 145_00, 2_00, 0, on=on)
    molino = cast.molino.organization
    reversals.ask(delivery=told, organization=molino, reason="Otro corte.", by=cast.mario, on=on)
    found["working"] = at_work = accepted(working)
    handed(at_work, working, 1_000_00, on=on)
    hand_over(at_work, working, 500_00, on=on)
    found["settled"] = settled = accepted(giving)
    for step in (handed, sewn, cloth, paid):
        step(settled, giving, on=on)
    return found
