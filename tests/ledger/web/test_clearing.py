"""Clearing rounds page by page: a federation calls one, each looks at its own statement, it goes into the books."""

import datetime as dt
import html
import json
import re

import pytest
from django.utils import timezone

from ledger.core import clearing_certificate, clearing_file
from ledger.models import ClearingRound
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.rounds import Circle

pytestmark = pytest.mark.django_db
THEIRS, DAY = "/coop/federacion/clearing/", dt.timedelta(days=1)


@pytest.fixture
def circle(cast: Cast) -> Circle:
    return Circle(cast)


def told(page) -> str:
    """Return what a page says, without its marks."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def form(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    sent = {"key": key(), "unit": str(make.unit().pk), "consent": "asked", "cut_off": today.isoformat()}
    return sent | {"join_until": today.isoformat(), "answer_until": (today + 7 * DAY).isoformat()} | changes


def called(circle: Circle) -> ClearingRound:
    browser(circle.fede).post(f"{THEIRS}new/", form())
    return ClearingRound.objects.get()


def joined(circle: Circle) -> ClearingRound:
    found = called(circle)
    for book in (circle.cast.grafica, circle.cast.molino, circle.cast.textil):
        answer(circle, found, book, "join")
    return found


def answer(circle: Circle, found: ClearingRound, book, what: str, **more: str):
    at = f"/coop/{book.organization.code}/clearing/{found.pk}/answer/"
    return browser(circle.officer(book.organization), "en").post(at, {"answer": what, **more}, follow=True)


def acts(circle: Circle, found: ClearingRound, what: str, **more: str):
    """Have the federation do something with a round."""
    at = f"{THEIRS}{found.pk}/answer/"
    return browser(circle.fede, "en").post(at, {"answer": what, **more}, follow=True)


class TestCall:
    def test_forecasts_what_would_be_cancelled_and_names_the_circle(self, circle: Circle):
        page = told(browser(circle.fede, "en").get(f"{THEIRS}new/"))

        assert "$ 1,350.00 of $ 1,650.00 (81 %), in 3 debts among 3 members" in page
        assert "Gráfica → Molino → Textil → Gráfica: $ 450.00 of each of 3 debts, $ 1,350.00 in all" in page

    def test_asks_the_members_on_their_start_pages(self, circle: Circle):
        found = called(circle)
        page = browser(circle.cast.ana, "en").get("/coop/grafica/")
        assert "Federación asks whether you take part" in told(page)
        assert f"/coop/grafica/clearing/{found.pk}/" in page.content.decode()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_with_the_days(self, circle: Circle, language: str):
        yesterday = (timezone.localdate() - DAY).isoformat()
        page = browser(circle.fede, language).post(f"{THEIRS}new/", form(join_until=yesterday))
        assert page.status_code == 422
        sentence = "Choose a cut-off up to today, then until when one joins, and until when one answers, not before."
        assert says(page, sentence, language=language)
        assert browser(circle.fede).post(f"{THEIRS}new/", {}).status_code == 422
        assert not ClearingRound.objects.exists()

    def test_is_for_the_officers_of_a_body(self, circle: Circle):
        for person, at in ((circle.cast.silvia, THEIRS), (circle.cast.ana, "/coop/grafica/clearing/")):
            assert browser(person).get(f"{at}new/").status_code == 404


class TestRound:
    def test_from_the_call_to_the_books(self, circle: Circle):
        found = joined(circle)

        page = acts(circle, found, "propose", seed="0431")
        assert "$ 1,350.00 in debts cancel each other out." in told(page)
        assert "0431" in told(page)
        mine = told(browser(circle.cast.mario, "en").get(f"/coop/molino/clearing/{found.pk}/"))
        assert "$ 450.00 of what you owe is cancelled, and as much of what you are owed." in mine
        assert "You owe $ 700.00 before, and $ 250.00 after." in mine
        assert "What you are owed less what you owe stays the same: −$ 200.00." in mine
        assert "Textil" in mine
        for book in (circle.cast.grafica, circle.cast.molino, circle.cast.textil):
            assert "Noted: you take part." in told(answer(circle, found, book, "join"))
        page = acts(circle, found, "post")

        assert "It is in the books of all who take part." in told(page)
        assert circle.debts() == {("grafica", "molino"): 50_00, ("molino", "textil"): 250_00}
        assert "It is in the books" not in told(acts(circle, found, "post"))
        assert "Reversed as a whole" in told(acts(circle, found, "reverse", reason="Se contó mal."))

    def test_a_party_sees_nothing_of_what_others_owe_each_other(self, circle: Circle):
        found = joined(circle)
        acts(circle, found, "propose")
        page = told(browser(circle.cast.ana, "en").get(f"/coop/grafica/clearing/{found.pk}/"))
        # The mill owes the textile workers 700.
        assert "700.00" not in page
        assert "250.00" not in page

    def test_whoever_stays_out_says_why_and_the_rest_is_worked_out_anew(self, circle: Circle):
        circle.owe(circle.cast.molino, circle.cast.grafica, 100_00)
        found = joined(circle)
        acts(circle, found, "propose")

        page = answer(circle, found, circle.cast.textil, "out", reason="Nos falta mirarlo.")

        assert "Noted: you stay out of this round." in told(page)
        body = told(browser(circle.fede, "en").get(f"{THEIRS}{found.pk}/"))
        assert "$ 200.00 in debts cancel each other out." in body
        assert "“Nos falta mirarlo.”" in body

    def test_gives_a_file_that_anybody_can_check_and_that_names_nobody(self, circle: Circle):
        found = joined(circle)
        assert browser(circle.fede).post(f"{THEIRS}{found.pk}/file/").status_code == 404
        acts(circle, found, "propose")

        for person, at in ((circle.fede, THEIRS), (circle.cast.ana, "/coop/grafica/clearing/")):
            file = browser(person).post(f"{at}{found.pk}/file/").content.decode()
            assert clearing_certificate.problems(clearing_file.read(file)) == []
            assert len(json.loads(file)["claims"]) == 3
            assert "grafica" not in file.lower()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_why_it_does_not_do_something(self, circle: Circle, language: str):
        found = called(circle)
        at = f"{THEIRS}{found.pk}/answer/"
        fede = browser(circle.fede, language)
        page = fede.post(at, {"answer": "call_off", "reason": " "}, follow=True)
        assert page.status_code == 200
        assert says(
            fede.post(at, {"answer": "fly"}, follow=True), "Choose one of the answers of the page.", language=language
        )
        assert found.state == "called"

    def test_is_no_business_of_others(self, circle: Circle):
        found = called(circle)
        other = make.officer("Otra", make.organization("otra", kind="federation", name="Otra"))
        for at in (f"{THEIRS}{found.pk}/", f"/coop/otra/clearing/{found.pk}/", THEIRS):
            assert browser(other).get(at).status_code == 404
        # A member of the federation without an office reads totals, and nobody's debts.
        ordinary = make.member("Rita", circle.cast.federacion)
        page = browser(ordinary, "en").get(f"{THEIRS}{found.pk}/")
        assert page.status_code == 200
        assert "Molino" not in told(page)
