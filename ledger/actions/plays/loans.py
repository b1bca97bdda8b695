"""Steps of scenarios: a loan, from the first word to what is given back or forgiven."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ledger.actions import agreements, lent, loans
from ledger.actions.lent import What
from ledger.actions.loans import Goods, Loan
from ledger.actions.plays.barter import Handed
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, RATE, TEXT, Measured, many
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class AgreeLoan(Act):
    """Propose a loan of money, or of a thing that is given back in the same. By an officer, it is signed by that."""

    verb = "agree: loan"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    lender: str = told(NAME, "The code of whoever lends.")
    borrower: str = told(NAME, "The code of whoever borrows.")
    proposer: str = told(NAME, "The code of whoever proposes, if it is not the lender.", default="")
    title: str = told(TEXT, "What it is about.")
    money: Decimal | None = told(NUMBER, "How much money is lent, in that of the proposer's book.", default=None)
    thing: Measured | None = told(GOODS, "Or how much of what.", default=None)
    cost: Decimal = told(NUMBER, "What that thing had cost the lender, in all.", default=Decimal())
    back: Measured | None = told(GOODS, "The goods by which money may be given back.", default=None)
    worth: Decimal = told(NUMBER, "What those goods are worth, without VAT.", default=Decimal())
    vat: int | None = told(RATE, "The VAT on those goods, in per cent.", default=None)
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    due: dt.date = told(DAY, "The day by which it is given back.")
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(
        many(NAME), "An officer of the other side, who signs on the same day.", default=()
    )

    def act(self, stage: Stage, by: User) -> None:
        proposer = self.proposer or self.lender
        unit = stage.book(proposer, self).unit
        agreement = loans.propose(
            key=stage.key(self),
            proposer=stage.organization(proposer, self),
            loan=Loan(
                lender=stage.organization(self.lender, self),
                borrower=stage.organization(self.borrower, self),
                title=self.title,
                money=None if self.money is None else stage.minor(self.money, unit, self),
                thing=self._goods(self.thing, stage.minor(self.cost, unit, self), stage),
                back=self._goods(self.back, stage.minor(self.worth, unit, self), stage),
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

    def _goods(self, what: Measured | None, value: int, stage: Stage) -> Goods | None:
        if what is None:
            return None
        unit = stage.unit(what.unit, self)
        quantity = stage.minor(what.number, unit, self)
        return Goods(thing=what.thing, unit=unit, quantity=quantity, value=value, vat_rate=self.vat)


@dataclass(frozen=True, kw_only=True)
class OfLoan(Handed):
    """What is lent, given back or forgiven: money, or so much of a thing."""

    amount: Decimal | None = told(NUMBER, "How much money.", default=None)
    quantity: Decimal | None = told(NUMBER, "Or how much of the thing, in its unit.", default=None)

    def what(self, stage: Stage, agreement: Agreement, worth: Decimal | None = None) -> What:
        """Return it in minor units."""
        if self.amount is not None:
            return What(money=stage.minor(self.amount, agreement.unit, self))
        unit = agreement.lines.select_related("measure__unit").get().measure.unit
        priced = None if worth is None else stage.minor(worth, agreement.unit, self)
        return What(quantity=stage.minor(self.quantity or Decimal(), unit, self), worth=priced)

    def when(self, stage: Stage, by: User) -> dict[str, Any]:
        """Return its day, its papers and who writes it."""
        told = {"key": stage.key(self), "happened_on": day_of(self.happened, self), "papers": self.papers}
        return told | {"by": by, "on": self.on}


@dataclass(frozen=True, kw_only=True)
class Lend(OfLoan):
    """Hand over what is lent; it is owed once the other side confirms it."""

    verb = "lend"

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        what = self.what(stage, agreement)
        return lent.lend(agreement=agreement, amount=what.money or what.quantity or 0, **self.when(stage, by))


@dataclass(frozen=True, kw_only=True)
class GiveBack(OfLoan):
    """Give back what was lent, or the goods that were agreed on; it counts once the lender confirms it."""

    verb = "give_back"
    worth: Decimal | None = told(
        NUMBER, "What the thing is worth that day, without VAT, if its price is another than when it was lent.",
        default=None,
    )  # fmt: skip

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        return lent.give_back(agreement=agreement, what=self.what(stage, agreement, self.worth), **self.when(stage, by))


@dataclass(frozen=True, kw_only=True)
class Forgive(OfLoan):
    """Forgive what is owed, as the lender's assembly decided; it counts once the borrower confirms it."""

    verb = "forgive"
    allowed_by: str = told(NAME, "The resolution of the lender's assembly, by its name in the scenario.", default="")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        resolution = stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None
        what = self.what(stage, agreement)
        return lent.forgive(agreement=agreement, what=what, resolution=resolution, **self.when(stage, by))


STEPS: tuple[type[Play], ...] = (AgreeLoan, Lend, GiveBack, Forgive)
