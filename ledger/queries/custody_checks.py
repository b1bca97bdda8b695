"""Compare what was told of material on custody with what the books hold of it, and return what does not agree.

Received is what was worked, lost, given back and is on hand; no more was lost than was agreed; the memo accounts of
whoever works it hold what is on hand, and the book of its owner what that had cost: with the last of it, nothing.
"""

from collections.abc import Iterator

from django.db.models import Case, F, Q, QuerySet, Sum, When

from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.findings import Check
from ledger.models.journal import Posting
from ledger.models.toll_work import MaterialCost, MaterialMove, TollTerms
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look
from ledger.queries.reconciliation import CHUNK

HELD, WITH_OTHERS = "9101", "1304"


def check_custody(look: Look) -> Iterator[Discrepancy]:
    """Return the toll work, where something was posted after an event, whose material does not add up."""
    moved = _moved(look)
    handed, taken, waste = _moves(moved)
    costs = _costs(moved)
    held, kept = _posted(moved, HELD), _posted(moved, WITH_OTHERS)
    terms = TollTerms.objects.filter(look.of("principal__book", "worker__book"), agreement__in=moved).order_by("pk")
    rows = terms.values_list("pk", "principal__book", "worker__book", "allowed_waste")
    for agreement, owner, worker, allowed in rows.iterator(CHUNK):
        on_hand, cost = handed.get(agreement, 0) - taken.get(agreement, 0), costs.get(agreement, 0)
        most, lost = handed.get(agreement, 0) * allowed // 10_000, waste.get(agreement, 0)
        for what, book, expected, found in (
            ("on-hand", worker, max(on_hand, 0), held.get(agreement, 0)),
            ("waste", worker, min(most, lost), lost),
            ("cost", owner, cost if on_hand else 0, kept.get(agreement, 0)),
        ):
            if expected != found and look.has(book):
                yield Discrepancy(Check.CUSTODY, f"{what}:{agreement}", book, None, expected, found)


def _moved(look: Look) -> "QuerySet[Delivery, int]":
    """Return the toll work under which something was posted since, or found wrong."""
    moved = Delivery.objects.filter(look.since("event", agreement="agreement"), agreement__toll__isnull=False)
    return moved.order_by().values_list("agreement", flat=True)


def _moves(agreements: "QuerySet[Delivery, int]") -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Return agreement → what was handed over, what left again, and what of that was lost, as it was confirmed."""
    moves = MaterialMove.objects.filter(
        delivery__agreement__in=agreements, delivery__state=DeliveryState.CONFIRMED
    ).order_by()
    sums = {"handed_": Sum("handed"), "taken_": Sum(F("worked") + F("waste") + F("returned")), "waste_": Sum("waste")}
    rows = list(moves.values_list("delivery__agreement").annotate(**sums))
    return (
        {agreement: int(handed) for agreement, handed, _taken, _waste in rows},
        {agreement: int(taken) for agreement, _handed, taken, _waste in rows},
        {agreement: int(waste) for agreement, _handed, _taken, waste in rows},
    )


def _costs(agreements: "QuerySet[Delivery, int]") -> dict[int, int]:
    """Return agreement → what the material on hand had cost."""
    costs = MaterialCost.objects.filter(
        move__delivery__agreement__in=agreements, move__delivery__state=DeliveryState.CONFIRMED
    ).order_by()
    left = Case(When(Q(move__handed__gt=0), then=F("amount")), default=-F("amount") - F("returned"))
    sums = costs.values_list("move__delivery__agreement").annotate(left=Sum(left))
    return {agreement: int(cost) for agreement, cost in sums}


def _posted(agreements: "QuerySet[Delivery, int]", number: str) -> dict[int, int]:
    """Return agreement → what an account holds by what stands confirmed."""
    postings = Posting.objects.filter(
        account__number=number,
        event__delivery__agreement__in=agreements,
        event__delivery__state=DeliveryState.CONFIRMED,
    ).order_by()
    sums = postings.values_list("event__delivery__agreement").annotate(Sum("amount"))
    return {agreement: int(amount) for agreement, amount in sums}
