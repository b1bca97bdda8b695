"""The surplus of a closed year on the pages: calculated, noted, read."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.actions import years
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser, says

pytestmark = pytest.mark.django_db


def test_is_calculated_and_then_noted(cast: Cast):
    today = timezone.localdate()
    last = today.year - 1
    page = f"/coop/grafica/years/{last}/surplus/"
    make.sale(cast.grafica, 12_000_000_00, on=dt.date(last, 6, 15))
    years.close_year(book=cast.grafica, year=last, resolution="Acta 12", on=today, by=None)
    ana, act = browser(cast.ana), make.resolution(cast.grafica.organization, on=today).pk
    assert page in ana.get("/coop/grafica/years/").content.decode()
    assert "10.200.000,00" in ana.get(page).content.decode()

    calculated = ana.post(page, {"others": "2.000.000", "calculate": ""})
    assert (calculated.status_code, "8.500.000,00" in calculated.content.decode()) == (200, True)
    more = ana.post(page, {"others": "13.000.000", "hours": "18000", "resolution": act, "note": ""})
    assert more.status_code == 422
    assert says(more, "That is more than the year left.")
    said = ana.post(page, {"others": "2.000.000", "hours": "18.000", "resolution": act, "note": ""}, follow=True)

    assert says(said, "Distributed. It is in the book.")
    assert "8.500.000,00" in said.content.decode()
    # Whoever holds no office reads it.
    assert "8.500.000,00" in browser(cast.beto).get(page).content.decode()
