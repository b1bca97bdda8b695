"""What several deeds come to: sponsorship with a commercial return changes no sum of what was given."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ledger.models.contributions import ChargedTo, ContributionKind
from ledger.models.hosting import HowCounted
from network.models.particulars import Activity
from reports.actions.attached_open_factory import totals
from reports.core.counts import LEAST_TOLD, told
from reports.queries.given import Deed, apart
from reports.queries.journal import Number

DAY = dt.date(2026, 4, 30)
COSTS = st.lists(st.tuples(st.sampled_from(["1101", "1102", "5301"]), st.integers(1, 10**9)), max_size=2).map(tuple)


def deeds(*, category: st.SearchStrategy[str], charged_to: st.SearchStrategy[str]) -> st.SearchStrategy[list[Deed]]:
    """Return lists of deeds of any size, each with people or without, of whom some are too few to be told."""
    return st.lists(
        st.builds(
            Deed,
            category=category,
            activity=st.sampled_from(["C-1", "C-2", "A-3"]),
            what=st.just("Festival"),
            starts_on=st.just(DAY),
            ends_on=st.just(DAY),
            is_standing=st.booleans(),
            partner=st.sampled_from(["", "Bachillerato"]),
            is_countersigned=st.booleans(),
            papers=st.just(""),
            entry=st.builds(Number, year=st.just(2026), number=st.integers(1, 99)),
            visits=st.integers(1, 3 * LEAST_TOLD).map(told),
            how=st.sampled_from(HowCounted.values),
            costs=COSTS,
            charged_to=charged_to,
        ),
        max_size=6,
    )


GIFTS = deeds(
    category=st.sampled_from([*ContributionKind.values, *Activity.values]),
    charged_to=st.sampled_from(["", "5401", "2202", "2201"]),
)
SPONSORED = deeds(category=st.just("event"), charged_to=st.just(ChargedTo.SPONSORSHIP.value))


@given(gifts=GIFTS, sponsored=SPONSORED, mixed=st.randoms())
def test_sponsorship_changes_no_total(gifts: list[Deed], sponsored: list[Deed], mixed):
    every = [*gifts, *sponsored]
    mixed.shuffle(every)

    alone, _nothing = apart(gifts)
    beside, apart_from_it = apart(every)

    assert totals(beside, scale=2) == totals(alone, scale=2)
    assert (beside.countersigned, beside.partners) == (alone.countersigned, alone.partners)
    assert dict(beside.by_category).keys() == dict(alone.by_category).keys()
    assert beside.cost + apart_from_it.cost == sum(deed.cost for deed in every)


@given(gifts=GIFTS)
def test_every_visit_is_known_somehow_and_was_to_rooms_or_to_an_event(gifts: list[Deed]):
    found, _sponsored = apart(gifts)

    assert found.counted + found.estimated + found.declared == found.visits
    assert found.room_visits + found.event_visits == found.visits
    assert found.visits.number + found.visits.few * LEAST_TOLD >= len(gifts)
