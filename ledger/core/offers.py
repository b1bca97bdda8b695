"""The words by which offers and needs are found, when two of them meet, and what a quantity is worth."""

import datetime as dt
import re
from collections.abc import Collection
from enum import StrEnum

from network.core.delimited import plain

#: How long something is listed when nobody says otherwise, and at most; and how early its end is told.
DAYS, DAYS_MAX, WARNING_DAYS = 90, 365, 14
WORD_MAX = 40
#: Words that say nothing of a thing.
_LITTLE = frozenset({
    "a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "los", "o", "para", "por", "sin", "su", "u", "un",
    "una", "unas", "unos", "y",
})  # fmt: skip


class Closeness(StrEnum):
    """How well an offer and a need meet, the best first."""

    SAME = "same"  # the same thing in the same unit: what later rings are made of
    LIKE = "like"  # all words of one stand in the other, or the unit is another
    NEAR = "near"  # some word is the same
    NONE = "none"


def words(text: str) -> list[str]:
    """Return the words of a thing as they are compared: no accents or capitals, once each, singular as plural.

    *Bolsas de papel* and *bolsa, papeles* have the same. The end of a word is cut off for that: it is not Spanish,
    and nobody is shown it.
    """
    found = re.findall(r"[a-z0-9]+", plain(text).encode("ascii", "ignore").decode())
    return list(dict.fromkeys(_stem(word) for word in found if word not in _LITTLE))


def _stem(word: str) -> str:
    if len(word) > 3:
        word = word.removesuffix("s")
    if len(word) > 3:
        word = word.removesuffix("e")
    return word[:WORD_MAX]


def closeness(one: Collection[str], other: Collection[str], *, is_same_measure: bool = False) -> Closeness:
    """Say how well two things meet by their words; in the same measure they are the same, whatever the words."""
    if is_same_measure:
        return Closeness.SAME
    shared = set(one) & set(other)
    if not shared:
        return Closeness.NONE
    return Closeness.LIKE if len(shared) in {len(set(one)), len(set(other))} else Closeness.NEAR


def worth(quantity: int, *, scale: int, price: int) -> int:
    """Return what a quantity comes to, in minor units of money, to the nearest; half a minor unit counts as one.

    `quantity` is in minor units of a unit of `scale` decimals, `price` in minor units of money for one whole unit.
    """
    whole: int = 10**scale
    return (2 * quantity * price + whole) // (2 * whole)


def last_day(on: dt.date) -> dt.date:
    """Return until when something that is listed or renewed on a day is shown, when nobody says otherwise."""
    return on + dt.timedelta(days=DAYS)


def warns(expires_on: dt.date, *, on: dt.date) -> bool:
    """Say whether on that day its end is near enough to be told: it still counts on its last day."""
    return 0 <= (expires_on - on).days <= WARNING_DAYS
