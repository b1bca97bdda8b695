"""Steps of scenarios: barter, from the first word to the last payment. All calls to its actions are here."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, barter, deliveries, terms
from ledger.actions.deliveries import Papers
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.terms import LineTerms, Terms
from ledger.core.scenarios import Problem, ScenarioIsUnreadable, meant, told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, RATE, TEXT, Measured, many, one_of, rows
from ledger.models.agreements import Agreement, AgreementLine, Delivery
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class AgreedThing:
    """One thing that one side gives."""

    giver: str = told(NAME, "The code of whoever gives it.")
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
    partner: str = told(NAME, "The code of the other side.")
    title: str = told(TEXT, "What it is about.")
    lines: tuple[AgreedThing, ...] = told(rows(AgreedThing), "What each side gives.")
    keeps_value_in: str = told(
        one_of("goods", "money"), "In what keeps its value what one side owes the other.", default="goods"
    )
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    due: dt.date | None = told(DAY, "The last day to deliver.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: str = told(NAME, "An officer of the other side who signs on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        proposer = stage.organization(self.proposer, self)
        unit = stage.book(self.proposer, self).unit
        agreement = terms.log(
            kind="barter",
            key=stage.key(self),
            proposer=proposer,
            partner=stage.organization(self.partner, self),
            terms=Terms(
                title=self.title,
                pegged_to_goods=self.keeps_value_in == "goods",
                agreed_on=day_of(self.agreed, self),
                due_on=self.due,
                resolution=self.resolution,
            ),
            lines=[
                LineTerms(
                    giver=stage.organization(line.giver, self),
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
        if self.signed_by and not stage.is_again:
            signer = stage.person(self.signed_by, self)
            partner = stage.organization(self.partner, self)
            agreements.sign(agreement=agreement, organization=partner, by=signer, on=self.on)


@dataclass(frozen=True, kw_only=True)
class Sign(Act):
    """Accept the terms for one side; once both have, deliveries count."""

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
            delivery = barter.confirm(delivery=delivery, by=stage.person(self.confirmed_by, self), on=self.on)
        stage.keep(self.name, delivery, self)

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        """Write it down for the giver."""
        raise NotImplementedError

    @property
    def papers(self) -> Papers:
        """Numbers of the papers."""
        return Papers(delivery_note=self.delivery_note, invoice=self.invoice)


@dataclass(frozen=True, kw_only=True)
class Deliver(Handed):
    """Log what was handed over; it is owed once the other side confirms it."""

    verb = "deliver"
    things: tuple[Measured, ...] = told(many(GOODS), "How much of what was handed over.")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        return deliveries.log(
            agreement=agreement,
            key=stage.key(self),
            giver=giver,
            quantities={line.pk: quantity for line, quantity in self._quantities(stage, agreement, giver)},
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )

    def _quantities(self, stage: Stage, agreement: Agreement, giver: Organization) -> list[tuple[AgreementLine, int]]:
        lines = {
            (line.measure.unit.code, line.measure.thing): line
            for line in agreement.lines.filter(giver=giver).select_related("measure__unit")
        }
        found = []
        for each in self.things:
            line = lines.get((each.unit, each.thing.lower()))
            if line is None:
                among = [f"{unit} {thing}" for unit, thing in lines]
                word = f"{each.unit} {each.thing}"
                raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, self.line, word=word, meant=meant(word, among))
            found.append((line, stage.minor(each.number, line.measure.unit, self)))
        return found


@dataclass(frozen=True, kw_only=True)
class Pay(Handed):
    """Log money that was paid under an agreement; it counts once the other side confirms it."""

    verb = "pay"
    amount: Decimal = told(NUMBER, "How much, in the money of the agreement.")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        return deliveries.log_payment(
            agreement=agreement,
            key=stage.key(self),
            giver=giver,
            amount=stage.minor(self.amount, agreement.unit, self),
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class Answer(Act):
    """What is said to a delivery or a payment."""

    subject = "delivery"
    delivery: str = told(NAME, "The delivery or payment, by the name that it was given (`as`).")

    def act(self, stage: Stage, by: User) -> None:
        stage.keep(self.delivery, self.answer(stage.get(Delivery, self.delivery, self), by), self)

    def answer(self, delivery: Delivery, by: User) -> Delivery:
        """Say it."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Confirm(Answer):
    """Confirm that it was received: it is posted in both books."""

    verb = "confirm"

    def answer(self, delivery: Delivery, by: User) -> Delivery:
        return barter.confirm(delivery=delivery, by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class Reject(Answer):
    """Say that it was not received so: nothing is posted."""

    verb = "reject"
    reason: str = told(TEXT, "Why, for the other side.")

    def answer(self, delivery: Delivery, by: User) -> Delivery:
        return deliveries.reject(delivery=delivery, reason=self.reason, by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class AskReversal(Act):
    """Ask the other side to undo what was confirmed."""

    verb = "ask_reversal"
    subject = "delivery"
    delivery: str = told(NAME, "The delivery or payment, by the name that it was given (`as`).")
    side: str = told(NAME, "The code of the side that asks, if it is not that of the person.", key="for", default="")
    reason: str = told(TEXT, "Why, for the other side.")

    def act(self, stage: Stage, by: User) -> None:
        delivery = stage.get(Delivery, self.delivery, self)
        asking = stage.side(self.side, by, self)
        asked = deliveries.ask_reversal(delivery=delivery, organization=asking, reason=self.reason, by=by, on=self.on)
        stage.keep(self.delivery, asked, self)


@dataclass(frozen=True, kw_only=True)
class AgreeReversal(Answer):
    """Agree to undo what the other side asked to undo: a reversal in both books."""

    verb = "agree_reversal"

    def answer(self, delivery: Delivery, by: User) -> Delivery:
        return barter.agree_reversal(delivery=delivery, by=by, on=self.on)


STEPS: tuple[type[Play], ...] = (AgreeBarter, Sign, Deliver, Pay, Confirm, Reject, AskReversal, AgreeReversal)
