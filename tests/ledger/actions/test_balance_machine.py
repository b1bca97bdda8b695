"""Random answers and explanations: one answer of each side stands, nothing said is lost, findings are what stands."""

import random
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import reconciliation
from ledger.actions.balance_answers import AGREES, Answer
from ledger.actions.refusals_audited import AnswerDoesNotFit, AnsweredMeanwhile, NothingToExplain
from ledger.models import AskedBalance, BalanceAnswer, BalanceConfirmation, Book
from ledger.models.balance_confirmations import Said
from ledger.queries import balance_confirmations as read
from tests.balances import CALLED, Asked, differs, findings
from tests.cast import Cast

pytestmark = pytest.mark.django_db
STEPS = 14
DOES_NOT_KNOW = Answer(said=Said.UNKNOWN)
DONE = [*["answer"] * 6, "blunder", "all", "explain", "explain", "more is owed", "look again"]


@dataclass
class Spoken:
    """What a model says that one side said: all of it, the latest last, and whether that is explained."""

    answers: list[Answer] = field(default_factory=list)
    is_explained: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.answers) and self.answers[-1].said == Said.DIFFERS and not self.is_explained


class Model:
    """Two balances, one of them in flour, between two who answer."""

    def __init__(self, cast: Cast) -> None:
        self.asked = Asked(cast)
        self.found: BalanceConfirmation = self.asked.call()
        self.balances = list(
            self.found.balances.select_related("unit", "peg__unit", "confirmation__body").order_by("number")
        )
        self.frozen = [(each.amount, each.quantity) for each in self.balances]
        self.books = [cast.grafica, cast.molino]
        self.spoken = {(balance, book): Spoken() for balance in self.balances for book in self.books}

    def do(self, what: str, chance: random.Random) -> None:
        balance, book = chance.choice(self.balances), chance.choice(self.books)
        match what:
            case "answer":
                self.answer(balance, book, chance)
            case "blunder":
                self.blunder(balance, book)
            case "all":
                self.agree_with_all(book)
            case "explain":
                self.explain(balance)
            case "more is owed":
                self.asked.more(self.asked.money, chance.randint(1, 9) * 100, on=CALLED)
            case _look:
                open_ones = findings()
                reconciliation.reconcile(full=chance.random() < 0.5, clock=timezone.now)
                assert findings() == open_ones

    def blunder(self, balance: AskedBalance, book: Book) -> None:
        """Differ with the same figures; answer from a page that had not seen what stands."""
        with pytest.raises(AnswerDoesNotFit):
            self.asked.answer(balance, book, differs(balance.amount, balance.quantity))
        said = self.spoken[balance, book].answers
        if said and said[-1] != DOES_NOT_KNOW:
            with pytest.raises(AnsweredMeanwhile), transaction.atomic():
                self.asked.answer(balance, book, DOES_NOT_KNOW, instead_of=None)

    def agree_with_all(self, book: Book) -> None:
        silent = [said for (_balance, of), said in self.spoken.items() if of == book and not said.answers]
        assert self.asked.agree_with_all(self.found, book) == len(silent)
        for each in silent:
            each.answers.append(AGREES)

    def answer(self, balance: AskedBalance, book: Book, chance: random.Random) -> None:
        quantity = chance.choice([balance.quantity, 0, 250_000]) if balance.is_in_goods else 0
        other = differs(chance.choice([balance.amount, 0, 70_000]), quantity)
        if (other.amount, other.quantity) == (balance.amount, balance.quantity):
            other = AGREES
        told = chance.choice([other, other, AGREES, DOES_NOT_KNOW])
        said = self.spoken[balance, book]
        self.asked.answer(balance, book, told)
        if not said.answers or said.answers[-1] != told:
            said.answers.append(told)
            said.is_explained = False

    def explain(self, balance: AskedBalance) -> None:
        differing = [each for (of, _book), each in self.spoken.items() if of == balance and each.differs]
        if not differing:
            with pytest.raises(NothingToExplain), transaction.atomic():
                self.asked.explain(balance)
            return
        self.asked.explain(balance)
        for each in differing:
            each.is_explained = True

    def look(self) -> None:
        fields = ("said", "amount", "quantity", "reason")
        for (balance, book), said in self.spoken.items():
            rows = BalanceAnswer.objects.filter(balance=balance, organization=book.organization).order_by("pk")
            assert [Answer(**row) for row in rows.values(*fields)] == said.answers
            assert rows.filter(replaced_by=None).count() == bool(said.answers)
        assert findings() == self.expected()
        now = [each.answers[-1].said for each in self.spoken.values() if each.answers]
        told = read.progress(self.found)
        assert (told.asked, told.answered) == (len(self.spoken), len(now))
        assert (told.agrees, told.unknown) == (now.count(Said.AGREES), now.count(Said.UNKNOWN))
        assert told.differs == sum(each.differs for each in self.spoken.values())
        assert [(each.amount, each.quantity) for each in self.found.balances.order_by("number")] == self.frozen
        firsts = [each.differs for each in read.told(list(read.differences_first(self.found)))]
        assert firsts == sorted(firsts, reverse=True)

    def expected(self) -> set[tuple[str, int, int, str | None]]:
        found: set[tuple[str, int, int, str | None]] = set()
        for (balance, book), said in self.spoken.items():
            if said.differs:
                told, code = said.answers[-1], book.organization.code
                assert told.amount is not None
                assert told.quantity is not None
                if told.amount != balance.amount:
                    found.add((code, balance.amount, told.amount, balance.unit.code))
                if told.quantity != balance.quantity:
                    found.add((code, balance.quantity, told.quantity, balance.peg.unit.code))
        return found


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_any_answers(cast: Cast, seed: int):
    chance = random.Random(seed)  # noqa: S311  # of a test
    with transaction.atomic():
        model = Model(cast)
        for what in chance.choices(DONE, k=STEPS):
            model.do(what, chance)
            model.look()
        transaction.set_rollback(True)
