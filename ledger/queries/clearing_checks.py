"""Compare what clearing rounds wrote into the books with what was worked out: nothing without a round, to the cent."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Sum

from ledger.core.chart import Role
from ledger.models.clearing import RoundClaim, RoundParty, RoundState
from ledger.models.findings import Check
from ledger.models.journal import Event, Posting
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

KIND = "clearing_round"


def check_rounds(look: Look) -> Iterator[Discrepancy]:
    """Return the entries of clearing rounds that cancel another amount than the round says, or are of no round.

    An event of that kind passes by debts that wait in a round: so it has to be one. And a round that counts as in the
    books is not reversed by itself.
    """
    since = look.since("event", event="event")
    lines = Posting.objects.filter(
        since, look.of("account__book"), event__kind=KIND, account__role=Role.RECEIVABLE
    ).order_by("event", "account__book")
    reversed_alone = Exists(Event.objects.filter(reverses=OuterRef("event"))) & Q(
        event__clearing_round__state=RoundState.POSTED
    )
    # What stands under no claim is a position in the credit of the round.
    rows = lines.values_list("event", "account__book").annotate(
        gone=Sum("amount", filter=Q(claim__isnull=False), default=0),
        rises=Sum("amount", filter=Q(claim=None), default=0),
    )
    for event, book, gone, rises in rows:
        planned = RoundClaim.objects.filter(
            round__event=event, creditor__organization__book=book, cancelled__gt=0
        ).aggregate(all=Sum("cancelled", default=0))
        if planned["all"] != -gone:
            yield Discrepancy(Check.CLEARING, f"round:{event}:{book}", book, None, int(planned["all"]), int(-gone))
        party = RoundParty.objects.filter(round__event=event, organization__book=book)
        credit = party.aggregate(all=Sum(F("takes") - F("pays"), default=0))
        if credit["all"] != rises:
            yield Discrepancy(Check.CLEARING, f"lent:{event}:{book}", book, None, int(credit["all"]), int(rises))
    undone = Posting.objects.filter(reversed_alone, since, look.of("account__book"), event__kind=KIND).order_by()
    for event, book in undone.values_list("event", "account__book").distinct():
        yield Discrepancy(Check.CLEARING, f"round:{event}:{book}", book, None, 1, 0)
