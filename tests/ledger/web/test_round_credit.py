"""The pages of a round that is held with the network's credit, and what something lent would help."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import accounts
from ledger.models import ClearingRound, Unit
from ledger.queries import forecasts
from tests import credit, make
from tests.cast import Cast
from tests.credit import limit
from tests.funds import Kept
from tests.ledger.web.browser import LANGUAGES, browser, says
from tests.ledger.web.test_clearing import THEIRS, acts, answer, form, told
from tests.rounds import Chain, Circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(cast: Cast) -> Circle:
    return Circle(cast)


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
