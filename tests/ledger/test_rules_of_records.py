"""Round Python: what was read of a record stays, a line is matched once, and what is accepted comes out even."""

import pytest
from django.utils import timezone

from ledger.actions import own_records, record_matches
from ledger.actions.refusals_records import (
    MatchedOnce,
    MatchPartOfAnother,
    OwnRecordIsClosed,
    OwnRecordStays,
    RecordMatchComesOutEven,
    RecordMatchStays,
)
from ledger.models import MatchPart, OwnRecord, Posting, RecordLine, RecordMatch
from tests import make
from tests.cast import Cast
from tests.own_records import matched, may
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

ACCEPT = (
    "UPDATE ledger_recordmatch SET state = 'accepted', accepted_by_id = %s, accepted_at = '2026-06-01 12:00:00+00:00'"
    " WHERE id = %s"
)
MATCH = (
    "INSERT INTO ledger_recordmatch (record_id, reason, is_sure, days, state, found_at)"
    " VALUES (%s, 'day', false, 0, %s, '2026-06-01 12:00:00+00:00')"
)
PART = "INSERT INTO ledger_matchpart (match_id, line_id, event_id, event_line) VALUES (%s, %s, %s, %s)"
LINE = (
    "INSERT INTO ledger_recordline (record_id, number, day, partner_text, paper, text, entry, amount, unit_id)"
    " VALUES (%s, 99, '2026-05-04', '', '', '', '', 1, %s)"
)


@pytest.fixture
def record(cast: Cast) -> OwnRecord:
    may(cast)
    return matched(cast)


def found(reason: str) -> RecordMatch:
    return RecordMatch.objects.get(reason=reason)


class TestRecord:
    def test_stays_with_its_lines(self, record: OwnRecord):
        line = RecordLine.objects.first().pk
        for sql, pk in (
            ("DELETE FROM ledger_ownrecord WHERE id = %s", record.pk),
            ("UPDATE ledger_ownrecord SET sha256 = 'x' WHERE id = %s", record.pk),
            ("UPDATE ledger_ownrecord SET state = 'read' WHERE id = %s", record.pk),
            ("UPDATE ledger_recordline SET amount = 7 WHERE id = %s", line),
            ("UPDATE ledger_recordline SET text = 'otra cosa' WHERE id = %s", line),
            ("DELETE FROM ledger_recordline WHERE id = %s", line),
        ):
            assert is_stopped(sql, pk) is OwnRecordStays

    def test_takes_no_line_later(self, record: OwnRecord):
        assert is_stopped(LINE, record.pk, make.unit().pk) is OwnRecordStays

    def test_that_is_closed_takes_nothing(self, cast: Cast, record: OwnRecord):
        now = timezone.now()
        own_records.close(record=record, by=cast.beto, on=timezone.localdate(), at=now)

        assert is_stopped(MATCH, record.pk, "proposed") is OwnRecordIsClosed
        assert is_stopped(ACCEPT, cast.beto.pk, found("day").pk) is OwnRecordIsClosed
        assert is_stopped("UPDATE ledger_ownrecord SET state = 'matched' WHERE id = %s", record.pk) is OwnRecordIsClosed

    def test_is_closed_by_somebody(self, record: OwnRecord):
        assert is_stopped("UPDATE ledger_ownrecord SET state = 'closed' WHERE id = %s", record.pk) is OwnRecordIsClosed


class TestMatch:
    def test_comes_proposed_and_stays(self, record: OwnRecord):
        pk = found("day").pk
        assert is_stopped(MATCH, record.pk, "accepted") is RecordMatchStays
        for sql in (
            "DELETE FROM ledger_recordmatch WHERE id = %s",
            "UPDATE ledger_recordmatch SET is_sure = false WHERE id = %s",
            "UPDATE ledger_recordmatch SET reason = 'twice' WHERE id = %s",
            "UPDATE ledger_recordmatch SET state = 'accepted' WHERE id = %s",
        ):
            assert is_stopped(sql, pk) is RecordMatchStays

    def test_that_was_undone_does_not_come_back(self, cast: Cast, record: OwnRecord):
        undone = found("day")
        record_matches.undo(found=undone, by=cast.beto, on=timezone.localdate(), at=timezone.now())

        assert is_stopped(ACCEPT, cast.beto.pk, undone.pk) is RecordMatchStays

    def test_comes_out_even_unless_its_reason_says_that_it_does_not(self, cast: Cast, record: OwnRecord):
        uneven = RecordMatch.objects.create(record=record, reason="dated", is_sure=False, found_at=timezone.now())
        assert is_stopped(ACCEPT, cast.beto.pk, uneven.pk) is RecordMatchComesOutEven
        line = RecordLine.objects.get(number=8)
        MatchPart.objects.create(match=uneven, line=line)
        assert is_stopped(ACCEPT, cast.beto.pk, uneven.pk) is RecordMatchComesOutEven

        record_matches.accept(found=found("digits"), by=cast.beto, on=timezone.localdate(), at=timezone.now())


class TestPart:
    def test_is_in_one_match(self, record: OwnRecord):
        taken = MatchPart.objects.filter(match=found("day"))
        other = RecordMatch.objects.create(record=record, reason="day", is_sure=False, found_at=timezone.now())
        line, posting = taken.get(event=None), taken.get(line=None)

        assert is_stopped(PART, other.pk, line.line_id, None, None) is MatchedOnce
        assert is_stopped(PART, other.pk, None, posting.event_id, posting.event_line) is MatchedOnce

    def test_is_of_the_record_and_of_its_book(self, cast: Cast, record: OwnRecord):
        other = RecordMatch.objects.create(record=record, reason="day", is_sure=False, found_at=timezone.now())
        of_the_mill = Posting.objects.filter(account__book=cast.molino).first()

        assert is_stopped(PART, other.pk, None, of_the_mill.event_id, of_the_mill.line) is MatchPartOfAnother

    def test_stays_and_none_is_added_to_what_was_answered(self, cast: Cast, record: OwnRecord):
        answered = found("day")
        record_matches.accept(found=answered, by=cast.beto, on=timezone.localdate(), at=timezone.now())
        free = RecordLine.objects.get(number=8).pk

        assert is_stopped(PART, answered.pk, free, None, None) is RecordMatchStays
        for sql in (
            "DELETE FROM ledger_matchpart WHERE id = %s",
            "UPDATE ledger_matchpart SET line_id = 1 WHERE id = %s",
        ):
            assert is_stopped(sql, MatchPart.objects.first().pk) is RecordMatchStays
