"""What a field of a scenario can hold: names, days, numbers that are never floats, quantities of things."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
_NUMBER = re.compile(r"-?[0-9]{1,19}(\.[0-9]{1,9})?")
_UNIT = re.compile(r"[A-Za-z][\w.-]{0,11}")


class ShapeIsWrong(ValueError):
    """The text is not what the field holds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """So much of something: a decimal number of a unit by its code; of what, unless that is plain from elsewhere."""

    number: Decimal
    unit: str
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """In what a debt keeps its value: a money, or a unit of a thing."""

    unit: str
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """What a field holds: its name and an example for whoever reads, and how its text is read."""

    name: str
    example: str
    read: Callable[[str], T]
    #: A list of these; one alone may stand without the list.
    is_many: bool = False
    #: A list of rows, each with declared fields of its own.
    rows: type | None = None


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ShapeIsWrong from None
    if day.isoformat() != text:
        raise ShapeIsWrong
    return day


def _hour(text: str) -> int:
    """Return minutes after midnight."""
    if (
        not re.fullmatch("[0-2][0-9]:[0-5][0-9]", text)
        or not (minutes := int(text[:2]) * 60 + int(text[3:])) <= 24 * 60
    ):
        raise ShapeIsWrong
    return minutes


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ShapeIsWrong
    return Decimal(text)


def _rate(text: str) -> int:
    """Return basis points of what is written in per cent."""
    points = _number(text) * 100
    if points != int(points) or not 0 <= points <= 10_000:
        raise ShapeIsWrong
    return int(points)


def _measured(text: str) -> Measured:
    number, _space, rest = text.partition(" ")
    unit, _space, thing = rest.partition(" ")
    if not _UNIT.fullmatch(unit):
        raise ShapeIsWrong
    return Measured(_number(number), unit, thing)


def _goods(text: str) -> Measured:
    measured = _measured(text)
    if not measured.thing or measured.number <= 0:
        raise ShapeIsWrong
    return measured


def _kept(text: str) -> Kept:
    unit, _space, thing = text.partition(" ")
    if not _UNIT.fullmatch(unit):
        raise ShapeIsWrong
    return Kept(unit, thing)


def text(length: int) -> Shape[str]:
    """Return the shape of a text of so many letters at most."""

    def read(text: str) -> str:
        if not text or len(text) > length or "\0" in text:
            raise ShapeIsWrong
        return text

    return Shape("a text", f"up to {length} letters", read)


def within(first: int, last: int) -> Shape[int]:
    """Return the shape of a whole number from one to another."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not first <= int(text) <= last:
            raise ShapeIsWrong
        return int(text)

    return Shape("a whole number", f"{first} to {last}", read)


NAME = replace(text(60), name="a name")
TEXT = text(200)
DAY = Shape("a day", "2023-11-20", _day)
HOUR = Shape("an hour of the day", "18:30", _hour)
NUMBER = Shape("a number with a point before its decimals", "1200.50", _number)
RATE = Shape("per cent", "10.5", _rate)
QUANTITY = Shape("a number and a unit", "2000 KG", _measured)
GOODS = Shape("a number above zero, a unit and a thing", "2000 KG harina 000", _goods)
PEG = Shape("a unit and, unless it is money, a thing", "KG harina 000", _kept)


def one_of(*words: str) -> Shape[str]:
    """Return the shape of one of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ShapeIsWrong
        return text

    return Shape("one of these words", ", ".join(words), read)


def many(shape: Shape[T]) -> Shape[tuple[T, ...]]:
    """Return the shape of a list."""
    return cast("Shape[tuple[T, ...]]", replace(cast("Shape[Any]", shape), is_many=True))


def rows(kind: type[T]) -> Shape[tuple[T, ...]]:
    """Return the shape of a list of rows with declared fields."""
    return cast("Shape[tuple[T, ...]]", Shape("rows", "", TEXT.read, rows=kind))
