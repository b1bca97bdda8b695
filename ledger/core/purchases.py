"""Joint purchases: how what one bought for several falls on those who asked for it. Whole minor units, no Django.

The quantity goes to the requests in proportion, by largest remainder, so that of several purchases each request has
exactly its own once all is bought; the cost follows the quantity, and the VAT the cost. Nothing is lost and nothing is
added: what the others are charged and what is left to the buyer is the supplier's invoice (no hidden margin).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.apportion import apportion, next_parts


class MoreThanAsked(ValueError):
    """More was bought than is still asked for."""


class PartOfNothing(ValueError):
    """Somebody's part costs less than a cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How much one request is for, how much of that was shared out before, and what it may cost at most.

    `most` is in minor units of money for one whole unit of the thing, without VAT.
    """

    request: int
    quantity: int
    before: int = 0
    most: int = 0

    @property
    def left(self) -> int:
        """How much is still to be bought."""
        return self.quantity - self.before


@dataclass(frozen=True, slots=True)
class Share:
    """What of a purchase is one request's."""

    request: int
    quantity: int
    amount: int
    vat: int


def share_out(asked: Sequence[Asked], *, quantity: int, amount: int, vat: int) -> list[Share]:
    """Return what of a purchase is whose, without those who get nothing of it.

    :raises MoreThanAsked: if more was bought than is still asked for.
    :raises PartOfNothing: if a part costs nothing.
    """
    if quantity > sum(each.left for each in asked):
        raise MoreThanAsked
    quantities = next_parts(quantity, [each.quantity for each in asked], [each.before for each in asked])
    amounts = apportion(amount, quantities)
    vats = apportion(vat, amounts)
    shares = [
        Share(each.request, *parts) for each, *parts in zip(asked, quantities, amounts, vats, strict=True) if parts[0]
    ]
    if not all(share.amount for share in shares):
        raise PartOfNothing
    return shares


def is_dear(*, amount: int, quantity: int, most: int, scale: int) -> bool:
    """Whether so much, for a quantity counted with `scale` decimals, is more than `most` for each whole unit."""
    return amount * int(10**scale) > most * quantity


def worth(*, quantity: int, most: int, scale: int) -> int:
    """Return what a request comes to at most, without VAT: minor units, up to the next whole one."""
    return -(-quantity * most // int(10**scale))
