"""Steps of scenarios: several make one product, from the first word to the settlement."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ledger.actions import agreements, coproductions, settlements, shared, stages
from ledger.actions.deliveries import Papers
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.products import ProductTerms, StageTerms
from ledger.core.coproduction import WHOLE
from ledger.core.scenarios import Problem, ScenarioIsUnreadable, told
from ledger.core.shapes import DAY, NAME, NUMBER, RATE, TEXT, many, rows, within
from ledger.models.agreements import Agreement
from ledger.models.coproductions import Split
from ledger.models.deliveries import Act as Acts
from ledger.models.deliveries import Delivery
from network import permissions
from network.models.organizations import Organization
from network.models.people import User


@dataclass(frozen=True, kw_only=True)
class DoneStage:
    """One stage, in their order."""

    party: str = told(NAME, "The code of whoever does it.")
    what: str = told(TEXT, "What is done.", key="does")
    share: Decimal | None = told(NUMBER, "Its share of the price, in per cent; else `price`.", default=None)
    price: Decimal | None = told(NUMBER, "Its price, without VAT, where each stage has one.", default=None)
    due: dt.date | None = told(DAY, "Until when.", default=None)


@dataclass(frozen=True, kw_only=True)
class AgreeCoproduction(Act):
    """Propose to make one product together. Written by an officer, it is signed for the proposer by that."""

    verb = "agree: coproduction"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    proposer: str = told(NAME, "The code of whoever proposes.")
    title: str = told(TEXT, "What is made.")
    customer: str = told(TEXT, "For whom; it stands in no book.")
    price: Decimal = told(NUMBER, "The price without VAT, in the money of the proposer's book.")
    vat: int | None = told(RATE, "The VAT on it, in per cent; without it, none is charged.", default=None)
    lead: str = told(NAME, "The code of whoever invoices for all, if it is not the proposer.", default="")
    stages: tuple[DoneStage, ...] = told(rows(DoneStage), "Who does what for which part.")
    costs: Decimal = told(NUMBER, "What is expected to be bought together, without VAT.", default=Decimal(0))
    costs_vat: int | None = told(RATE, "The VAT on that, in per cent.", default=None)
    levy: int = told(RATE, "What of the price goes to a solidarity fund, in per cent.", default=0)
    fund: str = told(NAME, "The code of the federation or network that receives it.", default="")
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(many(NAME), "Officers of the others, who sign on the same day.", default=())

    def act(self, stage: Stage, by: User) -> None:
        proposer = stage.organization(self.proposer, self)
        unit = stage.book(self.proposer, self).unit
        is_shared = all(each.price is None for each in self.stages)
        terms = ProductTerms(
            title=self.title,
            customer=self.customer,
            lead=stage.organization(self.lead or self.proposer, self),
            price=stage.minor(self.price, unit, self),
            vat_rate=self.vat,
            split=Split.SHARES if is_shared else Split.PRICES,
            costs=stage.minor(self.costs, unit, self),
            costs_vat_rate=self.costs_vat,
            levy=self.levy,
            fund=stage.organization(self.fund, self) if self.fund else None,
            agreed_on=day_of(self.agreed, self),
            resolution=self.resolution,
        )
        made = [
            StageTerms(
                party=stage.organization(each.party, self),
                what=each.what,
                part=self._share(each) if is_shared else stage.minor(each.price or Decimal(0), unit, self),
                due_on=each.due,
            )
            for each in self.stages
        ]
        agreement = coproductions.propose(
            key=stage.key(self), proposer=proposer, terms=terms, stages=made, by=by, on=self.on
        )
        stage.keep(self.name, agreement, self)
        parties = [party.organization for party in agreement.parties.select_related("organization")]
        for name in self.signed_by if not stage.is_again else ():
            signer = stage.person(name, self)
            side = speaks_for(signer, parties, stage, on=self.on)
            agreements.sign(agreement=agreement, organization=side, by=signer, on=self.on)

    def _share(self, each: DoneStage) -> int:
        """Return a share in millionths."""
        parts = (each.share or Decimal(0)) * (WHOLE // 100)
        if parts != int(parts):
            raise ScenarioIsUnreadable(Problem.TOO_FINE, self.line, word=str(each.share), unit="per cent", scale="4")
        return int(parts)


def speaks_for(person: User, parties: Iterable[Organization], stage: Stage, *, on: dt.date) -> Organization:
    """Return for which of these somebody speaks as an officer, else the one that they are a member of."""
    found = [each for each in parties if permissions.can_confirm(person, each, on=on)]
    return found[0] if found else stage.homes[person.pk]


@dataclass(frozen=True, kw_only=True)
class Told(Act):
    """What acts have in common."""

    subject = "agreement"
    makes = Delivery
    agreement: str = told(NAME, "The agreement, by its name.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)
    papers: str = told(TEXT, "The number of the remito, the factura or the receipt.", default="")
    confirmed_by: tuple[str, ...] = told(
        many(NAME), "Officers of all whom it concerns, who confirm it on the same day.", default=()
    )

    def act(self, stage: Stage, by: User) -> None:
        delivery = self.log(stage, stage.get(Agreement, self.agreement, self), by)
        for name in self.confirmed_by if not stage.is_again else ():
            delivery = confirm(delivery, stage.person(name, self), stage, on=self.on)
        stage.keep(self.name, delivery, self)

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        """Write it down."""
        raise NotImplementedError

    def when(self, stage: Stage, by: User) -> dict[str, Any]:
        """Return what every act takes."""
        return {
            "key": stage.key(self),
            "happened_on": day_of(self.happened, self),
            "papers": Papers(invoice=self.papers),
            "by": by,
            "on": self.on,
        }


def confirm(delivery: Delivery, by: User, stage: Stage, *, on: dt.date) -> Delivery:
    """Say for whoever a person speaks for that an act was so."""
    if delivery.act == Acts.PROGRESS:
        return stages.confirm(delivery=delivery, by=by, on=on)
    if delivery.act in {Acts.MONEY, Acts.SETTLEMENT}:
        return settlements.confirm(delivery=delivery, by=by, on=on)
    return shared.confirm(delivery=delivery, organization=side_of(delivery, by, stage, on=on), by=by, on=on)


def side_of(delivery: Delivery, by: User, stage: Stage, *, on: dt.date) -> Organization:
    """Return for which of those whom a shared act concerns somebody speaks."""
    concerned = [part.organization for part in delivery.shared.parts.select_related("organization")]
    return speaks_for(by, concerned, stage, on=on)


@dataclass(frozen=True, kw_only=True)
class Progress(Told):
    """Say how far a stage is; whoever goes on with it confirms."""

    verb = "progress"
    stage: int = told(within(1, 20), "The number of the stage.")
    percent: int = told(within(1, 100), "How far it is in all, in per cent.")
    handed: str = told(TEXT, "What was handed on.", default="")

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        which = agreement.stages.select_related("party").filter(number=self.stage).first()
        if which is None:
            raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, self.line, word=str(self.stage), meant="")
        papers = Papers(delivery_note=self.papers)
        when = self.when(stage, by) | {"papers": papers}
        return stages.log(agreement=agreement, stage=which, percent=self.percent, what=self.handed, **when)


@dataclass(frozen=True, kw_only=True)
class Amount(Told):
    """What acts about an amount have in common."""

    amount: Decimal = told(NUMBER, "How much, in the money of the agreement.")

    def minor(self, stage: Stage, agreement: Agreement) -> int:
        """Return the amount in minor units."""
        return stage.minor(self.amount, agreement.unit, self)


@dataclass(frozen=True, kw_only=True)
class CommonCost(Amount):
    """Note what was bought for all, without VAT; each is charged its part at cost once all confirm it."""

    verb = "common_cost"
    what: str = told(TEXT, "What was bought.")
    vat: int | None = told(RATE, "The VAT on it, in per cent; without it, none was charged.", default=None)
    buyer: str = told(NAME, "The code of whoever bought it, if it is not that of the person.", default="")

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        return shared.log_cost(
            agreement=agreement,
            buyer=stage.side(self.buyer, by, self),
            what=self.what,
            amount=self.minor(stage, agreement),
            vat_rate=self.vat,
            **self.when(stage, by),
        )


@dataclass(frozen=True, kw_only=True)
class InvoiceCustomer(Amount):
    """Note an invoice to the customer, without VAT: all of the price or a part; each invoices its part of it."""

    verb = "invoice_customer"

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        amount = self.minor(stage, agreement)
        return shared.log_invoice(agreement=agreement, amount=amount, **self.when(stage, by))


@dataclass(frozen=True, kw_only=True)
class Collect(Amount):
    """Note what the customer paid, VAT included; the levy goes to its fund by that."""

    verb = "collect"

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        amount = self.minor(stage, agreement)
        return shared.log_collection(agreement=agreement, amount=amount, **self.when(stage, by))


@dataclass(frozen=True, kw_only=True)
class Settle(Told):
    """Cancel out what two owe each other; whoever owes more pays the rest."""

    verb = "settle"
    receiver: str = told(NAME, "The code of the other one.", key="to")
    giver: str = told(NAME, "The code of whoever pays, if it is not that of the person.", default="")

    def log(self, stage: Stage, agreement: Agreement, by: User) -> Delivery:
        return settlements.log(
            agreement=agreement,
            giver=stage.side(self.giver, by, self),
            receiver=stage.organization(self.receiver, self),
            **self.when(stage, by),
        )


STEPS: tuple[type[Play], ...] = (AgreeCoproduction, Progress, CommonCost, InvoiceCustomer, Collect, Settle)
