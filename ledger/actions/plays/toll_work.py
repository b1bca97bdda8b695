"""Steps of scenarios: toll work, from the first word to what becomes of the material."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, custody, toll_work
from ledger.actions.plays.barter import Handed
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.toll_work import Amount, Toll
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, RATE, TEXT, Measured, many, one_of
from ledger.core.toll_work import Taken
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.toll_work import StockAccount
from network.models.organizations import Organization
from network.models.people import User


@dataclass(frozen=True, kw_only=True)
class AgreeTollWork(Act):
    """Propose toll work: one works the material of another for a fee. Written by an officer, it is signed by that."""

    verb = "agree: toll work"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    principal: str = told(NAME, "The code of whose material it is.")
    worker: str = told(NAME, "The code of whoever works it.")
    proposer: str = told(NAME, "The code of whoever proposes, if it is not the principal.", default="")
    title: str = told(TEXT, "What it is about.")
    material: Measured = told(GOODS, "What is handed over, and how much of it at most.")
    waste: int = told(RATE, "How much of it may be lost, in per cent of what is handed over.", default=0)
    makes_of_it: Measured = told(GOODS, "What is made of it, and how much.", key="makes")
    fee: Decimal = told(NUMBER, "The fee for all of it, without VAT, in the money of the proposer's book.")
    vat: int | None = told(RATE, "The VAT on the fee, in per cent; without it, none is charged.", default=None)
    goods: Measured | None = told(GOODS, "What of the fee is paid in goods: how much of what.", default=None)
    worth: Decimal = told(NUMBER, "What those goods are worth, without VAT.", default=Decimal())
    goods_vat: int | None = told(RATE, "The VAT on the goods, in per cent.", default=None)
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    due: dt.date | None = told(DAY, "The last day to deliver.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(
        many(NAME), "An officer of the other side, who signs on the same day.", default=()
    )

    def act(self, stage: Stage, by: User) -> None:
        proposer = self.proposer or self.principal
        unit = stage.book(proposer, self).unit
        agreement = toll_work.propose(
            key=stage.key(self),
            proposer=stage.organization(proposer, self),
            toll=Toll(
                principal=stage.organization(self.principal, self),
                worker=stage.organization(self.worker, self),
                title=self.title,
                material=self._amount(self.material, stage),
                allowed_waste=self.waste,
                made=self._amount(self.makes_of_it, stage),
                fee=stage.minor(self.fee, unit, self),
                vat_rate=self.vat,
                goods=self._amount(self.goods, stage) if self.goods else None,
                goods_value=stage.minor(self.worth, unit, self),
                goods_vat_rate=self.goods_vat,
                agreed_on=day_of(self.agreed, self),
                due_on=self.due,
                resolution=self.resolution,
            ),
            by=by,
            on=self.on,
        )
        stage.keep(self.name, agreement, self)
        for name in self.signed_by if not stage.is_again else ():
            signer = stage.person(name, self)
            agreements.sign(agreement=agreement, organization=stage.homes[signer.pk], by=signer, on=self.on)

    def _amount(self, what: Measured, stage: Stage) -> Amount:
        unit = stage.unit(what.unit, self)
        return Amount(thing=what.thing, unit=unit, quantity=stage.minor(what.number, unit, self))


@dataclass(frozen=True, kw_only=True)
class HandOver(Handed):
    """Hand material over to be worked; it counts once whoever works it confirms it."""

    verb = "hand_over"
    quantity: Decimal = told(NUMBER, "How much of the material, in its unit.")
    cost: Decimal = told(NUMBER, "What it had cost its owner, who alone reads it.")
    account: str = told(one_of(*StockAccount.values), "The account from which it is taken.", default="1301")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        return custody.hand_over(
            agreement=agreement,
            key=stage.key(self),
            quantity=stage.minor(self.quantity, agreement.toll.material.unit, self),
            cost=stage.minor(self.cost, agreement.unit, self),
            account=self.account,
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class Work(Handed):
    """Deliver what was made, and tell what became of the material; it counts once its owner confirms it."""

    verb = "worked"
    made: Decimal = told(NUMBER, "How many products; none where leftovers go back by themselves.", default=Decimal())
    used: Decimal = told(NUMBER, "How much of the material is in them, in its unit.", default=Decimal())
    waste: Decimal = told(NUMBER, "How much of it was lost.", default=Decimal())
    returned: Decimal = told(NUMBER, "How much of it goes back.", default=Decimal())
    waste_act: str = told(TEXT, "The number of the act of waste (acta de merma).", default="")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        material = agreement.toll.material.unit
        made_in = agreement.lines.get(giver=agreement.toll.worker).measure.unit
        return custody.deliver(
            agreement=agreement,
            key=stage.key(self),
            made=stage.minor(self.made, made_in, self),
            taken=Taken(
                worked=stage.minor(self.used, material, self),
                waste=stage.minor(self.waste, material, self),
                returned=stage.minor(self.returned, material, self),
            ),
            waste_act=self.waste_act,
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


STEPS: tuple[type[Play], ...] = (AgreeTollWork, HandOver, Work)
