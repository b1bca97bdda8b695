"""Own records as they are read: both sides, how lines and entries were matched, and what is missing where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from ledger.core.matching import ENTRY, PAPER, WINDOW, Group, Item
from ledger.core.own_records import DEBTS
from ledger.core.papers import marks
from ledger.models.accounts import Account, Book
from ledger.models.jobs import Job
from ledger.models.journal import Entry, Posting
from ledger.models.own_records import MatchPart, MatchReason, MatchState, OwnRecord, RecordLine, RecordMatch

#: So many days later than it happened something may have been entered, to be looked at.
LATE = 90
#: Money that lies with the organization itself: a record may be of one such account.
OF_MONEY = ("1101", "1102", "1103")
CHUNK = 2000
#: An event has fewer lines than this.
LINES = 2**15

_PROPOSED = Q(state=MatchState.PROPOSED)
#: The tables of a record's page, in their order: which matches they show; what is missing is in none.
SECTIONS = {
    "sure": (_("Sure"), _PROPOSED & Q(is_sure=True)),
    "probable": (
        _("Probable"),
        _PROPOSED & Q(is_sure=False, reason__in=["paper", "day", "split", "merged", "stranger"]),
    ),
    "dated": (_("Dated otherwise"), _PROPOSED & Q(is_sure=False, reason=MatchReason.DATED)),
    "amount": (_("Another amount"), _PROPOSED & Q(reason__in=[MatchReason.DIGITS, MatchReason.AMOUNT])),
    "twice": (_("Twice"), _PROPOSED & Q(reason=MatchReason.TWICE)),
    "here": (_("Missing in the book"), None),
    "there": (_("Missing in the record"), None),
    "accepted": (_("Accepted"), Q(state=MatchState.ACCEPTED)),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A posting as the page shows it, with the entry to go to."""

    posting: Posting
    entry: Entry | None


@dataclass(slots=True)
class Pair:
    """A match with both of its sides."""

    match: RecordMatch
    lines: list[RecordLine] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    #: What it stands beside a second time.
    twin: Entry | None = None


def posting_key(event: int, line: int) -> int:
    """Return one number for a posting, whose table knows none but its event and its line there."""
    return event * LINES + line


def of_book(book: Book) -> QuerySet[OwnRecord]:
    """Return its records, newest first."""
    return OwnRecord.objects.filter(book=book).select_related("job", "account__unit", "uploaded_by").order_by("-pk")


def of_job(job: Job) -> OwnRecord | None:
    """Return the record that a job matches."""
    return OwnRecord.objects.filter(job=job).select_related("book__organization").first()


def accounts_of(book: Book) -> QuerySet[Account]:
    """Return the accounts that a record can be of instead of all debts: where money lies."""
    return Account.objects.filter(book=book, number__in=OF_MONEY).select_related("unit").order_by("number", "pk")


def _postings(record: OwnRecord, *, around: int = 0, late: int = LATE) -> QuerySet[Posting]:
    """Return what the book has of the days of a record, and so many around: found by the days of its entries."""
    first, last = record.first_on - dt.timedelta(around), record.last_on + dt.timedelta(around)
    found = Posting.objects.filter(
        event__entries__book=record.book_id,
        event__entries__booked_on__range=(first, last + dt.timedelta(late)),
        event__happened_on__range=(first, last),
    )
    if record.account_id is not None:
        return found.filter(account=record.account_id)
    return found.filter(account__book=record.book_id, account__number__in=DEBTS)


def lines_of(record: OwnRecord) -> tuple[dict[Group, list[Item]], list[Group]]:
    """Return the lines that are in no accepted match, by group, and the groups whose partner nobody knows."""
    groups: defaultdict[Group, list[Item]] = defaultdict(list)
    accepted = MatchPart.objects.filter(line=OuterRef("pk"), match__state=MatchState.ACCEPTED)
    rows = RecordLine.objects.filter(~Exists(accepted), record=record).order_by("number")
    for pk, day, partner, paper, entry, amount, unit in rows.values_list(
        "pk", "day", "partner", "paper", "entry", "amount", "unit"
    ):
        group = (0 if record.account_id else partner or -1, str(unit), 1 if amount > 0 else -1)
        own = tuple(f"{PAPER}{mark}" for mark in marks(paper, as_written=True))
        number = (f"{ENTRY}{entry}",) if entry else ()
        groups[group].append(Item(day.toordinal(), abs(amount), (*number, *own), (pk,)))
    return dict(groups), [group for group in groups if group[0] == -1]


def facts_of(record: OwnRecord) -> Iterator[tuple[Group, Item]]:
    """Yield what each event did with each partner, group by group, read from the database as it is asked for."""
    accepted = MatchPart.objects.filter(match__record=record, match__state=MatchState.ACCEPTED, line=None)
    taken = {posting_key(event, line or 0) for event, line in accepted.values_list("event", "event_line")}
    side = Case(When(amount__gt=0, then=Value(1)), default=Value(-1))
    partner = "account__counterparty" if record.account_id is None else "account"
    rows = (
        _postings(record, around=WINDOW)
        .annotate(side=side)
        .order_by(partner, "account__unit", "side", "event__happened_on", "event", "line")
        .values_list(
            partner, "account__unit", "side", "event", "event__happened_on", "event__papers",
            "event__entries__year", "event__entries__number", "line", "amount",
        )
    )  # fmt: skip
    for (who, unit, sign, event), of_event in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0, 1, 2, 3)):
        parts = [row for row in of_event if posting_key(event, row[8]) not in taken]
        if parts:
            day, papers, year, number = parts[0][4:8]
            known = (f"{ENTRY}{year}/{number}", *(f"{PAPER}{mark}" for mark in marks(papers)))
            amount = sum(abs(row[9]) for row in parts)
            item = Item(day.toordinal(), amount, known, tuple(posting_key(event, row[8]) for row in parts))
            yield (who if record.account_id is None else 0, str(unit), sign), item


def _missing_here(record: OwnRecord) -> QuerySet[RecordLine]:
    live = MatchPart.objects.filter(line=OuterRef("pk")).exclude(match__state=MatchState.UNDONE)
    return RecordLine.objects.filter(~Exists(live), record=record)


def _missing_there(record: OwnRecord) -> QuerySet[Posting]:
    live = MatchPart.objects.filter(event=OuterRef("event"), event_line=OuterRef("line"), match__record=record)
    return _postings(record).filter(~Exists(live.exclude(match__state=MatchState.UNDONE)))


def counts(record: OwnRecord) -> dict[str, int]:
    """Return how many stand in each table of the page."""
    asked = {name: Count("pk", filter=which) for name, (_title, which) in SECTIONS.items() if which is not None}
    found: dict[str, int] = RecordMatch.objects.filter(record=record).aggregate(**asked)
    found |= {"here": _missing_here(record).count(), "there": _missing_there(record).count()}
    return {name: found[name] for name in SECTIONS}


def section(record: OwnRecord, name: str) -> QuerySet[RecordMatch] | QuerySet[RecordLine] | QuerySet[Posting]:
    """Return what stands in one table of the page, in the order of its days or of its finding."""
    if name == "here":
        return _missing_here(record).select_related("partner__organization", "unit").order_by("day", "number")
    if name == "there":
        of_entry = ("event__entries__booked_on", "event__entries__number", "line")
        return _missing_there(record).select_related(*_SHOWN).order_by(*of_entry)
    return RecordMatch.objects.filter(SECTIONS[name][1], record=record).select_related("twin_line").order_by("pk")


_SHOWN = ("event", "account__unit", "account__counterparty__organization")


def facts(record: OwnRecord, postings: Iterable[Posting]) -> list[Fact]:
    """Return postings with their entries in the book of a record."""
    shown = list(postings)
    entries = Entry.objects.filter(book=record.book_id, event__in={posting.event_id for posting in shown})
    of_event = {entry.event_id: entry for entry in entries}
    return [Fact(posting, of_event.get(posting.event_id)) for posting in shown]


def pairs(record: OwnRecord, matches: Iterable[RecordMatch]) -> list[Pair]:
    """Return matches with both of their sides: as many queries for one as for many."""
    shown = {match.pk: Pair(match) for match in matches}
    parts = list(MatchPart.objects.filter(match__in=shown).values_list("match", "line", "event", "event_line"))
    of_lines = {line: pk for pk, line, _event, _number in parts if line}
    of_postings = {(event, number): pk for pk, _line, event, number in parts if event}
    lines = RecordLine.objects.filter(pk__in=of_lines).select_related("partner__organization", "unit")
    for line in lines.order_by("day", "number"):
        shown[of_lines[line.pk]].lines.append(line)
    postings = Posting.objects.filter(event__in={event for event, _line in of_postings}).select_related(*_SHOWN)
    matched = [each for each in postings.order_by("event", "line") if (each.event_id, each.line) in of_postings]
    for fact in facts(record, matched):
        shown[of_postings[fact.posting.event_id, fact.posting.line]].facts.append(fact)
    twins = {pair.match.twin_event_id for pair in shown.values() if pair.match.twin_event_id}
    entries = {entry.event_id: entry for entry in Entry.objects.filter(book=record.book_id, event__in=twins)}
    for pair in shown.values():
        pair.twin = entries.get(pair.match.twin_event_id or 0)
    return list(shown.values())
