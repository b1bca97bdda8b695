"""A cooperative's own entries: who writes them, what they may say, and how they are undone."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import accounts, agreements, own_entries, refusals, years
from ledger.actions.own_entries import Counted, OwnLine
from ledger.core.chart import CHART
from ledger.models import Entry, Event
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.notation import journal_of, text

pytestmark = pytest.mark.django_db

COST = [OwnLine(number="5101", amount=700_000_00), OwnLine(number="1303", amount=-700_000_00)]


def write(cast: Cast, lines: list[OwnLine] = COST, **changes: Any) -> Event:
    how: dict[str, Any] = {
        "book": cast.grafica,
        "key": uuid.uuid4(),
        "happened_on": make.DAY,
        "memo": "Costo de las bolsas",
        "lines": lines,
        "by": cast.ana,
        "on": make.DAY,
    }
    return own_entries.write(**how | changes)


def flour(kilograms: int) -> Counted:
    return Counted(quantity=kilograms * 1000, unit=make.unit("KG"), thing=" Harina  000 ")


class TestWrite:
    def test_writes_one_entry_in_one_book(self, cast: Cast):
        event = write(cast, papers="Parte de producción", resolution="Acta 31")

        assert event.kind == "own_entry"
        assert event.recorded_by_id == event.confirmed_by_id == cast.ana.pk
        assert (event.papers, event.resolution) == ("Parte de producción", "Acta 31")
        assert [entry.book for entry in Entry.objects.all()] == [cast.grafica]
        assert journal_of(cast.grafica) == text("""
            2026-05-04 1303 -700000.00
            2026-05-04 5101  700000.00
        """)

    def test_counts_what_it_moves(self, cast: Cast):
        write(
            cast,
            [
                OwnLine(number="5201", amount=450_000_00),
                OwnLine(number="1301", amount=-450_000_00, counted=flour(1500)),
            ],
        )

        assert journal_of(cast.grafica) == text("""
            2026-05-04 1301 -450000.00 [-1500]
            2026-05-04 5201  450000.00
        """)

    def test_keeps_memo_accounts_in_their_own_unit(self, cast: Cast):
        event = write(cast, [OwnLine(number="9201", amount=204_00), OwnLine(number="9202", amount=-204_00)])

        assert {posting.account.unit.code for posting in event.postings.all()} == {"HAULA"}

    def test_twice_writes_once(self, cast: Cast):
        key = uuid.uuid4()

        assert write(cast, key=key) == write(cast, key=key)
        with pytest.raises(refusals.KeyWasUsedForSomethingElse):
            write(cast, key=key, memo="Otra cosa")
        assert Event.objects.count() == 1

    def test_stands_under_the_day_on_which_it_was_noticed(self, cast: Cast):
        years.close_period(book=cast.grafica, through=dt.date(2026, 4, 30), on=make.DAY, by=cast.ana)

        event = write(cast, happened_on=dt.date(2026, 4, 1))

        assert (event.happened_on, event.booked_on) == (dt.date(2026, 4, 1), make.DAY)


class TestWriteRefuses:
    @pytest.mark.parametrize("who", ["beto", "mario", "silvia", "carla"])
    def test_whoever_does_not_bind_the_cooperative(self, cast: Cast, who: str):
        with pytest.raises(agreements.NoMandateToday):
            write(cast, by=getattr(cast, who))

        assert not Event.objects.exists()

    @pytest.mark.parametrize("number", [line.number for line in CHART if line.role])
    def test_debts_between_cooperatives(self, cast: Cast, number: str):
        with pytest.raises(own_entries.DebtsAreAgreed, match=number):
            write(cast, [OwnLine(number=number, amount=5), OwnLine(number="4101", amount=-5)])

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"memo": " "}, own_entries.WhatHappenedIsMissing),
            ({"lines": []}, refusals.EventHasNoLines),
            ({"lines": COST[:1]}, refusals.EntryDoesNotBalance),
            ({"lines": [OwnLine(number="5101", amount=0)]}, refusals.AmountIsNotWhole),
            ({"lines": COST * 21}, own_entries.TooManyLines),
            ({"happened_on": make.DAY + dt.timedelta(days=1)}, refusals.FactIsInTheFuture),
            (
                {"lines": [OwnLine(number="1299", amount=5), OwnLine(number="4101", amount=-5)]},
                accounts.NotInTheChart,
            ),
        ],
    )
    def test_what_is_not_right(self, cast: Cast, changes: dict[str, Any], refusal: type[DomainError]):
        with pytest.raises(refusal):
            write(cast, **changes)

        assert not Event.objects.exists()

    def test_what_balances_only_across_units(self, cast: Cast):
        with pytest.raises(refusals.EntryDoesNotBalance):
            write(cast, [OwnLine(number="9201", amount=5), OwnLine(number="4101", amount=-5)])

    @pytest.mark.parametrize(("unit", "quantity", "thing"), [("ARS", 5, "pesos"), ("KG", 0, "harina"), ("KG", 5, " ")])
    def test_a_count_of_money_or_of_nothing(self, cast: Cast, unit: str, quantity: int, thing: str):
        counted = Counted(quantity=quantity, unit=make.unit(unit), thing=thing)

        with pytest.raises(own_entries.CountIsNotRight):
            write(cast, [OwnLine(number="1301", amount=5, counted=counted), OwnLine(number="4201", amount=-5)])


class TestReverse:
    def test_undoes_all_of_it_once(self, cast: Cast):
        event = write(cast)

        undone = own_entries.reverse(event=event, reason="Eran 710.000", by=cast.ana, on=make.DAY)
        again = own_entries.reverse(event=event, reason="Eran 710.000", by=cast.ana, on=make.DAY)

        assert undone == again
        assert undone.reverses == event
        assert all(account.balance.amount == 0 for account in cast.grafica.accounts.all())

    def test_wants_a_reason(self, cast: Cast):
        with pytest.raises(own_entries.WhyIsMissing):
            own_entries.reverse(event=write(cast), reason=" ", by=cast.ana, on=make.DAY)

    @pytest.mark.parametrize("who", ["beto", "mario", "silvia"])
    def test_is_for_whoever_binds_the_cooperative(self, cast: Cast, who: str):
        with pytest.raises(agreements.NoMandateToday):
            own_entries.reverse(event=write(cast), reason="No", by=getattr(cast, who), on=make.DAY)

    def test_leaves_what_two_agreed_on_to_both(self, cast: Cast):
        with pytest.raises(own_entries.NotAnOwnEntry):
            own_entries.reverse(event=make.delivery(cast.grafica, cast.molino), reason="No", by=cast.ana, on=make.DAY)

    def test_leaves_a_reversal_as_it_is(self, cast: Cast):
        undone = own_entries.reverse(event=write(cast), reason="No", by=cast.ana, on=make.DAY)

        with pytest.raises(own_entries.NotAnOwnEntry):
            own_entries.reverse(event=undone, reason="Sí", by=cast.ana, on=make.DAY)


OWN_NUMBERS = [line.number for line in CHART if not line.takes_two and line.unit is None]


class TestAnything:
    @given(amounts=st.lists(st.tuples(st.sampled_from(OWN_NUMBERS), st.integers(1, 10**12)), min_size=1, max_size=12))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_that_balances_is_written_and_moves_no_debt(self, cast: Cast, amounts: list[tuple[str, int]]):
        lines = [OwnLine(number=number, amount=amount) for number, amount in amounts]
        lines.append(OwnLine(number="1102", amount=-sum(amount for _number, amount in amounts)))

        event = write(cast, lines)

        assert sum(posting.amount for posting in event.postings.all()) == 0
        assert not event.postings.exclude(account__counterparty=None).exists()
