"""Ending a person's sessions: the next click leads to the login, on every device, and for nobody else."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from network.actions.sessions import end_sessions
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db


def through_the_door(email: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


class TestEndSessions:
    def test_leads_every_device_to_the_login(self, cast: Cast):
        telephone, computer, other = (
            through_the_door(cast.ana.email),
            through_the_door(cast.ana.email),
            browser(cast.ana),
        )
        beto = through_the_door(cast.beto.email)

        end_sessions(user=cast.ana)

        for client in (telephone, computer, other):
            answer = client.get("/coop/grafica/")
            assert answer.status_code == 302
            assert answer["Location"].startswith("/accounts/login/")
        assert beto.get("/coop/grafica/").status_code == 200

    def test_leaves_none_on_the_list(self, cast: Cast):
        through_the_door(cast.ana.email)

        end_sessions(user=cast.ana)

        assert not UserSession.objects.filter(user=cast.ana).exists()

    def test_lets_the_person_log_in_again(self, cast: Cast):
        end_sessions(user=cast.ana)
        end_sessions(user=cast.ana)

        assert through_the_door(cast.ana.email).get("/coop/grafica/").status_code == 200


class TestList:
    def test_shows_ones_own_and_ends_the_others(self, cast: Cast):
        telephone, computer = through_the_door(cast.ana.email), through_the_door(cast.ana.email)

        assert computer.get("/accounts/sessions/").content.decode().count("127.0.0.1") == 2
        computer.post("/accounts/sessions/")

        assert telephone.get("/coop/grafica/").status_code == 302
        assert computer.get("/coop/grafica/").status_code == 200
