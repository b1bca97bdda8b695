"""A clearing round: the claims that take part, and what came out of it. Whole minor units of one unit and one peg."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

#: The form of the file, and of all that is hashed.
FORM = "trama clearing round 1"
#: Older than a hundred years is a slip of the pen; with all amounts below the limit nothing overflows 64 bits.
AGE_MAX = 36_525
TOTAL_LIMIT = 1 << 62


class Claim(NamedTuple):
    """`debtor` owes `creditor` an amount above zero, since so many days."""

    id: str
    debtor: str
    creditor: str
    amount: int
    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What a round cancels, with its proof.

    `cancelled` holds the claims of which anything is cancelled. `heights` proves that nobody can cancel more: one whole
    number for each cooperative. `order` proves, in two more, that among all such results this one cancels the oldest,
    and that the seed decided what was left to decide.
    """

    seed: str
    cancelled: Mapping[str, int]
    heights: Mapping[str, int]
    order: Mapping[str, tuple[int, int]]

    @property
    def total(self) -> int:
        """How much is cancelled, each claim counted once."""
        return sum(self.cancelled.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round as it is kept and told: its claims as they stood at the end of a day, and what was cleared.

    `unit` is in words of whoever keeps it, with the peg if there is one: *ARS*, *ARS, kg of flour*.
    """

    unit: str
    cut_off: dt.date
    claims: Sequence[Claim]
    cleared: Cleared


def tie(seed: str, claim: str) -> int:
    """Return the lot of a claim, 31 bits that nobody knows before the seed is: it decides between equal results."""
    return int.from_bytes(sha256(f"{seed}\n{claim}".encode()).digest()[:4], "big") >> 1


def inputs_hash(unit: str, cut_off: dt.date, claims: Sequence[Claim]) -> str:
    """Return the hash of what goes into a round. The seed does not: it is drawn once this hash is known to all."""
    rows = sorted(list(claim) for claim in claims)
    text = json.dumps([FORM, unit, cut_off.isoformat(), rows], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
