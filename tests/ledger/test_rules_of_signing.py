"""Round Python: what was signed off stays, is signed by a síndico in office, once, of days that are closed."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions.refusals_audited import SignOffDoesNotFit, SignOffStays
from ledger.models import Entry
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped, run, stays
from tests.sign_offs import Audit

pytestmark = pytest.mark.django_db
COLUMNS = "key, body_id, book_id, starts_on, ends_on, seed, entries, drawn_from, drawn, findings, statement, mandate_id"
SIGN = (
    f"INSERT INTO ledger_signoff ({COLUMNS}, signed_on, recorded_at) SELECT %s, body_id, %s, %s, %s, seed, 10,"
    " drawn_from, %s, findings, statement, %s, %s, recorded_at FROM ledger_signoff WHERE id = (SELECT min(id)"
    " FROM ledger_signoff)"
)
SAMPLE = "INSERT INTO ledger_sampledentry (sign_off_id, place, event_id) VALUES (%s, %s, %s)"


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return Audit(cast)


class TestSigned:
    def test_stays(self, audit: Audit):
        audit.sign()
        for change in (
            "UPDATE ledger_signoff SET statement = 'otra cosa'",
            "UPDATE ledger_signoff SET ends_on = '2026-04-29'",
            "UPDATE ledger_signoff SET findings = '[]'",
            "UPDATE ledger_sampledentry SET place = place + 10",
            "DELETE FROM ledger_sampledentry",
            "DELETE FROM ledger_signoff",
        ):
            assert is_stopped(change) is SignOffStays, change

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
    def test_is_not_replaced(self, audit: Audit):
        audit.sign()
        for table in ("signoff", "sampledentry"):
            change = f"INSERT OR REPLACE INTO ledger_{table} SELECT * FROM ledger_{table}"
            assert is_stopped(change) is SignOffStays, change

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
    def test_is_not_emptied(self, audit: Audit):
        audit.sign()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("sampledentry", "signoff"):
            assert is_stopped(f"TRUNCATE ledger_{table} CASCADE") is SignOffStays, table

    def test_is_by_its_auditor_once_of_days_that_are_closed(self, audit: Audit):
        cast, key = audit.cast, uuid.uuid4().hex
        audit.sign()
        silvia = make.mandate(cast.silvia).pk
        president = make.mandate(make.officer("Fede", cast.federacion, office="president")).pk
        other = make.officer("Otilia", make.organization("otra", kind="federation"), office="internal_auditor")
        march = ("2026-03-01", "2026-03-31")
        grafica, molino = cast.grafica.pk, cast.molino.pk
        for row in (
            (grafica, *march, 3, president, "2026-05-04"),
            (grafica, *march, 3, make.mandate(other).pk, "2026-05-04"),
            (grafica, *march, 3, silvia, "2035-05-04"),  # after it ended
            (grafica, "2026-05-01", "2026-05-02", 1, silvia, "2026-05-04"),  # not closed
            (molino, *march, 3, silvia, "2026-05-04"),  # another book's
            (grafica, "2026-03-01", "2026-04-01", 3, silvia, "2026-05-04"),  # signed off in part
        ):
            assert is_stopped(SIGN, key, *row) is SignOffDoesNotFit, row
        stays(SIGN, key, grafica, *march, 3, silvia, "2026-05-04")

    def test_sample_is_of_its_book_and_period_and_whole(self, audit: Audit):
        signed = audit.sign(count=9)
        make.sale(audit.cast.molino, on=make.DAY)
        drawn = signed.sample.values_list("event", flat=True)
        april = Entry.objects.filter(book=audit.cast.grafica, booked_on__lte="2026-04-30")
        left = april.exclude(event__in=drawn).get()
        for place, entry in (
            (0, left.event_id),
            (10, left.event_id),
            (10, Entry.objects.get(booked_on="2026-05-02").event_id),
            (10, Entry.objects.get(book=audit.cast.molino).event_id),
        ):
            assert is_stopped(SAMPLE, signed.pk, place, entry) is SignOffDoesNotFit, place

    def test_tables(self, audit: Audit):
        audit.sign()
        silvia, grafica = make.mandate(audit.cast.silvia).pk, audit.cast.grafica.pk
        for rule, row in (
            ("signed_days_follow", (grafica, "2026-03-31", "2026-03-01", 3, silvia, "2026-05-04")),
            ("signed_days_follow", (grafica, "2026-03-01", "2026-03-31", 3, silvia, "2026-03-31")),
            ("drawn_from_what_there_is", (grafica, "2026-03-01", "2026-03-31", 11, silvia, "2026-05-04")),
        ):
            with pytest.raises(IntegrityError, match=rule), transaction.atomic():
                stays(SIGN, uuid.uuid4().hex, *row)
        march = (grafica, "2026-03-01", "2026-03-31", 3, silvia, "2026-05-04")
        for taken, empty in (("%s, seed, 10", "%s, '', 10"), ("findings, statement, %s", "findings, '', %s")):
            with pytest.raises(IntegrityError, match="signed_with_seed_and_statement"), transaction.atomic():
                stays(SIGN.replace(taken, empty), uuid.uuid4().hex, *march)
