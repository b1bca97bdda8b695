"""What the cast offers and needs: the mill has flour and wants bags, the print shop has bags and wants flour."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import offers
from ledger.actions.offers import Particulars
from ledger.models import Listing
from ledger.models.offers import ListingKind
from network.models import Organization, User
from tests import make
from tests.cast import Cast

#: The last day of what is listed on `make.DAY`, when nobody says otherwise.
LAST = make.DAY + dt.timedelta(days=90)


def told(
    kind: str = "offer", thing: str = "Harina 000", quantity: int = 4_000_000, unit: str = "KG", **changes: Any
) -> Particulars:
    """Say what is listed: 4,000 kg of flour, in no place, at a price to be agreed."""
    changes.setdefault("expires_on", LAST)
    return Particulars(kind=ListingKind(kind), thing=thing, unit=make.unit(unit), quantity=quantity, **changes)


def publish(
    of: Organization, by: User, *what: Any, on: dt.date = make.DAY, key: uuid.UUID | None = None, **changes: Any
) -> Listing:
    changes.setdefault("expires_on", on + dt.timedelta(days=90))
    return offers.publish(key=key or uuid.uuid4(), organization=of, told=told(*what, **changes), by=by, on=on)


def flour(cast: Cast, *, kind: str = "offer", **changes: Any) -> Listing:
    """List flour: the mill offers it, the print shop needs it."""
    of, by = (cast.molino, cast.nora) if kind == "offer" else (cast.grafica, cast.beto)
    return publish(of.organization, by, kind, "Harina 000", **changes)


def bags(cast: Cast, *, kind: str = "offer", **changes: Any) -> Listing:
    """List bags: the print shop offers them, the mill needs them."""
    of, by = (cast.grafica, cast.beto) if kind == "offer" else (cast.molino, cast.nora)
    return publish(of.organization, by, kind, "Bolsas impresas", changes.pop("quantity", 60_000), "UN", **changes)


def listed(cast: Cast) -> list[Listing]:
    """List for the print shop a need that two could meet, and an offer that ends soon."""
    today = timezone.localdate()
    listings = [
        flour(cast, kind="need", on=today, price=600_00, note="Sin apuro."),
        bags(cast, on=today, expires_on=today + dt.timedelta(days=5)),
    ]
    flour(cast, on=today, price=620_00, province="B", city="Chivilcoy")
    bags(cast, kind="need", on=today)
    return listings
