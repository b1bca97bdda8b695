"""A dispute on the pages: contested, answered, advised, ended; and who reads it."""

from typing import Any

import pytest
from django.test import Client

from ledger.actions import countersignatures, credit_answers
from ledger.models import Delivery, Dispute
from network.models import User
from tests import credited, funds, make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.contributions import GIVEN, give, lesson
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirta(cast: Cast) -> User:
    """The president of the federation that both belong to."""
    return make.officer("Mirta", cast.federacion, office="president")


@pytest.fixture
def delivery(cast: Cast, mirta: User) -> Delivery:
    return bags(accepted(cast), cast)


def contested(delivery: Delivery, cast: Cast, **changes: Any) -> Any:
    told = {"key": key(), "version": "Faltaban dos paquetes."} | changes
    return browser(cast.mario).post(f"/coop/molino/deliveries/{delivery.pk}/contest/", told, follow=True)


def answer(person: User, code: str, **told: Any) -> Any:
    page = f"/coop/{code}/disputes/{Dispute.objects.get().pk}/answer/"
    return browser(person).post(page, told, follow=True)


class TestDispute:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_from_the_first_word_to_how_it_ended(self, delivery: Delivery, cast: Cast, mirta: User, language: str):
        contested(delivery, cast)
        home = browser(cast.ana, language).get("/coop/grafica/")
        assert says(home, "%(who)s contests something. Tell your version.", language=language, who="Molino")

        answer(cast.beto, "grafica", answer="answer", version="Salieron todos.")
        assert says(browser(mirta).get("/coop/federacion/"), "Disputes in which you mediate")
        advised = answer(mirta, "molino", answer="advise", advice="Cuenten juntos.")
        assert "Cuenten juntos." in advised.content.decode()
        answer(cast.mario, "molino", answer="propose", outcome="reversed")
        ended = answer(cast.ana, "grafica", answer="agree")

        for text in ("Faltaban dos paquetes.", "Salieron todos.", "Cuenten juntos."):
            assert text in ended.content.decode()
        delivery.refresh_from_db()
        assert delivery.state == "reversed"
        listed = browser(cast.ana, language).get("/coop/grafica/disputes/")
        assert says(listed, "It is undone", language=language)

    def test_stands_on_the_page_of_its_agreement(self, delivery: Delivery, cast: Cast):
        page = f"/coop/grafica/barter/{delivery.agreement_id}/"
        assert says(browser(cast.ana).get(page), "The other side does not agree: contest it")

        contested(delivery, cast)

        said = browser(cast.ana).get(page)
        assert says(said, "%(who)s contests this. It stays as it is until the dispute ends.", who="Molino")
        assert not says(said, "Ask the other side to undo it")

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"answer": "propose", "outcome": "corrected"}, "Choose an act of the same agreement that both confirmed"
             " since it is contested."),
            ({"answer": "agree"}, "Your side proposed this: the other one says whether it agrees."),
            ({"answer": "answer", "version": "Otra"}, "Your side has told its version already. It stays as it is."),
            ({"answer": "advise", "advice": "Yo"}, "Only whoever mediates, and speaks for their federation today,"
             " advises."),
            ({"answer": "name", "mediator": "x"}, "%(name)s mediates, and still speaks for their federation. Another is"
             " named once they do not."),
            ({"answer": "bailar"}, "Choose one of the answers of the page."),
        ],
    )  # fmt: skip
    def test_answers_what_cannot_be_in_words(self, delivery: Delivery, cast: Cast, told: dict[str, str], sentence: str):
        contested(delivery, cast)

        assert says(answer(cast.mario, "molino", **told), sentence, name="Mirta")

    @pytest.mark.parametrize("told", [{"version": " "}, {"mediator": "99"}, {"version": "x" * 601}, {"key": "x"}])
    def test_keeps_what_was_written_where_something_is_missing(
        self, delivery: Delivery, cast: Cast, told: dict[str, str]
    ):
        said = contested(delivery, cast, **told)

        assert said.status_code == 422
        assert not Dispute.objects.exists()

    def test_is_read_by_both_sides_and_those_above_alone(self, delivery: Delivery, cast: Cast):
        contested(delivery, cast)
        pk = Dispute.objects.get().pk

        for person, status in ((cast.nora, 200), (cast.silvia, 200), (cast.ana, 404), (cast.carla, 404)):
            assert browser(person).get(f"/coop/molino/disputes/{pk}/").status_code == status
        assert browser(cast.carla).get(f"/coop/textil/disputes/{pk}/").status_code == 404
        assert browser(cast.carla).get(f"/coop/textil/deliveries/{delivery.pk}/contest/").status_code == 404
        assert Client().get(f"/coop/molino/disputes/{pk}/").status_code == 302

    def test_list_costs_the_same_for_many(self, cast: Cast, mirta: User, django_assert_max_num_queries):
        agreement = accepted(cast)
        for number in range(9):
            contested(bags(agreement, cast, 1_000 + number), cast)
        ana = browser(cast.ana)
        ana.get("/coop/grafica/disputes/")

        with django_assert_max_num_queries(14):
            assert ana.get("/coop/grafica/disputes/").status_code == 200


class TestOfAGift:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_from_its_page_to_how_it_ended(self, cast: Cast, mirta: User, language: str):
        given = countersignatures.confirm(
            contribution=give(cast, lesson(cast.molino.organization)), by=cast.mario, on=GIVEN
        )
        address = f"/coop/molino/community/gifts/{given.pk}/"
        mario = browser(cast.mario, language)
        assert f"{address}contest/" in mario.get(address).content.decode()

        page = mario.post(f"{address}contest/", {"key": key(), "version": ""})
        assert page.status_code == 422
        mario.post(f"{address}contest/", {"key": key(), "version": "Fueron ocho horas."})

        assert "contest/" not in mario.get(address).content.decode()
        home = browser(cast.ana, language).get("/coop/grafica/")
        assert says(home, "%(who)s contests something. Tell your version.", language=language, who="Molino")
        answer(cast.ana, "grafica", answer="propose", outcome="corrected")
        assert Dispute.objects.get().proposed_for is None
        answer(cast.ana, "grafica", answer="propose", outcome="reversed")
        answer(cast.mario, "molino", answer="agree")
        given.refresh_from_db()
        assert given.state == "reversed"

    def test_a_third_finds_nothing_to_contest(self, cast: Cast):
        given = countersignatures.confirm(
            contribution=give(cast, lesson(cast.molino.organization)), by=cast.mario, on=GIVEN
        )
        assert browser(cast.carla).get(f"/coop/textil/community/gifts/{given.pk}/contest/").status_code == 404


def test_acts_of_a_fund_and_in_credit_are_contested_from_their_pages(cast: Cast):
    ours = credited.every_state(cast)["ours"]
    sold = credit_answers.confirm(act=ours, by=cast.mario, on=credited.STATES, stock="1301")
    spent = funds.every_state(cast)[1]["spent"]
    ana = browser(cast.ana)
    for address in (f"fund/acts/{spent.pk}/", f"credit/acts/{sold.pk}/"):
        page = f"/coop/grafica/{address}"
        assert f"{page}contest/" in ana.get(page).content.decode()

        ana.post(f"{page}contest/", {"key": key(), "version": f"No fue así: {address}"})

        dispute = Dispute.objects.latest("pk")
        assert f"No fue así: {address}" in ana.get(f"/coop/grafica/disputes/{dispute.pk}/").content.decode()
        assert f"{page}contest/" not in ana.get(page).content.decode()
