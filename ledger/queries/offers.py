"""Read offers and needs: one's own, those of others by word, sector and distance, and all of them as data."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ledger.core import offers, written
from ledger.models.accounts import Book
from ledger.models.offers import ListedWord, Listing, ListingKind, ListingQuerySet, Rhythm
from ledger.models.units import Unit
from network.core import distances
from network.core.delimited import csv_lines, inert
from network.core.distances import Place
from network.core.register import SECTORS
from network.models.organizations import Organization
from network.queries import admissions

#: More words than anybody searches by.
WORDS_MAX = 6
#: How far: in the same town, in the same province, in one next to it (2), in one next to that (3), and so on.
SAME_TOWN, SAME_PROVINCE, NOT_KNOWN = 0, 1, 99
#: What is shown of each beside itself.
BESIDE = ("organization__book", "measure__unit", "money")
CSV_COLUMNS = (
    "clase", "codigo", "organizacion", "sector", "cosa", "cantidad", "unidad", "ritmo", "precio", "moneda", "pais",
    "provincia", "localidad", "nota", "publicado el", "vence el",
)  # fmt: skip
_KINDS = {ListingKind.OFFER: "oferta", ListingKind.NEED: "necesidad"}
_RHYTHMS = {Rhythm.ONCE: "una vez", Rhythm.MONTHLY: "por mes"}


class OpenRow(NamedTuple):
    """What the finding of rings needs of a listing; `quantity` in minor units of the measure's unit."""

    organization: int
    measure: int
    quantity: int
    kind: str
    rhythm: str


def money_of(organization: Organization) -> Unit:
    """Return the money in which it names prices: that of its book, else pesos."""
    book = Book.objects.select_related("unit").filter(organization=organization).first()
    return book.unit if book else Unit.objects.get(code="ARS")


def of_organization(organization: Organization) -> QuerySet[Listing]:
    """Return what it lists, expired or not, what ends first first."""
    found = Listing.objects.filter(organization=organization, closed_on=None).select_related(*BESIDE)
    return found.order_by("expires_on", "pk")


def closed(organization: Organization) -> QuerySet[Listing]:
    """Return what it listed before, the last closed first."""
    found = Listing.objects.filter(organization=organization, closed_on__isnull=False).select_related(*BESIDE)
    return found.order_by("-closed_on", "-pk")


def expiring(organization: Organization, *, on: dt.date) -> int:
    """Return how many of its listings others see today, and soon no longer."""
    return Listing.objects.expiring(on).filter(organization=organization).count()


def visible(organization: Organization, *, on: dt.date) -> QuerySet[Listing]:
    """Return what its people may open: all of its own, and of others what is open that day."""
    found = Listing.objects.filter(Q(organization=organization) | Q(closed_on=None, expires_on__gte=on))
    return found.select_related(*BESIDE)


def shown(*, on: dt.date) -> ListingQuerySet:
    """Return what is open that day, of those who may trade."""
    return Listing.objects.open(on).filter(organization__in=admissions.traders(on=on).values("pk"))


def of_others(organization: Organization, *, on: dt.date) -> ListingQuerySet:
    """Return what other organizations list that day, as far as they may trade."""
    # Not joined: only a page of them is shown, and all are sorted.
    return shown(on=on).exclude(organization=organization).prefetch_related(*BESIDE)


def search(
    *,
    organization: Organization,
    on: dt.date,
    words: str = "",
    kind: str = "",
    sector: str = "",
    place: str = "",
    far: int | None = None,
) -> QuerySet[Listing]:
    """Return what others list that day, the nearest first, then the freshest; each with its `distance`.

    Every word must begin one of the thing's words. Distance is from `place`, a whole code of ISO 3166-2 (AR-B), else
    from the organization; `far` is how many provinces away at most, 0 the same one.
    """
    found: QuerySet[Listing] = of_others(organization, on=on)
    for word in offers.words(words)[:WORDS_MAX]:
        # A range, which an index answers on either engine; words are letters and digits, so nothing follows so many z.
        begun = ListedWord.objects.filter(word__range=(word, word.ljust(offers.WORD_MAX + 1, "z")))
        found = found.filter(pk__in=begun.values("listing"))
    if kind in ListingKind.values:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(organization__sector=sector)
    origin, city = (organization.country, organization.province), organization.city
    if place:
        country, _hyphen, letter = place.partition("-")
        origin, city = (country, letter), city if (country, letter) == origin else ""
    found = found.annotate(distance=distance_from(origin, city))
    if far is not None:
        found = found.filter(distance__lte=far + SAME_PROVINCE)
    return found.order_by("distance", "-renewed_on", "-pk")


def distance_from(place: Place, city: str) -> Case:
    """Return how far a listing is from a place, to be annotated."""
    whens = [
        When(_in(ring), then=Value(number)) for number, ring in enumerate(distances.rings(place), start=SAME_PROVINCE)
    ]
    if whens and city:
        whens.insert(0, When(_in([place]) & Q(city__iexact=city), then=Value(SAME_TOWN)))
    return Case(*whens, default=Value(NOT_KNOWN), output_field=IntegerField())


def _in(places: list[Place]) -> Q:
    where = Q()
    for country in sorted({country for country, _letter in places}):
        where |= Q(country=country, province__in=sorted(letter for at, letter in places if at == country))
    return where


def open_rows(*, on: dt.date) -> Iterator[OpenRow]:
    """Yield every listing that is open that day, in the order in which they were made, without reading all at once."""
    found = shown(on=on).order_by("pk")
    rows = found.values_list("organization", "measure", "quantity", "kind", "rhythm")
    return map(OpenRow._make, rows.iterator(chunk_size=2_000))


def lines(*, on: dt.date) -> Iterator[str]:
    """Yield all that is open that day as CSV, line by line: organizations, never persons."""
    found = shown(on=on).select_related("organization", "measure__unit", "money").order_by("pk")
    yield from csv_lines(CSV_COLUMNS, map(_row, found.iterator(chunk_size=500)))


def _row(listing: Listing) -> list[str]:
    unit = listing.measure.unit
    texts = [
        _KINDS[ListingKind(listing.kind)],
        listing.organization.code,
        listing.organization.name,
        SECTORS[listing.organization.sector][0] if listing.organization.sector else "",
        listing.thing,
        written.plain(listing.quantity, scale=unit.scale),
        unit.code,
        _RHYTHMS[Rhythm(listing.rhythm)],
        "" if listing.money is None else written.plain(listing.price or 0, scale=listing.money.scale),
        "" if listing.money is None else listing.money.code,
        listing.country,
        listing.province_name,
        listing.city,
        listing.note,
        listing.listed_on.isoformat(),
        listing.expires_on.isoformat(),
    ]
    return [inert(text) for text in texts]
