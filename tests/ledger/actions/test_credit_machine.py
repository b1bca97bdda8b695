"""Random payments within random limits, in any order: the total is zero, limits are kept, every debt is settled."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import agreements, confirmations, deliveries, positions, reconciliation, refusals, reversals, terms
from ledger.actions.deliveries import Papers
from ledger.actions.facts import Line
from ledger.actions.terms import LineTerms, Terms
from ledger.models import Agreement, Book, Claim, Delivery, Finding, Unit
from network.models import User
from tests import make
from tests.cast import Cast
from tests.credit import limit, network, stands

pytestmark = pytest.mark.django_db
TODAY = make.DAY
LIMITS = st.tuples(*[st.integers(0, 500)] * 3)
#: Who owes whom, how much, whether it is paid in credit, and whether the payment is undone again.
PAYMENTS = st.lists(
    st.tuples(st.permutations([0, 1, 2]), st.integers(1, 400), st.booleans(), st.booleans()), min_size=1, max_size=6
)


class Members:
    """Three members of a network, what each may go below zero by, and where a model says that it stands."""

    def __init__(self, cast: Cast, limits: tuple[int, ...]) -> None:
        self.books = [cast.grafica, cast.molino, cast.textil]
        self.officers = [cast.ana, cast.mario, cast.carla]
        self.limits, self.stands = limits, [0, 0, 0]
        red = network()
        for book, amount in zip(self.books, limits, strict=True):
            limit(book, red, amount, cast.ana)
        self.mia = Unit.objects.get(code="MIA")
        self.agreement = self.agreed()

    def agreed(self) -> Agreement:
        """Let the three agree on something, under which they will owe each other money."""
        sides = [book.organization for book in self.books]
        lines = [
            LineTerms(giver=giver, receiver=receiver, thing="Ayuda", unit=make.unit("HORA"), quantity=1, value=1)
            for giver, receiver in zip(sides, sides[1:] + sides[:1], strict=True)
        ]
        told = Terms(title="Ayuda", pegged_to_goods=False, agreed_on=TODAY)
        by = {"by": self.officers[0], "on": TODAY}
        proposed = terms.log(
            kind="barter", key=uuid.uuid4(), proposer=sides[0], others=sides[1:], terms=told, lines=lines, **by
        )
        for side, officer in zip(sides[1:], self.officers[1:], strict=True):
            proposed = agreements.sign(agreement=proposed, organization=side, by=officer, on=TODAY)
        return proposed

    def owe(self, debtor: Book, creditor: Book, amount: int) -> None:
        parties = {"creditor": creditor, "debtor": debtor, "unit": make.unit(), "peg": make.measure()}
        claim = Claim.objects.create(agreement=self.agreement.code, opened_on=TODAY, **parties)
        sold = Line(account=make.account(creditor, "4101"), amount=-amount)
        bought = Line(account=make.account(debtor, "1301"), amount=amount)
        make.event([*make.claim_lines(claim, amount), sold, bought])

    def pay(self, payer: int, payee: int, amount: int, credit: Unit | None) -> Delivery:
        told = {"giver": self.books[payer].organization, "receiver": self.books[payee].organization}
        by, confirming = self.officers[payer], self.officers[payee]
        payment = deliveries.log_payment(
            agreement=self.agreement,
            key=uuid.uuid4(),
            amount=amount,
            credit=credit,
            happened_on=TODAY,
            papers=Papers(),
            by=by,
            on=TODAY,
            **told,
        )
        return confirmations.confirm(delivery=payment, by=confirming, on=TODAY)

    def undo(self, payment: Delivery, asking: User, agreeing: User) -> None:
        reversals.ask(delivery=payment, organization=payment.giver, reason="Otra cuenta", by=asking, on=TODAY)
        reversals.agree(delivery=payment, by=agreeing, on=TODAY)

    def move(self, payer: int, payee: int, amount: int) -> None:
        self.stands[payer] -= amount
        self.stands[payee] += amount

    def room(self, member: int) -> int:
        return self.stands[member] + self.limits[member]

    def step(self, payer: int, payee: int, amount: int, *, in_credit: bool, is_undone: bool) -> None:
        """Owe, pay in credit as far as the model says that it goes, else by the bank; undo it if that goes."""
        self.owe(self.books[payer], self.books[payee], amount)
        officers = self.officers[payer], self.officers[payee]
        if in_credit and self.room(payer) < amount:
            with pytest.raises(positions.BeyondItsLimit):
                self.pay(payer, payee, amount, self.mia)
            in_credit = False
        payment = self.pay(payer, payee, amount, self.mia if in_credit else None)
        self.move(payer, payee, amount * in_credit)
        if not is_undone:
            return
        if in_credit and self.room(payee) < amount:
            with pytest.raises(refusals.CreditBeyondLimit), transaction.atomic():
                self.undo(payment, *officers)
        else:
            self.undo(payment, *officers)
            self.move(payee, payer, amount * in_credit)
            self.pay(payer, payee, amount, None)

    def look(self) -> None:
        found = stands(*self.books)
        assert found == self.stands
        assert sum(found) == 0
        assert all(stood >= -least for stood, least in zip(found, self.limits, strict=True))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limits=LIMITS, payments=PAYMENTS)
def test_any_payments(cast: Cast, limits: tuple[int, ...], payments: list[tuple[list[int], int, bool, bool]]):
    with transaction.atomic():
        members = Members(cast, limits)
        for (payer, payee, _other), amount, in_credit, is_undone in payments:
            members.step(payer, payee, amount, in_credit=in_credit, is_undone=is_undone)
            members.look()

        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        reconciliation.reconcile(full=True, clock=timezone.now)
        assert not Finding.objects.exists()
        transaction.set_rollback(True)
