"""What was given in a period is the same by month, and what lies outside of it is in neither."""

import datetime as dt

import pytest

from ledger.core.flows import rolled
from ledger.queries import flows
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = dt.date(2026, 3, 31), dt.date(2026, 5, 1), dt.date(2026, 6, 1)


def test_months_come_to_the_period(cast: Cast):
    for amount, day in ((1_00, MARCH), (2_00, MAY), (4_00, MAY), (8_00, JUNE)):
        make.delivery(cast.grafica, cast.molino, amount, on=day)
    members = {cast.grafica.organization.pk, cast.molino.organization.pk}
    asked = {"unit": make.unit(), "starts_on": MARCH, "ends_on": dt.date(2026, 5, 31)}

    whole, months = flows.between(members, **asked), flows.by_month(members, **asked)

    assert [(flow.amount, flow.count) for flow in whole] == [(7_00, 3)]
    assert [(month, flow.amount) for month, flow in sorted(months, key=str)] == [
        (dt.date(2026, 3, 1), 1_00),
        (MAY, 6_00),
    ]
    assert rolled((flow for _month, flow in months), {}) == rolled(whole, {})
