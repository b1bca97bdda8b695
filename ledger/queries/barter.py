"""Read where a barter stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from ledger.core.barter import Debt, Position, Promise
from ledger.models.agreements import (
    Agreement,
    AgreementLine,
    AgreementStep,
    Delivery,
    DeliveryItem,
    DeliveryState,
)
from ledger.models.claims import Claim
from ledger.queries import claims
from network.models.organizations import Organization


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands while one of its deliveries is answered."""

    #: What each side has promised and given, and what is open between them, oldest first.
    position: Position
    lines: list[AgreementLine]
    #: Those that the delivery is of, in their order, each with the quantity.
    handed: list[tuple[AgreementLine, int]]
    #: Organization → its book.
    books: dict[int, int]
    #: What is open, by number.
    claims: dict[int | None, Claim]


def standing(*, delivery: Delivery) -> Standing:
    """Return what has to be known to post a delivery, in two queries."""
    agreement = delivery.agreement
    lines = list(
        _agreed(agreement)
        .select_related("measure")
        .annotate(book=F("giver__book"), handed=Sum("items__quantity", filter=Q(items__delivery=delivery)))
    )
    open_claims = list(claims.open_of(agreement=agreement.code))
    givers = {line.book: line.giver_id for line in lines}
    goods = {(line.book, line.measure_id): line.pk for line in lines}
    position = Position(
        promises=[
            Promise(
                line=line.pk,
                giver=line.giver_id,
                quantity=line.quantity,
                value=line.value,
                vat_rate=line.vat_rate,
                delivered_quantity=line.delivered_quantity,
                delivered_value=line.delivered_value,
            )
            for line in lines
        ],
        debts=[
            Debt(
                debtor=givers[claim.debtor_id],
                line=goods.get((claim.debtor_id, claim.peg_id)),
                amount=claim.balance.amount,
                quantity=claim.balance.quantity,
                claim=claim.pk,
            )
            for claim in open_claims
        ],
        pegged_to_goods=agreement.is_pegged_to_goods,
    )
    return Standing(
        position=position,
        lines=lines,
        handed=[(line, line.handed) for line in lines if line.handed],
        books={giver: book for book, giver in givers.items()},
        claims={claim.pk: claim for claim in open_claims},
    )


def _agreed(agreement: Agreement) -> "QuerySet[Any]":
    """Return the agreed lines in their order, each with what was confirmed of it."""
    confirmed = Q(items__delivery__state=DeliveryState.CONFIRMED)
    return agreement.lines.annotate(
        delivered_quantity=Sum("items__quantity", filter=confirmed, default=0),
        delivered_value=Sum("items__value", filter=confirmed, default=0),
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class LineStatus:
    """An agreed line, what of it was delivered, and since when its giver could have delivered the rest."""

    line: AgreementLine
    delivered: int

    @property
    def left(self) -> int:
        """Minor units of the measure still to be delivered."""
        return self.line.quantity - self.delivered

    @property
    def percent(self) -> int:
        """How much of it was delivered, 0 to 100."""
        return 100 * self.delivered // self.line.quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it gives and how far it is."""

    organization: Organization
    lines: list[LineStatus]
    value: int
    has_signed: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One agreement with all that its page tells."""

    agreement: Agreement
    sides: list[Side]
    debts: list[Claim]
    deliveries: list[Delivery]
    steps: list[AgreementStep]

    def side(self, organization: Organization) -> Side:
        """Return that party's side."""
        return next(side for side in self.sides if side.organization == organization)


def whole(*, agreement: Agreement) -> Whole:
    """Return an agreement with its lines, debts, deliveries and history, in a fixed number of queries."""
    lines = list(_agreed(agreement).select_related("measure__unit"))
    sides = [
        Side(
            organization=party,
            lines=[LineStatus(line, line.delivered_quantity) for line in lines if line.giver_id == party.pk],
            value=sum(line.value for line in lines if line.giver_id == party.pk),
            has_signed=signer is not None,
        )
        for party, signer in (
            (agreement.proposer, agreement.proposer_signed_by_id),
            (agreement.partner, agreement.partner_signed_by_id),
        )
    ]
    items = DeliveryItem.objects.select_related("line__measure__unit").order_by("line__number")
    deliveries = (
        agreement.deliveries.select_related("giver", "event", "reversal_asked_by", "logged_by")
        .prefetch_related(Prefetch("items", items))
        .order_by("-happened_on", "-pk")
    )
    return Whole(
        agreement=agreement,
        sides=sides,
        debts=list(
            claims.open_of(agreement=agreement.code).select_related(
                "creditor__organization", "debtor__organization", "unit", "peg__unit"
            )
        ),
        deliveries=list(deliveries),
        steps=list(agreement.steps.select_related("by", "organization").order_by("pk")),
    )
