"""What is decided of an organization, noted by those who speak for whoever decided; and its members."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from network.models import Admission, Membership, Resolution, User
from network.queries.admissions import standing
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/network/molino/decide/"
PEOPLE = "/coop/grafica/people/"


@pytest.fixture
def sara(cast: Cast) -> User:
    """President of the federation."""
    return make.officer("Sara", cast.federacion, office="president")


def decide(client: Client, decision: str, act: Resolution, **told: object):
    return client.post(HERE, {"decision": decision, "resolution": act.pk, **told}, follow=True)


class TestDecide:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_suspends_and_admits_again(self, cast: Cast, sara: User, language: str):
        client, today = browser(sara, language), timezone.localdate()
        act = make.resolution(cast.federacion, on=today)

        said = decide(client, "suspend", act)

        assert says(said, "It may trade no longer. What was agreed on is carried out.", language=language)
        assert not standing(cast.molino.organization, on=today).may_trade
        assert says(decide(client, "admit", act, starts_on=today), "It may trade now.", language=language)
        assert standing(cast.molino.organization, on=today).may_trade

    def test_ends_an_affiliation(self, cast: Cast, sara: User):
        act = make.resolution(cast.federacion, on=timezone.localdate())

        decide(browser(sara), "end", act, body=cast.federacion.pk)

        assert not cast.molino.organization.affiliations.in_force(timezone.localdate()).exists()

    def test_says_what_was_refused_and_keeps_what_was_written(self, cast: Cast, sara: User):
        act = make.resolution(cast.federacion, on=timezone.localdate())

        said = decide(browser(sara), "affiliate", act, starts_on=timezone.localdate())

        assert says(said, "%(member)s already belongs to %(body)s.", member="Molino", body="Federación")
        assert f'value="{act.pk}" selected' in said.content.decode()

    def test_of_what_was_decided_meanwhile(self, cast: Cast, sara: User):
        act = make.resolution(cast.federacion, on=timezone.localdate())

        said = decide(browser(sara), "admit", act, starts_on=timezone.localdate())

        assert says(said, "That was decided meanwhile. Look at how things stand now.")
        assert Admission.objects.filter(organization=cast.molino.organization).count() == 1

    def test_offers_the_resolutions_of_those_one_speaks_for(self, cast: Cast):
        make.resolution(cast.federacion, text="De la federación.")
        make.resolution(cast.molino.organization, text="Del molino.")

        said = browser(cast.mario).get(HERE).content.decode()

        assert "Del molino." in said
        assert "De la federación." not in said

    def test_is_not_there_for_those_who_speak_for_nobody(self, cast: Cast):
        for somebody in (cast.nora, cast.silvia, make.user("Nadie")):
            assert browser(somebody).get(HERE).status_code == 404

    def test_asks_few_questions(self, cast: Cast, sara: User, django_assert_max_num_queries):
        client = browser(sara)
        client.get(HERE)

        with django_assert_max_num_queries(34):
            client.get(HERE)


class TestLeave:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_first_settles(self, cast: Cast, language: str):
        make.delivery(cast.grafica, cast.molino)
        act = make.resolution(cast.molino.organization, on=timezone.localdate())

        said = browser(cast.mario, language).post("/network/molino/leave/", {"resolution": act.pk})

        sentence = (
            "Something is still owed between %(organization)s and %(partners)s. Settle it first, or let somebody else"
            " take it over; then note that %(organization)s leaves."
        )
        assert says(said, sentence, language=language, organization="Molino", partners="Gráfica")

    def test_and_then_is_gone(self, cast: Cast):
        act = make.resolution(cast.molino.organization, on=timezone.localdate())

        said = browser(cast.mario).post("/network/molino/leave/", {"resolution": act.pk}, follow=True)

        assert says(said, "It has left the network. What it wrote stays readable for its people.")
        assert standing(cast.molino.organization, on=timezone.localdate()).code == "left"


def newcomer(**told: str) -> dict[str, str]:
    return {"name": "Ema", "email": "ema@example.org", "starts_on": timezone.localdate().isoformat()} | told


class TestMembers:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_take_somebody_in_who_gets_a_letter(self, cast: Cast, language: str):
        said = browser(cast.ana, language).post(PEOPLE, newcomer(), follow=True)

        assert says(said, "Noted. A letter to set a password is on its way to the person's address.", language=language)
        assert "Ema" in said.content.decode()
        (letter,) = mail.outbox
        assert letter.to == ["ema@example.org"]

    def test_write_no_letter_to_whoever_has_a_password(self, cast: Cast):
        browser(cast.ana).post(PEOPLE, newcomer(email=cast.nora.email))

        assert not mail.outbox

    def test_keep_what_was_written_when_it_is_refused(self, cast: Cast):
        said = browser(cast.ana).post(PEOPLE, newcomer(email=cast.beto.email))

        assert says(said, "%(name)s is already a member of %(organization)s.", name="Beto", organization="Gráfica")
        assert f'value="{cast.beto.email}"' in said.content.decode()

    def test_let_somebody_go(self, cast: Cast):
        held = cast.beto.memberships.get()

        said = browser(cast.ana).post(f"{PEOPLE}{held.pk}/end/", follow=True)

        assert says(said, "Noted: no longer a member.")
        assert not Membership.objects.in_force(timezone.localdate()).filter(pk=held.pk).exists()

    def test_are_named_to_their_own_alone(self, cast: Cast):
        assert "Ana" in browser(cast.beto).get(PEOPLE).content.decode()
        for somebody in (cast.mario, cast.silvia):
            assert browser(somebody).get(PEOPLE).status_code == 404

    def test_ask_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        for number in range(60):
            make.member(f"P{number}", cast.grafica.organization)
        client = browser(cast.ana)
        client.get(PEOPLE)

        with django_assert_max_num_queries(20):
            client.get(PEOPLE)
