"""Check the numbers of papers: the same invoice of the same supplier stands in the books once."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from ledger.core.papers import full_number
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.findings import Check
from ledger.models.purchases import Purchase, PurchaseState
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look
from ledger.queries.reconciliation import CHUNK

#: What its giver invoices.
INVOICED = (Act.GOODS, Act.WORK, Act.USED, Act.BOUGHT, Act.INVOICE)


def check_papers(look: Look) -> Iterator[Discrepancy]:
    """Return the invoices of the same supplier and number that were told of twice.

    An invoice has a point of sale and a number (RG AFIP 1415): what has no point of sale is no number to compare. One
    invoice may follow several deliveries of other days under one agreement; on the same day, or under another
    agreement, it was told twice.
    """
    counted = Delivery.objects.filter(state=DeliveryState.CONFIRMED, act__in=INVOICED).exclude(invoice_number="")
    before = counted.filter(
        ~Q(agreement=OuterRef("agreement")) | Q(happened_on=OuterRef("happened_on")),
        giver=OuterRef("giver"),
        invoice_number=OuterRef("invoice_number"),
        event__lt=OuterRef("event"),
    )
    told = counted.filter(look.since("event", event="event"), look.of("giver__book"))
    again = told.filter(Exists(before)).order_by("pk")
    for delivery, book in again.values_list("pk", "giver__book"):
        yield Discrepancy(Check.PAPERS, f"invoice:{delivery}", book, None, 1, 2)
    yield from _bought(look)


def _bought(look: Look) -> Iterator[Discrepancy]:
    """Return what was bought for several on an invoice that the same buyer entered before: suppliers are names here."""
    stands = Purchase.objects.filter(state=PurchaseState.CONFIRMED).exclude(invoice="").order_by("pk")
    bought = stands.filter(look.since("event", event="event"), look.of("agreement__purchase__buyer__book"))
    rows = bought.annotate(buyer=F("agreement__purchase__buyer"), book=F("agreement__purchase__buyer__book"))
    for each in rows.iterator(CHUNK):
        number = full_number(each.invoice)
        others = stands.filter(
            agreement__purchase__buyer=each.buyer, supplier__iexact=each.supplier, event__lt=each.event_id
        )
        if number and any(full_number(text) == number for text in others.values_list("invoice", flat=True)):
            yield Discrepancy(Check.PAPERS, f"bought:{each.pk}", each.book, None, 1, 2)
