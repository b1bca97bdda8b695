"""A year's surplus is distributed as its assembly decided and the law says (Story 7)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.actions import refusals_given, surplus, years
from ledger.actions.agreements import NoMandateToday
from ledger.actions.refusals import WrittenIsWritten
from ledger.core.surplus import BASIS_POINTS, distribute
from ledger.models import Book, SurplusDistribution
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from tests import make
from tests.cast import Cast
from tests.notation import journal_of, text
from tests.plain_sql import is_stopped

TODAY = dt.date(2027, 3, 27)
MILLION = 1_000_000_00


@pytest.fixture
def closed(cast: Cast) -> Book:
    """Close 2026 of the print shop, which leaves 12 million."""
    make.sale(cast.grafica, 12 * MILLION)
    years.close_year(book=cast.grafica, year=2026, resolution="Acta 12", on=TODAY, by=None)
    return cast.grafica


def share(book: Book, by, **told) -> SurplusDistribution:
    act = told.pop("resolution", None) or make.resolution(book.organization, on=TODAY)
    told = {"with_members": 10 * MILLION, "others": 2 * MILLION, "hours": 18_000_00, "year": 2026} | told
    return surplus.distribute(book=book, resolution=act, by=by, on=TODAY, at=make.NOON, **told)


@pytest.mark.django_db
class TestDistribute:
    def test_of_twelve_million_two_came_from_others(self, cast: Cast, closed: Book):
        share(closed, cast.ana)

        assert journal_of(closed, kind="surplus_distribution") == text("""
            2027-03-27 2201 -500000.00
            2027-03-27 2202 -500000.00
            2027-03-27 2203 -8500000.00
            2027-03-27 3201 -500000.00
            2027-03-27 3202 -2000000.00
            2027-03-27 3901 12000000.00
        """)

    def test_earlier_losses_are_made_up_first(self, cast: Cast):
        make.sale(cast.grafica, -5 * MILLION, on=dt.date(2025, 6, 1))
        make.sale(cast.grafica, 12 * MILLION)
        years.close_years(book=cast.grafica, through_year=2026, resolution="Acta 12", on=TODAY, by=None)

        with pytest.raises(surplus.NothingToDistribute, match="2025"):
            share(cast.grafica, cast.ana, year=2025)
        with pytest.raises(surplus.SharesDoNotAddUp, match=r"7\.000\.000,00"):
            share(cast.grafica, cast.ana)
        assert share(cast.grafica, cast.ana, with_members=7 * MILLION, others=0).others == 0

    def test_refusals(self, cast: Cast, closed: Book):
        own = closed.organization
        for wrong, refusal in (
            ({"year": 2027}, surplus.YearIsNotClosed),
            ({"others": 0}, surplus.SharesDoNotAddUp),
            ({"with_members": 13 * MILLION, "others": -MILLION}, surplus.SharesDoNotAddUp),
            ({"hours": 0}, surplus.HoursOfTheYear),
            ({"hours": 2**63}, surplus.HoursOfTheYear),
            ({"resolution": make.resolution(cast.molino.organization, on=TODAY)}, AnotherBodyDecided),
            ({"resolution": make.resolution(own, on=dt.date(2026, 12, 31))}, surplus.DecidedBeforeItEnded),
            ({"resolution": make.resolution(own, on=TODAY + dt.timedelta(days=1))}, DecidedLater),
        ):
            with pytest.raises(refusal):
                share(closed, cast.ana, **wrong)
        with pytest.raises(NoMandateToday):
            share(closed, cast.beto)
        share(closed, cast.ana)
        with pytest.raises(surplus.AlreadyDistributed):
            share(closed, cast.ana)

    def test_the_database_keeps_to_the_law(self, cast: Cast, closed: Book):
        closing = closed.years_closed.get()
        sale = make.sale(cast.grafica, on=TODAY)
        act = make.resolution(closed.organization, on=TODAY)
        write = (
            "INSERT INTO ledger_surplusdistribution (closing_id, with_members, others, hours, resolution_id, event_id,"
            " recorded_at) VALUES (%s, %s, 0, 1, %s, %s, '2027-03-27 12:00:00+00:00')"
        )

        assert is_stopped(write, closing.pk, 12 * MILLION, act.pk, sale.pk) is refusals_given.SurplusByLaw
        early = make.resolution(closed.organization)
        assert is_stopped(write, closing.pk, 0, early.pk, sale.pk) is AnotherBodyDecided
        share(closed, cast.ana)
        assert is_stopped("UPDATE ledger_surplusdistribution SET hours = 2") is WrittenIsWritten
        assert is_stopped("UPDATE ledger_lawrate SET basis_points = 0") is WrittenIsWritten


@given(with_members=st.integers(0, 10**13), others=st.integers(0, 10**13))
def test_no_cent_is_lost_and_nobody_gets_what_came_from_others(with_members: int, others: int):
    parts = distribute(with_members=with_members, others=others, rates=BASIS_POINTS)

    assert sum(parts.values()) == with_members + others
    assert parts["3202"] == others
    assert min(parts.values()) >= 0
    assert all(abs(20 * parts[number] - with_members) <= 20 for number in ("3201", "2201", "2202"))
