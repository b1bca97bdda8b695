"""The posting rule of barter (permuta): what each delivery settles and what it leaves owed.

A delivery first settles what its giver already owes: goods against goods of the same kind, money against money,
oldest first. What is left opens a claim pegged to what the receiver has still to give, in the proportions of the
agreement; beyond that, in money. VAT is always owed in money (Ley de IVA art. 2 treats both legs of a barter as
sales). Nothing here knows of accounts: the amounts are whole minor units.

Among more than two (the mill gives to the printer, the printer to the school, the school to the mill) nobody owes back
to whom they received from. A delivery then opens claims along the promises that lead back from its receiver to its
giver: who received owes the next, and the last owes whoever gave. With two parties that way is one step long.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.apportion import apportion, part_of, percentage_of_more
from ledger.core.debts import Debt, Debts, Move, price_of, shortest


@dataclass(slots=True)
class Promise:
    """One agreed line: what `giver` gives in all, and what of it was handed over so far."""

    line: int
    giver: int
    receiver: int
    quantity: int
    value: int
    #: Basis points; None where no VAT is charged.
    vat_rate: int | None = None
    delivered_quantity: int = 0
    delivered_value: int = 0
    #: What was invoiced for it, without VAT: the value, or what it was worth on its day.
    delivered_worth: int = 0

    @property
    def left(self) -> int:
        """How much was not handed over yet."""
        return self.quantity - self.delivered_quantity

    def invoice(self, worth: int) -> int:
        """Add to what was invoiced, and return the VAT of it: below zero for what is taken off.

        Of all that was invoiced, less what was charged before: the cents of many invoices make those of one.
        """
        vat = percentage_of_more(before=self.delivered_worth, more=worth, basis_points=self.vat_rate or 0)
        self.delivered_worth += worth
        return vat


@dataclass(frozen=True, slots=True)
class Done:
    """What an act is worth, and what it moves; below zero for what is given back or taken off."""

    #: What debts settle and open by it.
    value: int
    #: What is invoiced, without VAT.
    worth: int
    vat: int
    moves: list[Move]
    #: By how much more is to be given in all.
    difference: int = 0
    #: By how much what was owed in goods rose in price while it was owed: the giver's loss, the receiver's gain.
    held: int = 0


class MoreThanAgreed(ValueError):
    """There is not that much of it."""


class OwedIsAnother(ValueError):
    """A price is for all that is owed, and something else is owed."""


class Position:
    """Where an agreement stands: the promises of its parties and the debts between them."""

    def __init__(
        self,
        *,
        promises: Iterable[Promise],
        debts: Iterable[Debt],
        pegged_to_goods: bool,
        in_proportion: bool = False,
    ) -> None:
        """Take the debts oldest first. `in_proportion`: each part of what is given is owed partly in goods, as agreed.

        Without that it is owed in goods as far as those reach, and in money after that.
        """
        self.promises = {promise.line: promise for promise in promises}
        self.debts = Debts(debts)
        self.pegged_to_goods = pegged_to_goods
        self.in_proportion = in_proportion

    def deliver(self, *, line: int, quantity: int, worth: int | None = None) -> Done:
        """Hand over a quantity of a line: settle, open, and remember. `worth` is today's price, if it is another.

        :raises MoreThanAgreed: if less than that is left to deliver.
        :raises WorthNothing: if that part, or what it leaves, is worth less than a minor unit.
        """
        promise = self._promise(line, quantity, self.promises[line].left)
        free_quantity, free_value = self._free(promise)
        value, ahead = self._settle_goods(promise, quantity)
        in_money = 0
        if ahead:
            advance = price_of(free_value, part=ahead, whole=free_quantity)
            if self.pegged_to_goods:
                in_money = self._advance(promise, advance, free_value)
            else:
                self.debts.money_around(promise.giver, promise.receiver, advance)
            value += advance
        worth = value if worth is None else worth
        promise.delivered_quantity += quantity
        promise.delivered_value += value
        vat = promise.invoice(worth)
        self.debts.money(promise.giver, promise.receiver, in_money + vat)
        return Done(value=value, worth=worth, vat=vat, moves=self.debts.moved(), held=worth - value)

    def pay(self, *, giver: int, receiver: int, amount: int) -> Done:
        """Hand over money: settle what the payer owes the receiver in money; what is over is owed back in money."""
        self.debts.money(giver, receiver, amount)
        return Done(value=amount, worth=amount, vat=0, moves=self.debts.moved())

    def take_back(self, *, line: int, quantity: int) -> Done:
        """Give back a quantity that was delivered: its giver owes it again, and its VAT is owed back in money.

        :raises MoreThanAgreed: if less than that was delivered.
        :raises WorthNothing: if that part, or what it leaves, is worth less than a minor unit.
        """
        promise = self._promise(line, quantity, self.promises[line].delivered_quantity)
        whole = promise.delivered_quantity
        value = price_of(promise.delivered_value, part=quantity, whole=whole)
        worth = part_of(promise.delivered_worth, before=0, more=quantity, whole=whole)
        promise.delivered_quantity -= quantity
        promise.delivered_value -= value
        vat = promise.invoice(-worth)
        giver, receiver = promise.giver, promise.receiver
        if self.pegged_to_goods:
            self.debts.open(creditor=receiver, debtor=giver, line=line, amount=value, quantity=quantity)
        else:
            self.debts.money_around(receiver, giver, value)
        self.debts.money(receiver, giver, -vat)
        return Done(value=-value, worth=-worth, vat=vat, moves=self.debts.moved(), held=value - worth)

    def give_up(self, *, line: int, quantity: int) -> Done:
        """Leave a quantity undelivered, as both agree: what was owed of it in goods is owed in money instead.

        :raises MoreThanAgreed: if less than that is left to deliver.
        :raises WorthNothing: if that part, or what it leaves, is worth less than a minor unit.
        """
        promise = self._promise(line, quantity, self.promises[line].left)
        free_quantity, free_value = self._free(promise)
        owed, never_owed = self._settle_goods(promise, quantity)
        self.debts.money(promise.receiver, promise.giver, owed)
        dropped = price_of(free_value, part=never_owed, whole=free_quantity) if never_owed else 0
        promise.quantity -= quantity
        promise.value -= owed + dropped
        return Done(value=-owed - dropped, worth=0, vat=0, moves=self.debts.moved())

    def allow(self, *, line: int, amount: int) -> Done:
        """Take something off the price of what was delivered, as both agree: its giver owes that back in money.

        :raises MoreThanAgreed: if what was delivered is worth less.
        """
        promise = self._promise(line, amount, self.promises[line].delivered_worth)
        vat = promise.invoice(-amount)
        self.debts.money(promise.receiver, promise.giver, amount - vat)
        return Done(value=0, worth=-amount, vat=vat, moves=self.debts.moved())

    def owed_in_goods(self, line: int) -> int:
        """Return how much of a line is owed: handed over to nobody yet, while its price was given for it."""
        return sum(debt.quantity for debt in self.debts.of(line))

    def revalue(self, *, line: int, quantity: int, worth: int) -> Done:
        """Set what is owed in goods of a line, `quantity` in all, at today's price: `worth` for all of it.

        :raises OwedIsAnother: if another quantity is owed.
        :raises WorthNothing: if that is less than a minor unit for each debt.
        """
        if not quantity or quantity != self.owed_in_goods(line):
            raise OwedIsAnother
        self.debts.revalue_goods(line, worth)
        moves = self.debts.moved()
        rise = sum(move.amount for move in moves)
        self.promises[line].value += rise
        return Done(value=rise, worth=0, vat=0, moves=moves, held=rise)

    def change(self, *, line: int, quantity: int, worth: int) -> Done:
        """Agree anew on what is still to be given and nobody owes: that much of it, at that price for all of it.

        :raises OwedIsAnother: if nothing of it is left to agree on.
        """
        promise = self.promises[line]
        free_quantity, free_value = self._free(promise)
        if not free_quantity:
            raise OwedIsAnother
        promise.quantity += quantity - free_quantity
        promise.value += worth - free_value
        more = quantity - free_quantity
        return Done(value=worth - free_value, worth=0, vat=0, moves=[], difference=more)

    def is_settled(self) -> bool:
        """Whether everything was handed over and nothing is owed."""
        nothing_owed = not any(debt.amount or debt.quantity for debt in self.debts.all)
        return nothing_owed and not any(promise.left for promise in self.promises.values())

    def _promise(self, line: int, wanted: int, there: int) -> Promise:
        if not 0 < wanted <= there:
            raise MoreThanAgreed
        return self.promises[line]

    def _free(self, promise: Promise) -> tuple[int, int]:
        """Return the (quantity, value) of a line that is neither delivered nor owed as a debt."""
        owed = self.debts.of(promise.line)
        return (
            promise.left - sum(debt.quantity for debt in owed),
            promise.value - promise.delivered_value - sum(debt.amount for debt in owed),
        )

    def _settle_goods(self, promise: Promise, quantity: int) -> tuple[int, int]:
        """Settle what is owed of a line, oldest first; return what that was worth, and the quantity that is over."""
        return self.debts.settle_goods(promise.line, quantity, is_last=quantity == promise.left)

    def _advance(self, given: Promise, value: int, whole: int) -> int:
        """Open what is owed in goods for goods given ahead, along the way back, and return what is over: owed in money.

        `whole` is what of the line nobody had given or owed before.
        """
        left = self._in_goods(given, value, whole) if self.in_proportion else value
        in_money = value - left
        while left and (way := shortest(given.receiver, given.giver, self._still_to_give())):
            amount = min(left, *(sum(worth for _promise, _quantity, worth in step) for step in way))
            for step in way:
                self._owe_goods(step, amount)
            left -= amount
        return left + in_money

    def _in_goods(self, given: Promise, value: int, whole: int) -> int:
        """Return what of a value is owed in goods: the part that goods still to be given are of all that is."""
        back = self._still_to_give().get((given.receiver, given.giver), [])
        goods = sum(worth for _promise, _quantity, worth in back)
        return min(value, part_of(goods, before=0, more=value, whole=whole)) if value else 0

    def _still_to_give(self) -> dict[tuple[int, int], list[tuple[Promise, int, int]]]:
        """Return (giver, receiver) → the promises between them that are neither delivered nor owed, with how much."""
        found: dict[tuple[int, int], list[tuple[Promise, int, int]]] = {}
        for promise in self.promises.values():
            quantity, worth = self._free(promise)
            if worth > 0:
                found.setdefault((promise.giver, promise.receiver), []).append((promise, quantity, worth))
        return found

    def _owe_goods(self, step: list[tuple[Promise, int, int]], amount: int) -> None:
        """Open debts in the goods that one party has still to give another, in the proportions of the agreement."""
        amounts = apportion(amount, [worth for _promise, _quantity, worth in step])
        for (promise, quantity, worth), part in zip(step, amounts, strict=True):
            if part:
                # Rounded down: the last part then takes what is left, so that quantity never runs out first.
                self.debts.open(
                    creditor=promise.receiver,
                    debtor=promise.giver,
                    line=promise.line,
                    amount=part,
                    quantity=quantity * part // worth,
                )
