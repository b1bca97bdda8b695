"""Letters and summary to take home: each member its own, the body all of them."""

import pytest
from django.test import Client

from ledger.models import BalanceConfirmation
from tests import make
from tests.balances import Asked
from tests.cast import Cast
from tests.ledger.web.browser import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> BalanceConfirmation:
    return Asked(cast).call()


def name_of(said) -> str:
    assert said.content.startswith(b"%PDF")
    return str(said.headers["content-disposition"])


class TestLetter:
    def test_is_for_its_people_and_those_above(self, cast: Cast, found: BalanceConfirmation):
        own, theirs = f"/reports/molino/balances/{found.pk}/", f"/reports/federacion/balances/{found.pk}/molino/"
        name = f'attachment; filename="circularizacion-molino-cs-{found.pk}.pdf"'
        assert name_of(browser(cast.nora).get(own)) == name
        assert name_of(browser(cast.silvia).get(own)) == name
        assert name_of(browser(cast.silvia).get(theirs)) == name

    def test_is_nobody_elses(self, cast: Cast, found: BalanceConfirmation):
        own, theirs = f"/reports/molino/balances/{found.pk}/", f"/reports/federacion/balances/{found.pk}/molino/"
        assert Client().get(own).status_code == 302
        ordinary = make.member("Rita", cast.federacion)
        for person, address in (
            (cast.ana, own),
            (cast.carla, own),
            (cast.mario, theirs),
            (ordinary, theirs),
            (cast.carla, own.replace("molino", "textil")),
            (cast.silvia, theirs.replace("molino", "textil")),
            (cast.mario, f"{own}grafica/"),
        ):
            assert browser(person).get(address).status_code == 404, (person, address)
        assert browser(cast.mario).post(own).status_code == 405


class TestSummary:
    def test_is_for_those_who_oversee(self, cast: Cast, found: BalanceConfirmation):
        address = f"/reports/federacion/balances/{found.pk}/"
        name = f'attachment; filename="circularizacion-federacion-cs-{found.pk}.pdf"'
        assert name_of(browser(cast.silvia).get(address)) == name
        for person in (make.member("Rita", cast.federacion), cast.ana, cast.carla):
            assert browser(person).get(address).status_code == 404
