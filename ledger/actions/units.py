"""Put units and measures in place."""

from ledger.core.units import STANDARD_UNITS
from ledger.models.units import Measure, Unit


def put_in_place() -> None:
    """Create the standard units that are not there yet; what is there stays as it is."""
    there = set(Unit.objects.values_list("code", flat=True))
    Unit.objects.bulk_create(
        Unit(code=u.code, kind=u.kind, scale=u.scale, symbol=u.symbol, name_es=u.es, name_en=u.en)
        for u in STANDARD_UNITS
        if u.code not in there
    )


#: What a position in credit is of that a cooperative keeps for its members, who are counted and not named.
MEMBERS = "personas asociadas"


def measure(*, unit: Unit, thing: str = "") -> Measure:
    """Return the measure of a thing in a unit, made if it is new. Money is measured as itself: no thing."""
    name = "" if unit.kind in {"money", "credit"} else " ".join(thing.split()).lower()
    return Measure.objects.get_or_create(unit=unit, thing=name)[0]


def held_by_members(*, credit: Unit) -> Measure:
    """Return the measure of what members hold in a network credit, apart from what their cooperative holds."""
    return Measure.objects.get_or_create(unit=credit, thing=MEMBERS)[0]
