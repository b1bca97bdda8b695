"""Offers and needs: list one, write it anew, renew it, close it."""

import datetime as dt
import uuid
from dataclasses import dataclass, fields, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, refusals, units
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_agreed import ListingIsOfAThing, ListingLastsTooLong
from ledger.core import offers
from ledger.core.units import INT64_MAX
from ledger.models.offers import Ending, ListedWord, Listing, ListingKind, Rhythm
from ledger.models.units import Measure, Unit
from ledger.queries import offers as listed
from network.core.countries import PROVINCES
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class ThingIsMissing(DomainError):
    """It is found by its words."""

    message = _("Write what it is, in letters: others find it by its words.")


class QuantityIsMissing(DomainError):
    """How much there is, or is needed."""

    message = _("Write a quantity above zero, of reasonable size.")


class PriceIsNotAboveZero(DomainError):
    """A price, or none."""

    message = _("Write a price above zero, or none: then it is to be agreed.")


class PlaceIsNotKnown(DomainError):
    """A province of its country, or none."""

    message = _("That country has no such province or department.")


class ExpiresInThePast(DomainError):
    """Its last day is today at the earliest."""

    message = _("The last day has passed already. Choose today or a later day.")


class IsClosedAlready(DomainError):
    """What is closed stays closed."""

    message = _("This was closed already, or written anew. Look at your list, and list it again if it is needed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a listing says: `quantity` in minor units of `unit`, `price` in minor units of money for one whole unit."""

    kind: ListingKind
    thing: str
    unit: Unit
    quantity: int
    expires_on: dt.date
    rhythm: Rhythm = Rhythm.ONCE
    price: int | None = None
    country: str = "AR"
    province: str = ""
    city: str = ""
    note: str = ""


@transaction.atomic
def publish(
    *,
    key: uuid.UUID,
    organization: Organization,
    told: Particulars,
    by: User,
    on: dt.date,
    replaces: Listing | None = None,
) -> Listing:
    """List what an organization offers or needs, and return it; the same key returns the first one.

    Its price is in the money of the organization's book; in pesos, where it keeps none.

    :raises NotForYouToDo: if the person is not of the organization.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises ThingIsMissing, QuantityIsMissing, PriceIsNotAboveZero, PlaceIsNotKnown, ListingIsOfAThing: as named.
    :raises ExpiresInThePast, ListingLastsTooLong: if its last day is not within a year from `on`.
    """
    agreements.require_log(by=by, organization=organization, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    organization = Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
    told = _put_right(told)
    if (earlier := Listing.objects.select_related("measure__unit").filter(key=key).first()) is not None:
        whose = (organization.pk, replaces.pk if replaces else None)
        if (earlier.organization_id, earlier.replaces_id) != whose or particulars_of(earlier) != told:
            raise KeyWasUsedForSomethingElse
        return earlier
    _check(told, on=on)
    said = {each.name: getattr(told, each.name) for each in fields(told) if each.name != "unit"}
    with refusals.from_database():
        listing = Listing.objects.create(
            key=key,
            organization=organization,
            measure=_measure(unit=told.unit, thing=told.thing),
            money=None if told.price is None else listed.money_of(organization),
            listed_on=on,
            listed_by=by,
            renewed_on=on,
            replaces=replaces,
            **said,
        )
    ListedWord.objects.bulk_create(ListedWord(listing=listing, word=word) for word in offers.words(listing.thing))
    return listing


@transaction.atomic
def revise(*, listing: Listing, key: uuid.UUID, told: Particulars, by: User, on: dt.date) -> Listing:
    """Write a listing anew and return what stands in its place: what others have read stays as it was, closed.

    :raises NotForYouToDo, IsClosedAlready: if the person is not of the organization, or somebody was faster.
    :raises DomainError: whatever `publish` refuses.
    """
    agreements.require_log(by=by, organization=listing.organization, on=on)
    listing = _held(listing)
    if listing.closed_on is not None and not Listing.objects.filter(key=key, replaces=listing).exists():
        raise IsClosedAlready
    anew = publish(key=key, organization=listing.organization, told=told, by=by, on=on, replaces=listing)
    if listing.closed_on is None:
        _close(listing, Ending.REPLACED, by=by, on=on)
    return anew


@transaction.atomic
def renew(*, listing: Listing, by: User, on: dt.date) -> Listing:
    """Show a listing for another 90 days from today, or as long as it was to be shown anyway.

    :raises NotForYouToDo, IsClosedAlready: as named.
    """
    agreements.require_log(by=by, organization=listing.organization, on=on)
    listing = _held(listing)
    if listing.closed_on is not None:
        raise IsClosedAlready
    listing.renewed_on = on
    listing.expires_on = max(listing.expires_on, offers.last_day(on))
    with refusals.from_database():
        listing.save(update_fields=["renewed_on", "expires_on"])
    return listing


@transaction.atomic
def close(*, listing: Listing, ending: Ending, by: User, on: dt.date) -> Listing:
    """Take a listing from the list, because it was met or is withdrawn; nobody finds it any more.

    :raises NotForYouToDo, IsClosedAlready: as named.
    """
    agreements.require_log(by=by, organization=listing.organization, on=on)
    listing = _held(listing)
    if listing.closed_on is not None:
        raise IsClosedAlready
    _close(listing, ending, by=by, on=on)
    return listing


def particulars_of(listing: Listing) -> Particulars:
    """Return what a listing says, as it would be written anew."""
    same = {each.name: getattr(listing, each.name) for each in fields(Particulars) if each.name != "unit"}
    return Particulars(unit=listing.measure.unit, **same)


def _put_right(told: Particulars) -> Particulars:
    texts = {name: " ".join(getattr(told, name).split()) for name in ("thing", "city", "note")}
    return replace(told, thing=texts["thing"][:80], city=texts["city"][:80], note=texts["note"][:300])


def _check(told: Particulars, *, on: dt.date) -> None:
    if not offers.words(told.thing):
        raise ThingIsMissing
    if told.unit.kind in {"money", "credit"}:
        raise ListingIsOfAThing
    if not 0 < told.quantity <= INT64_MAX:
        raise QuantityIsMissing
    if told.price is not None and not 0 < told.price <= INT64_MAX:
        raise PriceIsNotAboveZero
    if told.country not in PROVINCES or told.province not in {"", *PROVINCES[told.country]}:
        raise PlaceIsNotKnown
    if told.expires_on < on:
        raise ExpiresInThePast
    if (told.expires_on - on).days > offers.DAYS_MAX:
        raise ListingLastsTooLong


def _measure(*, unit: Unit, thing: str) -> Measure:
    """Return the measure of a thing: the one that somebody lists in the same words, however they write them."""
    named = offers.words(thing)
    alike = ListedWord.objects.filter(word=named[0]).values("listing__measure")
    known = Measure.objects.filter(unit=unit, pk__in=alike).order_by("pk")
    same = (each for each in known if offers.words(each.thing) == named)
    return next(same, None) or units.measure(unit=unit, thing=thing)


def _close(listing: Listing, ending: Ending, *, by: User, on: dt.date) -> None:
    listing.closed_on, listing.closed_by, listing.ending = on, by, ending
    with refusals.from_database():
        listing.save(update_fields=["closed_on", "closed_by", "ending"])
    listing.words.all().delete()


def _held(listing: Listing) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",)).select_related("organization", "measure__unit")
    return rows.get(pk=listing.pk)
