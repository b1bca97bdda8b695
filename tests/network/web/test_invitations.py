"""A body invites: the organization sees it at home, and accepts or says no."""

import pytest
from django.utils import timezone

from network.actions import invitations
from network.models import Invitation, User
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/invitations/"


@pytest.fixture
def offered(cast: Cast) -> Invitation:
    union = make.organization("union", kind="federation", name="Unión")
    act, today = make.resolution(union), timezone.localdate()
    grafica = cast.grafica.organization
    return invitations.invite(member=grafica, body=union, starts_on=today, resolution=act, by=None, on=today)


@pytest.fixture
def olga() -> User:
    olga = make.user("Olga")
    User.objects.filter(pk=olga.pk).update(is_staff=True)
    return olga


def answer(offered: Invitation, answer: str, **told: object) -> dict[str, object]:
    return {"invitation": offered.pk, "answer": answer, **told}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_accepts(cast: Cast, offered: Invitation, language: str):
    client = browser(cast.ana, language)
    assert "Unión" in client.get("/coop/grafica/").content.decode()

    said = client.post(HERE, answer(offered, "accepted"), follow=True)

    assert says(said, "It belongs to that body now.", language=language)
    assert cast.grafica.organization.affiliations.filter(body=offered.body).exists()


def test_or_says_no_and_why(cast: Cast, offered: Invitation):
    client = browser(cast.ana)
    assert client.post(HERE, answer(offered, "declined")).status_code == 422

    said = client.post(HERE, answer(offered, "declined", reason="Todavía no"), follow=True)

    assert says(said, "Noted: it does not belong to that body.")
    assert "Todavía no" in said.content.decode()


def test_a_second_answer_is_told_so(cast: Cast, offered: Invitation):
    client = browser(cast.ana)
    client.post(HERE, answer(offered, "accepted"))

    said = client.post(HERE, answer(offered, "declined", reason="No"))

    assert says(said, "That invitation was answered already, and stays as it was. The body may resolve anew.")


def test_an_operator_notes_the_paper_of_one_that_has_nobody(offered: Invitation, olga: User):
    bare = make.organization("vidriera", name="Vidriera")
    today = timezone.localdate()
    asked = invitations.invite(
        member=bare, body=offered.body, starts_on=today, resolution=offered.resolution, by=None, on=today
    )
    client, here = browser(olga), "/coop/vidriera/invitations/"
    said = client.post(here, answer(asked, "accepted"))
    assert says(
        said, "Choose the resolution by which it accepted. If it is not there, take it over from its paper book."
    )

    said = client.post(here, answer(asked, "accepted", acceptance=make.resolution(bare).pk), follow=True)

    assert says(said, "It belongs to that body now.")


def test_what_makes_no_sense_changes_nothing(cast: Cast, offered: Invitation):
    client = browser(cast.ana)
    for sent in ({}, answer(offered, "maybe"), {"invitation": offered.pk}):
        assert client.post(HERE, sent).status_code == 200
    assert client.post(HERE, {"invitation": "999", "answer": "accepted"}).status_code == 404
    assert not cast.grafica.organization.affiliations.filter(body=offered.body).exists()


def test_asks_the_same_for_many(cast: Cast, offered: Invitation, django_assert_max_num_queries):
    for number in range(30):
        body = make.organization(f"red-{number}", kind="sector_network")
        told = {"resolution": make.resolution(body), "starts_on": make.DAY, "by": None, "on": make.DAY}
        invitations.invite(member=cast.grafica.organization, body=body, **told)
    client = browser(cast.ana)
    client.get(HERE)

    with django_assert_max_num_queries(24):
        client.get(HERE)
