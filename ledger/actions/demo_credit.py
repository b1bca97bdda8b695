"""Play the credit of a federation of the demo network: a plus for the print shop's members, who spend it next door."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ledger.actions import accounts, credit, credit_answers, credited, demo_people
from ledger.actions.credited import Told
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.core.credit import vat_within
from ledger.core.demo_network import SUR
from ledger.core.demo_referrals import CREDIT
from ledger.models.accounts import Book
from ledger.models.credited import CreditAct, CreditKind
from ledger.models.units import Unit
from network.models.organizations import Organization

#: Whose treasurer is the federation's secretary.
SECRETARY = "caldereria-berisso"
SHOP, MEAT, BAKERY, PASTA, KITCHEN = (
    "grafica-barracas",
    "frigorifico-la-unidad",
    "panificadora-la-espiga",
    "pastas-el-trigal",
    "comedor-la-olla",
)
#: How far below zero each may go, in pesos.
LIMITS = {SHOP: 600_000, MEAT: 300_000, BAKERY: 300_000, PASTA: 300_000, KITCHEN: 0}
PLUS, PEOPLE = 510_000, 34


class Loop:
    """What is done in the credit; days are counted back from the last one, and the last sale waits for its answer."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until
        self.unit: Unit
        self.book: Book

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        to_members: dict[str, Any] = {"to": SHOP, "of_members": True}
        told: dict[str, Any]
        for ago, act, told in (
            (235, self.open, {}),
            (150, self.pay_plus, {}),
            (140, self.sell, {"seller": MEAT, "amount": 320_000, "vat": 1050, **to_members}),
            (119, self.sell, {"seller": SHOP, "amount": 242_000, "vat": 2100, "to": MEAT}),
            (96, self.sell, {"seller": KITCHEN, "amount": 90_000, "vat": 2100, **to_members}),
            (3, self.tell, {"seller": BAKERY, "amount": 60_000, "vat": 1050, **to_members}),
        ):
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    def open(self, *, on: dt.date) -> None:
        """Let the federation keep a book, open its credit and set limits, as its assembly decided."""
        federation = Organization.objects.get(code=SUR)
        self.book = accounts.open_book(organization=federation, unit=Unit.objects.get(code="ARS"), on=on)
        decided = demo_people.resolved(federation, "Se abre el surco, a la par del peso, con sus límites.", on=on)
        self.unit = credit.open_unit(
            issuer=self.book, code=CREDIT, name_es="surco", name_en="surco", resolution=decided, by=None, on=on
        )
        for code, amount in LIMITS.items():
            credit.set_limit(
                issuer=self.book,
                unit=self.unit,
                member=self.members[code].book,
                amount=amount * 100,
                resolution=decided,
                by=self.members[SECRETARY].treasurer,
                on=on,
            )

    def pay_plus(self, *, on: dt.date) -> None:
        """Pay the members of the print shop a plus."""
        shop = self.members[SHOP]
        decided = demo_people.resolved(shop.organization, "Se paga un plus en surcos.", on=on)
        told = Told(
            kind=CreditKind.PLUS,
            credit=self.unit,
            other=shop.organization,
            amount=PLUS * 100,
            happened_on=on,
            of_members=True,
            people=PEOPLE,
            papers="Planilla de plus 1",
            resolution=decided,
        )
        self._log(shop, told, on=on)

    def tell(self, *, seller: str, to: str, amount: int, vat: int, on: dt.date, of_members: bool = False) -> CreditAct:
        """Tell of a sale for credit, VAT included."""
        told = Told(
            kind=CreditKind.SALE,
            credit=self.unit,
            other=self.members[to].organization,
            amount=amount * 100,
            happened_on=on,
            of_members=of_members,
            vat=vat_within(amount * 100, basis_points=vat),
            papers=f"Tickets {on:%m%y}" if of_members else f"A 0009-{on:%m%d%y}",
        )
        return self._log(self.members[seller], told, on=on)

    def sell(self, *, seller: str, to: str, amount: int, vat: int, on: dt.date, of_members: bool = False) -> None:
        """Tell of a sale, and have it confirmed."""
        act = self.tell(seller=seller, to=to, amount=amount, vat=vat, on=on, of_members=of_members)
        credit_answers.confirm(act=act, stock="1301", by=self.members[to].treasurer, on=on)

    def _log(self, teller: Member, told: Told, *, on: dt.date) -> CreditAct:
        key = uuid.uuid5(NAMESPACE, f"credit {(self.until - on).days}")
        return credited.log(key=key, teller=teller.organization, told=told, by=teller.treasurer, on=on)
