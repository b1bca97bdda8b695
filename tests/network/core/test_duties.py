"""What falls due in a fiscal year, by hand and for any year and month."""

import datetime as dt
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core import duties
from network.core.duties import Duty, NotAYearEnd, has_yearly_duties, of_year, stage


def year_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


ends = st.builds(year_end, st.integers(1990, 2200), st.integers(1, 12))


def days_of(kind: str, found: tuple[Duty, ...]) -> list[str]:
    return [duty.due_on.isoformat() for duty in found if duty.kind == kind]


class TestOfYear:
    def test_that_ends_in_december(self):
        found = of_year(dt.date(2025, 12, 31))

        assert days_of("year_end", found) == ["2025-12-31"]
        assert days_of("assembly", found) == days_of("year_closing", found) == ["2026-04-30"]
        assert days_of("social_report", found) == ["2026-06-30"]
        assert days_of("audit_report", found) == ["2025-04-30", "2025-07-30", "2025-10-30", "2026-01-31"]
        assert [duty.quarter for duty in found if duty.kind == "audit_report"] == [1, 2, 3, 4]

    @pytest.mark.parametrize(
        ("ends_on", "assembly", "social_report"),
        [
            ("2026-06-30", "2026-10-30", "2026-12-30"),
            # From October to the last day of February, in a common and in a leap year.
            ("2026-10-31", "2027-02-28", "2027-04-30"),
            ("2027-10-31", "2028-02-29", "2028-04-30"),
            # From the last day of February.
            ("2026-02-28", "2026-06-28", "2026-08-28"),
            ("2028-02-29", "2028-06-29", "2028-08-29"),
            ("2027-08-31", "2027-12-31", "2028-02-29"),
        ],
    )
    def test_counts_months_from_date_to_date(self, ends_on: str, assembly: str, social_report: str):
        found = of_year(dt.date.fromisoformat(ends_on))

        assert days_of("assembly", found) == [assembly]
        assert days_of("social_report", found) == [social_report]

    def test_ends_with_a_month(self):
        with pytest.raises(NotAYearEnd):
            of_year(dt.date(2025, 12, 30))

    @given(ends)
    def test_has_one_of_each_and_four_quarters_in_order(self, ends_on: dt.date):
        found = of_year(ends_on)

        assert Counter(duty.kind for duty in found) == {
            "year_end": 1,
            "year_closing": 1,
            "assembly": 1,
            "social_report": 1,
            "audit_report": 4,
        }
        assert [duty.due_on for duty in found] == sorted(duty.due_on for duty in found)
        assert len({duty.key for duty in found}) == len(found)
        quarters = [(duty.ends_on, duty.due_on) for duty in found if duty.ends_on and duty.quarter]
        assert quarters[-1][0] == ends_on
        for (before, _due), (after, _due_later) in itertools.pairwise(quarters):
            assert 89 <= (after - before).days <= 92
        for quarter, due_on in quarters:
            assert (quarter + dt.timedelta(days=1)).day == 1
            assert 28 <= (due_on - quarter).days <= 31

    @given(ends)
    def test_falls_within_the_months_of_the_law(self, ends_on: dt.date):
        by_kind = {duty.kind: duty.due_on for duty in of_year(ends_on)}

        assert 119 <= (by_kind["assembly"] - ends_on).days <= 123
        assert 180 <= (by_kind["social_report"] - ends_on).days <= 184
        assert by_kind["assembly"].month == (ends_on.month + 3) % 12 + 1
        assert by_kind["social_report"].month == (ends_on.month + 5) % 12 + 1

    @given(st.integers(1990, 2199), st.integers(1, 12))
    def test_repeats_nothing_of_the_next_year(self, year: int, month: int):
        this, following = of_year(year_end(year, month)), of_year(year_end(year + 1, month))

        assert not {duty.key for duty in this} & {duty.key for duty in following}


class TestMandate:
    def test_is_due_on_its_last_day(self):
        duty = duties.of_mandate(7, until=dt.date(2026, 5, 1), ended_on=None)

        assert (duty.due_on, duty.key) == (dt.date(2026, 4, 30), "mandate-7")

    def test_that_ended_early_is_due_that_day(self):
        duty = duties.of_mandate(7, until=dt.date(2028, 5, 1), ended_on=dt.date(2026, 3, 9))

        assert duty.due_on == dt.date(2026, 3, 9)


class TestStage:
    @pytest.mark.parametrize(
        ("days", "told"),
        [(-400, "overdue"), (-1, "overdue"), (0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "")],
    )
    def test_follows_from_the_days_that_are_left(self, days: int, told: str):
        on = dt.date(2026, 5, 4)

        assert stage(on + dt.timedelta(days=days), on=on) == told


class TestWhoHasThem:
    @pytest.mark.parametrize(
        ("kind", "legal_form", "country", "is_registered", "has"),
        [
            ("worker_cooperative", "work_cooperative", "AR", True, True),
            ("worker_cooperative", "", "AR", False, True),
            ("recuperated_enterprise", "", "AR", False, True),
            # A recuperated enterprise need not be a cooperative.
            ("recuperated_enterprise", "corporation", "AR", False, False),
            ("recuperated_enterprise", "none", "AR", False, False),
            ("federation", "other_cooperative", "AR", False, True),
            ("federation", "", "AR", True, True),
            ("federation", "", "AR", False, False),
            ("confederation", "civil_association", "AR", True, False),
            ("sector_network", "", "AR", False, False),
            ("community_body", "", "AR", False, False),
            ("university", "public_body", "AR", False, False),
            # The law is Argentina's.
            ("worker_cooperative", "work_cooperative", "BO", False, False),
        ],
    )
    def test_are_cooperatives_of_argentina(
        self, kind: str, legal_form: str, country: str, is_registered: bool, has: bool
    ):
        said = has_yearly_duties(kind=kind, legal_form=legal_form, country=country, is_registered=is_registered)

        assert said is has
