"""Compare what was bought for several with its parts, and what was charged for a part with what it cost."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from ledger.models.deliveries import DeliveryState
from ledger.models.findings import Check
from ledger.models.journal import Posting
from ledger.models.purchases import Purchase, PurchaseHandover, PurchaseState
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

RECEIVABLE = "1202"


def check_purchases(look: Look) -> Iterator[Discrepancy]:
    """Return the purchases after an event of which the parts are not the supplier's invoice, VAT included.

    And the parts that were charged at another figure than what they cost: the buyer keeps no hidden margin.
    """
    cost = F("net") + F("costs") + F("vat") + F("costs_vat")
    wrong = (
        Purchase.objects.filter(
            look.since("event", event="event"),
            look.of("agreement__purchase__buyer__book"),
            state=PurchaseState.CONFIRMED,
        )
        .annotate(
            cost=cost,
            shared=Sum("parts__amount", default=0) + Sum("parts__vat", default=0),
            given=Sum("parts__quantity", default=0),
        )
        .exclude(cost=F("shared"), quantity=F("given"))
        .order_by("pk")
    )
    for purchase, book, expected, found in wrong.values_list(
        "pk", "agreement__purchase__buyer__book", "cost", "shared"
    ):
        yield Discrepancy(Check.PURCHASE, f"purchase:{purchase}", book, None, expected, found)
    charged = (
        Posting.objects.filter(
            event=OuterRef("delivery__event"),
            account__number=RECEIVABLE,
            account__book__organization=OuterRef("delivery__giver"),
        )
        .order_by()
        .values("event")
        .annotate(all=Sum("amount"))
    )
    handed = PurchaseHandover.objects.filter(
        look.since("delivery__event", event="delivery__event"),
        look.of("delivery__giver__book"),
        delivery__state=DeliveryState.CONFIRMED,
    )
    differing = handed.annotate(
        cost=F("part__amount") + F("part__vat"),
        charged=Coalesce(Subquery(charged.values("all")), 0, output_field=BigIntegerField()),
    ).exclude(cost=F("charged"))
    rows = differing.order_by("pk").values_list("pk", "delivery__giver__book", "cost", "charged")
    for handover, book, expected, found in rows:
        yield Discrepancy(Check.PURCHASE, f"handover:{handover}", book, None, expected, found)
