"""The minutes to take home: for whoever may look, once the assembly is closed."""

import pytest
from django.test import Client

from network.actions import assemblies
from network.models.assemblies import AssemblyKind
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser, says
from tests.reports.actions.test_minutes import closed

pytestmark = pytest.mark.django_db


class TestDownload:
    def test_is_a_pdf_for_its_people_and_those_above(self, cast: Cast):
        address = f"/reports/grafica/minutes/{closed(cast).pk}/"

        for reader in (cast.ana, cast.beto, cast.silvia):
            said = browser(reader).get(address)
            assert said.headers["content-type"] == "application/pdf"
            assert said.content.startswith(b"%PDF")

    def test_is_nobody_elses(self, cast: Cast):
        address = f"/reports/grafica/minutes/{closed(cast).pk}/"

        assert Client().get(address).status_code == 302
        assert browser(cast.carla).get(address).status_code == 404
        assert browser(cast.mario).get(address.replace("grafica", "molino")).status_code == 404

    def test_of_one_that_is_not_closed_says_so(self, cast: Cast):
        assembly = assemblies.call(
            organization=cast.grafica.organization,
            kind=AssemblyKind.COUNCIL,
            held_on=make.DAY,
            entitled=5,
            agenda=["Compras"],
            by=None,
            on=make.DAY,
        )

        said = browser(cast.ana).get(f"/reports/grafica/minutes/{assembly.pk}/", follow=True)

        assert says(said, "The minutes are printed once the assembly is closed.")
