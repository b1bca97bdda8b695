"""Play a joint purchase of the demo network: three presses buy ink together, and a part still waits for its answer."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, bought, deliveries, passed_on, purchases
from ledger.actions.bought import Invoice
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.purchases import JointPurchase, Request
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.purchases import Purchase, PurchasePart
from ledger.models.units import Unit

BUYER, BRIDGE, PAPER = "grafica-barracas", "imprenta-el-puente", "cartones-parana"
#: Grams that each asks for, and at most so much for a kilogram.
ASKED, MOST = {BUYER: 200_000, BRIDGE: 120_000, PAPER: 80_000}, 9_500_00


class Ink:
    """The press buys ink in drums, which none of the three would use up alone."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until
        self.agreement: Agreement
        self.purchase: Purchase
        self.told: Delivery

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day; half of it is bought, one of two parts is confirmed and paid."""
        for ago, act, told in (
            (26, self.propose, {}),
            (25, self.sign, {"by": BRIDGE}),
            (24, self.sign, {"by": PAPER}),
            (12, self.buy, {}),
            (11, self.hand_over, {"to": BRIDGE}),
            (10, self.confirm, {"by": BRIDGE}),
            (4, self.pay, {"by": BRIDGE}),
            (3, self.confirm, {"by": BUYER}),
            (1, self.hand_over, {"to": PAPER}),
        ):
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    def propose(self, *, on: dt.date) -> None:
        """Write down who asks for how much."""
        us = self.members[BUYER]
        self.agreement = purchases.propose(
            key=uuid.uuid5(NAMESPACE, "joint purchase of ink"),
            proposer=us.organization,
            purchase=JointPurchase(
                buyer=us.organization,
                title="Tinta offset en tambores",
                thing="Tinta offset",
                unit=Unit.objects.get(code="KG"),
                requests=[
                    Request(organization=self.members[code].organization, quantity=quantity, most=MOST)
                    for code, quantity in ASKED.items()
                ],
                agreed_on=on,
                due_on=on + dt.timedelta(days=45),
                resolution="Acta de consejo 61",
            ),
            by=us.treasurer,
            on=on,
        )

    def sign(self, *, by: str, on: dt.date) -> None:
        """Say yes for one of those who ask."""
        us = self.members[by]
        agreements.sign(agreement=self.agreement, organization=us.organization, by=us.treasurer, on=on)

    def buy(self, *, on: dt.date) -> None:
        """Buy half of it, with freight."""
        self.purchase = bought.tell(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, "ink bought"),
            invoice=Invoice(
                supplier="Tintas del Plata S.A.",
                quantity=sum(ASKED.values()) // 2,
                net=1_760_000_00,
                vat_rate=2100,
                costs=64_000_00,
                costs_vat_rate=2100,
                number="A 0021-00008812",
            ),
            happened_on=on,
            by=self.members[BUYER].treasurer,
            on=on,
        )

    def hand_over(self, *, to: str, on: dt.date) -> None:
        """Hand one of them its part over."""
        parts = PurchasePart.objects.select_related("purchase__agreement", "request__organization")
        self.told = passed_on.hand_over(
            part=parts.get(purchase=self.purchase, request__organization=self.members[to].organization),
            key=uuid.uuid5(NAMESPACE, f"ink for {to}"),
            happened_on=on,
            papers=Papers(delivery_note=f"R 0005-{on:%m%d%y}"),
            by=self.members[BUYER].treasurer,
            on=on,
        )

    def confirm(self, *, by: str, on: dt.date) -> None:
        """Confirm what was told last."""
        passed_on.confirm(delivery=self.told, by=self.members[by].treasurer, on=on)

    def pay(self, *, by: str, on: dt.date) -> None:
        """Pay a part, all of it."""
        us = self.members[by]
        self.told = deliveries.log_payment(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"ink paid by {by}"),
            giver=us.organization,
            receiver=self.members[BUYER].organization,
            amount=self.purchase.parts.get(request__organization=us.organization).gross,
            happened_on=on,
            papers=Papers(invoice="Recibo X 0002-00000087"),
            by=us.treasurer,
            on=on,
        )
