"""Toll work (a façon): whose material lies where, what became of it, and what it cost its owner.

What was received is always what was worked, lost as waste, given back and is still on hand. It is never the worker's:
it stands in memo accounts there, and as stock held by others in the book of its owner. Whole minor units.
"""

from dataclasses import dataclass

from ledger.core.apportion import part_of

#: Basis points: nothing is left of what is worked where all of it may be lost.
WASTE_MAX = 5_000


class NotOnHand(ValueError):
    """There is not that much of the material on hand."""


class TooMuchWaste(ValueError):
    """More is lost than was agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What leaves the hands of whoever works the material: inside the products, as waste, given back."""

    worked: int = 0
    waste: int = 0
    returned: int = 0

    @property
    def all(self) -> int:
        """How much leaves in all."""
        return self.worked + self.waste + self.returned


@dataclass(frozen=True, slots=True)
class Cost:
    """What material that leaves had cost its owner: what is in the products, with its waste, and what comes back."""

    made: int
    returned: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.made + self.returned


@dataclass(slots=True, kw_only=True)
class Custody:
    """Material of one worked by another: what was received so far, what became of it, what the rest had cost."""

    #: Basis points of what was received.
    allowed_waste: int
    received: int = 0
    worked: int = 0
    waste: int = 0
    returned: int = 0
    #: Of what is on hand, in minor units of the owner's money.
    cost: int = 0

    @property
    def on_hand(self) -> int:
        """How much is still with whoever works it."""
        return self.received - self.worked - self.waste - self.returned

    @property
    def waste_left(self) -> int:
        """How much more may be lost."""
        return self.received * self.allowed_waste // 10_000 - self.waste

    def receive(self, quantity: int, cost: int) -> None:
        """Receive material that had cost its owner so much."""
        self.received += quantity
        self.cost += cost

    def take(self, taken: Taken) -> Cost:
        """Let material leave, and return what it had cost: on average, and with the last of it all that is left.

        :raises NotOnHand: if there is less of it.
        :raises TooMuchWaste: if more is lost than was agreed.
        """
        if not 0 < taken.all <= self.on_hand:
            raise NotOnHand
        if taken.waste > self.waste_left:
            raise TooMuchWaste
        used, whole = taken.worked + taken.waste, self.on_hand
        made = part_of(self.cost, before=0, more=used, whole=whole)
        returned = part_of(self.cost, before=used, more=taken.returned, whole=whole)
        self.worked += taken.worked
        self.waste += taken.waste
        self.returned += taken.returned
        self.cost -= made + returned
        return Cost(made, returned)
