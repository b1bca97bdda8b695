"""Random joint purchases, bought in pieces, handed over and paid in any order: nothing is lost, all ends at zero."""

import random
from collections.abc import Sequence

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import reconciliation
from ledger.models import Agreement, Claim, Finding, PurchasePart
from network.models import Organization
from tests.cast import Cast
from tests.purchasings import accepted, asked, confirm, invoice, pay, received, steel, tell

pytestmark = pytest.mark.django_db
#: Each asks for so many grams, and allows any price.
ASKED = st.tuples(*[st.integers(1, 5_000)] * 3)
MOST = 10**12
#: In centavos a gram; how much of what is left each piece is, in hundredths; basis points of VAT.
PRICE = st.integers(1, 900)
PIECES = st.lists(st.integers(1, 100), max_size=3)
RATE = st.sampled_from([None, 1050, 2100])


def owed(agreement: Agreement, by: Organization) -> int:
    """Return what one still owes the buyer under it."""
    open_ = Claim.objects.filter(agreement=agreement.code, debtor__organization=by)
    return int(open_.aggregate(all=Sum("balance__amount", default=0))["all"])


def buy(agreement: Agreement, cast: Cast, grams: int, price: int, pieces: Sequence[int], rate: int | None) -> None:
    """Buy all of it in pieces; the last takes what is left."""
    left = grams
    for percent in [*pieces, 100]:
        quantity = left if percent == 100 else left * percent // 100
        if quantity:
            tell(agreement, cast, invoice(quantity=quantity, net=quantity * price, vat_rate=rate))
            left -= quantity


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grams=ASKED, price=PRICE, pieces=PIECES, rate=RATE, seed=st.integers(0, 2**16))
def test_any_purchase(
    cast: Cast, grams: tuple[int, int, int], price: int, pieces: list[int], rate: int | None, seed: int
):
    chance = random.Random(seed)  # noqa: S311  # of a test
    homes = [each.organization for each in (cast.molino, cast.grafica, cast.textil)]
    with transaction.atomic():
        requests = [asked(home, quantity, MOST) for home, quantity in zip(homes, grams, strict=True)]
        agreement = accepted(cast, steel(cast, requests=requests))
        buy(agreement, cast, sum(grams), price, pieces, rate)

        others = PurchasePart.objects.filter(purchase__agreement=agreement, request__organization__in=homes[1:])
        parts = list(others.select_related("purchase__agreement", "request__organization"))
        chance.shuffle(parts)
        for part in parts:
            home = part.request.organization
            received(part.purchase, cast, home)
            if (some := chance.randint(0, owed(agreement, home))) and chance.random() < 0.5:
                confirm(pay(agreement, cast, home, some), cast)
        for home in homes[1:]:
            if left := owed(agreement, home):
                confirm(pay(agreement, cast, home, left), cast)

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        sums = dict(PurchasePart.objects.values_list("request__organization").annotate(all=Sum("quantity")).order_by())
        assert [sums[home.pk] for home in homes] == list(grams)
        told = PurchasePart.objects.aggregate(cost=Sum("amount"))["cost"]
        assert told == sum(grams) * price
        reconciliation.reconcile(full=True, clock=timezone.now)
        assert not Finding.objects.exists()
        transaction.set_rollback(True)
