"""The door: who tries too often waits, whichever process answers; a second factor is asked of who has one."""

import os
import subprocess
import sys
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, says
from tests.platform.house_rules import ROOT
from tests.workers import database_url

SENTENCE = (
    "Somebody tried too often, from here or with this login, and what they wrote was wrong. Wait five minutes and try"
    " again. Your books are safe, and nothing was lost."
)
TRIES = 5
ELSEWHERE = """
import django; django.setup()
from django.test import Client
for number in range(5):
    sent = {"login": "ana@example.org", "password": str(number)}
    print(Client(SERVER_NAME="localhost").post("/accounts/login/", sent).status_code)
"""


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def knock(password: str, *, login: str = "ana@example.org", language: str = "es-ar", place: str = "10.0.0.1") -> Any:
    client = Client(headers={"accept-language": language}, REMOTE_ADDR=place)
    return client.post("/accounts/login/", {"login": login, "password": password})


class TestTries:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_a_password_end_in_a_page_that_says_what_to_do(self, cast: Cast, language: str):
        statuses = [knock("mal").status_code for _try in range(TRIES)]
        answer = knock(make.PASSWORD, language=language)

        assert statuses == [200] * TRIES
        assert answer.status_code == 429
        assert says(answer, SENTENCE, language=language)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]

    def test_count_for_one_login_wherever_they_come_from(self, cast: Cast):
        for number in range(TRIES):
            knock("mal", place=f"10.0.1.{number}")

        assert knock("mal", place="10.0.2.1").status_code == 429
        assert knock(make.PASSWORD, login=cast.beto.email, place="10.0.2.1").status_code == 302

    def test_count_for_one_login_whatever_the_browser_calls_this_place(self, cast: Cast, settings):
        settings.ALLOWED_HOSTS = ["*"]
        for port in range(TRIES):
            client = Client(REMOTE_ADDR=f"10.0.1.{port}", headers={"host": f"localhost:{port + 1}"})
            client.post("/accounts/login/", {"login": cast.ana.email, "password": "mal"})

        assert knock(make.PASSWORD).status_code == 429

    def test_count_for_one_place_whichever_login_they_name(self, cast: Cast):
        statuses = {knock("mal", login=f"alguien{number}@example.org").status_code for number in range(10)}

        assert statuses == {200}
        assert knock("mal", login="otra@example.org").status_code == 429

    def test_of_a_stranger_who_writes_another_place_count_all_the_same(self, cast: Cast):
        for number in range(10):
            client = Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": f"10.9.9.{number}"})
            client.post("/accounts/login/", {"login": f"a{number}@example.org", "password": "mal"})

        assert knock("mal", login="otra@example.org").status_code == 429

    def test_that_succeed_are_not_counted(self, cast: Cast):
        assert {knock(make.PASSWORD).status_code for _time in range(TRIES + 1)} == {302}

    def test_of_a_code_end_likewise(self, cast: Cast):
        make.second_factor(cast.ana)
        client = Client()
        client.post("/accounts/login/", {"login": cast.ana.email, "password": make.PASSWORD})
        statuses = [client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code for _try in range(6)]

        assert statuses == [200] * TRIES + [429]

    @pytest.mark.django_db(transaction=True)
    def test_count_together_in_every_process(self, cast: Cast):
        surroundings = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
        )

        assert done.stdout.split() == ["200"] * TRIES
        assert knock(make.PASSWORD).status_code == 429


class TestSecondFactor:
    def test_is_asked_before_anything_opens(self, cast: Cast):
        make.second_factor(cast.ana)
        client = Client()

        answer = client.post("/accounts/login/", {"login": cast.ana.email, "password": make.PASSWORD})

        assert answer["Location"] == "/accounts/2fa/authenticate/"
        assert client.get("/coop/grafica/")["Location"].startswith("/accounts/login/")

    def test_a_code_on_paper_opens_once(self, cast: Cast):
        make.second_factor(cast.ana)
        RecoveryCodes.activate(cast.ana)
        code = RecoveryCodes(Authenticator.objects.get(user=cast.ana, type="recovery_codes")).get_unused_codes()[0]

        opened = []
        for _time in range(2):
            client = Client()
            client.post("/accounts/login/", {"login": cast.ana.email, "password": make.PASSWORD})
            client.post("/accounts/2fa/authenticate/", {"code": code})
            opened.append(client.get("/coop/grafica/").status_code)

        assert opened == [200, 302]

    def test_is_asked_of_operators_too(self, cast: Cast):
        answer = Client().get("/admin/login/?next=/admin/")

        assert answer["Location"].startswith("/accounts/login/")
        refused = Client().post("/admin/login/", {"username": cast.ana.email, "password": make.PASSWORD})
        assert refused["Location"].startswith("/accounts/login/")
