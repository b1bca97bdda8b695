"""What is said of a paper that somebody holds: ours or not, changed or not, and the books behind it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ledger.actions import seals, verification
from ledger.models import Posting, Seal
from network import rules
from reports.actions import issued as write
from reports.actions import requests
from reports.models import IssuedPaper
from reports.queries import issued
from reports.queries.issued import Books, Verdict
from tests import make
from tests.cast import Cast
from tests.reports import exchanges

TODAY = dt.date(2023, 12, 5)
NOW = dt.datetime(2023, 12, 5, 10, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def make_it(cast: Cast, **changes) -> bytes:
    told = {
        "kind": "trial-balance",
        "organization": cast.grafica.organization,
        "starts_on": exchanges.NOVEMBER[0],
        "ends_on": TODAY,
        "language": "en",
    }
    return requests.make(**told | changes, on=TODAY, at=NOW)


@pytest.fixture
def paper(cast: Cast) -> bytes:
    exchanges.bags_for_flour(cast)
    return make_it(cast)


def look(*, full: bool = True) -> None:
    verification.verify(full=full, clock=timezone.now)


@contextmanager
def behind_the_programs_back() -> Iterator[None]:
    """Take the rules away for a while."""
    connection.check_constraints()
    rules.drop()
    yield
    connection.check_constraints()
    rules.install()


def behind(content: bytes) -> Books:
    found = issued.of_file(content).paper
    assert found is not None
    return issued.behind(found).state


class TestOfFile:
    def test_knows_the_paper_that_was_issued(self, cast: Cast, paper: bytes):
        answer = issued.of_file(paper)

        assert answer.verdict == Verdict.ISSUED
        assert answer.paper == IssuedPaper.objects.get()
        assert (answer.paper.kind, answer.paper.organization) == ("trial-balance", cast.grafica.organization)
        assert (answer.paper.size, answer.paper.issued_at) == (len(paper), NOW)
        assert answer.paper.seal == Seal.objects.get().hash

    def test_says_that_one_byte_was_changed(self, paper: bytes):
        answer = issued.of_file(paper.replace(b"%PDF-1.7", b"%PDF-1.6"))

        assert answer.verdict == Verdict.ALTERED
        assert answer.paper == IssuedPaper.objects.get()

    def test_does_not_know_what_was_not_issued(self, paper: bytes):
        assert issued.of_file(b"").verdict == Verdict.UNKNOWN
        assert issued.of_file(b"%PDF-1.7 trama:0123456789ABCDEF").verdict == Verdict.UNKNOWN

    def test_is_issued_once_however_often_it_is_made(self, cast: Cast, paper: bytes):
        assert make_it(cast) == paper
        assert IssuedPaper.objects.count() == 1


class TestOfIdentifier:
    def test_tells_which_paper_was_issued_under_it(self, paper: bytes):
        found = IssuedPaper.objects.get()

        assert issued.of_identifier(found.identifier).paper == found
        assert issued.of_identifier("0" * 16).verdict == Verdict.UNKNOWN


class TestReplaced:
    def test_a_paper_that_tells_more_of_the_same_days_says_what_it_replaces(self, cast: Cast, paper: bytes):
        before = IssuedPaper.objects.get()
        make.delivery(cast.grafica, cast.molino, on=TODAY)
        more = issued.of_file(make_it(cast)).paper

        assert more is not None
        assert more.replaces == before.identifier
        assert issued.replaced_by(before) == more
        assert issued.replaced_by(more) is None

    def test_one_of_other_days_or_in_another_language_replaces_nothing(self, cast: Cast, paper: bytes):
        make.delivery(cast.grafica, cast.molino, on=TODAY)
        for changes in ({"starts_on": TODAY}, {"language": "es-ar"}, {"kind": "journal"}):
            found = issued.of_file(make_it(cast, **changes)).paper
            assert found is not None
            assert not found.replaces
        assert issued.replaced_by(IssuedPaper.objects.first()) is None


class TestBehind:
    def test_says_that_nobody_has_looked_yet(self, cast: Cast, paper: bytes):
        assert behind(paper) == Books.NOT_LOOKED_AT
        look()
        make.delivery(cast.grafica, cast.molino, on=TODAY)

        # This one lies under a seal that no run has seen.
        assert behind(make_it(cast)) == Books.NOT_LOOKED_AT
        look(full=False)
        assert behind(make_it(cast)) == Books.UNCHANGED

    def test_stays_unchanged_when_more_is_written(self, cast: Cast, paper: bytes):
        make.delivery(cast.grafica, cast.molino, on=TODAY)
        seals.seal(at=NOW)
        look()

        assert behind(paper) == Books.UNCHANGED

    def test_says_so_when_the_books_were_changed_behind_the_programs_back(self, cast: Cast, paper: bytes):
        with behind_the_programs_back():
            Posting.objects.filter(account__book=cast.grafica).update(amount=-1)
        assert behind(paper) == Books.NOT_LOOKED_AT
        look()
        assert behind(paper) == Books.CHANGED
        # A run that only sees what is new takes nothing back.
        make.sale(cast.textil, on=TODAY)
        seals.seal(at=NOW)
        look(full=False)
        assert behind(paper) == Books.CHANGED

    def test_is_not_touched_by_what_was_changed_in_other_books_or_later(self, cast: Cast, paper: bytes):
        make.sale(cast.textil, on=TODAY)
        seals.seal(at=NOW)
        with behind_the_programs_back():
            Posting.objects.filter(account__book=cast.textil, amount__gt=0).update(amount=1)
            Posting.objects.filter(account__book=cast.textil, amount__lt=0).update(amount=-1)
        look()

        assert behind(paper) == Books.UNCHANGED

    def test_says_so_when_the_chain_was_made_anew(self, paper: bytes):
        look()
        with behind_the_programs_back():
            Seal.objects.update(hash="f" * 64)

        assert behind(paper) == Books.CHANGED

    def test_of_a_paper_that_tells_of_no_entry(self, cast: Cast):
        found = issued.of_file(make_it(cast)).paper

        assert found is not None
        assert issued.behind(found).state == Books.NOT_TOLD


class TestRules:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE reports_issuedpaper SET organization_id = organization_id",
            "DELETE FROM reports_issuedpaper",
            "INSERT INTO reports_issuedpaper (identifier, sha256, size, kind, organization_id, language, last_event,"
            " seal, replaces, issued_at) SELECT 'short', sha256 || 'x', size, kind, organization_id, language,"
            " last_event, seal, replaces, issued_at FROM reports_issuedpaper",
        ],
    )
    def test_what_was_issued_stays_issued_for_whoever_goes_round_the_program(self, paper: bytes, sql: str):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_a_file_without_identifier_is_not_issued(self, cast: Cast):
        with pytest.raises(ValueError, match="no identifier"):
            write.issue(b"%PDF", kind="minutes", organization=cast.grafica.organization, language="en", at=NOW)
