"""An archive carries closed years and held credit, and they come in through the rules."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import holds, refusals, years
from ledger.models import Account, Book, Classification, Hold, YearBalance, YearClosing
from ledger.queries import archive
from ledger.queries.scope import Scope
from tests import credit, make
from tests.cast import Cast
from tests.ledger.actions.test_economies import say
from tests.ledger.actions.test_imports import Content, elsewhere, exported, load, of, refusal, rewritten

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)
LATER = TODAY + dt.timedelta(days=30)


def reserve(account: Account, amount: int, *, until: dt.date = LATER, on: dt.date = TODAY) -> Hold:
    return holds.reserve(key=uuid.uuid4(), account=account, amount=amount, until=until, on=on, by=None, agreement="P-1")


def closed_years() -> None:
    """Two closed years, of which one had neither income nor expense, and the year that goes on."""
    cast = Cast.assemble()
    make.sale(cast.molino, 100, on=dt.date(2024, 3, 1))
    make.sale(cast.molino, 7, on=dt.date(2026, 2, 1))
    for year in (2024, 2025):
        years.close_year(book=cast.molino, year=year, resolution=f"Acta {year}", on=TODAY, by=cast.mario)


def held_credit() -> None:
    """Every way in which a hold ends, one that goes on, and a limit that is by now too low for all of it."""
    cast = Cast.assemble()
    red = credit.network()
    credit.limit(cast.grafica, red, 100, cast.ana)
    position = credit.position(cast.grafica, red)
    reserve(position, 90, until=TODAY)
    holds.give_up(hold=reserve(position, 10))
    holds.expire(on=LATER)
    hold = reserve(position, 100)
    with holds.spending(hold=hold, amount=70, on=TODAY):
        credit.pay(cast.grafica, cast.molino, red, 70)
    reserve(credit.position(cast.molino, red), 70)
    credit.limit(cast.grafica, red, 1, cast.ana)


def classified() -> None:
    """A sale that its book says was a gift."""
    cast = Cast.assemble()
    sale = make.sale(cast.molino, 100, on=TODAY)
    say(sale, cast.molino, cast.mario)


class TestClassifications:
    def test_come_in_with_their_reasons(self):
        content = elsewhere(classified)

        load(content)

        assert exported() == content
        assert Classification.objects.get().reason == "Fue un regalo"

    def test_stand_in_the_archive_of_their_book_and_days_alone(self):
        classified()
        molino = Book.objects.get(organization__code="molino")
        grafica = Book.objects.get(organization__code="grafica")
        for scope, expected in (
            (Scope(book=molino), 1),
            (Scope(book=grafica), 0),
            (Scope(book=molino, starts_on=LATER), 0),
        ):
            lines = b"".join(archive.lines(scope)).splitlines()
            assert sum(line.startswith(b'{"classification"') for line in lines) == expected


class TestYears:
    def test_come_in_with_the_balances_that_the_next_one_opens_with(self):
        content = elsewhere(closed_years)

        load(content)

        assert exported() == content
        assert list(YearClosing.objects.values_list("year", "resolution")) == [(2024, "Acta 2024"), (2025, "Acta 2025")]
        assert YearBalance.objects.get(closing__year=2024, account__number="3901").amount == -100
        molino = Book.objects.get(organization__code="molino")
        assert years.years.next_to_close(book=molino) == 2026

    @pytest.mark.parametrize(
        ("kind", "field", "value", "sentence"),
        [
            ("year", "year", 2023, "Los ejercicios se cierran en orden"),
            ("year", "event", 10**15, "Los ejercicios se cierran en orden"),
            ("year", "starts_on", "2024-02-01", "Los ejercicios se cierran en orden"),
            ("year_balance", "closing", 10**15, "nombra 1000000000000000"),
        ],
    )
    def test_that_were_forged_are_refused(self, kind: str, field: str, value: object, sentence: str):
        def change(content: Content) -> None:
            of(content, kind)[field] = value

        assert sentence in refusal(rewritten(elsewhere(closed_years), change))


class TestHolds:
    def test_come_in_as_they_were_and_count_as_before(self):
        content = elsewhere(held_credit)

        load(content)

        assert exported() == content
        ends = Hold.objects.order_by("pk").values_list("amount", "ended_as")
        assert list(ends) == [(90, "expired"), (10, "given_up"), (100, "spent"), (30, ""), (70, "")]
        with pytest.raises(refusals.CreditBeyondLimit):
            reserve(Account.objects.get(book__organization__code="molino", number="1103"), 1)

    def test_beyond_what_may_be_spent_are_refused(self):
        def change(content: Content) -> None:
            of(content, "hold", 4)["amount"] += 1

        assert "límite" in refusal(rewritten(elsewhere(held_credit), change))

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=st.lists(st.tuples(st.sampled_from(["pay", "hold", "spend", "give up", "limit"]), st.integers(1, 60))))
    def test_come_in_whatever_was_held_and_spent(self, db: None, steps: list[tuple[str, int]]):
        content = elsewhere(lambda: play(steps))

        with transaction.atomic():
            load(content)
            assert exported() == content
            transaction.set_rollback(True)


def play(steps: list[tuple[str, int]]) -> None:
    """Hold and spend as the limit lets it."""
    cast = Cast.assemble()
    red = credit.network()
    credit.limit(cast.grafica, red, 100, cast.ana)
    position, open_ = credit.position(cast.grafica, red), []
    for what, amount in steps:
        try:
            with transaction.atomic():
                match what:
                    case "pay":
                        credit.pay(cast.grafica, cast.molino, red, amount)
                    case "hold":
                        open_.append(reserve(position, amount))
                    case "spend" if open_:
                        hold = open_.pop()
                        spent = min(amount, hold.amount)
                        with holds.spending(hold=hold, amount=spent, on=TODAY):
                            credit.pay(cast.grafica, cast.molino, red, spent)
                    case "give up" if open_:
                        holds.give_up(hold=open_.pop(0))
                    case "limit":
                        credit.limit(cast.grafica, red, amount, cast.ana)
                    case _nothing_is_open:
                        pass
        except refusals.CreditBeyondLimit:
            continue
