"""Play loans of the demo network: money that is overdue by now, and flour that comes back at another price."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, lent, loans, vouchers
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.lent import What
from ledger.actions.loans import Goods, Loan
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Unit
from ledger.models.vouchers import Voucher

PRESS, PAPER, MILL = "grafica-barracas", "cartones-parana", "molino-los-andes"
#: In centavos, and grams.
MONEY, FLOUR, COST = 1_500_000_00, 2_000_000, 900_000_00


class Lending:
    """The press lends money to those who make its cardboard; the mill lends the press flour for its canteen."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until
        self.loans: dict[str, Agreement] = {}
        self.told: Delivery
        self.vouchers: list[Voucher]

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day; the last that is given back waits for its answer."""
        for ago, act, told in (
            (49, self.propose, {"lender": PRESS, "borrower": PAPER, "money": MONEY}),
            (48, self.sign, {"of": PRESS, "by": PAPER}),
            (47, self.lend, {"of": PRESS, "amount": MONEY, "by": PAPER}),
            (36, self.propose, {"lender": MILL, "borrower": PRESS, "grams": FLOUR}),
            (35, self.sign, {"of": MILL, "by": PRESS}),
            (34, self.lend, {"of": MILL, "amount": FLOUR, "by": PRESS}),
            (9, self.give_back, {"of": MILL, "what": What(quantity=1_200_000, worth=620_000_00), "by": PRESS}),
            (8, self.confirm, {"by": MILL}),
            (6, self.give_back, {"of": PRESS, "what": What(money=600_000_00), "by": PAPER}),
            (5, self.confirm, {"by": PRESS}),
            (3, self.print_out, {"of": MILL, "by": PRESS}),
            (1, self.enter, {"grams": 300_000, "by": PRESS}),
        ):
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    def propose(self, *, lender: str, borrower: str, on: dt.date, money: int | None = None, grams: int = 0) -> None:
        """Write it down for whoever lends, whose treasurer signs it by that."""
        us, thing = self.members[lender], None
        if grams:
            thing = Goods(thing="Harina 000", unit=Unit.objects.get(code="KG"), quantity=grams, value=COST)
        self.loans[lender] = loans.propose(
            key=uuid.uuid5(NAMESPACE, f"loan of {lender}"),
            proposer=us.organization,
            loan=Loan(
                lender=us.organization,
                borrower=self.members[borrower].organization,
                title="Para comprar pasta celulosa" if money else "Harina para el comedor",
                money=money,
                thing=thing,
                agreed_on=on,
                due_on=on + dt.timedelta(days=30 if money else 50),
                resolution="Acta de consejo 58",
            ),
            by=us.treasurer,
            on=on,
        )

    def sign(self, *, of: str, by: str, on: dt.date) -> None:
        """Say yes for whoever borrows."""
        us = self.members[by]
        agreements.sign(agreement=self.loans[of], organization=us.organization, by=us.treasurer, on=on)

    def lend(self, *, of: str, amount: int, by: str, on: dt.date) -> None:
        """Hand it over, and let the other side confirm it."""
        self.told = lent.lend(agreement=self.loans[of], amount=amount, **self._when(of, on))
        self.confirm(by=by, on=on)

    def give_back(self, *, of: str, what: What, by: str, on: dt.date) -> None:
        """Give back a part."""
        self.told = lent.give_back(agreement=self.loans[of], what=what, **self._when(by, on))

    def print_out(self, *, of: str, by: str, on: dt.date) -> None:
        """Print vouchers for the truck that takes flour back."""
        sheet = uuid.uuid5(NAMESPACE, f"vouchers of {by}")
        us = self.members[by]
        self.vouchers = vouchers.print_out(
            agreement=self.loans[of], organization=us.organization, sheet=sheet, count=4, by=us.treasurer, on=on
        )

    def enter(self, *, grams: int, by: str, on: dt.date) -> None:
        """Enter what came back on the first of them."""
        papers = Papers(delivery_note=f"R 0005-{on:%m%d%y}")
        vouchers.enter(
            voucher=self.vouchers[0],
            what="back:things",
            amount=grams,
            happened_on=on,
            papers=papers,
            by=self.members[by].treasurer,
            on=on,
        )

    def confirm(self, *, by: str, on: dt.date) -> None:
        """Confirm what was told last."""
        lent.confirm(delivery=self.told, by=self.members[by].treasurer, on=on)

    def _when(self, by: str, on: dt.date) -> dict[str, object]:
        return {
            "key": uuid.uuid5(NAMESPACE, f"lent by {by} {(self.until - on).days}"),
            "happened_on": on,
            "papers": Papers(delivery_note=f"R 0005-{on:%m%d%y}"),
            "by": self.members[by].treasurer,
            "on": on,
        }
