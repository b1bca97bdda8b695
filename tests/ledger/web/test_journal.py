"""The journal and the accounts: days that are none, entries and accounts of others."""

import pytest

from ledger.models import Entry
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db


class TestJournal:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("day", ["ayer", "31/02/2026", "2026-13-01", "99999-01-01", "²", "\x00", "0000-00-00"])
    def test_says_that_a_day_is_none(self, cast: Cast, language: str, day: str):
        said = browser(cast.ana, language).get("/coop/grafica/journal/", {"starts_on": day})

        assert says(said, "That is not a day. Write it like 31/12/2026.", language=language)

    @pytest.mark.parametrize("days", [("0001-01-01", "9999-12-31"), ("2030-01-01", "2020-01-01"), ("", "")])
    def test_shows_any_days(self, cast: Cast, days: tuple[str, str]):
        bags(accepted(cast), cast)

        said = browser(cast.ana).get("/coop/grafica/journal/", {"starts_on": days[0], "ends_on": days[1]})

        assert said.status_code == 200
        assert ("Bolsas impresas" in said.content.decode()) == (days[0] < "2024")

    @pytest.mark.parametrize("number", ["2023/999999", "0/0", f"{10**30}/1", f"2023/{10**30}"])
    def test_has_no_such_entry(self, cast: Cast, number: str):
        assert browser(cast.ana).get(f"/coop/grafica/journal/{number}/").status_code == 404

    def test_shows_ones_own_entry_only(self, cast: Cast):
        bags(accepted(cast), cast)
        entry = Entry.objects.get(book=cast.molino)

        assert browser(cast.mario).get(f"/coop/molino/journal/{entry.year}/{entry.number}/").status_code == 200
        assert browser(cast.carla).get(f"/coop/textil/journal/{entry.year}/{entry.number}/").status_code == 404


class TestAccount:
    def test_of_another_book_does_not_exist(self, cast: Cast):
        theirs = make.account(cast.molino, "1301")

        assert browser(cast.mario).get(f"/coop/molino/accounts/{theirs.pk}/").status_code == 200
        assert browser(cast.ana).get(f"/coop/grafica/accounts/{theirs.pk}/").status_code == 404
        assert browser(cast.ana).get(f"/coop/grafica/accounts/{10**30}/").status_code == 404

    def test_does_not_exist_where_there_is_no_book(self, cast: Cast):
        for page in ("journal/", "accounts/", "barter/new/", "barter/load/"):
            assert browser(cast.silvia).get(f"/coop/federacion/{page}").status_code == 404, page


class TestErrors:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_told_in_ones_language(self, cast: Cast, language: str):
        said = browser(cast.ana, language).get("/coop/nadie/")

        assert said.status_code == 404
        assert says(said, "There is nothing here", language=language)

    def test_tell_that_too_much_was_sent(self, cast: Cast):
        said = browser(cast.ana).post("/coop/grafica/barter/new/", {"title": "x" * 3_000_000})

        assert said.status_code == 400
        assert says(said, "This cannot be read")
