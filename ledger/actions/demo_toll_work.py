"""Play toll work of the demo network: the print shop prints boxes of another's cardboard, and is paid partly in it."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, custody, deliveries, toll_work
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.toll_work import Amount, Toll
from ledger.core.toll_work import Taken
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Unit

OWNER, WORKER = "cartones-parana", "grafica-barracas"
CARDBOARD, BOXES = "Cartulina 300 g", "Cajas impresas"
#: Kilograms in grams; in centavos the fee, and what a kilogram had cost.
MATERIAL, PAID_IN, FEE, WORTH, PRICE = 2_000_000, 400_000, 6_000_000_00, 1_200_000_00, 2_100_00


class Printing:
    """The two and their boxes; days are counted back from the last one, and the last hand-over waits for its answer."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.owner, self.worker, self.until = members[OWNER], members[WORKER], until
        self.agreement: Agreement
        self.told: Delivery

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        for ago, act, told in (
            (58, self.propose, {}),
            (57, self.sign, {}),
            (55, self.hand_over, {"grams": 1_200_000}),
            (54, self.confirm, {"by": WORKER}),
            (33, self.deliver, {"boxes": 9_000, "taken": Taken(worked=1_080_000, waste=22_000)}),
            (31, self.confirm, {"by": OWNER}),
            (21, self.pay_in_kind, {"grams": 180_000}),
            (20, self.confirm, {"by": WORKER}),
            (12, self.pay, {"amount": 3_000_000_00}),
            (11, self.confirm, {"by": WORKER}),
            (2, self.hand_over, {"grams": 800_000}),
        ):
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    def propose(self, *, on: dt.date) -> None:
        """Write it down for whom the cardboard belongs to, whose treasurer signs it by that."""
        self.agreement = toll_work.propose(
            key=uuid.uuid5(NAMESPACE, "printed boxes"),
            proposer=self.owner.organization,
            toll=Toll(
                principal=self.owner.organization,
                worker=self.worker.organization,
                title="Impresión de cajas para alfajores",
                material=_amount(CARDBOARD, "KG", MATERIAL),
                allowed_waste=300,
                made=_amount(BOXES, "UN", 16_000),
                fee=FEE,
                vat_rate=2100,
                goods=_amount(CARDBOARD, "KG", PAID_IN),
                goods_value=WORTH,
                goods_vat_rate=2100,
                agreed_on=on,
                resolution="Acta de consejo 71",
            ),
            by=self.owner.treasurer,
            on=on,
        )

    def sign(self, *, on: dt.date) -> None:
        """Say yes for the print shop."""
        us = self.worker
        agreements.sign(agreement=self.agreement, organization=us.organization, by=us.treasurer, on=on)

    def hand_over(self, *, grams: int, on: dt.date) -> None:
        """Hand cardboard over."""
        self.told = custody.hand_over(
            agreement=self.agreement,
            key=self._key(on),
            quantity=grams,
            cost=grams * PRICE // 1000,
            account="1303",
            happened_on=on,
            papers=_papers(on),
            by=self.owner.treasurer,
            on=on,
        )

    def deliver(self, *, boxes: int, taken: Taken, on: dt.date) -> None:
        """Deliver boxes, and tell what became of the cardboard."""
        self.told = custody.deliver(
            agreement=self.agreement,
            key=self._key(on),
            made=boxes,
            taken=taken,
            waste_act="Acta de merma 5",
            happened_on=on,
            papers=_papers(on),
            by=self.worker.treasurer,
            on=on,
        )

    def pay_in_kind(self, *, grams: int, on: dt.date) -> None:
        """Pay a part of the fee in cardboard."""
        line = self.agreement.lines.get(giver=self.owner.organization)
        self.told = deliveries.log(
            agreement=self.agreement,
            key=self._key(on),
            giver=self.owner.organization,
            quantities={line.pk: grams},
            happened_on=on,
            papers=_papers(on),
            by=self.owner.treasurer,
            on=on,
        )

    def pay(self, *, amount: int, on: dt.date) -> None:
        """Pay a part in pesos."""
        self.told = deliveries.log_payment(
            agreement=self.agreement,
            key=self._key(on),
            giver=self.owner.organization,
            receiver=self.worker.organization,
            amount=amount,
            happened_on=on,
            papers=_papers(on),
            by=self.owner.treasurer,
            on=on,
        )

    def confirm(self, *, by: str, on: dt.date) -> None:
        """Confirm for one of them what was told last."""
        us = self.owner if by == OWNER else self.worker
        custody.confirm(delivery=self.told, by=us.treasurer, on=on)

    def _key(self, on: dt.date) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"printed boxes {(self.until - on).days}")


def _amount(thing: str, unit: str, quantity: int) -> Amount:
    return Amount(thing=thing, unit=Unit.objects.get(code=unit), quantity=quantity)


def _papers(on: dt.date) -> Papers:
    return Papers(delivery_note=f"R 0003-{on:%m%d%y}", invoice="")
