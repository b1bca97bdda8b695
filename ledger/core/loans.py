"""Solidarity loans: what one lends another, and what of it is still owed. Without interest.

What is lent is money, or a thing of which the same kind and quality is given back (mutuo, Civil and Commercial Code
art. 1525): so much of it, whatever its price has become meanwhile. By how much it rose is a loss of whoever had to get
it anew, and a gain of whoever has it back. Only what is owed is given back, paid or forgiven. Whole minor units.
"""

from dataclasses import dataclass

from ledger.core.debts import Debts, price_of


class MoreThanLent(ValueError):
    """There is not that much left to lend."""


class MoreThanOwed(ValueError):
    """Not that much of it is owed."""


class OwedIsAnother(ValueError):
    """A price is for all that is owed, and something else is owed."""


@dataclass(slots=True, kw_only=True)
class Loan:
    """A loan between two: their debts, and what of the thing (`line`, None for money) is still to be lent.

    `value` is what all that is still to be lent of a thing is worth.
    """

    lender: int
    borrower: int
    debts: Debts
    line: int | None = None
    left: int = 0
    value: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed."""
        return not any(debt.amount or debt.quantity for debt in self.debts.all)

    @property
    def owed_money(self) -> int:
        """What is owed in money."""
        return self.debts.owed(self.borrower, self.lender)

    @property
    def owed_things(self) -> int:
        """How much of the thing is owed."""
        return 0 if self.line is None else sum(debt.quantity for debt in self.debts.of(self.line))

    def lend(self, amount: int) -> int:
        """Hand over so much of the money, or of the thing, and return what it is worth: the last takes what is left.

        :raises MoreThanLent: if that much is not left to lend.
        :raises WorthNothing: if that part, or what it leaves, is worth less than a minor unit.
        """
        if not 0 < amount <= self.left:
            raise MoreThanLent
        worth = amount
        if self.line is not None:
            worth = price_of(self.value, part=amount, whole=self.left)
            self.value -= worth
        quantity = 0 if self.line is None else amount
        self.left -= amount
        self.debts.open(creditor=self.lender, debtor=self.borrower, line=self.line, amount=worth, quantity=quantity)
        return worth

    def settle_things(self, quantity: int) -> int:
        """Give so much of the thing back, or forgive it: the oldest first. Return what it had been lent at.

        :raises MoreThanOwed: if less of it is owed.
        :raises WorthNothing: if that part, or what it leaves, is worth less than a minor unit.
        """
        if self.line is None or not 0 < quantity <= self.owed_things:
            raise MoreThanOwed
        return self.debts.settle_goods(self.line, quantity, is_last=quantity == self.owed_things)[0]

    def settle_money(self, amount: int) -> int:
        """Give so much money back, or goods worth it, or forgive it: the oldest first.

        :raises MoreThanOwed: if less is owed.
        """
        if not 0 < amount <= self.owed_money:
            raise MoreThanOwed
        return self.debts.settle(self.borrower, self.lender, amount)

    def turn_into_money(self, quantity: int) -> int:
        """Let so much of the thing be owed in money instead, and return how much money.

        :raises MoreThanOwed: if less of it is owed.
        """
        worth = self.settle_things(quantity)
        self.debts.open(creditor=self.lender, debtor=self.borrower, line=None, amount=worth)
        return worth

    def revalue(self, quantity: int, worth: int) -> int:
        """Set all that is owed of the thing, `quantity`, at a price of today, and return by how much it rose.

        :raises OwedIsAnother: if another quantity is owed.
        """
        if self.line is None or not quantity or quantity != self.owed_things:
            raise OwedIsAnother
        before = sum(debt.amount for debt in self.debts.of(self.line))
        self.debts.revalue_goods(self.line, worth)
        return worth - before
