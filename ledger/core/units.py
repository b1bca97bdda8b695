"""The standard units, and amounts between what people read and what the books count."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StandardUnit:
    """A unit that every installation has from the start."""

    code: str
    kind: str
    #: How many decimals its minor unit has: 2 for centavos, 3 for grams.
    scale: int
    symbol: str
    es: str
    en: str


STANDARD_UNITS: tuple[StandardUnit, ...] = (
    StandardUnit("ARS", "money", 2, "$", "pesos", "pesos"),
    StandardUnit("USD", "money", 2, "US$", "dólares", "dollars"),
    StandardUnit("BOB", "money", 2, "Bs", "bolivianos", "bolivianos"),
    StandardUnit("KG", "mass", 3, "kg", "kilogramos", "kilograms"),
    StandardUnit("L", "volume", 3, "l", "litros", "litres"),
    StandardUnit("M", "length", 2, "m", "metros", "metres"),
    StandardUnit("M2", "length", 2, "m²", "metros cuadrados", "square metres"),
    StandardUnit("M3", "volume", 3, "m³", "metros cúbicos", "cubic metres"),
    StandardUnit("UN", "count", 0, "un.", "unidades", "units"),
    StandardUnit("HORA", "time", 2, "h", "horas", "hours"),
    StandardUnit("HAULA", "time", 2, "h-aula", "horas-aula", "room hours"),
    StandardUnit("JORNAL", "time", 2, "jornal", "jornales", "labour days"),
)


#: What a column of the books can hold.
INT64_MAX = 2**63 - 1


def to_minor(value: Decimal, *, scale: int) -> int:
    """Return a decimal amount as a whole number of minor units.

    :raises ValueError: if it is not a number, or has more decimals than the unit.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a number")
    minor = value.scaleb(scale)
    if minor != minor.to_integral_value():
        raise ValueError(f"{value} has more than {scale} decimals")
    return int(minor)


def from_minor(minor: int, *, scale: int) -> Decimal:
    """Return minor units as a decimal amount with all of the unit's decimals."""
    return Decimal(minor).scaleb(-scale)
