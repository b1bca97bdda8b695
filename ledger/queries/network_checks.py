"""Check what is of no single book: over all members, what is owed to them is what is owed by them."""

from collections.abc import Iterator

from django.db.models import Sum

from ledger.models.accounts import Account
from ledger.models.findings import Check
from ledger.queries.findings import Discrepancy

#: Owed to us and by us, between cooperatives.
BETWEEN_COOPERATIVES = ("1202", "2102")


def check_network() -> Iterator[Discrepancy]:
    """Return the units in which debts between cooperatives do not come to zero over all books.

    Balances are kept: the cost is that of who owes whom, not of what happened.
    """
    sums = Account.objects.filter(number__in=BETWEEN_COOPERATIVES).values("unit").annotate(all=Sum("balance__amount"))
    for unit, left in sums.exclude(all=0).order_by("unit").values_list("unit", "all"):
        yield Discrepancy(Check.NETWORK, f"network:{unit}", None, None, 0, left)
