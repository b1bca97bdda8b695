"""Any lines are posted whole or refused whole; any play of post, reverse, close and retry agrees with a model."""

import datetime as dt
import uuid
from collections import defaultdict
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger.actions import facts, journal, reconciliation, refusals, years
from ledger.actions.facts import Line
from ledger.core import balance
from ledger.models import AccountBalance, ClaimBalance, Entry, Event, Posting
from network.errors import DomainError
from tests import make
from tests.cast import Cast

START = dt.date(2025, 12, 20)


def any_lines(cast: Cast) -> st.SearchStrategy[list[Line]]:
    """Draw lines on a few accounts of two books: a good part of them balance and mirror, most do not."""
    flour = make.measure("KG", "harina")
    owed = make.claim(cast.grafica, cast.molino)
    in_kind = make.claim(cast.grafica, cast.molino, peg=flour)
    accounts = [make.account(book, number) for book in (cast.grafica, cast.molino) for number in ("1102", "4101")]
    amounts = st.integers(-5, 5) | st.sampled_from([2**63, -(2**63), 2**62])
    single = st.builds(
        lambda account, amount: [Line(account=account, amount=amount)], st.sampled_from(accounts), amounts
    )
    pairs = st.builds(
        lambda book, amount: [
            Line(account=make.account(book, "1102"), amount=amount),
            Line(account=make.account(book, "4101"), amount=-amount),
        ],
        st.sampled_from([cast.grafica, cast.molino]),
        st.integers(1, 100),
    )
    debts = st.builds(
        lambda claim, amount, kept: [
            *make.claim_lines(claim, amount, amount if claim == in_kind else None)[: 2 if kept else 1],
            Line(account=make.account(cast.grafica, "4101"), amount=-amount),
            Line(account=make.account(cast.molino, "1102"), amount=amount),
        ],
        st.sampled_from([owed, in_kind]),
        st.integers(-3, 100).filter(bool),
        st.booleans(),
    )
    return st.lists(st.one_of(pairs, debts, single), max_size=3).map(
        lambda groups: [x for group in groups for x in group]
    )


class TestAnyLines:
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_are_posted_whole_or_refused_whole(self, cast: Cast, data):
        lines = data.draw(any_lines(cast))
        with transaction.atomic():
            self.post(lines)
            # The next example starts from the same books.
            transaction.set_rollback(True)

    def post(self, lines: list[Line]) -> None:
        before = (Event.objects.count(), Posting.objects.count(), Entry.objects.count())
        kept = dict(AccountBalance.objects.values_list("account", "amount"))
        try:
            event = make.event(lines)
        except DomainError as refusal:
            assert type(refusal) in set(refusals.RULES.values())  # noqa: PT017  # either outcome may be right
            assert before == (Event.objects.count(), Posting.objects.count(), Entry.objects.count())
            assert kept == dict(AccountBalance.objects.values_list("account", "amount"))
            return
        assert not balance.imbalance([facts.leg(line) for line in lines])
        assert not balance.unmirrored([facts.leg(line) for line in lines])
        assert event.entries.count() == len({line.account.book_id for line in lines})
        for line in lines:
            kept[line.account.pk] = kept.get(line.account.pk, 0) + line.amount
        assert kept == dict(AccountBalance.objects.values_list("account", "amount"))
        connection.check_constraints()


class JournalMachine(RuleBasedStateMachine):
    """Play the journal against a model: dictionaries of what every balance should be."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.balances: dict[int, int] = defaultdict(int)
        self.numbers: dict[tuple[int, int], int] = defaultdict(int)
        self.last: dict[int, dt.date] = defaultdict(lambda: dt.date.min)
        self.closed: dict[int, dt.date] = defaultdict(lambda: dt.date.min)
        self.events: list[tuple[Event, list[Line]]] = []
        self.reversed: set[int] = set()
        self.today = START

    @initialize()
    def open_books(self) -> None:
        self.books = [make.book(name) for name in ("a", "b", "c")]
        self.claims: dict[int, int] = {}

    def teardown(self) -> None:
        try:
            assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
            connection.check_constraints()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    @rule(days=st.integers(0, 9))
    def time_passes(self, days: int) -> None:
        self.today += dt.timedelta(days=days)

    def play(self, lines: list[Line], *, ago: int = 0, reverses: Event | None = None) -> None:
        """Post through the action and say beforehand, by the model, whether it must be refused."""
        books = {line.account.book_id for line in lines}
        happened_on = self.today - dt.timedelta(days=ago)
        last, closed = max(self.last[b] for b in books), max(self.closed[b] for b in books)
        day = happened_on if happened_on >= last and happened_on > closed else self.today
        after: dict[int, int] = defaultdict(int)
        for line in lines:
            if line.claim and line.account.role == "receivable":
                after[line.claim.pk] += line.amount
        overdrawn = any(self.claims.get(claim, 0) + amount < 0 for claim, amount in after.items())
        key = uuid.uuid4()
        if day <= closed or overdrawn:
            with pytest.raises((refusals.PeriodIsClosed, refusals.ClaimWouldGoBelowZero)):
                self.write(lines, key, happened_on, reverses)
            return
        event = self.write(lines, key, happened_on, reverses)
        assert self.write(lines, key, happened_on, reverses) == event
        assert event.booked_on == day
        for line in lines:
            self.balances[line.account.pk] += line.amount
        for claim, amount in after.items():
            self.claims[claim] = self.claims.get(claim, 0) + amount
        for book in books:
            self.last[book] = day
            self.numbers[book, day.year] += 1
        if reverses is None:
            self.events.append((event, lines))
        else:
            self.reversed.add(reverses.pk)

    def write(self, lines: list[Line], key: uuid.UUID, happened_on: dt.date, reverses: Event | None) -> Event:
        if reverses is not None:
            return journal.reverse(event=reverses, key=key, reason="Error", on=self.today, by=None)
        return make.event(lines, on=self.today, happened_on=happened_on, key=key)

    @rule(book=st.integers(0, 2), amount=st.integers(1, 1000), ago=st.integers(0, 20))
    def sell(self, book: int, amount: int, ago: int) -> None:
        of = self.books[book]
        lines = [
            Line(account=make.account(of, "1102"), amount=amount),
            Line(account=make.account(of, "4101"), amount=-amount),
        ]
        self.play(lines, ago=ago)

    @rule(pair=st.permutations([0, 1, 2]), amount=st.integers(1, 1000), ago=st.integers(0, 20))
    def give_on_credit(self, pair: list[int], amount: int, ago: int) -> None:
        creditor, debtor = self.books[pair[0]], self.books[pair[1]]
        claim = make.claim(creditor, debtor)
        self.claims.setdefault(claim.pk, 0)
        self.play(self.debt(claim, amount), ago=ago)

    def debt(self, claim, amount: int) -> list[Line]:
        return [
            *make.claim_lines(claim, amount),
            Line(account=make.account(claim.creditor, "4101"), amount=-amount),
            Line(account=make.account(claim.debtor, "1301"), amount=amount),
        ]

    @precondition(lambda self: self.events)
    @rule(which=st.integers(0, 10**6), amount=st.integers(1, 1500))
    def settle(self, which: int, amount: int) -> None:
        claims = [line.claim for _event, lines in self.events for line in lines if line.claim]
        if claims:
            self.play(self.debt(claims[which % len(claims)], -amount))

    @precondition(lambda self: self.events)
    @rule(which=st.integers(0, 10**6))
    def reverse(self, which: int) -> None:
        event, lines = self.events[which % len(self.events)]
        if event.pk in self.reversed:
            with pytest.raises(refusals.AlreadyReversed):
                journal.reverse(event=event, key=uuid.uuid4(), reason="Error", on=self.today, by=None)
        else:
            self.play([line.reversed() for line in lines], reverses=event)

    @rule(book=st.integers(0, 2), ago=st.integers(0, 15))
    def close(self, book: int, ago: int) -> None:
        of, through = self.books[book], self.today - dt.timedelta(days=ago)
        if through >= self.today or through <= self.closed[of.pk]:
            with pytest.raises((refusals.ClosingIsInTheFuture, refusals.ClosingWouldGoBack)):
                years.close_period(book=of, through=through, on=self.today, by=None)
        else:
            years.close_period(book=of, through=through, on=self.today, by=None)
            self.closed[of.pk] = through

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        kept = dict(AccountBalance.objects.exclude(amount=0).values_list("account", "amount"))
        assert kept == {account: amount for account, amount in self.balances.items() if amount}
        if hasattr(self, "claims"):
            open_ = dict(ClaimBalance.objects.exclude(amount=0).values_list("claim", "amount"))
            assert open_ == {claim: amount for claim, amount in self.claims.items() if amount}

    @invariant()
    def numbers_run_without_gap(self) -> None:
        for (book, year), count in self.numbers.items():
            numbers = Entry.objects.filter(book=book, year=year).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, count + 1))


@pytest.mark.django_db
def test_any_play_of_the_journal_agrees_with_the_model():
    run_state_machine_as_test(JournalMachine, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
