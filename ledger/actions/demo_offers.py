"""List the offers and needs of the demo network."""

import datetime as dt
import uuid
from collections.abc import Mapping

from ledger.actions import offers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.offers import Particulars
from ledger.core.demo_offers import LISTED
from ledger.models.offers import Ending, ListingKind, Rhythm
from ledger.models.units import Unit


def publish(members: Mapping[str, Member], *, until: dt.date) -> None:
    """List everything, each on its day; what was met by then is closed on the last one."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    for number, each in enumerate(LISTED, start=1):
        us, on = members[each.code], until - dt.timedelta(days=each.days_ago)
        listing = offers.publish(
            key=uuid.uuid5(NAMESPACE, f"listing {number}"),
            organization=us.organization,
            told=Particulars(
                kind=ListingKind(each.kind),
                thing=each.thing,
                unit=units[each.unit],
                quantity=each.quantity * 10 ** units[each.unit].scale,
                rhythm=Rhythm(each.rhythm),
                price=None if each.price is None else each.price * 100,
                country=us.organization.country,
                province=us.organization.province,
                city=us.organization.city,
                note=each.note,
                expires_on=on + dt.timedelta(days=each.days),
            ),
            by=us.treasurer,
            on=on,
        )
        if each.ending:
            offers.close(listing=listing, ending=Ending(each.ending), by=us.treasurer, on=until)
