"""Steps of scenarios: barter, from the first word to the last payment."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, confirmations, deliveries, terms
from ledger.actions.deliveries import Papers
from ledger.actions.plays import coproductions
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.terms import LineTerms, Terms
from ledger.core.scenarios import Problem, ScenarioIsUnreadable, Step, meant, told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, RATE, TEXT, Measured, many, one_of, rows
from ledger.models.agreements import Agreement, AgreementLine
from ledger.models.coproductions import COPRODUCTION
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class AgreedThing:
    """One thing that one side gives."""

    giver: str = told(NAME, "The code of whoever gives it.")
    receiver: str = told(NAME, "The code of whoever it goes to, where more than two agree.", key="to", default="")
    gives: Measured = told(GOODS, "How much of what.")
    value: Decimal = told(NUMBER, "What all of it is worth, without VAT, in the money of the proposer's book.")
    vat: int | None = told(RATE, "The VAT on it, in per cent; without it, none is charged.", default=None)


@dataclass(frozen=True, kw_only=True)
class AgreeBarter(Act):
    """Propose a barter. Written by an officer, it is signed for the proposer by that, unless it needs a resolution."""

    verb = "agree: barter"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    proposer: str = told(NAME, "The code of whoever proposes.")
    partner: tuple[str, ...] = told(many(NAME), "The code of the other side, or a list of all the others.")
    title: str = told(TEXT, "What it is about.")
    lines: tuple[AgreedThing, ...] = told(rows(AgreedThing), "What each side gives.")
    keeps_value_in: str = told(
        one_of("goods", "money"), "In what keeps its value what one side owes the other.", default="goods"
    )
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    due: dt.date | None = told(DAY, "The last day to deliver.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(many(NAME), "Officers of the others, who sign on the same day.", default=())

    def act(self, stage: Stage, by: User) -> None:
        proposer = stage.organization(self.proposer, self)
        others = [stage.organization(code, self) for code in self.partner]
        # Between two, who does not give receives.
        other = dict.fromkeys(others, self.proposer) | {proposer: self.partner[0]}
        unit = stage.book(self.proposer, self).unit
        agreement = terms.log(
            kind="barter",
            key=stage.key(self),
            proposer=proposer,
            others=others,
            terms=Terms(
                title=self.title,
                pegged_to_goods=self.keeps_value_in == "goods",
                agreed_on=day_of(self.agreed, self),
                due_on=self.due,
                resolution=self.resolution,
            ),
            lines=[
                LineTerms(
                    giver=(giver := stage.organization(line.giver, self)),
                    receiver=stage.organization(line.receiver or other[giver], self),
                    thing=line.gives.thing,
                    unit=(counted_in := stage.unit(line.gives.unit, self)),
                    quantity=stage.minor(line.gives.number, counted_in, self),
                    value=stage.minor(line.value, unit, self),
                    vat_rate=line.vat,
                )
                for line in self.lines
            ],
            by=by,
            on=self.on,
        )
        stage.keep(self.name, agreement, self)
        for name in self.signed_by if not stage.is_again else ():
            signer = stage.person(name, self)
            agreements.sign(agreement=agreement, organization=stage.homes[signer.pk], by=signer, on=self.on)


@dataclass(frozen=True, kw_only=True)
class Sign(Act):
    """Accept the terms for one side; once all have, deliveries count."""

    verb = "sign"
    subject = "agreement"
    agreement: str = told(NAME, "The agreement, by its name.")
    side: str = told(NAME, "The code of the side, if it is not that of the person.", key="for", default="")
    allowed_by: str = told(NAME, "The resolution that allows it, by its name in the scenario.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreements.sign(
            agreement=stage.get(Agreement, self.agreement, self),
            organization=stage.side(self.side, by, self),
            resolution=stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class Handed(Act):
    """What deliveries and payments have in common."""

    subject = "agreement"
    makes = Delivery
    agreement: str = told(NAME, "The agreement, by its name.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    giver: str = told(NAME, "The code of whoever gives, if it is not that of the person.", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)
    delivery_note: str = told(TEXT, "The number of the remito.", default="")
    invoice: str = told(TEXT, "The number of the factura or the receipt.", default="")
    confirmed_by: str = told(NAME, "An officer of the other side who confirms it on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = stage.get(Agreement, self.agreement, self)
        delivery = self.log(stage, agreement, stage.side(self.giver, by, self), by)
        if self.confirmed_by and not stage.is_again:
            delivery = confirmed(delivery, stage.person(self.confirmed_by, self), stage, on=self.on)
        stage.keep(self.name, delivery, self)

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        """Write it down for the giver."""
        raise NotImplementedError

    @property
    def papers(self) -> Papers:
        """Numbers of the papers."""
        return Papers(delivery_note=self.delivery_note, invoice=self.invoice)


def confirmed(delivery: Delivery, by: User, stage: Stage, *, on: dt.date) -> Delivery:
    """Confirm it as the kind of its agreement wants."""
    if delivery.agreement.kind == COPRODUCTION:
        return coproductions.confirm(delivery, by, stage, on=on)
    return confirmations.confirm(delivery=delivery, by=by, on=on)


@dataclass(frozen=True, kw_only=True)
class Deliver(Handed):
    """Log what was handed over; it is owed once the other side confirms it."""

    verb = "deliver"
    things: tuple[Measured, ...] = told(many(GOODS), "How much of what was handed over.")
    worth: Decimal | None = told(
        NUMBER, "What it is worth that day, without VAT, if the price is another than the agreed one.", default=None
    )

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        quantities = {line.pk: quantity for line, quantity in things_of(self, self.things, stage, agreement, giver)}
        worth = stage.minor(self.worth, agreement.unit, self) if self.worth is not None else None
        return deliveries.log(
            agreement=agreement,
            key=stage.key(self),
            giver=giver,
            quantities=quantities,
            worths=None if worth is None else dict.fromkeys(quantities, worth),
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


def things_of(
    step: Step, things: tuple[Measured, ...], stage: Stage, agreement: Agreement, giver: Organization | None
) -> list[tuple[AgreementLine, int]]:
    """Return the agreed lines that things are of, with how much in minor units; only those of the giver, if named."""
    agreed = agreement.lines.select_related("measure__unit", "giver", "receiver").order_by("number")
    lines = {(line.measure.unit.code, line.measure.thing): line for line in agreed if giver in {None, line.giver}}
    found = []
    for each in things:
        line = lines.get((each.unit, each.thing.lower()))
        if line is None:
            among = [f"{unit} {thing}" for unit, thing in lines]
            word = f"{each.unit} {each.thing}"
            raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, step.line, word=word, meant=meant(word, among))
        found.append((line, stage.minor(each.number, line.measure.unit, step)))
    return found


@dataclass(frozen=True, kw_only=True)
class Pay(Handed):
    """Log money that was paid under an agreement; it counts once the other side confirms it."""

    verb = "pay"
    amount: Decimal = told(NUMBER, "How much, in the money of the agreement.")
    receiver: str = told(NAME, "The code of who was paid, where more than two agree.", key="to", default="")
    credit: str = told(NAME, "The network credit that it was paid in; without it, the bank.", key="in", default="")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        return deliveries.log_payment(
            agreement=agreement,
            key=stage.key(self),
            giver=giver,
            receiver=stage.organization(self.receiver, self) if self.receiver else agreement.others(giver)[0],
            amount=stage.minor(self.amount, agreement.unit, self),
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
            credit=stage.unit(self.credit, self) if self.credit else None,
        )


STEPS: tuple[type[Play], ...] = (AgreeBarter, Sign, Deliver, Pay)
