"""Play what three of the demo network make together: school books, printed, bound and boxed, over some months."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, coproductions, deliveries, settlements, shared, stages
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.products import ProductTerms, StageTerms
from ledger.models.agreements import Agreement
from ledger.models.coproductions import Split
from ledger.models.deliveries import Delivery

SHOP, BINDER, BOXES = "grafica-barracas", "imprenta-el-puente", "cartones-parana"
PRICE, PAPER, GLUE = 42_000_000_00, 9_000_000_00, 380_000_00
#: Who does what, for which share in millionths.
STAGES = (
    (SHOP, "Impresión de los pliegos", 550_000, 60),
    (BINDER, "Encuadernación", 300_000, 25),
    (BOXES, "Cajas y embalaje", 150_000, 5),
)


class Books:
    """The three and what they make; days are counted back from the last one."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = {code: members[code] for code in (SHOP, BINDER, BOXES)}, until
        self.agreement: Agreement
        self.told: dict[str, Delivery] = {}

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day; the last two wait for their answer."""
        for ago, act, told in (
            (140, self.propose, {}),
            (138, self.sign, {"code": BINDER}),
            (137, self.sign, {"code": BOXES}),
            (128, self.buy, {"name": "paper", "buyer": SHOP, "what": "Papel", "amount": PAPER}),
            (126, self.say_so, {"name": "paper"}),
            (110, self.reach, {"number": 1, "percent": 40, "what": "8.000 pliegos"}),
            (109, self.go_on, {"name": "1: 40"}),
            (92, self.reach, {"number": 1, "percent": 100, "what": "12.000 pliegos"}),
            (91, self.go_on, {"name": "1: 100"}),
            (75, self.reach, {"number": 2, "percent": 60, "what": "12.000 libros"}),
            (74, self.go_on, {"name": "2: 60"}),
            (70, self.invoice, {"name": "first half", "amount": PRICE // 2}),
            (68, self.say_so, {"name": "first half"}),
            (45, self.collect, {"name": "paid", "amount": PRICE // 2 * 121 // 100}),
            (44, self.say_so, {"name": "paid"}),
            (40, self.settle, {"name": "binder", "receiver": BINDER}),
            (39, self.received, {"name": "binder"}),
            (30, self.reach, {"number": 2, "percent": 100, "what": "8.000 libros"}),
            (29, self.go_on, {"name": "2: 100"}),
            (20, self.pay, {"name": "boxes", "receiver": BOXES, "amount": 2_000_000_00}),
            (19, self.received, {"name": "boxes"}),
            (2, self.reach, {"number": 3, "percent": 70, "what": "700 cajas"}),
            (1, self.buy, {"name": "glue", "buyer": BOXES, "what": "Cola y flejes", "amount": GLUE}),
        ):
            day = self.until - dt.timedelta(days=ago)
            yield day, partial(act, on=day, **told)

    def propose(self, *, on: dt.date) -> None:
        """Write it down for the print shop, whose treasurer signs it by that."""
        shop = self.members[SHOP]
        self.agreement = coproductions.propose(
            key=uuid.uuid5(NAMESPACE, "books"),
            proposer=shop.organization,
            terms=ProductTerms(
                title="20.000 manuales escolares",
                customer="Una editorial universitaria",
                lead=shop.organization,
                price=PRICE,
                vat_rate=2100,
                split=Split.SHARES,
                costs=PAPER,
                costs_vat_rate=2100,
                agreed_on=on,
                resolution="Acta de consejo 63",
            ),
            stages=[
                StageTerms(
                    party=self.members[code].organization,
                    what=what,
                    part=share,
                    due_on=self.until - dt.timedelta(days=due),
                )
                for code, what, share, due in STAGES
            ],
            by=shop.treasurer,
            on=on,
        )

    def sign(self, *, code: str, on: dt.date) -> None:
        """Say yes for one of them."""
        us = self.members[code]
        agreements.sign(agreement=self.agreement, organization=us.organization, by=us.treasurer, on=on)

    def buy(self, *, name: str, buyer: str, what: str, amount: int, on: dt.date) -> None:
        """Buy something for all."""
        us = self.members[buyer]
        self.told[name] = shared.log_cost(
            agreement=self.agreement,
            key=self._key(name),
            buyer=us.organization,
            what=what,
            amount=amount,
            vat_rate=2100,
            happened_on=on,
            papers=self._papers(),
            by=us.treasurer,
            on=on,
        )

    def invoice(self, *, name: str, amount: int, on: dt.date) -> None:
        """Invoice the customer a part."""
        self.told[name] = shared.log_invoice(
            agreement=self.agreement,
            key=self._key(name),
            amount=amount,
            happened_on=on,
            papers=self._papers(),
            by=self.members[SHOP].treasurer,
            on=on,
        )

    def collect(self, *, name: str, amount: int, on: dt.date) -> None:
        """Note what the customer paid."""
        self.told[name] = shared.log_collection(
            agreement=self.agreement,
            key=self._key(name),
            amount=amount,
            happened_on=on,
            papers=self._papers(),
            by=self.members[SHOP].treasurer,
            on=on,
        )

    def say_so(self, *, name: str, on: dt.date) -> None:
        """Have all the others say that it was so."""
        for us in self.members.values():
            if us.organization != self.told[name].giver:
                shared.confirm(delivery=self.told[name], organization=us.organization, by=us.treasurer, on=on)

    def reach(self, *, number: int, percent: int, what: str, on: dt.date) -> None:
        """Say how far a stage is."""
        stage = self.agreement.stages.select_related("party").get(number=number)
        self.told[f"{number}: {percent}"] = stages.log(
            agreement=self.agreement,
            key=self._key(f"{number}: {percent}"),
            stage=stage,
            percent=percent,
            what=what,
            happened_on=on,
            papers=Papers(delivery_note=f"R 0011-{len(self.told) + 1:08d}"),
            by=self.members[stage.party.code].treasurer,
            on=on,
        )

    def go_on(self, *, name: str, on: dt.date) -> None:
        """Have whoever goes on with a stage say that it is so far."""
        told = self.told[name]
        stages.confirm(delivery=told, by=self.members[told.receiver.code].treasurer, on=on)

    def settle(self, *, name: str, receiver: str, on: dt.date) -> None:
        """Have the print shop settle with one of the others."""
        shop = self.members[SHOP]
        self.told[name] = settlements.log(
            agreement=self.agreement,
            key=self._key(name),
            giver=shop.organization,
            receiver=self.members[receiver].organization,
            happened_on=on,
            papers=self._papers(),
            by=shop.treasurer,
            on=on,
        )

    def pay(self, *, name: str, receiver: str, amount: int, on: dt.date) -> None:
        """Have the print shop pay one of the others something."""
        shop = self.members[SHOP]
        self.told[name] = deliveries.log_payment(
            agreement=self.agreement,
            key=self._key(name),
            giver=shop.organization,
            receiver=self.members[receiver].organization,
            amount=amount,
            happened_on=on,
            papers=self._papers(),
            by=shop.treasurer,
            on=on,
        )

    def received(self, *, name: str, on: dt.date) -> None:
        """Have whoever was paid say so."""
        told = self.told[name]
        settlements.confirm(delivery=told, by=self.members[told.receiver.code].treasurer, on=on)

    @staticmethod
    def _key(name: str) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"books {name}")

    def _papers(self) -> Papers:
        return Papers(invoice=f"A 0011-{len(self.told) + 1:08d}")
