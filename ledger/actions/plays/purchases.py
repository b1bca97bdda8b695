"""Steps of scenarios: a joint purchase, from the first request to the last part that is handed over."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, bought, passed_on, purchases
from ledger.actions.bought import Invoice
from ledger.actions.plays.barter import Handed
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.purchases import JointPurchase, Request
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, RATE, TEXT, many, one_of, rows
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.purchases import Purchase, PurchasePart
from network.models.organizations import Organization
from network.models.people import User


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """How much one of them asks for."""

    party: str = told(NAME, "The code of whoever asks.")
    quantity: Decimal = told(NUMBER, "How much.")
    most: Decimal = told(NUMBER, "What each unit may cost at most, with freight and without VAT.")


@dataclass(frozen=True, kw_only=True)
class AgreeJointPurchase(Act):
    """Propose that one buys a thing for several. Written by an officer, it is signed for the proposer by that."""

    verb = "agree: joint purchase"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    buyer: str = told(NAME, "The code of whoever buys.")
    proposer: str = told(NAME, "The code of whoever proposes, if it is not the buyer.", default="")
    title: str = told(TEXT, "What it is about.")
    thing: str = told(TEXT, "What is bought.")
    unit: str = told(NAME, "The code of the unit in which it is counted.")
    requests: tuple[AskedFor, ...] = told(rows(AskedFor), "Who asks for how much.")
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    due: dt.date | None = told(DAY, "The day by which it is to be bought.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(many(NAME), "Officers of the others, who sign on the same day.", default=())

    def act(self, stage: Stage, by: User) -> None:
        proposer = self.proposer or self.buyer
        money, unit = stage.book(proposer, self).unit, stage.unit(self.unit, self)
        agreement = purchases.propose(
            key=stage.key(self),
            proposer=stage.organization(proposer, self),
            purchase=JointPurchase(
                buyer=stage.organization(self.buyer, self),
                title=self.title,
                thing=self.thing,
                unit=unit,
                requests=[
                    Request(
                        organization=stage.organization(each.party, self),
                        quantity=stage.minor(each.quantity, unit, self),
                        most=stage.minor(each.most, money, self),
                    )
                    for each in self.requests
                ],
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


@dataclass(frozen=True, kw_only=True)
class Buy(Act):
    """Tell what was bought for all; written by an officer of the buyer, it is entered in its book by that."""

    verb = "buy"
    subject = "agreement"
    makes = Purchase
    agreement: str = told(NAME, "The agreement, by its name.")
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    supplier: str = told(TEXT, "Of whom; it stands in no book.")
    quantity: Decimal = told(NUMBER, "How much.")
    net: Decimal = told(NUMBER, "What all of it cost, without VAT.")
    vat: int | None = told(RATE, "The VAT on it, in per cent; without it, none is charged.", default=None)
    costs: Decimal = told(NUMBER, "Freight and other costs for all, without VAT.", default=Decimal(0))
    costs_vat: int | None = told(RATE, "The VAT on that, in per cent.", default=None)
    paid: str = told(one_of("bank", "later"), "Whether it was paid at once or is owed.", default="later")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)
    invoice: str = told(TEXT, "The number of the factura.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = stage.get(Agreement, self.agreement, self)
        invoice = Invoice(
            supplier=self.supplier,
            quantity=stage.minor(self.quantity, agreement.purchase.measure.unit, self),
            net=stage.minor(self.net, agreement.unit, self),
            vat_rate=self.vat,
            costs=stage.minor(self.costs, agreement.unit, self),
            costs_vat_rate=self.costs_vat,
            number=self.invoice,
            is_paid=self.paid == "bank",
        )
        day = day_of(self.happened, self)
        made = bought.tell(
            agreement=agreement, key=stage.key(self), invoice=invoice, happened_on=day, by=by, on=self.on
        )
        stage.keep(self.name, made, self)


@dataclass(frozen=True, kw_only=True)
class TakeBack(Act):
    """Take a purchase back of which nothing was handed over."""

    verb = "take_back"
    subject = "purchase"
    purchase: str = told(NAME, "The purchase, by its name.")
    reason: str = told(TEXT, "What is said about it.")

    def act(self, stage: Stage, by: User) -> None:
        purchase = stage.get(Purchase, self.purchase, self)
        bought.take_back(purchase=purchase, reason=self.reason, by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class PassOn(Handed):
    """Hand a part of what was bought over to whoever asked for it; it is owed once they confirm that."""

    verb = "pass_on"
    purchase: str = told(NAME, "The purchase, by its name.")
    to: str = told(NAME, "The code of whoever asked for it.")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        purchase = stage.get(Purchase, self.purchase, self)
        parts = PurchasePart.objects.select_related("purchase__agreement", "request__organization")
        return passed_on.hand_over(
            part=parts.get(purchase=purchase, request__organization=stage.organization(self.to, self)),
            key=stage.key(self),
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


STEPS: tuple[type[Play], ...] = (AgreeJointPurchase, Buy, TakeBack, PassOn)
