"""Network credit on the pages of the network that issues it."""

import pytest

from ledger.models import CreditLimit, Unit
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser, says

pytestmark = pytest.mark.django_db
PAGE = "/coop/red/credit/"


def test_is_opened_and_a_limit_is_set(cast: Cast):
    red = make.book("red", kind="sector_network", name="Red")
    rosa = browser(make.officer("Rosa", red.organization, office="secretary"))
    act = make.resolution(red.organization).pk
    assert says(rosa.get(PAGE), "It has no credit of its own yet.")
    assert PAGE in rosa.get("/coop/red/accounts/").content.decode()

    wrong = rosa.post(f"{PAGE}open/", {"code": "MIA", "name_es": "mía"})
    assert wrong.status_code == 422
    said = rosa.post(f"{PAGE}open/", {"code": "MIA", "name_es": "mía", "resolution": act}, follow=True)
    assert says(said, "The credit is open. Nobody has any until the assembly sets a limit.")

    limit = {"unit": Unit.objects.get(code="MIA").pk, "member": cast.grafica.organization_id, "resolution": act}
    for amount in ("mucho", "-1"):
        assert rosa.post(f"{PAGE}limit/", limit | {"amount": amount}).status_code == 422
    said = rosa.post(f"{PAGE}limit/", limit | {"amount": "45.000"}, follow=True)
    assert says(said, "The limit holds from now on.")
    assert "45.000,00" in said.content.decode()
    rosa.post(f"{PAGE}limit/", limit | {"amount": ""})
    assert list(CreditLimit.objects.order_by("pk").values_list("amount", flat=True)) == [45_000_00, 0]


def test_of_a_cooperative_says_who_opens_one(cast: Cast):
    said = browser(cast.ana).get("/coop/grafica/credit/")

    assert says(said, "Only a network or a federation opens a credit of its own.")
    assert browser(cast.ana).post("/coop/grafica/credit/open/", {}).status_code == 422
