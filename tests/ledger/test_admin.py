"""The admin shows the ledger and changes nothing in it."""

import pytest
from django.test import Client

from network.models import User
from tests import make
from tests.cast import Cast


@pytest.fixture
def operator(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ops@example.org", "una clave larga", name="Operadora"))
    return client


def test_shows_and_changes_nothing(cast: Cast, operator: Client):
    event = make.sale(cast.grafica)

    for table in ("event", "posting", "entry", "account", "book", "job", "agreement", "unit", "finding"):
        assert operator.get(f"/admin/ledger/{table}/").status_code == 200, table
        assert operator.get(f"/admin/ledger/{table}/add/").status_code == 403, table
    assert operator.get(f"/admin/ledger/event/{event.pk}/change/").status_code == 200
    assert operator.post(f"/admin/ledger/event/{event.pk}/change/", {"memo": "otro"}).status_code == 403
    assert operator.post(f"/admin/ledger/event/{event.pk}/delete/").status_code == 403


def test_keeps_the_register(cast: Cast, operator: Client):
    for table in ("organization", "user", "mandate", "membership", "affiliation"):
        assert operator.get(f"/admin/network/{table}/").status_code == 200, table


def test_is_closed_to_members(cast: Cast):
    client = Client()
    client.force_login(cast.ana)

    assert client.get("/admin/ledger/event/").status_code == 302
