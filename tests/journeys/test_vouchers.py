"""Vouchers are printed, taken along, and entered on the way back, on phone and desk."""

import pytest

from ledger.models import Delivery, Voucher
from tests.barters import accepted
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_two_vouchers_of_a_day_without_a_connection(
    cast: Cast, person: Arrive, language: str, javascript: bool, width: int
):
    accepted(cast)
    beto, mario = (
        person(who, width=width, javascript=javascript, language=language) for who in (cast.beto, cast.mario)
    )
    beto.go("/coop/grafica/")
    beto.follow("Paper vouchers")
    beto.page.get_by_role("link", name="Bolsas por harina").first.click()
    beto.page.locator("input[name=count]").fill("2")
    beto.press("Make them")
    with beto.page.expect_download() as paper:
        beto.page.get_by_role("link", name=beto.read("Download the paper (PDF)")).click()
    assert paper.value.suggested_filename.startswith("vales-p-")

    one, other = Voucher.objects.order_by("number")
    beto.follow("Paper vouchers")
    beto.follow("Enter those that came back")
    for slip, amount in ((one, "30000"), (other, "mil")):
        beto.page.locator(f"select[name=v-{slip.code}-what]").select_option(index=1)
        beto.page.locator(f"input[name=v-{slip.code}-amount]").fill(amount)
        beto.page.locator(f"input[name=v-{slip.code}-happened_on]").fill("2023-11-20")
    beto.press("Enter what I wrote")
    beto.sees("“%(text)s” is not a number. Write it like 1500 or 1500,50.", text="mil")
    beto.page.locator(f"input[name=v-{other.code}-amount]").fill("1000")
    beto.press("Enter what I wrote")
    beto.sees("No voucher is out.")

    mario.go(f"/coop/molino/barter/{Delivery.objects.all()[0].agreement_id}/")
    mario.press("Yes, we received this")
    mario.sees("Confirmed. It is now in both books.")
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["confirmed", "logged"]
