"""Write whole numbers of minor units as people read them: 1.234.567,89 in Spanish, 1,234,567.89 in English."""

from dataclasses import dataclass
from decimal import Decimal

#: A real minus sign: as wide as a digit, and never broken from its number.
MINUS = "\u2212"
#: Keeps a number and its unit on one line.
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Separators:
    """What stands between thousands, and before the decimals."""

    thousands: str
    decimals: str


_SPANISH = Separators(".", ",")
_ENGLISH = Separators(",", ".")


def separators(language: str) -> Separators:
    """Return the separators of a language: English where it is asked for, else Spanish."""
    return _ENGLISH if language.startswith("en") else _SPANISH


def number(minor: int, *, scale: int, language: str, is_short: bool = False) -> str:
    """Return minor units as text with all decimals of the unit; `is_short` leaves out zeros at the end: 2.000 kg."""
    marks = separators(language)
    digits = str(abs(minor)).rjust(scale + 1, "0")
    whole, decimals = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    if is_short:
        decimals = decimals.rstrip("0")
    text = f"{int(whole):,}".replace(",", marks.thousands)
    if decimals:
        text += marks.decimals + decimals
    return MINUS + text if minor < 0 else text


def plain(minor: int, *, scale: int) -> str:
    """Return minor units as a decimal that machines read: a point, no grouping, all decimals."""
    return f"{Decimal(minor).scaleb(-scale):f}"


def with_unit(text: str, *, symbol: str, is_money: bool) -> str:
    """Return a number beside its unit: money before (`$ 5`), anything else after (`5 kg`)."""
    if not is_money:
        return f"{text}{NO_BREAK}{symbol}"
    if text.startswith(MINUS):
        return f"{MINUS}{symbol}{NO_BREAK}{text.removeprefix(MINUS)}"
    return f"{symbol}{NO_BREAK}{text}"
