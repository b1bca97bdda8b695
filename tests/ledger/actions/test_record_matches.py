"""Own records: brought once, matched by a worker, answered by whoever keeps the book; our export comes back whole."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone, translation

from ledger.actions import jobs, own_records, record_matches
from ledger.actions.agreements import NotForYouToDo, WatchesAndWritesNothing
from ledger.actions.own_records import RecordHasWrongRows, RecordIsBeingMatched
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_records import OwnRecordIsClosed, RecordMatchStays
from ledger.models import MatchPart, OwnRecord, RecordLine, RecordMatch
from ledger.queries import exports
from ledger.queries import own_records as read
from ledger.queries.scope import scope
from network.actions.uploads import FileCannotBeRead
from network.queries import wall
from tests import make
from tests.cast import Cast
from tests.own_records import HEADER, WRITTEN, brought, exchanged, matched, may, workbook
from tests.roles import as_the_program

pytestmark = pytest.mark.django_db


def shown(record: OwnRecord) -> list[str]:
    """Each match in words: how it stands, why, the numbers of its lines, how many postings."""
    return [
        f"{'sure' if each.is_sure else 'maybe'} {each.reason}"
        f" {[line.number for line in RecordLine.objects.filter(parts__match=each).order_by('number')]}"
        f" {MatchPart.objects.filter(match=each, line=None).count()}"
        for each in RecordMatch.objects.filter(record=record).exclude(state="undone").order_by("pk")
    ]


def who(cast: Cast) -> dict[str, object]:
    return {"by": cast.beto, "on": timezone.localdate(), "at": timezone.now()}


class TestMatching:
    def test_says_what_is_sure_what_is_likely_and_what_is_missing(self, cast: Cast):
        may(cast)
        record = matched(cast)

        assert sorted(shown(record)) == [
            "maybe dated [5] 1",
            "maybe digits [4] 1",
            "maybe paper [6] 1",
            "maybe twice [7] 0",
            "sure day [3] 1",
            "sure paper [2] 1",
        ]
        counts = read.counts(record)
        assert (counts["sure"], counts["probable"], counts["here"], counts["there"]) == (2, 1, 1, 0)

    def test_what_the_record_lacks_is_missing_there(self, cast: Cast):
        may(cast)
        record = matched(cast, f"{HEADER}\n04/05/2026;Molino;;Afiches;1.000,00\n30/05/2026;Molino;;Nada;1,00\n")

        assert [posting.amount for posting in read.section(record, "there")] == [
            -250_00, 7_200_00, -300_00, 500_00, 77_00,
        ]  # fmt: skip

    def test_one_line_stands_for_value_and_vat(self, cast: Cast):
        exchanged(cast.grafica, cast.molino, 100_00, vat=21_00, on=make.DAY)

        assert shown(matched(cast, f"{HEADER}\n04/05/2026;Molino;;Afiches;121,00\n")) == ["sure day [2] 2"]

    def test_our_own_export_comes_back_whole(self, cast: Cast):
        may(cast)
        exchanged(cast.grafica, cast.molino, 100_00, vat=21_00, on=dt.date(2026, 5, 26), papers="A 0003-00000016")
        for language in ("beancount", "hledger"):
            written = "".join(exports.journal(language, scope(code="grafica")))
            record = matched(cast, written, name=f"libro.{language}")

            assert set(RecordMatch.objects.filter(record=record).values_list("is_sure", flat=True)) == {True}
            assert (read.counts(record)["here"], read.counts(record)["there"]) == (0, 0)

    def test_of_one_account(self, cast: Cast):
        make.sale(cast.grafica, 55_00, on=make.DAY)
        bank = make.account(cast.grafica, "1102")
        record = matched(cast, "fecha;detalle;debe;haber\n04/05/2026;Venta;55,00;\n05/05/2026;Gas;;9\n", account=bank)

        assert shown(record) == ["sure day [2] 1"]
        assert read.counts(record)["here"] == 1

    def test_a_spreadsheet_as_xlsx(self, cast: Cast):
        may(cast)
        rows = [
            ["Fecha", "Cooperativa", "Importe"],
            [make.DAY, "Molino", 1000.0],
            [dt.date(2026, 5, 6), "Molino", -250],
        ]

        assert sorted(shown(matched(cast, workbook(rows), name="mayo.xlsx"))) == ["sure day [2] 1", "sure day [3] 1"]

    def test_begins_once_it_is_brought_and_not_again_for_the_same_file(self, cast: Cast):
        told = {"book": cast.grafica, "content": WRITTEN.encode(), "file_name": "mayo.csv", "account": None}
        record = record_matches.begin(key=uuid.uuid4(), **told, **who(cast))
        record_matches.run(job_id=record.job_id, clock=timezone.now)

        again = record_matches.begin(key=uuid.uuid4(), **told, **who(cast))

        assert (again, again.job_id, again.state) == (record, record.job_id, "matched")

    def test_a_worker_that_dies_leaves_nothing_and_the_next_one_goes_on(self, cast: Cast):
        may(cast)
        record = brought(cast)
        job = record_matches.start(record=record, **who(cast))
        assert record_matches.start(record=record, **who(cast)) == job

        with pytest.raises(jobs.JobWasTakenOver):
            record_matches.match(record=record, clock=timezone.now, job=job)
        assert not RecordMatch.objects.exists()
        record_matches.run(job_id=job.pk, clock=timezone.now)
        record_matches.run(job_id=job.pk, clock=timezone.now)

        job.refresh_from_db()
        assert (job.percent, RecordMatch.objects.count()) == (100, 6)


class TestAnswers:
    def test_all_that_is_sure_at_once_and_others_one_by_one(self, cast: Cast):
        may(cast)
        record = matched(cast)
        dated = RecordMatch.objects.get(reason="dated")

        assert record_matches.accept_sure(record=record, **who(cast)) == 2
        record_matches.accept(found=dated, **who(cast))

        assert read.counts(record)["accepted"] == 3
        with pytest.raises(RecordMatchStays):
            record_matches.accept(found=dated, **who(cast))

    def test_what_is_undone_is_free_and_not_proposed_again(self, cast: Cast):
        may(cast)
        record = matched(cast)
        record_matches.accept_sure(record=record, **who(cast))
        found = RecordMatch.objects.get(reason="day")
        record_matches.undo(found=found, **who(cast))
        assert read.counts(record)["here"] == 2

        record_matches.match(record=record, clock=timezone.now)

        assert "sure day [3] 1" not in shown(record)
        assert read.counts(record)["accepted"] == 1

    def test_matched_anew_after_the_book_has_moved(self, cast: Cast):
        may(cast)
        record = matched(cast)
        kept = RecordMatch.objects.get(reason="dated")
        exchanged(cast.grafica, cast.molino, 7_020_00, on=dt.date(2026, 5, 27), papers="A 0003-00000012")

        record_matches.match(record=record, clock=timezone.now)

        kept.refresh_from_db()
        assert kept.state == "proposed"
        assert "maybe paper [4] 1" in shown(record)
        assert RecordMatch.objects.get(reason="digits").state == "undone"

    def test_a_closed_record_takes_nothing_more(self, cast: Cast):
        may(cast)
        record = own_records.close(record=matched(cast), **who(cast))

        for answer in (record_matches.accept, record_matches.undo):
            with pytest.raises(OwnRecordIsClosed):
                answer(found=RecordMatch.objects.first(), **who(cast))
        with pytest.raises(OwnRecordIsClosed):
            record_matches.start(record=record, **who(cast))
        assert brought(cast) != record

    def test_wait_for_the_worker(self, cast: Cast):
        record = matched(cast)
        record_matches.start(record=record, **who(cast))

        with pytest.raises(RecordIsBeingMatched):
            record_matches.accept_sure(record=record, **who(cast))

    def test_are_for_whoever_keeps_the_book(self, cast: Cast):
        may(cast)
        record = matched(cast)
        for person in (cast.mario, cast.carla, cast.silvia):
            with pytest.raises((NotForYouToDo, WatchesAndWritesNothing)):
                record_matches.accept_sure(record=record, **{**who(cast), "by": person})
            with pytest.raises((NotForYouToDo, WatchesAndWritesNothing)):
                brought(cast, by=person)


class TestBringing:
    def test_the_same_file_or_form_again_is_the_same_record(self, cast: Cast):
        key = uuid.uuid4()
        record = brought(cast, key=key)

        assert brought(cast) == brought(cast, key=key) == record
        with pytest.raises(KeyWasUsedForSomethingElse):
            brought(cast, WRITTEN + "\n", key=key)

    def test_names_the_rows_that_cannot_be_read_and_keeps_none(self, cast: Cast):
        with translation.override("en"), pytest.raises(RecordHasWrongRows) as refusal:
            brought(cast, f"{HEADER}\n04/05/2026;Molino;;;mil\n31/02/2026;Molino;;;5\n01/01/2099;Molino;;;0,001\n")

        for part in ("row 2, amount: This is not a number", "row 3, day: ", "row 4, amount: ", "row 4, day: "):
            assert part in str(refusal.value)
        assert not OwnRecord.objects.exists()

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            (b"", "vacio.csv"),
            (b"PK\x03\x04 no es", "roto.xlsx"),
            (b"cosa;otra\n1;2\n", "otra.csv"),
            (b"2026-05-04 * Venta\n    Ventas  10 ARS\n    Caja\n", "nada.journal"),
        ],
    )
    def test_says_why_a_file_is_no_record(self, cast: Cast, written: bytes, name: str):
        with pytest.raises(FileCannotBeRead):
            brought(cast, written, name=name)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no roles")
def test_works_for_the_role_that_the_program_runs_as(cast: Cast):
    may(cast)
    with as_the_program():
        wall.read_as(cast.beto, on=timezone.localdate())
        record = matched(cast)
        assert record_matches.accept_sure(record=record, **who(cast)) == 2
        own_records.close(record=record, **who(cast))

        wall.read_as(cast.carla, on=timezone.localdate())
        assert not RecordLine.objects.exists()
    wall.read_all()
