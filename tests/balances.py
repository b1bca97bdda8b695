"""A balance confirmation as steps that tests take: the federation asks the print shop and the mill.

The mill owes the print shop $ 1,200 of before, and the print shop the mill $ 900, kept in 300 kg of flour.
"""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from ledger.actions import balance_answers, balance_confirmations
from ledger.actions.balance_answers import AGREES, Answer
from ledger.actions.balance_confirmations import Question
from ledger.actions.facts import Line
from ledger.models import AskedBalance, BalanceAnswer, BalanceConfirmation, Book, Claim, Finding, Measure
from ledger.models.balance_confirmations import Said
from network.models import Organization, User
from tests import make
from tests.cast import Cast

OWED = dt.date(2026, 3, 1)
AS_OF = dt.date(2026, 4, 30)
CALLED = dt.date(2026, 5, 4)
UNTIL = dt.date(2026, 5, 18)


class Asked:
    """What the federation asks the print shop (Ana) and the mill (Mario), and what they say."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        #: President of the federation.
        self.fede: User = make.officer("Fede", cast.federacion)
        self.money = self.owe(cast.molino, cast.grafica, 1_200_00)
        self.flour = self.owe(cast.grafica, cast.molino, 900_00, peg=make.measure("KG", "harina"), quantity=300_000)

    def owe(
        self,
        debtor: Book,
        creditor: Book,
        amount: int,
        *,
        peg: Measure | None = None,
        quantity: int | None = None,
        on: dt.date = OWED,
    ) -> Claim:
        """Let one owe another for goods, under no agreement of these tests, and return the claim."""
        debt = make.claim(creditor, debtor, peg=peg, on=on)
        self.more(debt, amount, quantity, on=on)
        return debt

    def more(self, debt: Claim, amount: int, quantity: int | None = None, *, on: dt.date) -> None:
        """Let more be owed, or less (below zero)."""
        goods = [(debt.creditor, "4103", -amount), (debt.debtor, "1301", amount)]
        sides = [Line(account=make.account(book, number), amount=value) for book, number, value in goods]
        make.event([*make.claim_lines(debt, amount, quantity), *sides], on=on, kind="barter_delivery")

    def call(self, **how: Any) -> BalanceConfirmation:
        told: dict[str, Any] = {"key": uuid.uuid4(), "body": self.cast.federacion, "by": self.fede, "on": CALLED}
        told |= {name: how.pop(name) for name in tuple(how) if name in told}
        return balance_confirmations.call(what=Question(**({"as_of": AS_OF, "answer_until": UNTIL} | how)), **told)

    def officer(self, of: Organization) -> User:
        cast = self.cast
        speak = {cast.grafica: cast.ana, cast.molino: cast.mario, cast.textil: cast.carla}
        return {book.organization: person for book, person in speak.items()}[of]

    def answer(
        self,
        balance: AskedBalance,
        book: Book,
        what: Answer = AGREES,
        *,
        on: dt.date = CALLED,
        **how: Any,
    ) -> BalanceAnswer:
        """Let the officer of one side answer, in place of what it said last."""
        last = standing(balance, book)
        told: dict[str, Any] = {"by": self.officer(book.organization), "instead_of": last and last.pk} | how
        return balance_answers.answer(
            balance=balance, organization=book.organization, what=what, on=on, at=at(on), **told
        )

    def agree_with_all(self, found: BalanceConfirmation, book: Book, *, on: dt.date = CALLED) -> int:
        by = self.officer(book.organization)
        return balance_answers.agree_with_all(found=found, organization=book.organization, by=by, on=on, at=at(on))

    def explain(self, balance: AskedBalance, note: str = "La factura llegó en mayo.", *, on: dt.date = UNTIL) -> None:
        balance_answers.explain(balance=balance, note=note, by=self.fede, on=on, at=at(on))


def at(on: dt.date) -> dt.datetime:
    """Return the middle of a day."""
    return dt.datetime.combine(on, dt.time(15), tzinfo=dt.UTC)


def differs(amount: int, quantity: int = 0, reason: str = "Falta la factura 12.") -> Answer:
    return Answer(said=Said.DIFFERS, amount=amount, quantity=quantity, reason=reason)


def of_money(found: BalanceConfirmation) -> AskedBalance:
    return found.balances.get(quantity=0)


def of_flour(found: BalanceConfirmation) -> AskedBalance:
    return found.balances.get(quantity__gt=0)


def standing(balance: AskedBalance, book: Book) -> BalanceAnswer | None:
    answers = BalanceAnswer.objects.filter(balance=balance, organization=book.organization)
    return answers.filter(replaced_by=None).first()


def findings() -> set[tuple[str, int, int, str | None]]:
    """Return the open findings: in whose book, what the books say, what it says, in which unit."""
    rows = Finding.objects.filter(closed_at=None, check_code="confirmation")
    return set(rows.values_list("book__organization__code", "expected", "found", "unit__code"))


def of_the_world(cast: Cast, body: Organization, by: User) -> BalanceConfirmation:
    """Ask the print shop and the mill what they owe each other today; the mill differs in one balance."""
    today, now = timezone.localdate(), timezone.now()
    what = Question(as_of=today, answer_until=today + dt.timedelta(days=14))
    called = balance_confirmations.call(key=uuid.uuid4(), body=body, what=what, by=by, on=today)
    first = called.balances.earliest("number")
    balance_answers.answer(
        balance=first,
        organization=cast.molino.organization,
        what=differs(first.amount + 1_00, first.quantity),
        instead_of=None,
        by=cast.mario,
        on=today,
        at=now,
    )
    balance_answers.explain(balance=first, note="Un peso de redondeo.", by=by, on=today, at=now)
    return called
