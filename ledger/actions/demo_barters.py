"""Play one barter of the demo network: its two cooperatives propose, answer, deliver and confirm, on their days."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from ledger.actions import accounts, agreements, barter, deliveries, journal, reversals, terms
from ledger.actions.deliveries import Papers
from ledger.actions.facts import Fact, Line
from ledger.actions.terms import LineTerms, Terms
from ledger.core.apportion import part_of
from ledger.core.demo_network import Good
from ledger.core.demo_story import Barter, Part
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Unit
from network.models.organizations import Organization
from network.models.people import User

NAMESPACE = uuid.UUID("6b7a1c1e-7f53-4f0e-9c52-0f3f5d6a2b10")


@dataclass(frozen=True, slots=True)
class Member:
    """A cooperative of the demo with its book and its treasurer."""

    organization: Organization
    book: Book
    treasurer: User


class Play:
    """One barter of the story, played by its two cooperatives."""

    def __init__(self, number: int, story: Barter, proposer: Member, partner: Member) -> None:
        self.number, self.story, self.proposer, self.partner = number, story, proposer, partner
        self.agreement: Agreement
        self.delivered = {True: 0, False: 0}
        self.deliveries: dict[Part, Delivery] = {}

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], None]]]:
        yield self.story.agreed_on, self.propose
        if self.story.answer in {"accept", "change", "refuse"}:
            yield self.story.answered_on, self.answer
        for part in self.story.parts:
            yield part.on, partial(self.deliver, part)
            if part.ending != "wait":
                yield part.answered_on, partial(self.respond, part)

    def propose(self) -> None:
        story = self.story
        by = self.proposer.treasurer
        if story.answer == "draft":
            by = User.objects.filter(memberships__organization=self.proposer.organization).latest("pk")
        self.agreement = terms.log(
            kind="barter",
            key=uuid.uuid5(NAMESPACE, f"barter {self.number}"),
            proposer=self.proposer.organization,
            others=[self.partner.organization],
            terms=Terms(
                title=f"{story.gives.thing.capitalize()} por {story.takes.thing}",
                pegged_to_goods=story.pegged_to_goods,
                agreed_on=story.agreed_on,
                due_on=story.due_on,
                resolution=f"Acta de consejo {story.act}",
            ),
            lines=[
                self._line(self.proposer, self.partner, story.gives, story.gives_quantity),
                self._line(self.partner, self.proposer, story.takes, story.takes_quantity),
            ],
            by=by,
            on=story.agreed_on,
        )

    def _line(self, giver: Member, receiver: Member, good: Good, quantity: int) -> LineTerms:
        unit = Unit.objects.get(code=good.unit)
        return LineTerms(
            giver=giver.organization,
            receiver=receiver.organization,
            thing=good.thing,
            unit=unit,
            quantity=quantity * 10**unit.scale,
            value=self.story.value * 100,
            vat_rate=good.vat_rate,
        )

    def answer(self) -> None:
        on, by, organization = self.story.answered_on, self.partner.treasurer, self.partner.organization
        match self.story.answer:
            case "accept":
                agreements.sign(agreement=self.agreement, organization=organization, by=by, on=on)
            case "change":
                reason = "¿Puede ser en dos entregas y con treinta días más?"
                agreements.ask_change(agreement=self.agreement, organization=organization, reason=reason, by=by, on=on)
            case _other:
                reason = "Este mes no llegamos con la producción. Probemos el que viene."
                agreements.refuse(agreement=self.agreement, organization=organization, reason=reason, by=by, on=on)

    def deliver(self, part: Part) -> None:
        giver = self.proposer if part.of_proposer else self.partner
        line = self.agreement.lines.get(giver=giver.organization)
        quantity = part_of(line.quantity, before=self.delivered[part.of_proposer], more=part.share, whole=1000)
        if part.ending in {"confirm", "wait"}:
            self.delivered[part.of_proposer] += part.share
        if not quantity:
            # Part of a single shelf: it goes with the next part.
            return
        number = 20 * self.number + len(self.deliveries) + 1
        self.deliveries[part] = deliveries.log(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"delivery {self.number} {len(self.deliveries)}"),
            giver=giver.organization,
            quantities={line.pk: quantity},
            happened_on=part.on,
            papers=Papers(delivery_note=f"R 0001-{number:08d}", invoice=f"A 0003-{number:08d}"),
            by=giver.treasurer,
            on=part.on,
        )

    def respond(self, part: Part) -> None:
        if part not in self.deliveries:
            return
        delivery, on = self.deliveries[part], part.answered_on
        giver, receiver = self.proposer, self.partner
        if not part.of_proposer:
            giver, receiver = receiver, giver
        if part.ending == "reject":
            deliveries.reject(delivery=delivery, reason="Faltan dos bultos del remito.", by=receiver.treasurer, on=on)
            return
        delivery = barter.confirm(delivery=delivery, by=receiver.treasurer, on=on)
        if part.ending == "reverse":
            reversals.ask(
                delivery=delivery,
                organization=giver.organization,
                reason="El remito era de otro pedido.",
                by=giver.treasurer,
                on=on,
            )
            reversals.agree(delivery=delivery, by=receiver.treasurer, on=on)
            return
        self._cost(delivery, giver, part)

    def _cost(self, delivery: Delivery, giver: Member, part: Part) -> None:
        """Book what the goods cost their maker: a matter of its own book alone."""
        value = sum(item.value or 0 for item in delivery.items.all())
        if not value:
            return
        cost = value * 62 // 100
        journal.post(
            key=uuid.uuid5(delivery.key, "cost"),
            fact=Fact(
                kind="cost_of_sales",
                happened_on=part.answered_on,
                memo="Costo de lo entregado",
                agreement=self.agreement.code,
            ),
            lines=[
                Line(account=accounts.account(book=giver.book, number="5101"), amount=cost),
                Line(account=accounts.account(book=giver.book, number="1303"), amount=-cost),
            ],
            on=part.answered_on,
            by=giver.treasurer,
        )
