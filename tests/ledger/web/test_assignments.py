"""Handing over what is owed, on the pages: proposed by one, signed by the three."""

import pytest
from django.utils import timezone, translation

from ledger.models import Claim, Delivery
from ledger.queries import claims
from ledger.templatetags.amounts import amount
from tests import make
from tests.assignments import owed
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
PAGES = "/coop/{}/handovers/"


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return owed(cast.grafica, cast.molino, 100_00, on=timezone.localdate())


def test_all_three_sign_and_it_is_in_the_books(cast: Cast, claim: Claim):
    ana = browser(cast.ana)
    back = owed(cast.textil, cast.grafica, 80_00, on=timezone.localdate())
    assert f"handovers/new/{claim.pk}/" in ana.get(PAGES.format("grafica")).content.decode()

    form = {"key": key(), "taker": cast.textil.organization.pk, "amount": "80", "against": back.pk}
    said = ana.post(f"{PAGES.format('grafica')}new/{claim.pk}/", form, follow=True)
    assert says(said, "Written down. It is in the books once all three have signed.")
    number = said.context["agreement"].pk

    for code, who in (("textil", cast.carla), ("molino", cast.mario)):
        page = f"{PAGES.format(code)}{number}/"
        assert page in browser(who).get(f"/coop/{code}/").content.decode()
        assert "80,00" in browser(who).get(page).content.decode()
        said = browser(who).post(f"{page}answer/", {"answer": "sign"}, follow=True)
        assert says(said, "Signed. It is in the books once all three have signed.")

    assert [each.creditor for each in claims.open_of(agreement=f"P-{number}")] == [cast.textil]
    assert "80,00" in ana.get(PAGES.format("grafica")).content.decode()

    paid = {
        "key": key(),
        "amount": "80",
        "happened_on": timezone.localdate().isoformat(),
        "receiver": cast.textil.organization_id,
    }
    page = f"{PAGES.format('molino')}{number}/"
    assert f"{page}pay/" in browser(cast.mario).get(page).content.decode()
    browser(cast.mario).post(f"{page}pay/", paid)
    waiting = browser(cast.carla).get(f"{PAGES.format('textil')}{number}/").content.decode()
    confirm = f"{PAGES.format('textil')}paid/{Delivery.objects.get().pk}/confirm/"
    assert confirm in waiting
    said = browser(cast.carla).post(confirm, {"answer": "confirm"}, follow=True)
    assert says(said, "Confirmed. It is now in both books.")
    assert said.context["agreement"].state == "settled"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "ciento"}, "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
        ({"amount": "1000"}, "Only %(amount)s is still owed. Withdraw this and write it anew."),
    ],
)
def test_says_what_is_wrong(cast: Cast, claim: Claim, language: str, changes: dict[str, str], sentence: str):
    form = {"key": key(), "taker": cast.textil.organization.pk, "amount": "10"} | changes

    said = browser(cast.ana, language).post(f"{PAGES.format('grafica')}new/{claim.pk}/", form)

    assert said.status_code == 422
    with translation.override(language):
        shown = amount(100_00, make.unit())
    assert says(said, sentence, language=language, text="ciento", amount=shown)


def test_whoever_is_asked_may_refuse(cast: Cast, claim: Claim):
    form = {"key": key(), "taker": cast.textil.organization.pk, "amount": "10"}
    number = (
        browser(cast.ana).post(f"{PAGES.format('grafica')}new/{claim.pk}/", form, follow=True).context["agreement"].pk
    )

    page = f"{PAGES.format('textil')}{number}/answer/"
    silent = browser(cast.carla).post(page, {"answer": "refuse"}, follow=True)
    said = browser(cast.carla).post(page, {"answer": "refuse", "reason": "No tenemos plata."}, follow=True)

    assert says(silent, "Write a reason, so that the other side knows.")
    assert says(said, "Refused. The other side can read why.")
    assert "No tenemos plata." in browser(cast.ana).get(f"{PAGES.format('grafica')}{number}/").content.decode()
