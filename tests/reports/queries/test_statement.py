"""The figures of a statement, checked against Story 1 and against sums made in another way."""

import datetime as dt

import pytest
from django.db.models import Sum

from ledger.actions.journal import lines_of
from ledger.models import Event, Posting
from reports.queries import journal
from reports.queries.statement import Statement, statement
from tests import make
from tests.cast import Cast
from tests.credit import limit, network, pay
from tests.reports import exchanges

pytestmark = pytest.mark.django_db


def told(cast: Cast, period=exchanges.NOVEMBER, *, book=None, cutoff: int | None = None) -> Statement:
    event = Event.objects.latest("pk").pk if cutoff is None else cutoff
    return statement(book=book or cast.grafica, starts_on=period[0], ends_on=period[1], cutoff_event=event)


class TestStatement:
    def test_tells_what_is_owed_in_goods_and_in_money(self, cast):
        exchanges.bags_for_flour(cast)

        flour, vat = sorted(told(cast).owed_to_us, key=lambda debt: not debt.is_in_goods)

        assert (flour.quantity_before, flour.quantity_owed) == (0, 2_000_000)
        assert (flour.added, flour.settled, flour.owed) == (1_200_000_00, 600_000_00, 600_000_00)
        assert (vat.added, vat.settled, vat.owed) == (252_000_00, 63_000_00, 189_000_00)
        assert not told(cast).owed_by_us

    def test_shows_the_debtor_the_same_from_the_other_side(self, cast):
        exchanges.bags_for_flour(cast)

        ours, theirs = told(cast), told(cast, book=cast.molino)

        assert [(d.owed, d.quantity_owed) for d in ours.owed_to_us] == [
            (d.owed, d.quantity_owed) for d in theirs.owed_by_us
        ]

    def test_opens_with_what_was_owed_the_day_before_and_takes_in_both_days(self, cast):
        exchanges.bags_for_flour(cast)

        first = told(cast, (dt.date(2023, 11, 20), dt.date(2023, 11, 26)))
        second = told(cast, (dt.date(2023, 11, 27), dt.date(2023, 11, 27)))

        assert [debt.owed for debt in first.owed_to_us] == [debt.owed_before for debt in second.owed_to_us]
        assert [str(entry.number) for entry in second.entries] == ["2/2023"]
        assert len(first.entries) == 1

    def test_leaves_out_what_was_written_after_the_cutoff(self, cast):
        bags, _half = exchanges.bags_for_flour(cast)

        shown = told(cast, cutoff=bags.pk)

        assert [entry.event for entry in shown.entries] == [bags.pk]
        assert shown.cutoff is not None
        assert str(shown.cutoff.number) == "1/2023"

    def test_has_nothing_to_tell_of_an_empty_book(self, cast):
        shown = told(cast, cutoff=0)

        assert shown.cutoff is None
        assert not (shown.debts)
        assert not (shown.entries)
        assert not (shown.flows)
        assert not (shown.totals)

    def test_says_who_gave_and_who_received(self, cast):
        exchanges.bags_for_flour(cast)

        (flow,) = told(cast).flows

        assert (flow.counterparty_code, flow.given, flow.received) == ("molino", 1_200_000_00, 600_000_00)

    def test_subtracts_what_was_reversed_and_names_the_entry(self, cast):
        _bags, half = exchanges.bags_for_flour(cast)
        make.event(
            [line.reversed() for line in lines_of(half)], on=dt.date(2023, 11, 29), kind="reversal", reverses=half
        )

        shown = told(cast)

        assert [str(entry.reverses) for entry in shown.entries] == ["None", "None", "2/2023"]
        assert [(flow.given, flow.received) for flow in shown.flows] == [(1_200_000_00, 0)]

    def test_tells_nothing_of_what_others_do(self, cast):
        exchanges.bags_for_flour(cast)
        make.delivery(cast.molino, cast.textil, on=dt.date(2023, 11, 28))

        assert {flow.counterparty_code for flow in told(cast).flows} == {"molino"}
        assert len(told(cast).entries) == 2

    def test_leaves_positions_in_a_credit_to_the_balances(self, cast):
        exchanges.bags_for_flour(cast)
        red = network()
        limit(cast.grafica, red, 100_00, cast.ana)
        pay(cast.grafica, cast.molino, red, 30_00, on=dt.date(2023, 11, 29))

        shown = told(cast)

        assert {debt.account for debt in shown.debts} == {"1202"}
        assert {"ARS", "MIA"} == {total.unit.code for total in shown.totals}
        assert [(each.account.unit.code, each.opening, each.closing) for each in shown.positions] == [
            ("MIA", 0, -30_00)
        ]

    def test_adds_up(self, cast):
        exchanges.a_year(cast.grafica, partners=5, deliveries=40)
        period = (dt.date(2023, 4, 1), dt.date(2023, 9, 30))

        shown = told(cast, period)

        for debt in shown.debts:
            until = Posting.objects.filter(
                account__book=cast.grafica,
                account__number=debt.account,
                account__counterparty__organization__code=debt.counterparty_code,
                event__booked_on__lte=period[1],
            )
            assert debt.closing == (until.aggregate(all=Sum("amount"))["all"] or 0)
            assert debt.opening == (
                until.filter(event__booked_on__lt=period[0]).aggregate(all=Sum("amount"))["all"] or 0
            )
        assert all(total.debit == total.credit for total in shown.totals)
        assert sum(flow.given for flow in shown.flows) == sum(
            line.credit for entry in shown.entries for line in entry.lines if line.account.number == "4103"
        )
        assert sum(totals[0].debit for _month, totals in shown.months) == shown.totals[0].debit
        assert [entry.number.number for entry in shown.entries] == sorted(e.number.number for e in shown.entries)

    def test_asks_the_database_as_often_for_many_entries_as_for_few(self, cast, django_assert_num_queries):
        exchanges.a_year(cast.grafica, partners=3, deliveries=6)
        last = Event.objects.latest("pk").pk
        with django_assert_num_queries(14):
            told(cast, exchanges.YEAR, cutoff=last)

        for day in range(1, 20):
            make.delivery(cast.grafica, cast.molino, on=dt.date(2023, 12, 1) + dt.timedelta(days=day))
        last = Event.objects.latest("pk").pk
        with django_assert_num_queries(14):
            shown = told(cast, exchanges.YEAR, cutoff=last)
            _ = [line.account.unit.code for entry in shown.entries for line in entry.lines]
            _ = [debt.peg.unit.code for debt in shown.debts]


class TestLastEvent:
    def test_does_not_move_once_a_later_day_has_an_entry(self, cast):
        _bags, half = exchanges.bags_for_flour(cast)
        make.sale(cast.grafica, on=dt.date(2023, 12, 4))

        assert journal.last_event(book=cast.grafica, until=dt.date(2023, 11, 30)) == half.pk

    def test_is_zero_for_an_empty_book(self, cast):
        assert journal.last_event(book=cast.textil, until=dt.date(2023, 11, 30)) == 0
