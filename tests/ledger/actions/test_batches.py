"""Many events at once: the same as one after the other, or nothing."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.actions import batches, journal, refusals, years
from ledger.actions.batches import BatchRefused, Item
from ledger.actions.facts import Fact, Line
from ledger.models import AccountBalance, Book, ClaimBalance, DayBalance, Entry, Event
from tests import make
from tests.cast import Cast

TUESDAY = make.DAY + dt.timedelta(days=1)
FRIDAY = make.DAY + dt.timedelta(days=4)


def sale(of: Book, amount: int = 100, *, on: dt.date = make.DAY, key: uuid.UUID | None = None) -> Item:
    lines = [
        Line(account=make.account(of, "1102"), amount=amount),
        Line(account=make.account(of, "4101"), amount=-amount),
    ]
    return Item(key=key or uuid.uuid4(), fact=Fact(kind="manual", happened_on=on, memo="Venta"), lines=lines)


def delivery(creditor: Book, debtor: Book, amount: int, *, on: dt.date = make.DAY) -> Item:
    lines = [
        *make.claim_lines(make.claim(creditor, debtor, on=on), amount),
        Line(account=make.account(creditor, "4103"), amount=-amount),
        Line(account=make.account(debtor, "1301"), amount=amount),
    ]
    return Item(key=uuid.uuid4(), fact=Fact(kind="barter_delivery", happened_on=on, memo="Entrega"), lines=lines)


def post(*items: Item, on: dt.date = FRIDAY) -> list[Event]:
    numbers = batches.post_many(items=items, on=on, by=None)
    found = Event.objects.in_bulk(numbers)
    return [found[number] for number in numbers]


def kept() -> dict[str, list[Any]]:
    return {
        "balances": list(
            AccountBalance.objects.order_by("account").values_list("account", "amount", "postings", "day")
        ),
        "days": list(DayBalance.objects.order_by("account", "day").values_list("account", "day", "amount")),
        "claims": sorted(ClaimBalance.objects.values_list("amount", flat=True)),
        "entries": list(
            Entry.objects.order_by("book", "year", "number").values_list("book", "year", "number", "booked_on")
        ),
    }


class TestPostMany:
    def test_leaves_what_the_same_events_leave_one_by_one(self, cast: Cast):
        # The mill's bank has moved on the batch's first day already.
        make.sale(cast.molino, 5, on=make.DAY)
        items = [
            delivery(cast.grafica, cast.molino, 500, on=make.DAY),
            sale(cast.molino, 30, on=make.DAY),
            delivery(cast.molino, cast.grafica, 200, on=TUESDAY),
            sale(cast.textil, 10, on=dt.date(2025, 12, 31)),
            sale(cast.textil, 11, on=dt.date(2026, 1, 1)),
            sale(cast.molino, 40, on=FRIDAY),
        ]
        with transaction.atomic():
            for item in items:
                journal.post(key=item.key, fact=item.fact, lines=item.lines, on=FRIDAY, by=None)
            one_by_one = kept()
            transaction.set_rollback(True)

        post(*items)

        assert kept() == one_by_one

    def test_numbers_the_entries_of_a_book_without_gap(self, cast: Cast):
        make.sale(cast.molino)

        post(*[sale(cast.molino) for _ in range(5)])

        assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]

    def test_books_what_comes_late_under_today(self, cast: Cast):
        first, late = post(sale(cast.molino, on=TUESDAY), sale(cast.molino, on=make.DAY), on=FRIDAY)

        assert (first.booked_on, late.booked_on) == (TUESDAY, FRIDAY)
        assert late.is_late

    def test_books_under_today_what_lies_in_a_closed_period(self, cast: Cast):
        years.close_period(book=cast.molino, through=TUESDAY, on=FRIDAY, by=None)

        assert [event.booked_on for event in post(sale(cast.molino, on=TUESDAY))] == [FRIDAY]

    def test_answers_a_key_of_before_with_its_event(self, cast: Cast):
        item = sale(cast.molino)
        (first,) = post(item)

        again, other = post(item, sale(cast.molino))

        assert again.pk == first.pk
        assert other.pk != first.pk
        assert Event.objects.count() == 2

    def test_writes_once_what_stands_twice_in_the_batch(self, cast: Cast):
        item = sale(cast.molino)

        first, again = post(item, item)

        assert first.pk == again.pk
        assert Event.objects.count() == 1

    @pytest.mark.parametrize("where", [0, 7, 12])
    def test_writes_nothing_and_names_the_event_that_is_refused(self, cast: Cast, where: int):
        items = [sale(cast.molino) for _ in range(12)]
        claim = make.claim(cast.molino, cast.grafica)
        too_much = [
            *make.claim_lines(claim, -100),
            Line(account=make.account(cast.molino, "1102"), amount=100),
            Line(account=make.account(cast.grafica, "1102"), amount=-100),
        ]
        fact = Fact(kind="manual", happened_on=make.DAY, memo="De más")
        items.insert(where, Item(key=uuid.uuid4(), fact=fact, lines=too_much))

        with pytest.raises(BatchRefused) as refused:
            post(*items)

        assert refused.value.values["number"] == where + 1
        assert str(refused.value.values["reason"]) == str(refusals.ClaimWouldGoBelowZero())
        assert not Event.objects.exists()

    def test_names_what_python_refuses_first(self, cast: Cast):
        wrong = sale(cast.molino, on=FRIDAY + dt.timedelta(days=1))

        with pytest.raises(BatchRefused, match="3"):
            post(sale(cast.molino), sale(cast.molino), wrong)

    def test_refuses_a_key_that_stands_for_something_else(self, cast: Cast):
        key = uuid.uuid4()
        post(sale(cast.molino, 100, key=key))

        with pytest.raises(BatchRefused):
            post(sale(cast.molino, 200, key=key))
        with pytest.raises(BatchRefused):
            post(sale(cast.grafica, 1, key=(other := uuid.uuid4())), sale(cast.grafica, 2, key=other))

    @given(memo=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
    @example(memo='Harina "000", \\ {a,b} NULL\n')
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_keeps_each_text_as_it_is(self, cast: Cast, memo: str):
        item = sale(cast.molino)
        (event,) = post(replace(item, fact=replace(item.fact, memo=memo)))

        assert event.memo == memo

    def test_of_nothing_is_nothing(self, cast: Cast):
        assert post() == []

    def test_costs_the_same_statements_for_ten_as_for_a_hundred(self, cast: Cast, django_assert_max_num_queries):
        items = [sale(cast.molino) for _ in range(100)]

        with django_assert_max_num_queries(12 if connection.vendor == "sqlite" else 6):
            batches.post_many(items=items, on=FRIDAY, by=None)
