"""Compare what co-productions say with their parts and with the books, and return what does not agree.

The parts are exactly the whole; what a common cost is charged at is what it cost, so that whoever bought it keeps
nothing; and once all is settled the net results stand in the agreed ratio.
"""

from collections.abc import Iterator

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from ledger.core import coproduction as core
from ledger.core.apportion import apportion, percentage
from ledger.models.agreements import AgreementState
from ledger.models.coproductions import CoproductionStage, CoproductionTerms, SharedAct, SharedPart, Split
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.findings import Check
from ledger.models.journal import Posting
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look
from ledger.queries.reconciliation import CHUNK

#: Act → the accounts of a party's book that come to its part of it, and their sign.
STANDS_IN = {
    Act.COST: (("1301",), 1),
    Act.INVOICE: (("4101", "5102"), -1),
    Act.COLLECTION: (("5402",), 1),
}
#: Where the VAT of a part stands in a party's book.
VAT = ("1203", "2103")


def check_shares(look: Look) -> Iterator[Discrepancy]:
    """Return what is not exactly the whole, or not in the agreed ratio, where something was shared after an event."""
    whole = Case(When(split=Split.SHARES, then=core.WHOLE), default=F("price"), output_field=BigIntegerField())
    terms = CoproductionTerms.objects.filter(look.of("lead__book"), agreement__in=_moved(look)).annotate(whole=whole)
    wrong = terms.annotate(parts=Sum("agreement__stages__part", default=0)).exclude(parts=F("whole"))
    for agreement, book, expected, found in wrong.order_by("pk").values_list("pk", "lead__book", "whole", "parts"):
        yield Discrepancy(Check.SHARES, f"whole:{agreement}", book, None, expected, found)
    yield from _acts(look, Check.SHARES, Act.INVOICE, Act.COLLECTION)
    yield from _ratios(look)


def check_costs(look: Look) -> Iterator[Discrepancy]:
    """Return the common costs after an event of which more or less was charged than they cost, VAT included."""
    yield from _acts(look, Check.COSTS, Act.COST)
    parts = SharedPart.objects.filter(_told(look, "act__delivery__event"), look.of("organization__book"))
    wrong = parts.filter(act__delivery__act=Act.COST).annotate(posted=_posted(VAT)).exclude(vat=F("posted"))
    for part, book, vat, posted in wrong.order_by("pk").values_list("pk", "organization__book", "vat", "posted"):
        yield Discrepancy(Check.COSTS, f"charged:{part}", book, None, vat, posted)
    invoices = parts.filter(act__delivery__act=Act.INVOICE).order_by("pk")
    rate = "act__delivery__agreement__coproduction__vat_rate"
    for part, book, amount, vat, points in invoices.values_list(
        "pk", "organization__book", "amount", "vat", rate
    ).iterator(CHUNK):
        expected = percentage(amount, basis_points=points or 0)
        # The cents of many invoices make those of one.
        if abs(vat - expected) > (1 if points else 0):
            yield Discrepancy(Check.VAT, f"part:{part}", book, None, expected, vat)


def _acts(look: Look, check: Check, *acts: Act) -> Iterator[Discrepancy]:
    """Return the acts whose parts are not the whole, and the parts that the books do not say."""
    told = SharedAct.objects.filter(
        _told(look, "delivery__event"), look.of("delivery__giver__book"), delivery__act__in=acts
    )
    amount = Case(When(delivery__act=Act.COLLECTION, then=F("levy")), default=F("amount"))
    # What each invoices it invoices on its own: of the VAT only that of a cost is split.
    compared = {"amount": amount} | ({"vat": F("vat")} if acts == (Act.COST,) else {})
    for column, whole in compared.items():
        sums = told.annotate(expected=whole, found=Sum(f"parts__{column}", default=0))
        wrong = sums.exclude(expected=F("found")).order_by("pk")
        for act_, book, expected, found in wrong.values_list("pk", "delivery__giver__book", "expected", "found"):
            yield Discrepancy(check, f"{column}:{act_}", book, None, expected, found)
    for act in acts:
        numbers, sign = STANDS_IN[act]
        parts = SharedPart.objects.filter(
            _told(look, "act__delivery__event"), look.of("organization__book"), act__delivery__act=act
        )
        wrong_parts = parts.annotate(posted=_posted(numbers) * sign).exclude(amount=F("posted"))
        found_parts = wrong_parts.order_by("pk").values_list("pk", "organization__book", "amount", "posted")
        for part, book, amount_, posted in found_parts:
            yield Discrepancy(check, f"part:{part}", book, None, amount_, posted)


def _told(look: Look, event: str) -> Q:
    return look.since(event, event=event)


def _posted(numbers: tuple[str, ...]) -> Coalesce:
    """Return, for a question about parts, what the party's accounts of these numbers moved by in its event."""
    found = (
        Posting.objects.filter(
            event=OuterRef("act__delivery__event"),
            account__book__organization=OuterRef("organization"),
            account__number__in=numbers,
        )
        .order_by()
        .values("event")
        .annotate(all=Sum("amount"))
    )
    return Coalesce(Subquery(found.values("all")), 0, output_field=BigIntegerField())


def _ratios(look: Look) -> Iterator[Discrepancy]:
    """Return the parties of settled co-productions that got another part of the result than was agreed."""
    settled = CoproductionTerms.objects.filter(
        look.of("agreement__stages__party__book"), agreement__in=_moved(look), agreement__state=AgreementState.SETTLED
    ).values("pk")
    weights: dict[int, dict[int, int]] = {}
    books: dict[tuple[int, int], int] = {}
    stages = CoproductionStage.objects.filter(agreement__in=settled).order_by("pk")
    for agreement, party, book, part in stages.values_list("agreement", "party", "party__book", "part"):
        of_one = weights.setdefault(agreement, {})
        of_one[party] = of_one.get(party, 0) + part
        books[agreement, party] = book
    agreement_of = "act__delivery__agreement"
    parts = SharedPart.objects.filter(**{f"{agreement_of}__in": settled}, act__delivery__state=DeliveryState.CONFIRMED)
    got: dict[tuple[int, int], int] = {}
    splits: dict[int, set[int]] = {}
    rows = parts.order_by("pk").values_list(agreement_of, "organization", "act", "act__delivery__act", "amount")
    for agreement, party, act, kind, amount in rows.iterator(CHUNK):
        sign = 1 if kind == Act.INVOICE else -1
        got[agreement, party] = got.get((agreement, party), 0) + sign * amount
        splits.setdefault(agreement, set()).add(act)
    for agreement, of_one in weights.items():
        results = [got.get((agreement, party), 0) for party in of_one]
        agreed = list(of_one.values())
        if core.is_in_ratio(results, agreed, splits=max(1, len(splits.get(agreement, ())))):
            continue
        for party, found, expected in zip(of_one, results, apportion(sum(results), agreed), strict=True):
            if found != expected and look.has(books[agreement, party]):
                scope = f"ratio:{agreement}:{party}"
                yield Discrepancy(Check.SHARES, scope, books[agreement, party], None, expected, found)


def _moved(look: Look) -> "QuerySet[Delivery, int]":
    """Return the co-productions under which something was posted since, or found wrong."""
    moved = Delivery.objects.filter(look.since("event", agreement="agreement"), agreement__coproduction__isnull=False)
    return moved.order_by().values_list("agreement", flat=True)
