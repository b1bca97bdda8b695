"""A treasurer sees what is overdue, notes a report, renews a paper: on a phone, without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone

from network.models import Certificate, Filing
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_what_is_overdue_to_what_is_done(cast: Cast, person: Arrive):
    today = timezone.localdate()
    ana = person(cast.ana, width=360, javascript=False)
    ana.go("/coop/grafica/")
    ana.sees("Duties to see to")

    ana.follow("Calendar")
    overdue = ana.region("Overdue")
    with ana.page.expect_navigation():
        overdue.get_by_role("link", name=ana.read("Note that it was presented")).first.click()
    ana.write("Number or paper", "Libro de auditoría, folio 3")
    ana.press("Note it")
    ana.sees("It is noted as presented.")
    ana.sees("Libro de auditoría, folio 3", within=ana.region("What was done"))

    ana.follow("Papers that lapse")
    ana.follow("Note a paper")
    ana.page.locator("#id_kind").select_option("fire_safety")
    ana.write("Issued by", "Bomberos")
    ana.write("Valid from", (today - dt.timedelta(days=366)).isoformat())
    ana.write("Lapses on", (today - dt.timedelta(days=2)).isoformat())
    ana.press("Note it")
    ana.follow("Calendar")
    with ana.page.expect_navigation():
        ana.region("Overdue").get_by_role("link", name=ana.read("Note the renewal")).first.click()
    ana.write("Lapses on", (today + dt.timedelta(days=363)).isoformat())
    ana.press("Note it")
    ana.sees("The paper is noted.")

    assert Filing.objects.get().paper == "Libro de auditoría, folio 3"
    assert (
        list(Certificate.objects.order_by("pk").values_list("kind", "issued_by")) == [("fire_safety", "Bomberos")] * 2
    )
