"""Match an own record with its book, as a job; accept what was found, one by one or all that is sure; undo.

Everything that is found is written at once with the end of the job, so a worker that dies leaves nothing behind.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

from django.db import transaction

from ledger.actions import jobs
from ledger.actions.own_records import bring, held, is_being_matched
from ledger.actions.refusals import from_database
from ledger.actions.refusals_records import OwnRecordIsClosed, RecordMatchStays
from ledger.core import matching
from ledger.core.matching import Group, Item, Match
from ledger.models.accounts import Account, Book
from ledger.models.jobs import Job
from ledger.models.own_records import MatchPart, MatchState, OwnRecord, RecordMatch, RecordState
from ledger.queries import own_records
from ledger.queries.own_records import LINES, posting_key
from network.actions.uploads import CHUNK
from network.errors import DomainError
from network.models.people import User

#: What the job is called.
KIND = "match"

#: Lines and postings by their keys.
_Sides = tuple[frozenset[int], frozenset[int]]


@transaction.atomic
def begin(
    *,
    book: Book,
    key: uuid.UUID,
    content: bytes,
    file_name: str,
    account: Account | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> OwnRecord:
    """Bring a record and ask for it to be matched; one that was brought before is not matched anew.

    Raises as `bring` does.
    """
    record = bring(book=book, key=key, content=content, file_name=file_name, account=account, by=by, on=on, at=at)
    if record.job_id is None:
        record.job = start(record=record, by=by, on=on, at=at)
    return record


@transaction.atomic
def start(*, record: OwnRecord, by: User, on: dt.date, at: dt.datetime) -> Job:
    """Ask for a record to be matched, or matched anew, and return the job; one that waits serves again.

    :raises NotForYouToDo, WatchesAndWritesNothing: if the person may not write for the organization.
    :raises OwnRecordIsClosed: if it is closed.
    """
    now = OwnRecord.objects.select_related("job").get(pk=record.pk)
    if now.job is not None and is_being_matched(now):
        return now.job
    now = held(record, by=by, on=on)
    if now.state == RecordState.CLOSED:
        raise OwnRecordIsClosed
    key = f"{KIND}:{record.pk}:{at.isoformat()}"
    now.job = jobs.request(kind=KIND, key=key, parameters={"record": record.pk}, by=by, at=at)
    now.save(update_fields=["job"])
    return now.job


def run(*, job_id: int, clock: Callable[[], dt.datetime]) -> None:
    """Do the work of a job, if it is still to be done."""
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return
    record = OwnRecord.objects.get(pk=job.parameters["record"])
    try:
        match(record=record, clock=clock, job=job)
    except DomainError as refusal:
        if isinstance(refusal, jobs.JobWasTakenOver):
            raise
        jobs.fail(job=job, message=str(refusal), at=clock())


def match(*, record: OwnRecord, clock: Callable[[], dt.datetime], job: Job | None = None) -> None:
    """Find what belongs together, and propose it; what was accepted stays, what somebody undid is not proposed again.

    Holds the record's lines and what one partner exchanged around its days, however large the ledger is.
    """
    lines, strangers = own_records.lines_of(record)
    facts = own_records.facts_of(record)
    if job is not None:
        facts = _beating(facts, job, total=len({group[0] for group in lines}) + 1, clock=clock)
    found = list(matching.match(lines, facts, strangers=strangers))
    with transaction.atomic(), from_database():
        record = OwnRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
        _propose(record, found, at=clock())
        record.state = RecordState.MATCHED
        record.save(update_fields=["state"])
        if job is not None:
            jobs.finish(job=job, at=clock())


def _beating(
    facts: Iterator[tuple[Group, Item]], job: Job, *, total: int, clock: Callable[[], dt.datetime]
) -> Iterator[tuple[Group, Item]]:
    """Yield what is yielded, and say how far the work is whenever another partner begins."""
    partner, done = None, 0
    for group, item in facts:
        if group[0] != partner:
            partner, done = group[0], done + 1
            jobs.beat(job=job, at=clock(), done=min(done, total), total=total)
        yield group, item


def _propose(record: OwnRecord, found: list[Match], *, at: dt.datetime) -> None:
    """Write down what is new, and withdraw what was proposed before and is not found again."""
    before: dict[tuple[str, bool, _Sides], int] = {}
    refused: set[_Sides] = set()
    for made, sides in _sides(record):
        if made.state == MatchState.PROPOSED:
            before[made.reason, made.is_sure, sides] = made.pk
        elif made.undone_by_id is not None:
            refused.add(sides)
    new: list[tuple[Match, _Sides]] = []
    for each in found:
        sides = (_keys(each.lines), _keys(each.postings))
        if before.pop((each.reason.value, each.is_sure, sides), None) is None and sides not in refused:
            new.append((each, sides))
    RecordMatch.objects.filter(pk__in=before.values()).update(state=MatchState.UNDONE, undone_at=at)
    rows = RecordMatch.objects.bulk_create([_row(record, each, at=at) for each, _sides in new], batch_size=CHUNK)
    parts = []
    for row, (_each, (lines, postings)) in zip(rows, new, strict=True):
        parts += [MatchPart(match=row, line_id=line) for line in sorted(lines)]
        of_postings = (divmod(posting, LINES) for posting in sorted(postings))
        parts += [MatchPart(match=row, event_id=event, event_line=line) for event, line in of_postings]
    MatchPart.objects.bulk_create(parts, batch_size=CHUNK)


def _sides(record: OwnRecord) -> Iterator[tuple[RecordMatch, _Sides]]:
    """Yield the matches that were ever found of a record, with their sides, those apart that are accepted."""
    parts: dict[int, tuple[set[int], set[int]]] = {}
    matches = RecordMatch.objects.filter(record=record).exclude(state=MatchState.ACCEPTED)
    told = MatchPart.objects.filter(match__in=matches).values_list("match", "line", "event", "event_line")
    for pk, line, event, event_line in told.iterator(chunk_size=CHUNK):
        lines, postings = parts.setdefault(pk, (set(), set()))
        if event_line is None:
            lines.add(line)
        else:
            postings.add(posting_key(event, event_line))
    for made in matches:
        lines, postings = parts.get(made.pk, (set(), set()))
        yield made, (frozenset(lines), frozenset(postings))


def _keys(items: tuple[Item, ...]) -> frozenset[int]:
    return frozenset(key for item in items for key in item.keys)


def _row(record: OwnRecord, found: Match, *, at: dt.datetime) -> RecordMatch:
    twin = found.twin.keys[0] if found.twin is not None else 0
    return RecordMatch(
        record=record,
        reason=found.reason.value,
        is_sure=found.is_sure,
        days=found.days,
        twin_line_id=twin if twin and found.lines else None,
        twin_event_id=twin // LINES if twin and found.postings else None,
        found_at=at,
    )


@transaction.atomic
def accept(*, found: RecordMatch, by: User, on: dt.date, at: dt.datetime) -> None:
    """Say that a match is right.

    :raises RecordMatchStays: if it was already answered.
    :raises RecordMatchComesOutEven: if its sides differ though nothing says that they do.
    :raises RecordIsBeingMatched, OwnRecordIsClosed: if it may not change now.
    """
    held(found.record, by=by, on=on)
    proposed = RecordMatch.objects.filter(pk=found.pk, state=MatchState.PROPOSED)
    with from_database():
        if not proposed.update(state=MatchState.ACCEPTED, accepted_by=by, accepted_at=at):
            raise RecordMatchStays


@transaction.atomic
def accept_sure(*, record: OwnRecord, by: User, on: dt.date, at: dt.datetime) -> int:
    """Say that all that is sure is right, and return how many that were. Raises as `accept` does."""
    held(record, by=by, on=on)
    sure = RecordMatch.objects.filter(record=record, state=MatchState.PROPOSED, is_sure=True)
    with from_database():
        return sure.update(state=MatchState.ACCEPTED, accepted_by=by, accepted_at=at)


@transaction.atomic
def undo(*, found: RecordMatch, by: User, on: dt.date, at: dt.datetime) -> None:
    """Say that a match is not right: its lines and entries are free again, and it is not proposed again.

    :raises RecordMatchStays: if it is undone already.
    :raises RecordIsBeingMatched, OwnRecordIsClosed: if it may not change now.
    """
    held(found.record, by=by, on=on)
    with from_database():
        standing = RecordMatch.objects.filter(pk=found.pk).exclude(state=MatchState.UNDONE)
        if not standing.update(state=MatchState.UNDONE, undone_by=by, undone_at=at):
            raise RecordMatchStays
