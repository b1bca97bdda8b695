"""Steps of scenarios: what is answered to a delivery, put right, and undone."""

from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import adjustments, deliveries, reversals, shared
from ledger.actions.plays import coproductions
from ledger.actions.plays.barter import confirmed, things_of
from ledger.actions.plays.stage import Act, Play, Stage
from ledger.core.scenarios import told
from ledger.core.shapes import GOODS, NAME, NUMBER, TEXT, Measured, many, one_of
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Act as Acts
from ledger.models.deliveries import Delivery
from ledger.queries.shares import SHARED
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class PutRight(Act):
    """Put something right that was agreed on or delivered; it counts once the other side confirms it."""

    verb = "put_right"
    subject = "agreement"
    makes = Delivery
    agreement: str = told(NAME, "The agreement, by its name.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    side: str = told(NAME, "The code of the side that asks, if it is not that of the person.", key="for", default="")
    what: str = told(
        one_of(*(each.value for each in (*adjustments.ACTS, Acts.IN_MONEY))),
        "What is done: goods go back, will not come, cost less, are owed at today's price, are agreed on anew; what was"
        " lent is paid in money instead.",
    )
    things: tuple[Measured, ...] = told(many(GOODS), "How much of what: one thing.")
    amount: Decimal | None = told(
        NUMBER, "What is taken off (allowance), or what all of it is worth (revaluation, change).", default=None
    )
    reason: str = told(TEXT, "Why, for the other side.")
    confirmed_by: str = told(NAME, "An officer of the other side who confirms it on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = stage.get(Agreement, self.agreement, self)
        line, quantity = things_of(self, self.things, stage, agreement, None)[0]
        delivery = adjustments.log(
            agreement=agreement,
            key=stage.key(self),
            act=Acts(self.what),
            line=line,
            organization=stage.side(self.side, by, self),
            quantity=quantity,
            amount=stage.minor(self.amount, agreement.unit, self) if self.amount is not None else None,
            happened_on=self.on,
            reason=self.reason,
            by=by,
            on=self.on,
        )
        if self.confirmed_by and not stage.is_again:
            delivery = confirmed(delivery, stage.person(self.confirmed_by, self), stage, on=self.on)
        stage.keep(self.name, delivery, self)


@dataclass(frozen=True, kw_only=True)
class Answer(Act):
    """What is said to a delivery or a payment."""

    subject = "delivery"
    delivery: str = told(NAME, "The delivery or payment, by the name that it was given (`as`).")

    def act(self, stage: Stage, by: User) -> None:
        stage.keep(self.delivery, self.answer(stage.get(Delivery, self.delivery, self), stage, by), self)

    def answer(self, delivery: Delivery, stage: Stage, by: User) -> Delivery:
        """Say it."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Confirm(Answer):
    """Confirm that it was received, or that it was so: once all whom it concerns have, it is posted in all books."""

    verb = "confirm"

    def answer(self, delivery: Delivery, stage: Stage, by: User) -> Delivery:
        return confirmed(delivery, by, stage, on=self.on)


@dataclass(frozen=True, kw_only=True)
class Reject(Answer):
    """Say that it was not received so: nothing is posted."""

    verb = "reject"
    reason: str = told(TEXT, "Why, for the other side.")

    def answer(self, delivery: Delivery, stage: Stage, by: User) -> Delivery:
        if delivery.act in SHARED:
            side = coproductions.side_of(delivery, by, stage, on=self.on)
            return shared.reject(delivery=delivery, organization=side, reason=self.reason, by=by, on=self.on)
        return deliveries.reject(delivery=delivery, reason=self.reason, by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class AskReversal(Act):
    """Ask the other side to undo what was confirmed."""

    verb = "ask_reversal"
    subject = "delivery"
    delivery: str = told(NAME, "The delivery or payment, by the name that it was given (`as`).")
    side: str = told(NAME, "The code of the side that asks, if it is not that of the person.", key="for", default="")
    reason: str = told(TEXT, "Why, for the other side.")
    allowed_by: str = told(NAME, "The resolution that allows it, by its name, where one is needed.", default="")

    def act(self, stage: Stage, by: User) -> None:
        asked = reversals.ask(
            delivery=stage.get(Delivery, self.delivery, self),
            organization=stage.side(self.side, by, self),
            reason=self.reason,
            resolution=stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None,
            by=by,
            on=self.on,
        )
        stage.keep(self.delivery, asked, self)


@dataclass(frozen=True, kw_only=True)
class AgreeReversal(Answer):
    """Agree to undo what another side asked to undo: once all whom it concerns have, a reversal in all books."""

    verb = "agree_reversal"
    allowed_by: str = told(NAME, "The resolution that allows it, by its name, where one is needed.", default="")

    def answer(self, delivery: Delivery, stage: Stage, by: User) -> Delivery:
        side = coproductions.side_of(delivery, by, stage, on=self.on) if delivery.act in SHARED else None
        decided = stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None
        return reversals.agree(delivery=delivery, organization=side, resolution=decided, by=by, on=self.on)


STEPS: tuple[type[Play], ...] = (Confirm, Reject, PutRight, AskReversal, AgreeReversal)
