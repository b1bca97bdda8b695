"""The posting rule of barter (permuta): what each delivery settles and what it leaves owed.

A delivery first settles what its giver already owes: goods against goods of the same kind, money against money,
oldest first. What is left opens a claim on the receiver, pegged to what the receiver has still to give, in the
proportions of the agreement; beyond that, in money. VAT is always owed in money (Ley de IVA art. 2 treats both legs
of a barter as sales). Nothing here knows of accounts: the amounts are whole minor units.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.apportion import apportion, part_of, percentage


@dataclass(slots=True)
class Promise:
    """One agreed line: what `giver` gives in all, and what of it was handed over so far."""

    line: int
    giver: int
    quantity: int
    value: int
    #: Basis points; None where no VAT is charged.
    vat_rate: int | None = None
    delivered_quantity: int = 0
    delivered_value: int = 0


@dataclass(slots=True)
class Debt:
    """One open claim: what `debtor` owes, in goods of a line or (line None) in money."""

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


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery is worth, and what it moves."""

    value: int
    vat: int
    moves: list[Move]


class MoreThanAgreed(ValueError):
    """More is delivered than the agreement still has."""


class Position:
    """Where an agreement stands: the promises of both sides and the debts between them."""

    def __init__(self, *, promises: Iterable[Promise], debts: Iterable[Debt], pegged_to_goods: bool) -> None:
        """Take the debts oldest first."""
        self.promises = {promise.line: promise for promise in promises}
        self.debts = list(debts)
        self.pegged_to_goods = pegged_to_goods

    def open_to_deliver(self, line: int) -> int:
        """Return how much of a line was not handed over yet."""
        promise = self.promises[line]
        return promise.quantity - promise.delivered_quantity

    def deliver(self, *, line: int, quantity: int) -> Delivered:
        """Hand over a quantity of a line: settle, open, and remember.

        :raises MoreThanAgreed: if less than that is left to deliver.
        """
        promise = self.promises[line]
        if not 0 < quantity <= self.open_to_deliver(line):
            raise MoreThanAgreed
        moves: list[Move] = []
        if self.pegged_to_goods:
            value = self._goods(promise, quantity, moves)
        else:
            value = part_of(promise.value, before=promise.delivered_quantity, more=quantity, whole=promise.quantity)
            self._money(promise.giver, value, moves)
        promise.delivered_quantity += quantity
        # Of what was delivered so far, less what was charged before: the cents of many invoices make those of one.
        rate = promise.vat_rate or 0
        charged = percentage(promise.delivered_value, basis_points=rate)
        promise.delivered_value += value
        vat = percentage(promise.delivered_value, basis_points=rate) - charged
        self._money(promise.giver, vat, moves)
        return Delivered(value=value, vat=vat, moves=moves)

    def pay(self, *, giver: int, amount: int) -> list[Move]:
        """Hand over money: settle what the payer owes in money, oldest first; what is over is owed back in money."""
        moves: list[Move] = []
        self._money(giver, amount, moves)
        return moves

    def is_settled(self) -> bool:
        """Whether everything was handed over and nothing is owed."""
        return not any(debt.amount or debt.quantity for debt in self.debts) and all(
            self.open_to_deliver(line) == 0 for line in self.promises
        )

    def _goods(self, promise: Promise, quantity: int, moves: list[Move]) -> int:
        """Settle what is owed of this very line, open the rest as an advance, and return what all of it is worth."""
        uncovered_quantity, uncovered_value = self._uncovered(promise)
        value, left = 0, quantity
        for debt in [d for d in self.debts if d.debtor == promise.giver and d.line == promise.line]:
            if not left:
                break
            taken = min(left, debt.quantity)
            # A debt whose quantity is used up leaves nothing behind, however its amount was rounded.
            worth = (
                debt.amount
                if taken == debt.quantity
                else part_of(debt.amount, before=0, more=taken, whole=debt.quantity)
            )
            self._move(debt, -worth, -taken, moves)
            value, left = value + worth, left - taken
        if left:
            advance = part_of(uncovered_value, before=0, more=left, whole=uncovered_quantity)
            self._advance(promise.giver, advance, moves)
            value += advance
        return value

    def _advance(self, giver: int, value: int, moves: list[Move]) -> None:
        """Open what the other side owes for goods given ahead: in its goods as far as they reach, else in money."""
        returns = [p for p in self.promises.values() if p.giver != giver and self._uncovered(p)[1] > 0]
        uncovered = [self._uncovered(p) for p in returns]
        reach = sum(worth for _quantity, worth in uncovered)
        in_goods = min(value, reach)
        if in_goods:
            amounts = apportion(in_goods, [worth for _quantity, worth in uncovered])
            for promise, (quantity, worth), amount in zip(returns, uncovered, amounts, strict=True):
                if amount:
                    # Rounded down: the last part then takes what is left, so that quantity never runs out first.
                    debt = Debt(debtor=promise.giver, line=promise.line, amount=0)
                    self.debts.append(debt)
                    self._move(debt, amount, quantity * amount // worth, moves)
        self._money(giver, value - in_goods, moves)

    def _money(self, giver: int, amount: int, moves: list[Move]) -> None:
        """Settle money that the giver owes, oldest first, and open what is left on the other side."""
        left = amount
        for debt in [d for d in self.debts if d.debtor == giver and d.line is None]:
            taken = min(left, debt.amount)
            if taken:
                self._move(debt, -taken, 0, moves)
                left -= taken
        if left:
            debtor = next(p.giver for p in self.promises.values() if p.giver != giver)
            debt = Debt(debtor=debtor, line=None, amount=0)
            self.debts.append(debt)
            self._move(debt, left, 0, moves)

    def _uncovered(self, promise: Promise) -> tuple[int, int]:
        """Return the (quantity, value) of a line that is neither delivered nor owed as a debt."""
        owed = [d for d in self.debts if d.line == promise.line]
        return (
            promise.quantity - promise.delivered_quantity - sum(d.quantity for d in owed),
            promise.value - promise.delivered_value - sum(d.amount for d in owed),
        )

    @staticmethod
    def _move(debt: Debt, amount: int, quantity: int, moves: list[Move]) -> None:
        debt.amount += amount
        debt.quantity += quantity
        if amount or quantity:
            moves.append(Move(debt=debt, amount=amount, quantity=quantity))
