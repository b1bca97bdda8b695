"""A clearing round: the claims that take part, and what came out of it. Whole minor units of one unit and one peg."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

#: The form of the file, and of all that is hashed: of a round by itself, and of one into which is lent.
FORM, FORM_LENT = "trama clearing round 1", "trama clearing round 2"
#: The two ends of what is lent, as if they took part: it comes in at the one, and goes out at the other to who pays.
TAKEN, LENT = "+taken", "+lent"
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
class Lending:
    """What is lent into a round, a fund's money or network credit: minor units, each above zero, at most.

    `pays`: with how much of it one pays what one owes. `takes`: how much of it one takes for what one is owed. Around
    a circle that goes through both ends, as much is lent as is taken; `most` in all.
    """

    most: int
    pays: Mapping[str, int]
    takes: Mapping[str, int]

    def rows(self) -> list[Claim]:
        """Return it as claims of its two ends, so that a round with it is a circle as any other."""
        return [
            *(Claim(f"+pays {name}", LENT, name, amount, 0) for name, amount in sorted(self.pays.items())),
            *(Claim(f"+takes {name}", name, TAKEN, amount, 0) for name, amount in sorted(self.takes.items())),
            *([Claim(LENT, TAKEN, LENT, self.most, 0)] if self.most else []),
        ]


def is_misnamed(claim: Claim) -> bool:
    """Return whether a claim could be taken for one of the rows by which something is lent."""
    return claim.id.startswith("+") or LENT in claim[1:3] or TAKEN in claim[1:3]


def worth(claim: Claim, lending: Lending | None) -> int:
    """Return what a unit cancelled is worth to the first aim: the most, and of that with the least lent.

    Two for a claim and one less for what is lent decide in that order: a simple circle goes through what is lent once
    at most, so no circle gives up a unit cancelled for what is lent less.
    """
    if lending is None:
        return 1
    if claim.id.startswith("+"):
        return -1 if claim.id == LENT else 0
    return 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What a round cancels, with its proof.

    `cancelled` holds the claims of which anything is cancelled. `heights` proves that nobody can cancel more: one whole
    number for each cooperative. `order` proves, in two more, that among all such results this one cancels the oldest,
    and that the seed decided what was left to decide. `lent` holds, by the names of `Lending.rows`, what was lent.
    """

    seed: str
    cancelled: Mapping[str, int]
    heights: Mapping[str, int]
    order: Mapping[str, tuple[int, int]]
    lent: Mapping[str, int] = field(default_factory=dict)

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
    lending: Lending | None = None


def tie(seed: str, claim: str) -> int:
    """Return the lot of a claim, 31 bits that nobody knows before the seed is: it decides between equal results."""
    return int.from_bytes(sha256(f"{seed}\n{claim}".encode()).digest()[:4], "big") >> 1


def inputs_hash(unit: str, cut_off: dt.date, claims: Sequence[Claim], lending: Lending | None = None) -> str:
    """Return the hash of what goes into a round. The seed does not: it is drawn once this hash is known to all."""
    rows = sorted(list(claim) for claim in claims)
    told: list[object] = [FORM, unit, cut_off.isoformat(), rows]
    if lending is not None:
        told = [FORM_LENT, *told[1:], lending.most, dict(lending.pays), dict(lending.takes)]
    text = json.dumps(told, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()
