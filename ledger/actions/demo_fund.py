"""Play the solidarity fund of a federation of the demo network: levies, one of them unpaid, a gift, and help."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import demo_people, fund_answers, funded, funds
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.funded import Told
from ledger.core.demo_network import SUR
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund
from network.models.organizations import Organization

#: Whose treasurer is the federation's secretary.
SECRETARY = "caldereria-berisso"
SHOP, MEAT, BAKERY = "grafica-barracas", "frigorifico-la-unidad", "panificadora-la-espiga"


class Common:
    """What is done with the fund, once the federation keeps a book; days are counted back from the last one."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        acts: tuple[tuple[int, Callable[..., object], dict[str, object]], ...] = (
            (220, self.open, {}),
            (130, self.levy, {"of": MEAT, "earned": 9_000_000, "paid": 180_000}),
            (118, self.levy, {"of": SHOP, "earned": 4_000_000, "paid": 50_000}),
            (90, self.gift, {}),
            (60, self.help, {}),
            (4, self.ask, {"of": SHOP, "earned": 2_500_000}),
            (4, self.ask, {"of": BAKERY, "earned": 1_500_000}),
        )
        for ago, act, told in acts:
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    @property
    def federation(self) -> Organization:
        """Whose fund it is."""
        return Organization.objects.get(code=SUR)

    @property
    def fund(self) -> Fund:
        """The fund as it is now."""
        return Fund.objects.select_related("book__organization", "book__unit").get(book__organization__code=SUR)

    def open(self, *, on: dt.date) -> None:
        """Open the fund, as the assembly of the federation decided."""
        decided = demo_people.resolved(self.federation, "Se crea el fondo solidario con un 2 %.", on=on)
        funds.set_terms(
            book=self.federation.book,
            basis_points=200,
            purpose="Ayuda a cooperativas que paran y a la comunidad",
            since=on,
            resolution=decided,
            by=self.members[SECRETARY].treasurer,
            on=on,
        )

    def ask(self, *, of: str, earned: int, on: dt.date) -> FundAct:
        """Ask a member for the rate of what it earned with others."""
        member = self.members[of].organization
        told = {"other": member, "what": "Pedidos en conjunto", "base": earned * 100}
        return self._log(FundKind.LEVY, of=self.federation, on=on, **told)

    def levy(self, *, of: str, earned: int, paid: int, on: dt.date) -> None:
        """Ask a member, which agrees and pays so much of it."""
        member, secretary = self.members[of], self.members[SECRETARY].treasurer
        levy = fund_answers.confirm(act=self.ask(of=of, earned=earned, on=on), by=member.treasurer, on=on)
        told = {"other": member.organization, "levy": levy, "amount": paid * 100}
        payment = self._log(FundKind.PAYMENT, of=member.organization, on=on, **told)
        fund_answers.confirm(act=payment, by=secretary, on=on)

    def gift(self, *, on: dt.date) -> None:
        """Note what a union gave."""
        self._log(FundKind.GIFT, of=self.federation, on=on, name="Sindicato Gráfico", amount=40_000_00, papers="R 118")

    def help(self, *, on: dt.date) -> None:
        """Help the bakery, whose oven broke, as the assembly decided."""
        decided = demo_people.resolved(self.federation, "Hasta 150.000 para el horno de La Espiga.", on=on)
        secretary = self.members[SECRETARY].treasurer
        decision = funds.decide(
            fund=self.fund, amount=150_000_00, purpose="El horno de La Espiga", resolution=decided, by=secretary, on=on
        )
        bakery = self.members[BAKERY]
        told = {"other": bakery.organization, "decision": decision, "what": "Arreglo del horno", "amount": 120_000_00}
        spent = self._log(FundKind.SPENDING, of=self.federation, on=on, **told)
        fund_answers.confirm(act=spent, by=bakery.treasurer, on=on)

    def _log(self, kind: FundKind, *, of: Organization, on: dt.date, **told: object) -> FundAct:
        whose = SECRETARY if of.code == SUR else of.code
        key = uuid.uuid5(NAMESPACE, f"fund {kind} {getattr(told.get('other'), 'code', '')} {(self.until - on).days}")
        what = Told(kind=kind, happened_on=on, **told)  # type: ignore[arg-type]  # each by its name
        return funded.log(key=key, fund=self.fund, teller=of, told=what, by=self.members[whose].treasurer, on=on)
