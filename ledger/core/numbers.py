"""Read numbers as people write them: 1.234,50 and 1,234.50, with or without thousands."""

import re
from decimal import Decimal

#: More digits than any book counts: whoever sends more sends no number.
_LENGTH_MAX = 28
_SHAPE = re.compile(r"^-?\d[\d.,]*$")


class NotANumber(ValueError):
    """The text is not a number, or could be read as two different ones."""


def parse(text: str, *, decimal_comma: bool) -> Decimal:
    """Return the number that somebody wrote.

    Where both signs stand, the last one is the decimal sign. Where one stands once before exactly three digits
    (1.234), `decimal_comma` decides which of the two it is; anywhere else there is no doubt.

    :raises NotANumber: if it cannot be read so.
    """
    plain = re.sub(r"[\s\u00a0\u202f$]", "", text)
    if len(plain) > _LENGTH_MAX or not _SHAPE.match(plain):
        raise NotANumber(text)
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        decimal = "," if plain.rindex(",") > plain.rindex(".") else "."
    elif commas + points == 1:
        sign = "," if commas else "."
        whole, fraction = plain.lstrip("-").split(sign)
        is_thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0"
        decimal = sign if not is_thousands or (sign == ",") == decimal_comma else ""
    else:
        decimal = ""
    return _decimal(plain, decimal, text)


def _decimal(plain: str, decimal: str, text: str) -> Decimal:
    """Return the number with that decimal sign (empty: it is whole), if its thousands stand in groups of three."""
    whole, _sign, fraction = plain.rpartition(decimal) if decimal else (plain, "", "")
    first, *groups = re.split(r"[.,]", whole.lstrip("-"))
    well_grouped = all(len(group) == 3 for group in groups) and (not groups or 1 <= len(first) <= 3)
    if not well_grouped or not first or not (fraction or "0").isdigit():
        raise NotANumber(text)
    sign = "-" if whole.startswith("-") else ""
    return Decimal(f"{sign}{first}{''.join(groups)}.{fraction or 0}")
