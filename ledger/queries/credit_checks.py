"""Compare what books hold in network credit with what they show of it in money, and what a credit comes to in all."""

from collections.abc import Iterator

from django.db.models import F, Max, Q, Sum

from ledger.models.accounts import Account
from ledger.models.findings import Check
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

POSITION, AT_PAR, HELD = "1103", "1104", "2303"
TOTAL, LAST = Sum("balance__amount"), Max("balance__last_event")
OWN, OF_MEMBERS = Q(number=POSITION, peg__thing=""), Q(number=POSITION) & ~Q(peg__thing="")


def check_credit(look: Look) -> Iterator[Discrepancy]:
    """Return the books and credits that are not at par, and the credits that do not come to zero.

    Only what moved after an event is told; balances are kept, so the cost is that of the positions.
    """
    # In pesos and in all credits together, what is at par comes to zero.
    at_par = (
        Account.objects.filter(look.of("book"), number=AT_PAR)
        .values("book")
        .annotate(all=TOTAL, last=LAST)
        .order_by("book")
    )
    for book, found, last in at_par.values_list("book", "all", "last"):
        if found and look.has_moved(last, book=book):
            yield Discrepancy(Check.CREDIT, f"par:{book}", book, None, 0, found)
    for contra, held in ((Q(number=AT_PAR, unit__kind="credit"), OWN), (Q(number=HELD), OF_MEMBERS)):
        each = Account.objects.filter(contra | held, look.of("book")).values("book", "unit").order_by("book", "unit")
        # A ledger that came from elsewhere may show credit in its own way: then nothing stands at par.
        sums = each.annotate(all=TOTAL, last=LAST, lines=Sum("balance__postings", filter=contra, default=0))
        for book, unit, found, last, lines in sums.values_list("book", "unit", "all", "last", "lines"):
            if found and lines and look.has_moved(last, book=book):
                yield Discrepancy(Check.CREDIT, f"par:{book}:{unit}", book, None, 0, found)
    # The network's own book holds the positions of all, and its common fund.
    credits = (
        Account.objects.filter(look.of("book"), book=F("unit__issuer"))
        .values("book", "unit")
        .annotate(all=TOTAL, last=LAST)
    )
    for book, unit, found, last in credits.order_by("unit").values_list("book", "unit", "all", "last"):
        if found and look.has_moved(last, book=book):
            yield Discrepancy(Check.CREDIT, f"credit:{unit}", book, None, 0, found)
