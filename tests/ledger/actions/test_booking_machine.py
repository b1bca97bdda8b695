"""Random hours of a shared machine, told and paid in any order: none overlap, income is split whole, all is paid."""

import random

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import reconciliation
from ledger.actions.machines import Price
from ledger.models import AccountBalance, Agreement, Claim, Finding, MachineBooking, MachineUse
from network.errors import DomainError
from tests.cast import Cast
from tests.machines import accepted, booked, confirm, hour, pay, press, tell

pytestmark = pytest.mark.django_db
#: From which hour for how many, by whom (the mill owns a part, the textile shop does not), and how much was used.
HOURS = st.lists(
    st.tuples(st.integers(0, 21), st.integers(1, 3), st.booleans(), st.integers(1, 180)), min_size=1, max_size=6
)
PRICES = st.tuples(st.integers(0, 9_000_01), st.integers(0, 9_000_01), st.sampled_from([None, 1050, 2100]))


def owed(agreement: Agreement) -> list[Claim]:
    found = Claim.objects.filter(agreement=agreement.code, balance__amount__gt=0)
    return list(found.select_related("balance", "debtor__organization", "creditor__organization").order_by("pk"))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=HOURS, prices=PRICES, seed=st.integers(0, 2**16))
def test_any_hours(cast: Cast, hours: list[tuple[int, int, bool, int]], prices: tuple[int, int, int | None], seed: int):
    chance = random.Random(seed)  # noqa: S311  # of a test
    owners, others, rate = prices
    with transaction.atomic():
        agreement = accepted(cast, press(cast, price=Price(owners=owners, others=others, vat_rate=rate)))
        taken: set[int] = set()
        slots: list[tuple[MachineBooking, int]] = []
        for starts, long, is_owner, minutes in hours:
            home = (cast.molino if is_owner else cast.textil).organization
            wanted = set(range(starts, starts + long))
            if wanted & taken:
                with pytest.raises(DomainError), transaction.atomic():
                    booked(agreement, cast, home, starts, starts + long)
                continue
            slots.append((booked(agreement, cast, home, starts, min(23, starts + long)), minutes))
            taken |= wanted
        chance.shuffle(slots)
        for booking, minutes in slots:
            confirm(tell(booking, cast, minutes, at=hour(23)), cast)
            for claim in owed(agreement):
                if chance.random() < 0.3:
                    some = chance.randint(1, claim.balance.amount)
                    pay(agreement, cast, claim.debtor.organization, claim.creditor.organization, some)
        while open_ := owed(agreement):
            claim = open_[0]
            pay(agreement, cast, claim.debtor.organization, claim.creditor.organization, claim.balance.amount)

        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        assert MachineUse.objects.count() == len(slots)
        charged = MachineUse.objects.aggregate(all=Sum("amount", default=0))["all"]
        assert income(cast) == charged
        reconciliation.reconcile(full=True, clock=timezone.now)
        assert not Finding.objects.exists()
        transaction.set_rollback(True)


def income(cast: Cast) -> int:
    """Return what all owners earned by it."""
    books = (cast.grafica, cast.molino)
    found = AccountBalance.objects.filter(account__number="4102", account__book__in=books)
    return -int(found.aggregate(all=Sum("amount", default=0))["all"])
