"""The pages of own records: bringing one, its tables, what can be answered, and by whom."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ledger.actions import record_matches
from ledger.models import OwnRecord, RecordMatch
from ledger.queries import own_records as read
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.ledger.web.test_pages import count
from tests.own_records import HEADER, WRITTEN, matched, may

pytestmark = pytest.mark.django_db

INDEX = "/coop/grafica/own-records/"


def page(record: OwnRecord, table: str = "") -> str:
    return f"{INDEX}{record.pk}/{f'?table={table}' if table else ''}"


def bring(cast: Cast, content: str, *, by=None, language: str = "es-ar"):
    sent = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile("mayo.csv", content.encode())}
    return browser(by or cast.beto, language).post(INDEX, sent, follow=True)


@pytest.fixture
def record(cast: Cast) -> OwnRecord:
    may(cast)
    return matched(cast)


class TestBringing:
    def test_leads_to_the_record_which_a_worker_matches(self, cast: Cast):
        said = bring(cast, WRITTEN)

        assert said.redirect_chain[-1][0] == page(OwnRecord.objects.get())
        assert says(said, "A worker is matching this record.")
        assert OwnRecord.objects.get().job.kind == record_matches.KIND

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_which_row_cannot_be_read_and_why(self, cast: Cast, language: str):
        said = bring(cast, f"{HEADER}\n04/05/2026;Molino;;;mil\n", language=language)

        assert said.status_code == 422
        assert says(said, "This is not a number. Write it like 1500 or 1500,50.", language=language)
        assert not OwnRecord.objects.exists()

    def test_is_for_the_cooperatives_own_people(self, cast: Cast):
        for person in (cast.silvia, cast.mario, cast.carla):
            assert bring(cast, WRITTEN, by=person).status_code == 404
        assert not OwnRecord.objects.exists()


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("table", read.SECTIONS)
    def test_shows_each_table(self, cast: Cast, record: OwnRecord, table: str, language: str):
        said = browser(cast.ana, language).get(page(record, table))

        assert said.status_code == 200
        assert says(said, str(read.SECTIONS[table][0]), language=language)

    def test_shows_both_sides_and_leads_to_the_entry(self, cast: Cast, record: OwnRecord):
        client = browser(cast.ana)
        text = client.get(page(record, "amount")).content.decode()
        (pair,) = read.pairs(record, read.section(record, "amount"))
        entry = f"/coop/grafica/journal/{pair.facts[0].entry.year}/{pair.facts[0].entry.number}/"

        assert "7.020,00" in text
        assert "7.200,00" in text
        assert entry in text
        assert client.get(entry).status_code == 200

    def test_asks_the_database_as_often_for_many_matches_as_for_one(self, cast: Cast):
        may(cast)
        lines = WRITTEN.splitlines()
        one, more = matched(cast, "\n".join(lines[:2])), matched(cast, "\n".join([*lines[:3], lines[5]]))
        client = browser(cast.ana)
        client.get(page(one, "sure"))

        assert read.counts(more)["sure"] == 3
        assert count(client, page(one, "sure")) == count(client, page(more, "sure")) < 40

    def test_is_read_from_above_and_not_from_elsewhere(self, cast: Cast, record: OwnRecord):
        assert browser(cast.silvia).get(page(record)).status_code == 200
        for person in (cast.mario, cast.carla):
            assert browser(person).get(page(record)).status_code == 404
        assert browser(cast.mario).get(page(record).replace("grafica", "molino")).status_code == 404


class TestAnswers:
    def test_all_that_is_sure_one_by_one_and_undone(self, cast: Cast, record: OwnRecord):
        client = browser(cast.beto)
        client.post(f"{page(record)}answer/", {"answer": "accept-sure"})
        assert read.counts(record)["accepted"] == 2

        found = RecordMatch.objects.get(reason="dated")
        address = f"{INDEX}matches/{found.pk}/answer/"
        said = client.post(address, {"answer": "accept", "table": "dated"})
        assert said.headers["Location"] == page(record, "dated")
        client.post(address, {"answer": "undo", "table": "accepted"})

        found.refresh_from_db()
        assert (found.state, found.undone_by) == ("undone", cast.beto)

    def test_that_do_not_fit_are_told_in_a_sentence(self, cast: Cast, record: OwnRecord):
        found = RecordMatch.objects.get(reason="dated")
        client = browser(cast.beto)
        client.post(f"{INDEX}matches/{found.pk}/answer/", {"answer": "undo"})
        said = client.post(f"{INDEX}matches/{found.pk}/answer/", {"answer": "undo"}, follow=True)
        assert says(said, "This match was already answered, or matched anew. Open the page again.")
        said = client.post(f"{page(record)}answer/", {"answer": "baila"}, follow=True)
        assert says(said, "Choose one of the answers of the page.")

    def test_close_it(self, cast: Cast, record: OwnRecord):
        said = browser(cast.beto).post(f"{page(record)}answer/", {"answer": "close"}, follow=True)

        assert says(said, "Closed. What was accepted stays.")
        assert not said.context["may_answer"]

    def test_a_sindico_reads_and_writes_nothing(self, cast: Cast, record: OwnRecord):
        browser(cast.silvia).post(f"{page(record)}answer/", {"answer": "accept-sure"})

        assert read.counts(record)["accepted"] == 0
