"""Joint purchases are looked at by reconciliation: parts are the whole, and nobody is charged more than its part."""

import pytest

from ledger.models import PurchasePart
from ledger.models.findings import Check
from ledger.queries import purchase_checks
from ledger.queries.looks import Look
from network import rules
from tests.cast import Cast
from tests.purchasings import accepted, part, received, tell

pytestmark = pytest.mark.django_db


class TestChecks:
    def test_find_parts_that_are_not_the_whole_and_a_hidden_margin(self, cast: Cast):
        agreement = accepted(cast)
        purchase = tell(agreement, cast)
        handed = received(purchase, cast, cast.grafica.organization)
        assert list(purchase_checks.check_purchases(Look())) == []

        rules.drop()
        part(purchase, cast.textil.organization).delete()
        PurchasePart.objects.filter(pk=handed.bought.part_id).update(amount=1)
        rules.install()

        found = {(each.check, each.scope, each.book) for each in purchase_checks.check_purchases(Look())}
        assert found == {
            (Check.PURCHASE, f"purchase:{purchase.pk}", cast.molino.pk),
            (Check.PURCHASE, f"handover:{handed.pk}", cast.molino.pk),
        }
