"""Every page of the ledger, as its people and as an outsider."""

import pytest
from django.test import Client

from ledger.models import Agreement, Entry
from network.models import User
from tests import make
from tests.barters import BAGS_DAY, accepted, bags, deliver, propose
from tests.cast import Cast


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def barter(cast: Cast) -> Agreement:
    agreement = accepted(cast)
    bags(agreement, cast, 30_000)
    deliver(agreement, "Bolsas impresas", 10_000, by=cast.beto, on=BAGS_DAY)
    return agreement


def pages(cast: Cast, barter: Agreement) -> list[str]:
    entry = Entry.objects.filter(book=cast.molino).get()
    account = make.account(cast.molino, "1301")
    return [
        "/coop/molino/",
        "/coop/molino/barter/",
        "/coop/molino/barter/new/",
        f"/coop/molino/barter/{barter.pk}/",
        f"/coop/molino/barter/{barter.pk}/deliver/",
        f"/coop/molino/barter/{barter.pk}/pay/",
        "/coop/molino/journal/",
        f"/coop/molino/journal/{entry.year}/{entry.number}/",
        "/coop/molino/accounts/",
        f"/coop/molino/accounts/{account.pk}/",
        "/coop/molino/years/",
        "/coop/molino/accounts/?at=2023-11-30",
        "/coop/molino/reconciliation/",
        "/reports/molino/",
    ]


class TestPages:
    @pytest.mark.parametrize("language", ["es-ar", "en"])
    def test_open_to_the_cooperatives_own_people(self, cast: Cast, barter: Agreement, language: str):
        client = browser(cast.mario)
        client.cookies["trama_language"] = language

        for page in pages(cast, barter):
            assert client.get(page).status_code == 200, page

    def test_do_not_exist_for_an_outsider(self, cast: Cast, barter: Agreement):
        for page in pages(cast, barter):
            assert browser(cast.carla).get(page).status_code == 404, page

    def test_ask_strangers_to_log_in(self, cast: Cast, barter: Agreement):
        for page in pages(cast, barter):
            assert Client().get(page).status_code == 302, page

    def test_can_be_read_by_the_federations_auditor_who_writes_nothing(self, cast: Cast, barter: Agreement):
        client = browser(cast.silvia)

        for page in pages(cast, barter):
            writes = page.endswith(("/new/", "/deliver/", "/pay/"))
            assert client.get(page).status_code == (404 if writes else 200), page

    def test_of_the_network_are_open_to_whoever_has_a_login(self, cast: Cast):
        client = browser(cast.carla)

        assert client.get("/network/").status_code == 200
        assert client.get("/network/federacion/").status_code == 200
        assert client.get("/network/nadie/").status_code == 404


class TestDays:
    @pytest.mark.parametrize("language", ["es-ar", "en"])
    def test_are_written_day_first_in_either_language(self, cast: Cast, barter: Agreement, language: str):
        client = browser(cast.mario)
        client.cookies["trama_language"] = language

        page = client.get(f"/coop/molino/barter/{barter.pk}/").content.decode()

        assert "20/11/2023" in page
        assert "11/20/2023" not in page


class TestDrafts:
    def test_are_the_proposers_own(self, cast: Cast):
        draft = propose(cast, by=cast.beto)

        assert browser(cast.beto).get(f"/coop/grafica/barter/{draft.pk}/").status_code == 200
        assert browser(cast.mario).get(f"/coop/molino/barter/{draft.pk}/").status_code == 404


class TestCost:
    def test_a_list_costs_the_same_however_long_it_is(self, cast: Cast, django_assert_num_queries):
        client = browser(cast.mario)
        pages = ["/coop/molino/barter/", "/coop/molino/journal/", "/coop/molino/accounts/"]
        accepted(cast)
        few = {page: count(client, page) for page in pages}
        for _more in range(5):
            bags(accepted(cast), cast)

        for page in pages:
            assert count(client, page) <= few[page] + 2, page


def count(client: Client, page: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)
