"""Whether an assembly may decide, and whether it has decided: whole numbers only.

Defaults are those of Argentina's law of cooperatives (Ley 20.337): an assembly meets with more than half of those who
may vote, or an hour later with whoever is there (art. 49); it decides by the majority of those present when it votes,
by two thirds of them where the law or the statute asks for it (art. 53).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of people, such as one half or two thirds."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse what is no part of a whole."""
        if not 0 < self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator}/{self.denominator} is no part of a whole")

    def least_above(self, whole: int) -> int:
        """Return the smallest number of people that is more than this share of `whole`."""
        return whole * self.numerator // self.denominator + 1

    def least_of(self, whole: int) -> int:
        """Return the smallest number of people that is at least this share of `whole`."""
        return -(-whole * self.numerator // self.denominator)


HALF = Share(1, 2)
TWO_THIRDS = Share(2, 3)


@dataclass(frozen=True, slots=True)
class Votes:
    """How a motion was voted: people counted, not named."""

    in_favour: int
    against: int
    abstentions: int

    def __post_init__(self) -> None:
        """Refuse counts below zero."""
        if min(self.in_favour, self.against, self.abstentions) < 0:
            raise ValueError("nobody votes less than zero times")

    @property
    def all(self) -> int:
        """Those who were there when it was voted, whatever they said."""
        return self.in_favour + self.against + self.abstentions


def quorum(*, entitled: int, share: Share = HALF) -> int:
    """Return how many of those who may vote must be there: more than the share of them, but never more than all."""
    return min(share.least_above(entitled), entitled)


def may_meet(*, present: int, entitled: int, share: Share = HALF, is_second_call: bool = False) -> bool:
    """Say whether those present may decide; at the second call, whoever is there, if anybody."""
    if not 0 < present <= entitled:
        return False
    return is_second_call or present >= quorum(entitled=entitled, share=share)


def votes_needed(votes: Votes, *, qualified: Share | None = None, abstentions_count: bool = False) -> int:
    """Return how many in favour carry a motion.

    A simple majority is more than half, a qualified one at least its share. Who abstains counts as absent, unless the
    statute counts everybody who was there.
    """
    base = votes.all if abstentions_count else votes.in_favour + votes.against
    return max(1, qualified.least_of(base) if qualified else HALF.least_above(base))


def is_carried(votes: Votes, *, qualified: Share | None = None, abstentions_count: bool = False) -> bool:
    """Say whether a motion is carried."""
    return votes.in_favour >= votes_needed(votes, qualified=qualified, abstentions_count=abstentions_count)
