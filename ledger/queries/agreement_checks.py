"""Compare what agreements say with what their deliveries and the books say, and return what does not agree."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from ledger.core.apportion import percentage
from ledger.models.agreements import Agreement, AgreementLine, AgreementState
from ledger.models.claims import Claim
from ledger.models.deliveries import Act, Delivery, DeliveryItem
from ledger.models.findings import Check
from ledger.models.journal import Posting
from ledger.models.referrals import ReferredWork
from ledger.queries.agreements import confirmed
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look
from ledger.queries.reconciliation import CHUNK

VAT_CHARGED = "2103"
#: What has a price and VAT; what is returned or taken off has them the other way round.
INVOICED = (Act.GOODS, Act.RETURN, Act.ALLOWANCE)


def check_delivered(look: Look) -> Iterator[Discrepancy]:
    """Return the lines of which more was handed over than was agreed, where something was after an event."""
    wrong = (
        AgreementLine.objects.filter(look.of("giver__book"), agreement__in=_moved(look))
        .annotate(
            handed=confirmed(Act.GOODS) - confirmed(Act.RETURN),
            agreed=F("quantity") + confirmed(Act.CHANGE, "difference") - confirmed(Act.SHORTFALL),
        )
        .filter(handed__gt=F("agreed"))
        .order_by("pk")
    )
    for line, book, agreed, handed in wrong.values_list("pk", "giver__book", "agreed", "handed"):
        yield Discrepancy(Check.DELIVERED, f"line:{line}", book, None, agreed, handed)


def check_settled(look: Look) -> Iterator[Discrepancy]:
    """Return what is still open of settled agreements, where something was handed over after an event."""
    # In one statement, so that nothing is settled or undone between: claims know their agreement by its code.
    codes = Agreement.objects.filter(state=AgreementState.SETTLED, pk__in=_moved(look)).annotate(
        named=Concat(Value("P-"), Cast("pk", CharField()))
    )
    open_ = Claim.objects.filter(
        look.of("creditor"), Q(balance__amount__gt=0) | Q(balance__quantity__gt=0), agreement__in=codes.values("named")
    )
    for claim, book, amount in open_.order_by("pk").values_list("pk", "creditor", "balance__amount"):
        yield Discrepancy(Check.SETTLED, f"open:{claim}", book, None, 0, amount)


def check_vat(look: Look) -> Iterator[Discrepancy]:
    """Return the deliveries after an event whose VAT is not the rate of its price, or not what was posted.

    A cent is left to each line: the cents of many invoices make those of one (`ledger/core/barter.py`).
    """
    told = look.since("delivery__event", event="delivery__event")
    items = DeliveryItem.objects.filter(told, look.of("line__giver__book")).order_by("pk")
    rows = items.values_list("pk", "line__giver__book", "delivery__act", "worth", "vat", "line__vat_rate")
    for item, book, act, worth, vat, rate in rows.iterator(CHUNK):
        expected = percentage(worth or 0, basis_points=rate or 0) if act in INVOICED else 0
        if abs((vat or 0) - expected) > (1 if rate else 0):
            yield Discrepancy(Check.VAT, f"item:{item}", book, None, expected, vat or 0)
    fees = ReferredWork.objects.filter(told, look.of("delivery__receiver__book")).order_by("pk")
    of_fee = fees.values_list("pk", "delivery__receiver__book", "fee", "vat", "delivery__agreement__referral__vat_rate")
    for work, book, fee, vat, rate in of_fee.iterator(CHUNK):
        expected = percentage(fee or 0, basis_points=rate or 0)
        if abs((vat or 0) - expected) > (1 if rate else 0):
            yield Discrepancy(Check.VAT, f"work:{work}", book, None, expected, vat or 0)
    posted = (
        Posting.objects.filter(event=OuterRef("event"), account__number=VAT_CHARGED)
        .order_by()
        .values("event")
        .annotate(all=Sum("amount"))
    )
    wrong = (
        # What is shared in a co-production has parts of its own: `coproduction_checks`.
        Delivery.objects.filter(look.since("event", event="event"), agreement__coproduction=None)
        .annotate(
            told=Sum("items__vat", default=0) * Case(When(act=Act.GOODS, then=1), default=-1)
            + Coalesce(F("work__vat"), F("bought__part__vat"), F("use__vat"), 0),
            # Of a fee VAT is charged by whoever hears of the work, of hours by whoever holds the machine.
            charging=Case(
                When(act=Act.WORK, then=F("receiver__book")),
                When(act=Act.USED, then=F("use__booking__machine__holder__book")),
                default=F("giver__book"),
            ),
            charged=-Coalesce(Subquery(posted.values("all")), 0, output_field=BigIntegerField()),
        )
        .filter(look.of("charging"))
        .exclude(told=F("charged"))
        .order_by("pk")
    )
    for delivery, book, told, charged in wrong.values_list("pk", "charging", "told", "charged"):
        yield Discrepancy(Check.VAT, f"delivery:{delivery}", book, None, told, charged)


def _moved(look: Look) -> "QuerySet[Delivery, int]":
    """Return the agreements under which something was posted since, or found wrong."""
    return (
        Delivery.objects.filter(look.since("event", agreement="agreement"))
        .order_by()
        .values_list("agreement", flat=True)
    )
