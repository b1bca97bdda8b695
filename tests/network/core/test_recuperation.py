"""The stage follows from what happened, whatever order it is told in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core import dates, recuperation
from network.core.recuperation import COURSE, STAGES, Happened, in_order, stage


def told(*milestones: str) -> list[Happened]:
    """Return milestones written `bankruptcy 2001`, `occupation 3/2002`."""
    return [Happened(kind, dates.parse(when)) for kind, _space, when in (each.partition(" ") for each in milestones)]


class TestStage:
    @pytest.mark.parametrize(
        ("milestones", "expected"),
        [
            ([], ""),
            (["bankruptcy 2001"], "conflict"),
            (["bankruptcy 2001", "occupation 3/2002"], "inside"),
            (["occupation 3/2002", "cooperative_formed 1/6/2002"], "formed"),
            (["occupation 5/2003", "eviction 2003"], "evicted"),
            (["occupation 5/2003", "eviction 6/2003", "return 8/2003"], "inside"),
            (["cooperative_formed 2002", "first_production 2002"], "producing"),
            (["first_production 2002", "expropriation_law 2004"], "secured"),
            (["first_production 2002", "expropriation_law 2004", "expropriation_undone 2008"], "producing"),
            (["first_production 2002", "production_stopped 2009"], "stopped"),
            (["first_production 2002", "production_stopped 2009", "production_resumed 2010"], "producing"),
            (["first_production 2002", "eviction 2009"], "evicted"),
            (["first_production 2002", "eviction 2009", "return 2010", "production_resumed 2010"], "producing"),
            (["first_production 2002", "end 2015"], "ended"),
            (["other 2002"], "conflict"),
        ],
    )
    def test_follows_from_what_happened(self, milestones: list[str], expected: str):
        assert stage(told(*milestones)) == expected

    def test_takes_a_year_for_its_last_day(self):
        assert stage(told("eviction 2003", "occupation 12/2003")) == "evicted"
        assert stage(told("eviction 2003", "occupation 1/2004")) == "inside"


HAPPENINGS = st.builds(
    Happened,
    st.sampled_from(COURSE),
    st.builds(
        dates.Dated,
        st.dates(min_value=dt.date(1999, 1, 1), max_value=dt.date(2004, 12, 31)),
        st.sampled_from([dates.DAY, dates.MONTH, dates.YEAR]),
    ),
)


class TestOrder:
    @given(st.lists(HAPPENINGS, max_size=8), st.randoms(use_true_random=False))
    def test_of_telling_does_not_matter(self, milestones: list[Happened], random):
        shuffled = list(milestones)
        random.shuffle(shuffled)

        assert stage(shuffled) == stage(milestones)
        assert in_order(shuffled) == in_order(milestones)

    @given(st.lists(HAPPENINGS, max_size=8))
    def test_twice_is_as_once(self, milestones: list[Happened]):
        assert stage(milestones * 2) == stage(milestones)
        assert stage(milestones) in {"", *STAGES}


def test_course_names_every_kind_once():
    constants = {value for name, value in vars(recuperation).items() if name.isupper() and isinstance(value, str)}

    assert set(COURSE) == constants - set(STAGES)
    assert len(COURSE) == len(set(COURSE))
