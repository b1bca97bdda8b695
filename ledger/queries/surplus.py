"""Read what a closed year has left to distribute, and by which percentages."""

import datetime as dt

from django.db.models import Sum

from ledger.core.surplus import SURPLUS, Share
from ledger.models.accounts import Account
from ledger.models.journal import Posting
from ledger.models.surplus import LawRate, SurplusDistribution
from ledger.models.years import YearClosing


def left(closing: YearClosing) -> int:
    """Return what the year left, less what earlier losses take of it; minor units, zero where there is nothing."""
    of_it = Posting.objects.filter(event=closing.event_id, account__number=SURPLUS, account__unit=closing.book.unit_id)
    result = -(of_it.aggregate(all=Sum("amount"))["all"] or 0)
    held = Account.objects.filter(book=closing.book_id, number=SURPLUS, unit=closing.book.unit_id, counterparty=None)
    held_now = -(held.values_list("balance__amount", flat=True).first() or 0)
    return max(0, min(result, held_now))


def distribution(closing: YearClosing) -> SurplusDistribution | None:
    """Return where a year's surplus went, if its assembly has decided it."""
    found = SurplusDistribution.objects.filter(closing=closing)
    return found.select_related("resolution", "event").prefetch_related("event__postings__account").first()


def rates(*, on: dt.date) -> dict[Share, LawRate]:
    """Return the percentages of law of a day."""
    found = LawRate.objects.filter(since__lte=on).order_by("since")
    return {Share(each.share): each for each in found}
