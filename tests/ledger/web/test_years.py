"""Months and years, as the treasurer closes them on the page."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.models import Book, Closing, YearClosing
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser

ADDRESS = "/coop/molino/years/"


@pytest.fixture
def last_year(cast: Cast) -> int:
    """The mill sold something last year."""
    year = timezone.localdate().year - 1
    make.sale(cast.molino, 100_00, on=dt.date(year, 3, 1))
    return year


def closed(of: Book) -> list[int]:
    return list(YearClosing.objects.filter(book=of).values_list("year", flat=True))


class TestYears:
    def test_shows_what_the_year_has_left(self, cast: Cast, last_year: int):
        page = browser(cast.mario).get(ADDRESS).content.decode()

        assert "100,00" in page
        assert str(last_year) in page

    def test_closes_the_year(self, cast: Cast, last_year: int):
        sent = {"year": last_year, "resolution": "Acta 40"}

        answer = browser(cast.mario).post(f"{ADDRESS}close/", sent, follow=True)

        assert closed(cast.molino) == [last_year]
        assert "Acta 40" in answer.content.decode()

    def test_keeps_what_was_written_where_something_is_missing(self, cast: Cast, last_year: int):
        answer = browser(cast.mario).post(f"{ADDRESS}close/", {"year": "1900", "resolution": "Acta 40"})

        assert answer.status_code == 200
        assert "Acta 40" in answer.content.decode()
        assert closed(cast.molino) == []

    def test_closes_a_month_once(self, cast: Cast):
        day = timezone.localdate() - dt.timedelta(days=40)
        client = browser(cast.mario)

        client.post(f"{ADDRESS}lock/", {"through": day.isoformat()})
        again = client.post(f"{ADDRESS}lock/", {"through": day.isoformat()})

        assert list(Closing.objects.values_list("through", flat=True)) == [day]
        assert "error" in again.content.decode()

    @pytest.mark.parametrize("through", ["", "mañana", "2999-01-01", "31/02/2025", "\x00"])
    def test_answers_whatever_is_sent_with_a_sentence(self, cast: Cast, through: str):
        answer = browser(cast.mario).post(f"{ADDRESS}lock/", {"through": through})

        assert answer.status_code == 200
        assert "error" in answer.content.decode()
        assert not Closing.objects.exists()

    def test_is_not_closed_by_who_has_no_mandate(self, cast: Cast, last_year: int):
        browser(cast.nora).post(f"{ADDRESS}close/", {"year": last_year, "resolution": "Acta 40"})

        assert closed(cast.molino) == []

    @pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}lock/", f"{ADDRESS}close/"])
    def test_does_not_exist_for_an_outsider(self, cast: Cast, address: str):
        client = browser(cast.carla)

        assert client.post(address).status_code in {404, 405}
        assert client.get(ADDRESS).status_code == 404


class TestBalancesOfADay:
    def test_show_what_was_there_at_its_end(self, cast: Cast, last_year: int):
        make.sale(cast.molino, 50_00, on=dt.date(last_year, 6, 1))
        client = browser(cast.mario)

        then = client.get("/coop/molino/accounts/", {"at": f"{last_year}-05-31"}).content.decode()
        now = client.get("/coop/molino/accounts/").content.decode()

        assert "$ 100,00" in then.replace("\xa0", " ")
        assert "$ 150,00" in now.replace("\xa0", " ")

    @pytest.mark.parametrize("at", ["ayer", "2025-13-01", "9999-12-31", "0001-01-01"])
    def test_open_with_whatever_day_is_asked_for(self, cast: Cast, last_year: int, at: str):
        assert browser(cast.mario).get("/coop/molino/accounts/", {"at": at}).status_code == 200
