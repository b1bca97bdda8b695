"""What an audit pack says of rounds, positions and sign-offs: as they stood when its last event was written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.actions import cleared
from ledger.core import clearing_certificate, clearing_file
from ledger.core.flows import Flow, FlowKind
from ledger.models import Unit
from reports.queries.audit_pack.flows import Flows
from tests import make, sign_offs
from tests.cast import Cast
from tests.credit import limit, network, pay
from tests.reports import packs
from tests.rounds import POSTED, Circle

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
flows = st.lists(
    st.builds(
        Flow,
        giver=st.integers(0, 12),
        kind=st.sampled_from(list(FlowKind)),
        receiver=st.integers(0, 12),
        amount=st.integers(-(10**9), 10**12),
    ),
    max_size=40,
)


@given(flows, st.frozensets(st.integers(1, 12)))
def test_what_is_eliminated_and_what_passes_the_border_is_all_there_is(found, members):
    """Of those flows of which one side is a member: nothing is lost, and nothing counts twice."""
    theirs = [each for each in found if each.giver in members or each.receiver in members]
    told = Flows(unit=Unit(), by_month=tuple((YEAR[0], each) for each in theirs))

    sides = told.sides(members)

    assert sides.inside + sides.out + sides.into == told.all
    assert told.all == sum(amount for _kind, amount, _count in told.kinds)


@pytest.mark.django_db
class TestRounds:
    def test_come_with_a_file_that_proves_them(self, cast: Cast):
        done = Circle(cast).posted()

        [told] = packs.told(cast.federacion, period=YEAR).rounds

        assert (told.round.pk, told.parties, told.booked_on, told.reversed_on) == (done.pk, 3, POSTED, None)
        assert told.is_proven
        assert clearing_certificate.problems(clearing_file.read(told.file)) == []

    def test_are_told_as_they_stood(self, cast: Cast):
        circle = Circle(cast)
        done = circle.posted()
        before = packs.told(cast.federacion, period=YEAR)
        later = POSTED + dt.timedelta(days=2)
        cleared.reverse(found=done, reason="Faltaba una deuda.", by=circle.fede, on=later)

        [then] = packs.told(cast.federacion, period=YEAR, cutoff=before.scope.event).rounds
        [now] = packs.told(cast.federacion, period=YEAR).rounds

        assert (then.reversed_on, then.file) == (None, before.rounds[0].file)
        assert now.reversed_on == later

    def test_of_another_period_are_not_told(self, cast: Cast):
        Circle(cast).posted()
        assert packs.told(cast.federacion, period=(YEAR[0], dt.date(2026, 4, 30))).rounds == ()


@pytest.mark.django_db
class TestPositions:
    def test_stand_beside_the_limit_of_then(self, cast: Cast):
        red = network()
        limit(cast.grafica, red, 100_00, cast.ana)
        pay(cast.grafica, cast.molino, red, 30_00)
        period = (make.DAY.replace(month=1, day=1), make.DAY.replace(month=12, day=31))
        before = packs.told(cast.federacion, period=period)
        limit(cast.grafica, red, 500_00, cast.ana)

        then = packs.told(cast.federacion, period=period, cutoff=before.scope.event)

        assert [(each.account.book.organization.name, each.amount, each.lowest) for each in then.positions] == [
            ("Gráfica", -30_00, -100_00),
            ("Molino", 30_00, 0),
        ]
        assert all(each.is_within for each in then.positions)


@pytest.mark.django_db
class TestSignOffs:
    def test_of_the_period_or_in_it_are_told(self, cast: Cast):
        signed = sign_offs.Audit(cast).sign()
        make.sale(cast.grafica, on=dt.date(2026, 5, 20))

        of_april = packs.told(cast.federacion, period=(sign_offs.APRIL, sign_offs.LAST)).sign_offs
        of_may = packs.told(cast.federacion, period=(dt.date(2026, 5, 1), dt.date(2026, 5, 31))).sign_offs
        of_june = packs.told(cast.federacion, period=(dt.date(2026, 6, 1), dt.date(2026, 6, 30))).sign_offs

        assert [each.pk for each in of_april] == [each.pk for each in of_may] == [signed.pk]
        assert of_june == ()
