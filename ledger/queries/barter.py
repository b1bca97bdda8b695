"""Read where a barter stands."""

from dataclasses import dataclass

from django.db.models import Prefetch, Sum

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
class Progress:
    """An agreed line, and what of it was delivered and confirmed: minor units of its measure and of money."""

    line: AgreementLine
    delivered_quantity: int
    delivered_value: int


def position(*, agreement: Agreement) -> Position:
    """Return what each side has promised and given, and what is open between them, oldest first."""
    lines = progress(agreement=agreement)
    goods = {(each.line.giver_id, each.line.measure_id): each.line.pk for each in lines}
    return Position(
        promises=[
            Promise(
                line=each.line.pk,
                giver=each.line.giver_id,
                quantity=each.line.quantity,
                value=each.line.value,
                vat_rate=each.line.vat_rate,
                delivered_quantity=each.delivered_quantity,
                delivered_value=each.delivered_value,
            )
            for each in lines
        ],
        debts=[
            Debt(
                debtor=claim.debtor.organization_id,
                line=goods.get((claim.debtor.organization_id, claim.peg_id)),
                amount=claim.balance.amount,
                quantity=claim.balance.quantity,
                claim=claim.pk,
            )
            for claim in claims.open_of(agreement=agreement.code)
        ],
        pegged_to_goods=agreement.is_pegged_to_goods,
    )


def progress(*, agreement: Agreement) -> list[Progress]:
    """Return the agreed lines in their order, each with what was confirmed of it."""
    lines = agreement.lines.select_related("measure__unit", "giver").order_by("number")
    confirmed = DeliveryItem.objects.filter(line__agreement=agreement, delivery__state=DeliveryState.CONFIRMED)
    rows = confirmed.values_list("line").annotate(Sum("quantity"), Sum("value"))
    sums = {line: (quantity, value) for line, quantity, value in rows}
    return [Progress(line, *sums.get(line.pk, (0, 0))) for line in lines]


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
    lines = progress(agreement=agreement)
    sides = [
        Side(
            organization=party,
            lines=[LineStatus(each.line, each.delivered_quantity) for each in lines if each.line.giver_id == party.pk],
            value=sum(each.line.value for each in lines if each.line.giver_id == party.pk),
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
        debts=list(claims.open_of(agreement=agreement.code)),
        deliveries=list(deliveries),
        steps=list(agreement.steps.select_related("by", "organization").order_by("pk")),
    )
