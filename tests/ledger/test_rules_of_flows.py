"""Flows are kept as events are posted, by the database alone, and looked at again by reconciliation."""

import uuid

import pytest
from django.utils import timezone

from ledger.actions import journal, reconciliation
from ledger.actions.refusals import BalanceIsKeptByTheDatabase
from ledger.models import Finding, Flow
from tests import make
from tests.cast import Cast
from tests.findings import behind_the_back
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str, str, int]]:
    rows = Flow.objects.order_by("pk").values_list(
        "giver__organization__code", "kind", "receiver__organization__code", "amount"
    )
    return list(rows)


class TestKept:
    def test_what_is_delivered_is_a_flow_and_what_is_undone_one_back(self, cast: Cast):
        event = make.delivery(cast.grafica, cast.molino, 100_00)
        make.sale(cast.textil)
        assert kept() == [("grafica", "barter", "molino", 100_00)]
        journal.reverse(event=event, key=uuid.uuid4(), reason="Mal contado", on=make.DAY, by=cast.ana)
        assert kept() == [("grafica", "barter", "molino", 100_00), ("grafica", "barter", "molino", -100_00)]

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE ledger_flow SET amount = 1",
            "DELETE FROM ledger_flow",
            "INSERT INTO ledger_flow (event_id, giver_id, receiver_id, kind, unit_id, amount, booked_on)"
            " SELECT event_id, receiver_id, giver_id, kind, unit_id, 99999, booked_on FROM ledger_flow",
        ],
    )
    def test_nobody_else_writes_them(self, cast: Cast, change: str):
        make.delivery(cast.grafica, cast.molino)
        assert is_stopped(change) is BalanceIsKeptByTheDatabase


class TestLookedAtAgain:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_flow SET amount = amount + 1",
            "UPDATE ledger_flow SET kind = 'loan'",
            "DELETE FROM ledger_flow",
        ],
    )
    def test_what_was_changed_is_found_and_closes_itself(self, cast: Cast, sql: str):
        make.delivery(cast.grafica, cast.molino)
        assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
        behind_the_back(sql)
        reconciliation.reconcile(full=True, clock=timezone.now)
        finding = Finding.objects.get(closed_at=None)
        assert (finding.check_code, finding.book, finding.event.kind) == ("flow", cast.grafica, "barter_delivery")
