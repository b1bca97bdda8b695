"""Read where a barter stands."""

from dataclasses import dataclass

from django.db.models import Sum

from ledger.core.barter import Debt, Position, Promise
from ledger.models.agreements import Agreement, AgreementLine, DeliveryItem, DeliveryState
from ledger.queries import claims


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
