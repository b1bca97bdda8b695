"""Cash is counted on a page: note by note, a difference with a word; nobody else's."""

import pytest

from ledger.actions.cash_counts import DifferenceNeedsReason
from ledger.models import CashCount
from tests.barters import own
from tests.cash import COUNTED, TAKEN, count, takings
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
LIST = "/coop/grafica/cash/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_counted_and_a_difference_asks_for_a_word(cast: Cast, language: str):
    takings(cast)
    ana = browser(cast.ana, language)
    told = {"key": key(), "expected": str(TAKEN), "note_10000": "1", "note_2000": "1", "rest": "300", "reason": ""}
    assert f"{LIST}new/" in ana.get(LIST).content.decode()

    page = ana.post(f"{LIST}new/", told)

    assert page.status_code == 422
    assert says(page, str(DifferenceNeedsReason.message), language=language)
    page = ana.post(f"{LIST}new/", told | {"reason": "Nadie sabe."}, follow=True)
    assert says(page, "Noted. The book holds what you counted.", language=language)
    assert "Nadie sabe." in page.content.decode()
    assert CashCount.objects.get().difference == -50_00


def test_what_moved_meanwhile_is_said_and_nothing_is_lost(cast: Cast):
    takings(cast)
    told = {"key": key(), "expected": str(TAKEN), "note_10000": "1", "rest": "2350", "reason": "Otra venta."}
    own(cast, cast.grafica, "Otra venta", "1101", "4101", 1_00, on=COUNTED)
    ana = browser(cast.ana, "en")

    page = ana.post(f"{LIST}new/", told)

    assert (page.status_code, 'value="2350"' in page.content.decode()) == (422, True)
    assert f'value="{TAKEN + 1_00}"' in page.content.decode()


@pytest.mark.parametrize("wrong", [{"note_10000": "muchos"}, {"rest": "-1"}, {"note_100": "-3"}, {"expected": ""}])
def test_what_is_no_number_is_said_kindly(cast: Cast, wrong: dict[str, str]):
    told = {"key": key(), "expected": "0", "rest": "0"} | wrong
    assert browser(cast.ana, "en").post(f"{LIST}new/", told).status_code == 422
    assert not CashCount.objects.exists()


def test_members_read_and_others_find_nothing(cast: Cast):
    found = count(cast, {})
    for address in (LIST, f"{LIST}{found.pk}/"):
        assert browser(cast.beto).get(address).status_code == 200
        assert browser(cast.mario).get(address).status_code in {403, 404}
    assert browser(cast.beto).get(f"{LIST}new/").status_code == 404
