"""Count cash (arqueo de caja): how many of each note, and the coins in all."""

from collections.abc import Mapping

#: Notes that are counted one by one, in whole units of their money, the largest first. Coins are told in all.
NOTES: dict[str, tuple[int, ...]] = {"ARS": (20_000, 10_000, 2_000, 1_000, 500, 200, 100)}
PIECES_MAX = 1_000_000


class NotANote(ValueError):
    """There is no such note, or no such number of them."""


def total(pieces: Mapping[int, int], *, rest: int, unit: str, scale: int) -> int:
    """Return what was counted, in minor units: so many of each note (in whole units), and the rest.

    :raises NotANote: if a note is none of that money's, or a number is below zero or beyond `PIECES_MAX`.
    """
    known = NOTES.get(unit, ())
    if rest < 0 or any(note not in known or not 0 <= number <= PIECES_MAX for note, number in pieces.items()):
        raise NotANote
    # A power of whole numbers may be a fraction for the type checker: scales are zero or above.
    counted: int = sum(note * number for note, number in pieces.items()) * 10**scale + rest
    return counted
