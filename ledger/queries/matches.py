"""Who could meet a need and who needs what is offered; where both sides could give, that is a barter."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from ledger.core import offers
from ledger.core.offers import Closeness
from ledger.models.offers import ListedWord, Listing, ListingKind
from ledger.models.units import Unit
from ledger.queries.offers import BESIDE, distance_from, of_others
from network.models.organizations import Organization

#: Of its own listings, so many are looked through for what a partner could take in return; no page waits for more.
RETURNS_MAX = 200
#: As many listings as one address may name.
NAMED_MAX = 10
#: What the books can hold of a value.
VALUE_MAX = 2**62


@dataclass(frozen=True, slots=True)
class Return:
    """What closes the circle of two: theirs meets ours."""

    theirs: Listing
    ours: Listing


@dataclass(frozen=True, slots=True)
class Match:
    """A listing of somebody else beside one's own: how close, enough or not, dearer or not, and what could go back."""

    own: Listing
    other: Listing
    closeness: Closeness
    back: Return | None

    @property
    def is_enough(self) -> bool | None:
        """Whether what is offered covers what is needed; None where the units or the rhythms cannot be compared."""
        if self.own.measure.unit_id != self.other.measure.unit_id or self.own.rhythm != self.other.rhythm:
            return None
        offer, need = (self.own, self.other) if self.own.kind == ListingKind.OFFER else (self.other, self.own)
        return offer.quantity >= need.quantity

    @property
    def price_beside(self) -> int | None:
        """-1, 0 or 1 as the other's price is lower, the same or higher; None where the two cannot be compared."""
        theirs, own = self.other.price, self.own.price
        if theirs is None or own is None or self.own.money_id != self.other.money_id:
            return None
        if self.own.measure.unit_id != self.other.measure.unit_id:
            return None
        return (theirs > own) - (theirs < own)


def of_listing(listing: Listing, *, on: dt.date) -> QuerySet[Listing]:
    """Return what others list that day that could meet it: the same thing first, then by shared words and distance."""
    named = offers.words(listing.thing)
    is_other = Case(When(measure=listing.measure_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = of_others(listing.organization, on=on)
    found: QuerySet[Listing] = others.filter(kind=ListingKind(listing.kind).other)
    found = found.filter(words__word__in=named).annotate(
        is_other=is_other,
        shared=Count("words"),
        distance=distance_from(listing.place, listing.city),
    )
    return found.order_by("is_other", "-shared", "distance", "-renewed_on", "-pk")


def beside(listing: Listing, others: Sequence[Listing], *, on: dt.date) -> list[Match]:
    """Return each of the others beside the listing, with what its organization could take or give in return."""
    backs = _returns(listing, {each.organization_id for each in others}, on=on)
    named = offers.words(listing.thing)
    return [
        Match(
            listing,
            each,
            offers.closeness(named, offers.words(each.thing), is_same_measure=each.measure_id == listing.measure_id),
            backs.get(each.organization_id),
        )
        for each in others
    ]


def _returns(listing: Listing, partners: Iterable[int], *, on: dt.date) -> Mapping[int, Return]:
    """Return, by organization, what goes the other way: its listing of the same kind, met by one of ours."""
    kind = ListingKind(listing.kind)
    own = Listing.objects.open(on).filter(organization=listing.organization_id, kind=kind.other)
    ours = [(each, offers.words(each.thing)) for each in own.select_related(*BESIDE).order_by("-pk")[:RETURNS_MAX]]
    if not ours:
        return {}
    known = {word for _each, named in ours for word in named}
    likely = ListedWord.objects.filter(word__in=known, listing__organization__in=partners).values("listing")
    theirs = Listing.objects.open(on).filter(pk__in=likely, kind=kind).select_related(*BESIDE)
    close = [
        (
            offers.closeness(words, offers.words(each.thing), is_same_measure=mine.measure_id == each.measure_id),
            each,
            mine,
        )
        for each in theirs.order_by("pk")
        for mine, words in ours
    ]
    # What is the same comes last, in place of what is only alike.
    return {
        each.organization_id: Return(each, mine)
        for wanted in (Closeness.LIKE, Closeness.SAME)
        for found, each, mine in close
        if found == wanted
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a side would give; `value` in minor units of the book's money, None where it is to be agreed."""

    thing: str
    unit: Unit
    quantity: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A barter that listings suggest, to be written into the form: nothing is saved."""

    partner: Organization
    ours: list[Row]
    theirs: list[Row]


def proposal(organization: Organization, named: Sequence[int], *, money: Unit, on: dt.date) -> Proposal | None:
    """Return the barter that listings of one partner suggest: it gives what it offers, and is given what it needs.

    Where we list the same thing on the other side, the smaller quantity counts, and the price of whoever offers it.
    None if none of them is open that day; those of another partner are left out.
    """
    found = list(of_others(organization, on=on).filter(pk__in=named[:NAMED_MAX]).order_by("pk"))
    if not found:
        return None
    partner = found[0].organization
    said = [each for each in found if each.organization_id == partner.pk]
    own = Listing.objects.open(on).filter(organization=organization, measure__in=[each.measure_id for each in said])
    ours = {(each.kind, each.measure_id): each for each in own.select_related(*BESIDE).order_by("-pk")}
    rows: dict[str, list[Row]] = {ListingKind.OFFER: [], ListingKind.NEED: []}
    for each in said:
        rows[each.kind].append(_row(each, ours.get((ListingKind(each.kind).other, each.measure_id)), money))
    return Proposal(partner, ours=rows[ListingKind.NEED], theirs=rows[ListingKind.OFFER])


def _row(theirs: Listing, ours: Listing | None, money: Unit) -> Row:
    sides = sorted(filter(None, [theirs, ours]), key=lambda each: each.kind != ListingKind.OFFER)
    quantity = min(each.quantity for each in sides)
    unit, name = theirs.measure.unit, theirs.measure.thing
    prices = [each.price for each in sides if each.price is not None and each.money_id == money.pk]
    value = offers.worth(quantity, scale=unit.scale, price=prices[0]) if prices else None
    # Written as the measure is, so that what is agreed is counted in the measure that was listed.
    thing = name[:1].upper() + name[1:]
    return Row(thing, unit, quantity, value if value and value < VALUE_MAX else None)
