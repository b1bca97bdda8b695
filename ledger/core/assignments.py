"""What moves when somebody takes one side of a claim over: the claim, what stands for it, and what is given for it.

No debt grows by it and nobody's worth changes: the claim goes on between the one who stays and the one who takes it
over, and the two who change places settle its worth between them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """Who owes whom less (`amount` below zero) or more, by book."""

    creditor: int
    debtor: int
    amount: int


@dataclass(frozen=True, slots=True)
class Paid:
    """Money from one bank to another, by book."""

    payer: int
    payee: int
    amount: int


def take_over(*, leaver: int, taker: int, other: int, amount: int, is_credit: bool) -> tuple[Settled, Settled, Paid]:
    """Return the claim that is settled, the one that is opened in its place, and what the two who change places pay.

    `leaver` hands over what `other` owes it (`is_credit`), or what it owes `other`. Whoever takes a claim over owes its
    worth; whoever is rid of a debt does. That is paid, or set off against what is owed between them the other way.
    """
    if is_credit:
        old, new = Settled(leaver, other, -amount), Settled(taker, other, amount)
        return old, new, Paid(payer=taker, payee=leaver, amount=amount)
    old, new = Settled(other, leaver, -amount), Settled(other, taker, amount)
    return old, new, Paid(payer=leaver, payee=taker, amount=amount)
