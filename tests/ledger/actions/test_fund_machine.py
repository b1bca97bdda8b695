"""Random levies, payments, gifts, spendings and their undoing: the fund is what its shares and its account say."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import reconciliation
from ledger.actions.funded import MoreThanIsOwed
from ledger.actions.refusals import ClaimWouldGoBelowZero
from ledger.actions.refusals_funded import FundHoldsNoMore, SpentAsDecided
from ledger.models import Claim, Finding, FundAct, FundShare
from ledger.models.funded import FundKind
from network.errors import DomainError
from tests.cast import Cast
from tests.funds import Kept

pytestmark = pytest.mark.django_db
#: What is done, by which of two, how much, and to which of the earlier acts.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["levy", "payment", "gift", "spending", "undo"]),
        st.integers(0, 1),
        st.integers(1, 500),
        st.integers(0, 10),
    ),
    min_size=1,
    max_size=8,
)
DECIDED = 700


class Model:
    """A fund, and what a model says that each of two gave, paid and received."""

    def __init__(self, cast: Cast) -> None:
        self.kept, self.books = Kept(cast), [cast.grafica, cast.molino]
        self.shares = [[0, 0, 0], [0, 0, 0]]
        self.decision = self.kept.decide(DECIDED)
        self.done: list[tuple[FundAct, int]] = []

    def drawn(self) -> int:
        return sum(act.amount for act, _who in self.done if act.kind == FundKind.SPENDING)

    def left(self) -> int:
        return sum(paid - had for _given, paid, had in self.shares)

    def open_of(self, levy: FundAct) -> int:
        return levy.amount - sum(act.amount for act, _who in self.done if act.levy_id == levy.pk)

    def move(self, act: FundAct, who: int, sign: int) -> None:
        part = {"levy": (1, 0, 0), "payment": (0, 1, 0), "gift": (1, 1, 0), "spending": (0, 0, 1)}[act.kind]
        for column, times in enumerate(part):
            self.shares[who][column] += sign * times * act.amount

    def do(self, what: str, who: int, amount: int, which: int) -> None:
        if what == "undo":
            self.undo(which)
            return
        how: dict[str, Any] = {}
        if what == "payment":
            levies = [act for act, whose in self.done if act.kind == "levy" and whose == who]
            if not levies:
                return
            how = {"levy": levies[which % len(levies)]}
            if amount > self.open_of(how["levy"]):
                with pytest.raises(MoreThanIsOwed):
                    self.kept.tell(FundKind.PAYMENT, self.books[who], amount, **how)
                return
        if what == "spending":
            how = {"decision": self.decision}
            beyond = SpentAsDecided if amount + self.drawn() > DECIDED else FundHoldsNoMore
            if amount + self.drawn() > DECIDED or amount > self.left():
                with pytest.raises(beyond):
                    self.kept.tell(FundKind.SPENDING, self.books[who], amount, **how)
                return
        act = self.kept.confirm(self.kept.tell(FundKind(what), self.books[who], amount, **how))
        self.done.append((act, who))
        self.move(act, who, 1)

    def undo(self, which: int) -> None:
        if not self.done:
            return
        act, who = self.done[which % len(self.done)]
        refusal: type[DomainError] | None = None
        if act.kind == "levy" and self.open_of(act) < act.amount:
            refusal = ClaimWouldGoBelowZero
        if act.kind in {"payment", "gift"} and act.amount > self.left():
            refusal = FundHoldsNoMore
        if refusal is not None:
            with pytest.raises(refusal), transaction.atomic():
                self.kept.undo(act)
            return
        self.kept.undo(act)
        self.done.remove((act, who))
        self.move(act, who, -1)

    def look(self) -> None:
        kept = self.kept
        shares = FundShare.objects.filter(fund=kept.book.pk)
        sums = shares.aggregate(given=Sum("contributed"), paid=Sum("collected"), had=Sum("received"))
        assert kept.totals() == (sums["given"], sums["paid"], sums["had"])
        assert kept.account() == sums["given"] - sums["had"]
        assert sums["paid"] >= sums["had"]
        for book, (gave, paid, had) in zip(self.books, self.shares, strict=True):
            found = shares.filter(organization=book.organization).first()
            stands = (found.contributed, found.collected, found.received) if found else (0, 0, 0)
            assert stands == (gave, paid, had)
            owed = Claim.objects.filter(creditor=kept.book, debtor=book).aggregate(all=Sum("balance__amount"))["all"]
            assert (owed or 0) == gave - paid


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_acts(cast: Cast, steps: list[tuple[str, int, int, int]]):
    with transaction.atomic():
        model = Model(cast)
        for step in steps:
            model.do(*step)
            model.look()

        reconciliation.reconcile(full=True, clock=timezone.now)
        assert not Finding.objects.exists()
        transaction.set_rollback(True)
