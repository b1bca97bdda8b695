"""Clearing rounds page by page: a federation calls one, each looks at its own statement, it goes into the books."""

import datetime as dt
import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import accounts
from ledger.core import clearing_certificate, clearing_file
from ledger.models import ClearingRound, Unit
from ledger.queries import forecasts
from tests import credit, make
from tests.cast import Cast
from tests.credit import limit
from tests.funds import Kept
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.rounds import Chain, Circle

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


class TestHelp:
    """How much more would be cancelled with something lent."""

    def page(self, circle: Circle) -> str:
        return told(browser(circle.fede, "en").get(f"{THEIRS}new/"))

    def with_fund(self, circle: Circle) -> None:
        Kept(circle.cast, fede=circle.fede).collected(circle.cast.grafica, 100_00)

    def with_credit(self, circle: Circle, **limits: int) -> None:
        red = accounts.open_book(organization=circle.cast.federacion, unit=make.unit(), on=dt.date(2020, 1, 1))
        named = {"code": "MIA", "symbol": "MIA", "name_es": "mía", "name_en": "mía"}
        Unit.objects.create(kind="credit", scale=2, issuer=red, **named)
        for name, amount in limits.items():
            limit(getattr(circle.cast, name), red, amount, circle.fede)

    def test_of_the_fund_as_much_as_it_holds(self, circle: Circle):
        self.with_fund(circle)
        page = self.page(circle)
        # The print shop pays the mill 50 more, and the mill the textile workers 100 more; these owe nobody anything.
        assert "With the solidarity fund" in page
        assert "With $ 100.00 lent, $ 150.00 more would be cancelled: 1.5 for each that is lent." in page
        assert "The fund holds $ 100.00" in page
        assert "More than that would not help." not in page
        assert "It is a forecast, not a promise: it counts on everybody" in page

    def test_of_a_credit_as_far_as_limits_go(self, circle: Circle):
        self.with_credit(circle, grafica=30_00, textil=500_00)
        page = self.page(circle)
        assert "With the network’s credit: mía" in page
        # The print shop's 30 go to the mill and to the textile workers; these owe nobody what they could pay with it.
        assert "With $ 30.00 lent, $ 60.00 more would be cancelled: 2.0 for each that is lent." in page
        assert "together they can still go down by $ 530.00" in page
        assert "More than that would not help." in page
        assert "The fund holds" not in page

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_said_in_both_languages(self, circle: Circle, language: str):
        self.with_fund(circle)
        page = browser(circle.fede, language).get(f"{THEIRS}new/")
        assert says(page, "What more would be cancelled with something lent", language=language)

    def test_is_not_spoken_of_where_nobody_could_lend(self, circle: Circle):
        assert "with something lent" not in self.page(circle)
        self.with_credit(circle)
        assert "with something lent" not in self.page(circle)

    def test_is_not_for_others(self, circle: Circle):
        self.with_fund(circle)
        for person in (circle.cast.silvia, circle.cast.ana, circle.cast.carla):
            assert browser(person).get(f"{THEIRS}new/").status_code == 404

    def test_asks_the_database_no_more_for_more_debts(self, circle: Circle):
        self.with_fund(circle)
        today = timezone.localdate()

        def asked() -> int:
            with CaptureQueriesContext(connection) as context:
                forecasts.forecast(circle.cast.federacion, unit=make.unit(), on=today)
            return len(context)

        before = asked()
        for amount in (5_00, 7_00, 9_00):
            circle.owe(circle.cast.textil, circle.cast.molino, amount)
        assert asked() == before <= 20


class TestCredit:
    """A round with the network's credit: the print shop pays in it, the textile workers take it."""

    @pytest.fixture
    def chain(self, cast: Cast) -> Chain:
        return Chain(cast)

    def called(self, chain: Chain, **changes: str) -> ClearingRound:
        sent = {"credit": str(chain.mia.pk), "credit_most": "1000", "resolution": str(chain.decided.pk)}
        page = browser(chain.fede).post(f"{THEIRS}new/", form(**(sent | changes)))
        assert page.status_code == 302, told(page)
        return ClearingRound.objects.get()

    def joined(self, chain: Chain) -> ClearingRound:
        found = self.called(chain)
        answer(chain, found, chain.cast.grafica, "join", pays="500")
        answer(chain, found, chain.cast.molino, "join")
        answer(chain, found, chain.cast.textil, "join", takes="250.50")
        return found

    def mine(self, chain: Chain, found: ClearingRound, book) -> str:
        person = chain.officer(book.organization)
        return told(browser(person, "en").get(f"/coop/{book.organization.code}/clearing/{found.pk}/"))

    def test_from_the_call_to_the_books(self, chain: Chain):
        cast = chain.cast
        found = self.joined(chain)

        page = told(acts(chain, found, "propose"))
        assert "It is held with the network’s credit, mía: up to MIA 1,000.00 in all, by" in page.replace(
            "1,000.00 MIA", "MIA 1,000.00"
        )
        assert "250.50" in page
        ours = self.mine(chain, found, cast.grafica)
        assert "$ 250.50 of what you owe is cancelled, and $ 0.00 of what you are owed." in ours
        assert "you pay in the network’s credit: your position goes down by it" in ours
        assert "With your position, at par, what you are owed less what you owe stays the same: −$ 500.00" in ours
        assert "you are paid in the network’s credit" in self.mine(chain, found, cast.textil)
        # The mill only passes it on.
        assert "and as much of what you are owed" in self.mine(chain, found, cast.molino)
        assert "Worked out anew." in told(acts(chain, found, "anew"))
        for book in (cast.grafica, cast.molino, cast.textil):
            answer(chain, found, book, "join")
        assert "It is in the books of all who take part." in told(acts(chain, found, "post"))

        assert credit.stands(cast.grafica, cast.molino, cast.textil) == [-250_50, 0, 250_50]
        assert chain.debts() == {("grafica", "molino"): 249_50, ("molino", "textil"): 49_50}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_asks_whoever_joins_and_loses_nothing(self, chain: Chain, language: str):
        found = self.called(chain)
        ana = browser(chain.cast.ana, language)
        at = f"/coop/grafica/clearing/{found.pk}/"
        assert says(ana.get(at), "Pay or be paid in the network’s credit", language=language)

        page = ana.post(f"{at}answer/", {"answer": "join", "pays": "mucho", "takes": "77"})

        assert page.status_code == 422
        assert "mucho" in page.content.decode()
        assert 'value="77"' in page.content.decode()

    def test_can_be_said_again_while_one_joins(self, chain: Chain):
        found = self.joined(chain)
        page = browser(chain.cast.ana, "en").get(f"/coop/grafica/clearing/{found.pk}/").content.decode()
        assert 'value="500.00"' in page or 'value="500"' in page

        answer(chain, found, chain.cast.grafica, "join", pays="20")

        assert found.parties.get(organization=chain.cast.grafica.organization).pays_most == 20_00

    def test_is_not_asked_of_whoever_has_no_position(self, chain: Chain):
        newcomer = make.book("nueva", name="Nueva")
        make.affiliation(newcomer.organization, chain.cast.federacion)
        nuria = make.officer("Nuria", newcomer.organization)
        found = self.called(chain)
        page = browser(nuria, "en").get(f"/coop/nueva/clearing/{found.pk}/")
        assert "Pay or be paid" not in told(page)

        browser(nuria, "en").post(f"/coop/nueva/clearing/{found.pk}/answer/", {"answer": "join"})

        assert found.parties.get(organization=newcomer.organization).stance == "joined"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_missing_of_the_call(self, chain: Chain, language: str):
        sent = form(credit=str(chain.mia.pk), credit_most="1000")
        page = browser(chain.fede, language).post(f"{THEIRS}new/", sent)
        assert page.status_code == 422
        sentence = "Choose the resolution by which the body decided that the round is held with its credit."
        assert says(page, sentence, language=language)
        assert 'value="1000"' in page.content.decode()

    def test_is_not_offered_where_the_body_issues_none(self, circle: Circle):
        page = told(browser(circle.fede, "en").get(f"{THEIRS}new/"))
        assert "With the network’s credit" not in page

    def test_a_party_sees_nothing_of_what_others_pay_and_take(self, chain: Chain):
        found = self.joined(chain)
        acts(chain, found, "propose")
        page = self.mine(chain, found, chain.cast.molino)
        assert "Textil" in page
        assert "paid 250.50" not in page
        assert browser(chain.cast.carla, "en").get(f"{THEIRS}{found.pk}/").status_code == 404
