"""Play the round of the demo network: bags to the mill, flour to the bakery, bread to the print shop, all year."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import adjustments, agreements, barter, deliveries, terms
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.terms import LineTerms, Terms
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Act, Delivery
from ledger.models.units import Unit

SHOP, MILL, BAKERY = "grafica-barracas", "molino-los-andes", "panificadora-la-espiga"
BAGS, FLOUR, BREAD = "bolsas de papel madera", "harina 0000", "pan para el comedor"
#: What each gives: to whom, the thing, its unit, how much of it, VAT; all three are worth the same.
GIVEN = (
    (SHOP, MILL, BAGS, "UN", 20_000, 2100),
    (MILL, BAKERY, FLOUR, "KG", 2_000, 1050),
    (BAKERY, SHOP, BREAD, "KG", 600, 1050),
)
VALUE = 1_200_000_00
DUE_DAYS = 180


class Round:
    """The three and their agreement; days are counted back from the last one."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = {code: members[code] for code in (SHOP, MILL, BAKERY)}, until
        self.agreement: Agreement
        self.delivered: dict[str, Delivery] = {}

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        for ago, act, told in (
            (150, self.propose, {}),
            (148, self.sign, {"code": MILL}),
            (147, self.sign, {"code": BAKERY}),
            (140, self.deliver, {"name": "bags", "thing": BAGS, "quantity": 20_000}),
            (139, self.confirm, {"name": "bags"}),
            (120, self.deliver, {"name": "flour", "thing": FLOUR, "quantity": 1_000}),
            (119, self.confirm, {"name": "flour"}),
            (100, self.deliver, {"name": "bread", "thing": BREAD, "quantity": 200}),
            (99, self.confirm, {"name": "bread"}),
            (95, self.put_right, {"name": "burnt", "act": Act.RETURN, "thing": BREAD, "quantity": 20}),
            (94, self.confirm, {"name": "burnt"}),
            (60, self.put_right, {"name": "list", "act": Act.REVALUATION, "thing": FLOUR, "quantity": 1_000}),
            (58, self.confirm, {"name": "list"}),
            (40, self.deliver, {"name": "flour at 780", "thing": FLOUR, "quantity": 500, "worth": 390_000_00}),
            (38, self.confirm, {"name": "flour at 780"}),
            (2, self.deliver, {"name": "more bread", "thing": BREAD, "quantity": 150}),
            (1, self.put_right, {"name": "stained", "act": Act.ALLOWANCE, "thing": BAGS, "quantity": 500}),
        ):
            day = self.until - dt.timedelta(days=ago)
            yield day, partial(act, on=day, **told)

    def propose(self, *, on: dt.date) -> None:
        """Write the round down for the print shop, whose treasurer signs it by that."""
        organizations = {code: member.organization for code, member in self.members.items()}
        self.agreement = terms.log(
            kind="barter",
            key=uuid.uuid5(NAMESPACE, "round"),
            proposer=organizations[SHOP],
            others=[organizations[MILL], organizations[BAKERY]],
            terms=Terms(
                title="Ronda de bolsas, harina y pan",
                pegged_to_goods=True,
                agreed_on=on,
                due_on=on + dt.timedelta(days=DUE_DAYS),
                resolution="Acta de consejo 61",
            ),
            lines=[
                LineTerms(
                    giver=organizations[giver],
                    receiver=organizations[receiver],
                    thing=thing,
                    unit=(measured := Unit.objects.get(code=unit)),
                    quantity=quantity * 10**measured.scale,
                    value=VALUE,
                    vat_rate=vat_rate,
                )
                for giver, receiver, thing, unit, quantity, vat_rate in GIVEN
            ],
            by=self.members[SHOP].treasurer,
            on=on,
        )

    def sign(self, *, code: str, on: dt.date) -> None:
        """Say yes for one of them."""
        us = self.members[code]
        agreements.sign(agreement=self.agreement, organization=us.organization, by=us.treasurer, on=on)

    def deliver(self, *, name: str, thing: str, quantity: int, on: dt.date, worth: int | None = None) -> None:
        """Log a delivery of a thing, in whole units."""
        line = self.agreement.lines.select_related("measure__unit", "giver").get(thing=thing)
        number = len(self.delivered) + 1
        self.delivered[name] = deliveries.log(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"round {name}"),
            giver=line.giver,
            quantities={line.pk: quantity * 10**line.measure.unit.scale},
            worths={line.pk: worth} if worth else None,
            happened_on=on,
            papers=Papers(delivery_note=f"R 0009-{number:08d}", invoice=f"A 0009-{number:08d}"),
            by=self.members[line.giver.code].treasurer,
            on=on,
        )

    def put_right(self, *, name: str, act: Act, thing: str, quantity: int, on: dt.date) -> None:
        """Have whoever received a thing ask to put something right."""
        line = self.agreement.lines.select_related("measure__unit", "receiver").get(thing=thing)
        amount, reason = {
            Act.RETURN: (None, "Veinte kilos vinieron quemados."),
            Act.REVALUATION: (720_000_00, "Lista de precios del molino: 720 el kilo."),
            Act.ALLOWANCE: (15_000_00, "Un paquete de bolsas vino manchado."),
        }[act]
        self.delivered[name] = adjustments.log(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"round {name}"),
            act=act,
            line=line,
            organization=line.receiver,
            quantity=quantity * 10**line.measure.unit.scale,
            amount=amount,
            happened_on=on,
            reason=reason,
            by=self.members[line.receiver.code].treasurer,
            on=on,
        )

    def confirm(self, *, name: str, on: dt.date) -> None:
        """Say yes for whoever received it."""
        delivery = self.delivered[name]
        barter.confirm(delivery=delivery, by=self.members[delivery.receiver.code].treasurer, on=on)
