"""Read values out of JSON as what they have to be, or say no: a number that is text is not a number."""

import datetime as dt
import uuid
from typing import Any

from ledger.core.units import INT64_MAX


def flag(value: object) -> bool:
    """Return true or false.

    :raises ValueError: if it is anything else.
    """
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def whole(value: object) -> int:
    """Return a whole number of 64 bits.

    :raises ValueError: if it is anything else.
    """
    if type(value) is not int or not -INT64_MAX - 1 <= value <= INT64_MAX:
        raise ValueError(value)
    return value


def whole_or_none(value: object) -> int | None:
    """Return a whole number of 64 bits, or nothing.

    :raises ValueError: if it is anything else.
    """
    return None if value is None else whole(value)


def text(value: object, *, length_max: int | None = None) -> str:
    """Return a text that every database can hold.

    :raises ValueError: if it is none, too long, or holds signs that are no text.
    """
    if not isinstance(value, str) or "\0" in value or len(value) > (length_max or len(value)):
        raise ValueError(value)
    value.encode()
    return value


def day(value: object) -> dt.date:
    """Return a day, written 2026-05-04.

    :raises ValueError: if it is none.
    """
    found = dt.date.fromisoformat(text(value))
    if found.isoformat() != value:
        raise ValueError(value)
    return found


def moment(value: object) -> dt.datetime:
    """Return a moment, written 2026-05-04T12:00:00.000000Z.

    :raises ValueError: if it is none.
    """
    found = dt.datetime.fromisoformat(text(value))
    if found.isoformat(timespec="microseconds")[:26] + "Z" != value:
        raise ValueError(value)
    return found


def key(value: object) -> uuid.UUID:
    """Return a key, written as 32 hexadecimal digits.

    :raises ValueError: if it is none.
    """
    found = uuid.UUID(text(value))
    if found.hex != value:
        raise ValueError(value)
    return found


def runs(value: object) -> list[Any]:
    """Return a list of whole numbers, or of runs of them: `[4, 7]`, `[[4, 4], [7, 9]]`.

    :raises ValueError: if it is anything else.
    """
    if not isinstance(value, list):
        raise ValueError(value)
    for each in value:
        for number in each if isinstance(each, list) else [each]:
            whole(number)
    return value
