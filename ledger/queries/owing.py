"""Who owes whom: the open debts of some organizations as of a day, by pair, unit and peg, with their age."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ledger.core.chart import Role
from ledger.core.owing import BRACKETS, OTHERS, Owed, Rolled, group_by, rolled
from ledger.models.claims import Claim
from ledger.models.journal import Entry, Posting
from ledger.models.units import Measure, Unit
from ledger.queries.cut import Cut
from network.models.organizations import Organization
from network.queries import tiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What one organization owes another in a unit and peg; quantities in minor units of the peg."""

    debtor: int
    creditor: int
    peg: int
    quantity: int
    owed: Owed


def scope(organization: Organization, *, on: dt.date, oversees: bool) -> set[int]:
    """Return whose debts are looked at: the organization's own, and those of all below it where one oversees them."""
    return {organization.pk} | (tiers.on_day(on).all_below(organization.pk) if oversees else frozenset())


def groups(organization: Organization, *, on: dt.date, by_body: bool) -> dict[int, int]:
    """Return organization → what it counts as: itself, or what belongs directly to the body and holds it.

    Whoever belongs to two of these counts for itself.
    """
    below = tiers.on_day(on)
    everybody = {organization.pk, *below.all_below(organization.pk)}
    if not by_body:
        return {each: each for each in everybody}
    direct = below.below.get(organization.pk, frozenset())
    return group_by({organization.pk: [organization.pk]} | {each: [each, *below.all_below(each)] for each in direct})


def claims(organizations: Collection[int], *, day: dt.date, today: dt.date, cut: Cut | None = None) -> QuerySet[Any]:
    """Return the claims of or against some organizations that were open at the end of a day, with `held`.

    Today that is what is kept. For a past day, or told up to a cut, the entries of each claim are summed: of those that
    were still open then, which are those open now and those that moved since.
    """
    found = Claim.objects.filter(
        Q(creditor__organization__in=organizations) | Q(debtor__organization__in=organizations)
    )
    is_open = Q(balance__amount__gt=0) | Q(balance__quantity__gt=0)
    if day >= today and cut is None:
        return found.filter(is_open).annotate(held=F("balance__amount"), held_quantity=F("balance__quantity"))
    later = Entry.objects.filter(book__organization__in=organizations, booked_on__gt=day)
    first = later.aggregate(first=Min("event"))["first"]
    if first is not None:
        is_open |= Q(balance__last_event__gte=first)
    counted = Q(event__booked_on__lte=day)
    if cut is not None:
        is_open |= cut.not_told("balance__last_event")
        counted &= cut.told()
    side = Posting.objects.filter(
        counted, claim=OuterRef("pk"), account__role=Role.RECEIVABLE
    ).order_by().values("claim")  # fmt: skip

    def then(name: str) -> Coalesce:
        return Coalesce(Subquery(side.annotate(t=Sum(name)).values("t")), Value(0), output_field=BigIntegerField())

    found = found.filter(is_open).annotate(held=then("amount"), held_quantity=then("quantity"))
    return found.exclude(held=0, held_quantity=0)


def pairs(
    organizations: Collection[int],
    *,
    unit: Unit,
    day: dt.date,
    today: dt.date,
    peg: int | None,
    cut: Cut | None = None,
) -> list[Pair]:
    """Return what is owed by and to some organizations in one unit (and peg), by pair and peg."""
    found = claims(organizations, day=day, today=today, cut=cut).filter(unit=unit)
    if peg is not None:
        found = found.filter(peg=peg)
    edges = [day - dt.timedelta(days=days) for days in BRACKETS]
    older = {f"over_{n}": Sum("held", filter=Q(opened_on__lt=edge), default=0) for n, edge in enumerate(edges)}
    rows = found.order_by().values("debtor__organization", "creditor__organization", "peg").annotate(
        amount=Sum("held"), quantity=Sum("held_quantity"), debts=Count("pk"), **older
    )  # fmt: skip
    return [
        Pair(
            debtor=row["debtor__organization"],
            creditor=row["creditor__organization"],
            peg=row["peg"],
            quantity=int(row["quantity"]),
            owed=Owed(amount=int(row["amount"]), count=row["debts"], ages=_ages(row)),
        )
        for row in rows
    ]


def _ages(row: Mapping[str, Any]) -> tuple[int, ...]:
    """Return how much stands in each bracket: what is older than one edge and not than the next."""
    steps = [int(row["amount"]), *(int(row[f"over_{n}"]) for n in range(len(BRACKETS))), 0]
    return tuple(steps[n] - steps[n + 1] for n in range(len(steps) - 1))


def roll(found: list[Pair], by: Mapping[int, int]) -> Rolled:
    """Return the debts by group."""
    return rolled(((each.debtor, each.creditor, each.owed) for each in found), by)


def units(organizations: Collection[int]) -> list[Unit]:
    """Return the units in which some organizations ever had debts, the most used first."""
    found = Claim.objects.filter(
        Q(creditor__organization__in=organizations) | Q(debtor__organization__in=organizations)
    )
    used = found.order_by().values("unit").annotate(times=Count("pk")).order_by("-times")
    known = Unit.objects.in_bulk([row["unit"] for row in used])
    return list(known.values())


def pegs(found: list[Pair]) -> list[Measure]:
    """Return what these debts keep their value in."""
    known = Measure.objects.filter(pk__in={each.peg for each in found})
    return list(known.select_related("unit").order_by("thing", "pk"))


def names(found: Collection[int]) -> dict[int, str]:
    """Return organization → its name."""
    return dict(Organization.objects.filter(pk__in=found).values_list("pk", "name"))


def behind(
    organizations: Collection[int],
    *,
    unit: Unit,
    day: dt.date,
    today: dt.date,
    peg: int | None,
    sides: tuple[int, int],
    groups: Mapping[int, int],
) -> QuerySet[Any]:
    """Return the claims behind what one group owes another, oldest first, each with the entries that made it."""
    debtor, creditor = sides
    found = claims(organizations, day=day, today=today).filter(
        _of("debtor", debtor, groups), _of("creditor", creditor, groups), unit=unit
    )
    if peg is not None:
        found = found.filter(peg=peg)
    moves = Posting.objects.filter(account__role=Role.RECEIVABLE, event__booked_on__lte=day).select_related("event")
    return (
        found.select_related("creditor__organization", "debtor__organization", "unit", "peg__unit")
        .prefetch_related(Prefetch("postings", moves.order_by("event"), to_attr="moves"))
        .order_by("opened_on", "pk")
    )


def _of(side: str, group: int, groups: Mapping[int, int]) -> Q:
    """Return which claims have a group on a side; whoever is in none stands for themselves, or among the others."""
    if group == OTHERS:
        return ~Q(**{f"{side}__organization__in": list(groups)})
    return Q(**{f"{side}__organization__in": [each for each, its in groups.items() if its == group] or [group]})


def entries(found: Sequence[Any], *, organizations: Collection[int]) -> dict[tuple[int, int], Entry]:
    """Return (claim, event) → its entry in a book of those organizations: the creditor's, or else the debtor's."""
    events = {move.event_id for claim in found for move in claim.moves}
    rows = Entry.objects.filter(event__in=events, book__organization__in=organizations).select_related(
        "book__organization"
    )
    by_book = {(row.event_id, row.book_id): row for row in rows}
    seen = {}
    for claim in found:
        for move in claim.moves:
            for book in (claim.debtor_id, claim.creditor_id):
                if (entry := by_book.get((move.event_id, book))) is not None:
                    seen[claim.pk, move.event_id] = entry
    return seen
