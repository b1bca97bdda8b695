"""The fund of the federation as steps that tests take: the print shop and the mill contribute, a clinic is helped.

Fede is the federation's treasurer; Ana and Mario are those of the two cooperatives. The names are those of the cast.
"""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import accounts, fund_answers, funded, funds, reconciliation
from ledger.actions.funded import Told
from ledger.models import Account, Book, Fund, FundAct, FundDecision, FundShare
from ledger.models.funded import FundKind
from network.models import Organization, User
from tests import make
from tests.cast import Cast

#: From when the terms hold.
SINCE = dt.date(2026, 1, 1)
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 18)


class Kept:
    """The federation with its book and a fund that levies 2 per cent."""

    def __init__(self, cast: Cast, *, body: Organization | None = None, fede: User | None = None) -> None:
        self.cast = cast
        body = body or cast.federacion
        self.book = Book.objects.filter(organization=body).first() or accounts.open_book(
            organization=body, unit=make.unit(), on=dt.date(2020, 1, 1)
        )
        self.fede = fede or make.officer("Fede", body)
        decided = make.resolution(body, text="Se crea el fondo.")
        funds.set_terms(
            book=self.book,
            basis_points=200,
            purpose="Ayuda a cooperativas que paran",
            since=SINCE,
            resolution=decided,
            by=self.fede,
            on=make.DAY,
        )

    @property
    def fund(self) -> Fund:
        """Return the fund as it is now."""
        return Fund.objects.select_related("book__organization", "book__unit").get(book=self.book)

    def officer(self, side: Organization) -> User:
        """Return who binds a side."""
        cast = self.cast
        sides = {cast.grafica.organization_id: cast.ana, cast.molino.organization_id: cast.mario}
        return sides.get(side.pk, self.fede)

    def tell(self, kind: FundKind, other: Book | None, amount: int | None, **how: Any) -> FundAct:
        """Tell of something for the federation, unless another teller is named."""
        teller = how.pop("teller", self.book)
        on = how.pop("on", make.DAY)
        by = how.pop("by", None) or self.officer(teller.organization)
        told = {"happened_on": on, "what": "Para el fondo", "papers": "Recibo 7"} | how
        key = told.pop("key", None) or uuid.uuid4()
        what = Told(kind=kind, other=other.organization if other else None, amount=amount, **told)
        return funded.log(key=key, fund=self.fund, teller=teller.organization, told=what, by=by, on=on)

    def confirm(self, act: FundAct, *, on: dt.date = make.DAY) -> FundAct:
        """Have an officer of whoever is asked say that it was so."""
        assert act.asked is not None
        return fund_answers.confirm(act=act, by=self.officer(act.asked), on=on)

    def levied(self, other: Book, amount: int, *, on: dt.date = make.DAY) -> FundAct:
        return self.confirm(self.tell(FundKind.LEVY, other, amount, on=on), on=on)

    def pay(self, levy: FundAct, amount: int, *, on: dt.date = make.DAY, **how: Any) -> FundAct:
        """Tell for whoever contributes that it paid."""
        book = Book.objects.get(organization=levy.other)
        return self.tell(FundKind.PAYMENT, book, amount, levy=levy, teller=book, on=on, **how)

    def paid(self, levy: FundAct, amount: int, *, on: dt.date = make.DAY) -> FundAct:
        return self.confirm(self.pay(levy, amount, on=on), on=on)

    def collected(self, other: Book, amount: int) -> FundAct:
        """Have somebody contribute and pay at once."""
        levy = self.levied(other, amount)
        self.paid(levy, amount)
        return levy

    def decide(self, amount: int, *, on: dt.date = make.DAY) -> FundDecision:
        decided = make.resolution(self.book.organization, text="Se ayuda.", on=on)
        return funds.decide(
            fund=self.fund, amount=amount, purpose="Ayuda de mayo", resolution=decided, by=self.fede, on=on
        )

    def spend(self, decision: FundDecision, amount: int, **how: Any) -> FundAct:
        """Spend on a supplier, who is in no register, unless somebody else is named."""
        other = how.pop("other", None)
        name = {} if other else {"name": "Ferretería Sur"}
        return self.tell(FundKind.SPENDING, other, amount, decision=decision, **name, **how)

    def undo(self, act: FundAct, *, on: dt.date = make.DAY) -> FundAct:
        """Have every side ask for it."""
        for side in act.sides:
            act = fund_answers.undo(act=act, organization=side, reason="Otro monto", by=self.officer(side), on=on)
        return act

    def share(self, other: Book) -> tuple[int, int, int]:
        """Return what somebody contributed, paid and received."""
        found = FundShare.objects.get(fund=self.book.pk, organization=other.organization)
        return found.contributed, found.collected, found.received

    def totals(self) -> tuple[int, int, int]:
        """Return what was contributed, collected and spent in all."""
        fund = self.fund
        return fund.contributed, fund.collected, fund.spent

    def account(self) -> int:
        """Return what the fund's account holds: above zero."""
        return -Account.objects.get(book=self.book, number="2301", unit=self.book.unit).balance.amount


def nothing_is_found() -> bool:
    return reconciliation.reconcile(full=True, clock=timezone.now).findings == 0


def every_state(cast: Cast) -> tuple[Fund, dict[str, FundAct]]:
    """Have the print shop contribute in each state; `owed` is to be paid, `paid` waits for the federation."""
    # Of a body of its own, so that the federation of the world stays as it is.
    kept = Kept(cast, body=make.organization("caja", kind="federation", name="Caja solidaria"))
    on = {"on": STATES}
    ours = cast.grafica
    acts = {"logged": kept.tell(FundKind.LEVY, ours, 100_00, **on), "owed": kept.levied(ours, 600_00, **on)}
    acts["paid"] = kept.pay(acts["owed"], 100_00, **on)
    kept.confirm(kept.pay(acts["owed"], 200_00, **on), **on)
    asked = kept.confirm(kept.tell(FundKind.GIFT, ours, 50_00, teller=ours, **on), **on)
    acts["asked"] = fund_answers.undo(
        act=asked, organization=kept.book.organization, reason="Otro recibo", by=kept.fede, on=STATES
    )
    acts["rejected"] = fund_answers.reject(
        act=kept.tell(FundKind.LEVY, ours, 9_00, **on), reason="No se acordó", by=cast.beto, on=STATES
    )
    decision = kept.decide(150_00, **on)
    acts["spent"] = kept.confirm(kept.spend(decision, 40_00, other=ours, **on), **on)
    return kept.fund, acts
