"""A federation takes a cooperative in, which accepts, and lets it trade: others can propose it a barter. No script."""

import pytest
from django.utils import timezone

from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_listed_cooperative_is_admitted_on_a_phone(person: Arrive, cast: Cast):
    vidriera = make.book("vidriera", name="Vidriera Unida")
    make.resolution(cast.federacion, text="Se incorpora la Vidriera Unida, y comercia.", on=timezone.localdate())
    sara = person(make.officer("Sara", cast.federacion, office="president"), width=360, javascript=False)
    vera = person(make.officer("Vera", vidriera.organization), width=360, javascript=False)
    ana = person(cast.ana, width=360, javascript=False)

    ana.go("/coop/grafica/barter/new/")
    assert ana.page.get_by_role("option", name="Vidriera Unida").count() == 0

    sara.go("/network/vidriera/")
    sara.sees("Listed: it is in the register, and does not trade.")
    sara.follow("Note what was decided")
    sara.page.get_by_text("Una federación o una red la incorpora").click()
    sara.page.locator("#invite_resolution").select_option(index=1)
    sara.page.locator("#invite_starts_on").locator("xpath=ancestor::form").get_by_role("button").click()
    sara.sees("Noted. It belongs to that body once it accepts.")

    vera.go("/coop/vidriera/")
    vera.follow("Accept or say no")
    vera.page.get_by_role("button", name="Aceptar").click()
    vera.sees("It belongs to that body now.")

    sara.go("/network/vidriera/")
    sara.follow("Note what was decided")
    sara.page.get_by_text("Puede comerciar", exact=True).click()
    sara.page.locator("#admit_resolution").select_option(index=1)
    sara.page.locator("#admit_starts_on").locator("xpath=ancestor::form").get_by_role("button").click()
    sara.sees("It may trade now.")

    ana.go("/coop/grafica/barter/new/")
    ana.page.locator("select[name=partner]").select_option(label="Vidriera Unida")
