"""Bring what the demo's print shop wrote down itself of its last months, with the mistakes that people make."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping

from ledger.actions import own_records, record_matches
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.core.own_records import DEBTS
from ledger.core.written import plain
from ledger.models.journal import Posting
from network.core.delimited import csv_lines

SHOP = "grafica-barracas"
DAYS = 120
#: Which of the exchanges, in their order, were told wrongly, and how.
LEFT_OUT, TWICE, LATER, SWAPPED = 3, 5, 7, 9
COLUMNS = ("fecha", "cooperativa", "comprobante", "detalle", "importe")


def bring(members: Mapping[str, Member], *, until: dt.date) -> None:
    """Bring the record of the print shop, and let it be matched; nothing of it is accepted yet."""
    member, at = members[SHOP], dt.datetime.combine(until, dt.time(12), tzinfo=dt.UTC)
    record = own_records.bring(
        book=member.book,
        key=uuid.uuid5(NAMESPACE, "own record"),
        content="".join(csv_lines(COLUMNS, _rows(member, until=until))).encode(),
        file_name="cuaderno-de-la-grafica.csv",
        by=member.treasurer,
        on=until,
        at=at,
    )
    record_matches.match(record=record, clock=lambda: at)


def _rows(member: Member, *, until: dt.date) -> list[list[str]]:
    """Return what the shop exchanged in the last months as it would write it, pesos only, with its mistakes."""
    exchanged: defaultdict[tuple[dt.date, int, str, bool], list[Posting]] = defaultdict(list)
    postings = Posting.objects.filter(
        account__book=member.book,
        account__unit=member.book.unit,
        account__number__in=DEBTS,
        event__happened_on__range=(until - dt.timedelta(days=DAYS), until),
    )
    for each in postings.select_related("event", "account__counterparty__organization").order_by("event", "line"):
        other = each.account.counterparty
        key = (each.event.happened_on, each.event_id, other.organization.name if other else "", each.amount > 0)
        exchanged[key].append(each)
    rows = []
    for number, ((day, _event, name, _is_given), parts) in enumerate(sorted(exchanged.items()), start=1):
        amount = sum(each.amount for each in parts)
        event = parts[0].event
        on = day - dt.timedelta(days=4) if number == LATER else day
        told = _swapped(amount) if number == SWAPPED else amount
        row = [on.isoformat(), name, event.papers, event.memo, plain(told, scale=member.book.unit.scale)]
        if number != LEFT_OUT:
            rows += [row, row] if number == TWICE else [row]
    return rows


def _swapped(amount: int) -> int:
    """Return an amount with the first two different digits that stand beside each other swapped."""
    text = str(abs(amount))
    at = next((at for at in range(len(text) - 1) if text[at] != text[at + 1]), 0)
    digits = int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return digits if amount > 0 else -digits
