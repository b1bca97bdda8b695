"""Deliveries before they are confirmed."""

import datetime as dt
import uuid

import pytest

from ledger.actions import agreements, deliveries
from ledger.actions.deliveries import Papers
from ledger.models import Entry
from tests.barters import AGREED, BAGS_DAY, accepted, deliver, propose
from tests.cast import Cast


class TestDeliver:
    def test_counts_only_once_it_is_confirmed(self, cast: Cast):
        deliver(accepted(cast), "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)

        assert not Entry.objects.exists()

    def test_refuses_more_than_is_left_or_already_on_its_way(self, cast: Cast):
        agreement = accepted(cast)
        deliver(agreement, "Bolsas impresas", 50_000, by=cast.beto, on=BAGS_DAY)

        with pytest.raises(deliveries.MoreThanIsLeft):
            deliver(agreement, "Bolsas impresas", 10_001, by=cast.beto, on=BAGS_DAY)

    def test_refuses_things_of_the_other_side(self, cast: Cast):
        agreement = accepted(cast)
        theirs = agreement.lines.get(thing="Harina 000")

        with pytest.raises(deliveries.NotInTheAgreement):
            deliveries.log(
                agreement=agreement,
                key=uuid.uuid4(),
                giver=cast.grafica.organization,
                quantities={theirs.pk: 1},
                happened_on=BAGS_DAY,
                papers=Papers(),
                by=cast.beto,
                on=BAGS_DAY,
            )

    def test_refuses_before_both_have_accepted(self, cast: Cast):
        with pytest.raises(agreements.NotAtThisPoint):
            deliver(propose(cast), "Bolsas impresas", 1, by=cast.beto, on=BAGS_DAY)

    def test_refuses_a_day_before_the_agreement(self, cast: Cast):
        with pytest.raises(deliveries.DeliveredBeforeAgreed):
            deliver(accepted(cast), "Bolsas impresas", 1, by=cast.beto, on=AGREED - dt.timedelta(days=1))
