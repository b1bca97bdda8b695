"""Read where a barter stands."""

from django.db.models import Q, Sum

from ledger.core.barter import Debt, Position, Promise
from ledger.models.agreements import Agreement, AgreementLine, DeliveryState
from ledger.queries import claims


def position(*, agreement: Agreement) -> Position:
    """Return what each side has promised and given, and what is open between them, oldest first."""
    lines = with_deliveries(agreement=agreement)
    goods = {(line.giver_id, line.measure_id): line.pk for line in lines}
    return Position(
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


def with_deliveries(*, agreement: Agreement) -> list[AgreementLine]:
    """Return the agreed lines, each with `delivered_quantity` and `delivered_value` of what was confirmed."""
    confirmed = Q(items__delivery__state=DeliveryState.CONFIRMED)
    lines = (
        agreement.lines.select_related("measure__unit", "giver")
        .annotate(
            delivered_quantity=Sum("items__quantity", filter=confirmed, default=0),
            delivered_value=Sum("items__value", filter=confirmed, default=0),
        )
        .order_by("number")
    )
    return list(lines)
