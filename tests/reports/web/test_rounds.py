"""The record of a clearing round to take home: for each party its own, once the round is in the books."""

import pytest
from django.test import Client

from ledger.actions import cleared
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.rounds import POSTED, Circle

pytestmark = pytest.mark.django_db


class TestDownload:
    def test_is_a_pdf_for_the_people_of_a_party_and_those_above(self, cast: Cast):
        circle = Circle(cast)
        found = circle.posted()
        for reader in (cast.mario, cast.nora, cast.silvia):
            said = browser(reader).get(f"/reports/molino/rounds/{found.pk}/")
            assert said.headers["content-type"] == "application/pdf"
            assert said.headers["content-disposition"] == f'attachment; filename="compensacion-molino-r-{found.pk}.pdf"'
            assert said.content.startswith(b"%PDF")

        cleared.reverse(found=found, reason="Se contó mal.", by=circle.fede, on=POSTED)
        assert browser(cast.mario).get(f"/reports/molino/rounds/{found.pk}/").content.startswith(b"%PDF")

    def test_is_nobody_elses(self, cast: Cast):
        address = f"/reports/molino/rounds/{Circle(cast).posted().pk}/"

        assert Client().get(address).status_code == 302
        for outsider in (cast.ana, cast.carla):
            assert browser(outsider).get(address).status_code == 404
        # The federation called it, and is no party.
        assert browser(cast.silvia).get(address.replace("molino", "federacion")).status_code == 404
        assert browser(cast.mario).post(address).status_code == 405

    def test_is_there_once_the_round_is_in_the_books_and_not_for_whoever_stayed_out(self, cast: Cast):
        circle = Circle(cast)
        circle.owe(cast.molino, cast.grafica, 100_00)
        found = circle.proposed()
        address = f"/reports/molino/rounds/{found.pk}/"
        assert browser(cast.mario).get(address).status_code == 404
        circle.stay_out(found, cast.textil)

        circle.post(found)

        assert browser(cast.mario).get(address).status_code == 200
        assert browser(cast.carla).get(address.replace("molino", "textil")).status_code == 404
