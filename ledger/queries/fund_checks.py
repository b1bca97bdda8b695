"""Compare what solidarity funds come to with their accounts, their contributors, and what was decided to spend."""

from collections.abc import Iterator

from django.db.models import F, Sum

from ledger.models.accounts import Account
from ledger.models.deliveries import DeliveryState
from ledger.models.findings import Check
from ledger.models.funds import Fund, FundDecision, FundShare
from ledger.queries.findings import Discrepancy
from ledger.queries.funds import DRAWN
from ledger.queries.looks import Look


def check_funds(look: Look) -> Iterator[Discrepancy]:
    """Return the funds whose account, shares or spendings are not what they come to together.

    Only what moved after an event is told; shares and balances are kept, so the cost is that of the contributors.
    """
    accounts = Account.objects.filter(
        look.since("balance__last_event", book="book"),
        look.of("book"),
        number="2301",
        unit=F("book__unit"),
        book__fund__isnull=False,
    )
    for book, amount in accounts.order_by("book").values_list("book", "balance__amount"):
        fund = Fund.objects.get(pk=book)
        if fund.contributed - fund.spent != -amount:
            yield Discrepancy(Check.FUND, f"fund:{book}", book, None, -amount, fund.contributed - fund.spent)
        sums = FundShare.objects.filter(fund=book).aggregate(
            given=Sum("contributed", default=0), paid=Sum("collected", default=0), had=Sum("received", default=0)
        )
        found = (sums["given"], sums["paid"], sums["had"])
        if found != (fund.contributed, fund.collected, fund.spent):
            yield Discrepancy(Check.FUND, f"shares:{book}", book, None, fund.contributed, sums["given"])
        yield from _undecided(fund)


def _undecided(fund: Fund) -> Iterator[Discrepancy]:
    """Return the decisions on which more was drawn than they name, and what was spent by none."""
    beyond = FundDecision.objects.filter(fund=fund).annotate(drawn=DRAWN).filter(drawn__gt=F("amount"))
    for decision, amount, drawn in beyond.values_list("pk", "amount", "drawn"):
        yield Discrepancy(Check.FUND, f"decision:{decision}", fund.pk, None, amount, drawn)
    decided = fund.acts.filter(kind="spending", state=DeliveryState.CONFIRMED, decision__fund=fund)
    spent = decided.aggregate(all=Sum("amount", default=0))["all"]
    if spent != fund.spent:
        yield Discrepancy(Check.FUND, f"spent:{fund.pk}", fund.pk, None, spent, fund.spent)
