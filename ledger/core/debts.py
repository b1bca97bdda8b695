"""What parties of an agreement owe each other: settle it, open it, and the way from one to another through the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ledger.core.apportion import apportion, part_of

Step = TypeVar("Step")


@dataclass(slots=True)
class Debt:
    """One open claim: what `debtor` owes `creditor`, in goods of a line or (line None) in money."""

    creditor: int
    debtor: int
    line: int | None
    amount: int
    quantity: int = 0
    #: The claim that stands for it in the books; None while it is only planned.
    claim: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A debt that grows (`amount` above zero) or is settled (below zero)."""

    debt: Debt
    amount: int
    quantity: int


class WorthNothing(ValueError):
    """A part of something, or what it would leave, is worth less than a minor unit: the books could not hold it."""


class Debts:
    """The debts of one agreement, oldest first, and what moves them."""

    def __init__(self, debts: Iterable[Debt]) -> None:
        self.all = list(debts)
        self.moves: list[Move] = []

    def moved(self) -> list[Move]:
        """Return what moved since this was last asked."""
        moves, self.moves = self.moves, []
        return moves

    def move(self, debt: Debt, amount: int, quantity: int) -> None:
        """Let a debt grow, or settle some of it."""
        debt.amount += amount
        debt.quantity += quantity
        if amount or quantity:
            self.moves.append(Move(debt=debt, amount=amount, quantity=quantity))

    def open(self, *, creditor: int, debtor: int, line: int | None, amount: int, quantity: int = 0) -> None:
        """Open a debt."""
        debt = Debt(creditor=creditor, debtor=debtor, line=line, amount=0)
        self.all.append(debt)
        self.move(debt, amount, quantity)

    def of(self, line: int) -> list[Debt]:
        """Return what is owed in goods of a line."""
        return [debt for debt in self.all if debt.line == line]

    def owed(self, debtor: int, creditor: int) -> int:
        """Return what one owes another in money."""
        return sum(debt.amount for debt in self._in_money().get((debtor, creditor), []))

    def money(self, giver: int, receiver: int, amount: int) -> None:
        """Settle money that the giver owes the receiver, oldest first, and open what is left on the other side."""
        left = amount - self.settle(giver, receiver, amount)
        if left:
            self.open(creditor=giver, debtor=receiver, line=None, amount=left)

    def money_around(self, giver: int, receiver: int, amount: int) -> None:
        """Settle money along the way from the giver to the receiver: what goes round a ring is owed by nobody."""
        left = amount
        while left and (way := shortest(giver, receiver, self._in_money())):
            taken = min(left, *(sum(debt.amount for debt in step) for step in way))
            for step in way:
                self.settle(step[0].debtor, step[0].creditor, taken)
            left -= taken
        self.money(giver, receiver, left)

    def _in_money(self) -> dict[tuple[int, int], list[Debt]]:
        """Return (debtor, creditor) → what is owed in money."""
        found: dict[tuple[int, int], list[Debt]] = {}
        for debt in self.all:
            if debt.line is None and debt.amount:
                found.setdefault((debt.debtor, debt.creditor), []).append(debt)
        return found

    def settle(self, debtor: int, creditor: int, amount: int) -> int:
        """Settle money that one owes another, oldest first, and return how much of it was owed."""
        left = amount
        for debt in self._in_money().get((debtor, creditor), []):
            taken = min(left, debt.amount)
            if taken:
                self.move(debt, -taken, 0)
                left -= taken
        return amount - left

    def settle_goods(self, line: int, quantity: int, *, is_last: bool = False) -> tuple[int, int]:
        """Settle goods of a line, oldest first; return what that was worth, and the quantity that is over.

        `is_last`: whatever is left of their amounts goes with it.

        :raises WorthNothing: if the part that is taken of a debt, or the part that stays, is worth nothing.
        """
        value, left = 0, quantity
        for debt in self.of(line):
            if not left and not is_last:
                break
            taken = min(left, debt.quantity)
            # A debt whose quantity is used up leaves nothing behind, however its amount was rounded.
            worth = debt.amount if taken == debt.quantity else price_of(debt.amount, part=taken, whole=debt.quantity)
            self.move(debt, -worth, -taken)
            value, left = value + worth, left - taken
        return value, left

    def revalue_goods(self, line: int, worth: int) -> None:
        """Set what is owed in goods of a line at a new price: `worth` for all of it.

        :raises WorthNothing: if a debt would be worth nothing.
        """
        owed = [debt for debt in self.of(line) if debt.quantity]
        for debt, amount in zip(owed, apportion(worth, [debt.quantity for debt in owed]), strict=True):
            if not amount:
                raise WorthNothing
            self.move(debt, amount - debt.amount, 0)


def price_of(total: int, *, part: int, whole: int) -> int:
    """Return what a part of something priced at `total` is worth.

    Never nothing, nor all where something is left: what is handed over in parts can be written, and so can the rest.

    :raises WorthNothing: if the part, or the rest, is worth less than half a minor unit.
    """
    worth = part_of(total, before=0, more=part, whole=whole)
    if not worth or (worth == total and part != whole):
        raise WorthNothing
    return worth


def shortest(start: int, end: int, steps: Mapping[tuple[int, int], Step]) -> list[Step]:
    """Return the steps of the shortest way between two, the earliest where several are as short; none if none leads."""
    ways: dict[int, list[Step]] = {start: []}
    reached = [start]
    for here in reached:
        for (giver, there), step in steps.items():
            if giver == here and there not in ways:
                ways[there] = [*ways[here], step]
                reached.append(there)
    return ways.get(end, [])
