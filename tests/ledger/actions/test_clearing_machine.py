"""Random debts, payments and rounds: a round changes nobody's net, proves itself, and freezes what it counts."""

import datetime as dt
import random
from collections import Counter

import networkx as nx
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import cleared, clearing, reconciliation
from ledger.actions.cleared import NothingToClear, RoundNotAtThisPoint, StillTimeToAnswer
from ledger.actions.clearing import TooLateToAnswer
from ledger.actions.facts import Line
from ledger.actions.refusals_clearing import ClaimIsInARound
from ledger.core import clearing_certificate
from ledger.models import Claim, ClaimBalance, ClearingRound, Finding, RoundClaim
from ledger.models.clearing import Consent, LeftOut, RoundState, Stance
from ledger.queries import clearing as read
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.rounds import CALLED, Circle

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MEMBERS = 5
#: What is done. Drawn evenly, so that rounds come to their end; lists of Hypothesis are mostly poor in one.
DONE = [*["owe"] * 4, "pay", "pay", *["round"] * 4, "out", "accept", *["post"] * 4, "off", "reverse", "wait"]
STEPS = 16


class Model:
    """Five members, what a model says is open of each debt, and the rounds that were called."""

    def __init__(self, cast: Cast) -> None:
        self.circle, self.day = Circle(cast), CALLED
        more = [make.book("aparte"), make.book("aurora")]
        for each in more:
            make.affiliation(each.organization, cast.federacion)
        self.books = [cast.grafica, cast.molino, cast.textil, *more]
        self.officers = [
            cast.ana,
            cast.mario,
            cast.carla,
            *(make.officer(b.organization.code, b.organization) for b in more),
        ]
        self.debts = {each: self.open_now()[each.pk] for each in Claim.objects.all()}

    @staticmethod
    def open_now() -> dict[int, int]:
        return dict(ClaimBalance.objects.values_list("claim", "amount"))

    def nets(self) -> Counter[int]:
        found = Counter[int]()
        for debt, amount in self.debts.items():
            found[debt.creditor_id] += amount
            found[debt.debtor_id] -= amount
        return found

    def of_state(self, *states: RoundState) -> list[ClearingRound]:
        """Return the rounds that stand there now, as they are."""
        return list(ClearingRound.objects.filter(state__in=states).order_by("pk"))

    def is_frozen(self, debt: Claim) -> bool:
        rows = RoundClaim.objects.filter(claim=debt, left_out="", round__state=RoundState.PROPOSED)
        return rows.exclude(debtor__stance=Stance.OUT).exclude(creditor__stance=Stance.OUT).exists()

    def do(self, what: str, who: int, which: int, amount: int) -> None:
        if what == "owe" and who != which:
            owed = self.circle.owe(self.books[who], self.books[which], amount * 100, on=self.day)
            self.debts[owed] = amount * 100
        elif what == "pay":
            self.pay(which, amount)
        elif what == "round":
            self.round(who, amount)
        elif what == "wait":
            self.day += DAY
        elif what in {"out", "accept", "post", "off"} and (open_ones := self.of_state(RoundState.PROPOSED)):
            found = open_ones[which % len(open_ones)]
            if what == "post" and amount % 2:  # not at once, but when the time to answer is over
                self.day = max(self.day, found.answer_until + DAY)
            getattr(self, what)(found, who)
        elif what == "reverse" and (posted := self.of_state(RoundState.POSTED)):
            self.reverse(posted[which % len(posted)])

    def pay(self, which: int, amount: int) -> None:
        open_ones = [debt for debt, left in self.debts.items() if left]
        if not open_ones:
            return
        debt = open_ones[which % len(open_ones)]
        amount = min(amount * 100, self.debts[debt])
        sides = [(debt.creditor, amount), (debt.debtor, -amount)]
        lines = [Line(account=make.account(book, "1102"), amount=value) for book, value in sides]
        told = [*make.claim_lines(debt, -amount), *lines]
        if self.is_frozen(debt):
            with pytest.raises(ClaimIsInARound), transaction.atomic():
                make.event(told, on=self.day)
            return
        make.event(told, on=self.day)
        self.debts[debt] -= amount

    def round(self, absent: int, amount: int) -> None:
        """Call a round of what was open yesterday; one stays out, or says nothing; a debt is paid; work it out."""
        if self.of_state(RoundState.PROPOSED):  # a second one at once, with a circle of its own
            one, other = (absent + 1) % MEMBERS, (absent + 2) % MEMBERS
            self.do("owe", one, other, amount)
            self.do("owe", other, one, amount + 1)
        self.day += DAY
        consent = Consent.ASKED if amount % 3 == 0 else Consent.STANDING
        days = {"cut_off": self.day - DAY, "join_until": self.day, "answer_until": self.day + 2 * DAY}
        found = self.circle.call(consent=consent, on=self.day, **days)
        stood, coming = dict(self.debts), set(self.books)
        if amount % 2:
            coming.remove(self.books[absent])
        for at, book in enumerate(self.books):
            how = {"found": found, "organization": book.organization, "by": self.officers[at], "on": self.day}
            if book in coming and consent == Consent.ASKED:
                clearing.take_part(**how)
            elif book not in coming and consent == Consent.STANDING:
                clearing.stay_out(**how, reason="")
        self.pay(absent, amount)
        self.day += DAY
        expected = self.counted(stood, {book.pk for book in coming})
        arcs = [(debt.debtor_id, debt.creditor_id) for debt, (_amount, left_out) in expected.items() if not left_out]
        if nx.is_directed_acyclic_graph(nx.DiGraph(arcs)):
            with pytest.raises(NothingToClear):
                self.circle.propose(found, on=self.day)
            clearing.call_off(found=found, reason="Nada.", by=self.circle.fede, on=self.day)
            return
        self.circle.propose(found, seed=str(amount), on=self.day)
        rows = {row.claim: (row.amount, row.left_out) for row in found.claims.select_related("claim")}
        assert rows == expected

    def counted(self, stood: dict[Claim, int], coming: set[int]) -> dict[Claim, tuple[int, str]]:
        """Return debt → how much of it is counted, and why it takes no part."""
        elsewhere = set(
            RoundClaim.objects.filter(round__state=RoundState.PROPOSED, left_out="").values_list("claim", flat=True)
        )
        least = {debt: min(amount, self.debts[debt]) for debt, amount in stood.items()}
        return {
            debt: (amount, LeftOut.IN_A_ROUND if debt.pk in elsewhere else LeftOut.NOT)
            for debt, amount in least.items()
            if amount and {debt.debtor_id, debt.creditor_id} <= coming
        }

    def out(self, found: ClearingRound, who: int) -> None:
        how = {"found": found, "organization": self.books[who].organization, "by": self.officers[who], "on": self.day}
        if self.day > found.answer_until:
            with pytest.raises(TooLateToAnswer):
                clearing.stay_out(**how, reason="")
            return
        clearing.stay_out(**how, reason="")
        gone = RoundClaim.objects.filter(round=found, cancelled__gt=0)
        assert not gone.filter(debtor__organization=self.books[who].organization).exists()

    def accept(self, found: ClearingRound, _who: int) -> None:
        for book, officer in zip(self.books, self.officers, strict=True):
            how = {"found": found, "organization": book.organization, "by": officer, "on": self.day}
            if found.parties.get(organization=book.organization).stance == Stance.OUT:
                with pytest.raises(RoundNotAtThisPoint):
                    clearing.take_part(**how)
            else:
                clearing.take_part(**how)

    def post(self, found: ClearingRound, _who: int) -> None:
        refusal: type[DomainError] | None = None
        if self.day <= found.answer_until and found.parties.filter(stance=Stance.JOINED).exists():
            refusal = StillTimeToAnswer
        elif not found.claims.filter(cancelled__gt=0).exists():
            refusal = NothingToClear
        if refusal is not None:
            with pytest.raises(refusal):
                self.circle.post(found, on=self.day)
            return
        self.circle.post(found, on=self.day)
        self.move(found, -1)

    def off(self, found: ClearingRound, _who: int) -> None:
        clearing.call_off(found=found, reason="Falta gente.", by=self.circle.fede, on=self.day)

    def reverse(self, found: ClearingRound) -> None:
        cleared.reverse(found=found, reason="Se contó mal.", by=self.circle.fede, on=self.day)
        self.move(found, 1)

    def move(self, found: ClearingRound, sign: int) -> None:
        """Take what a round cancels off the model's debts, or give it back: nobody's net changes."""
        before = self.nets()
        for row in found.claims.select_related("claim"):
            self.debts[row.claim] += sign * row.cancelled
        assert self.nets() == before

    def look(self) -> None:
        assert {debt.pk: amount for debt, amount in self.debts.items()} == self.open_now()
        assert min(self.debts.values()) >= 0
        for found in self.of_state(RoundState.PROPOSED, RoundState.POSTED, RoundState.REVERSED):
            told = read.told(found)
            assert clearing_certificate.problems(told) == []
            assert sum(told.cleared.cancelled.values()) == found.total


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_any_rounds(cast: Cast, seed: int):
    chance = random.Random(seed)  # noqa: S311  # of a test
    with transaction.atomic():
        model = Model(cast)
        steps = ["owe"] * chance.randint(2, 12) + chance.choices(DONE, k=STEPS)
        for what in steps:
            model.do(what, chance.randrange(MEMBERS), chance.randrange(MEMBERS), chance.randint(1, 900))
            model.look()

        reconciliation.reconcile(full=True, clock=timezone.now)
        assert not Finding.objects.exists()
        transaction.set_rollback(True)
