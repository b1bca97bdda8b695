"""A barter among several on the page: who takes part, what each gives to whom, and each one's yes."""

import pytest
from django.utils import timezone

from ledger.models import Agreement, Delivery
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side

pytestmark = pytest.mark.django_db

PAGE = "/coop/grafica/barter/new/among/"


def row(giver, receiver, thing: str) -> dict[str, str]:
    return {
        "giver": str(giver.organization.pk),
        "receiver": str(receiver.organization.pk),
        "thing": thing,
        "quantity": "300",
        "unit": str(make.unit("UN").pk),
        "value": "300.000",
        "vat_rate": "",
    }


def around(cast: Cast) -> list[dict[str, str]]:
    return [
        row(cast.grafica, cast.molino, "Bolsas"),
        row(cast.molino, cast.textil, "Harina"),
        row(cast.textil, cast.grafica, "Tela"),
    ]


def who(cast: Cast) -> str:
    return f"?with-1={cast.molino.organization.pk}&with-2={cast.textil.organization.pk}"


def write(cast: Cast, *rows: dict[str, str], language: str = "es-ar", path: str = "", **changes: str):
    terms = {
        "key": key(),
        "title": "Ronda",
        "agreed_on": timezone.localdate().isoformat(),
        "pegged_to_goods": "1",
    }
    sent = terms | side("lines", *(rows or around(cast))) | changes
    return browser(cast.ana, language).post(path or PAGE + who(cast), sent, follow=True)


@pytest.fixture
def ring(cast: Cast) -> Agreement:
    write(cast)
    return Agreement.objects.get()


class TestWho:
    def test_is_asked_first(self, cast: Cast):
        assert says(browser(cast.ana).get(PAGE), "Who takes part besides you?")

    def test_is_two_different_others(self, cast: Cast):
        client, mill = browser(cast.ana), cast.molino.organization.pk
        twice = client.get(f"{PAGE}?with-1={mill}&with-2={mill}")
        assert says(twice, "The same cooperative is chosen twice. Choose different ones.")
        assert client.get(f"{PAGE}?with-1={mill}").status_code == 422
        assert client.get(f"{PAGE}?with-1={'9' * 30}&with-2=x").status_code == 422

    def test_is_for_those_who_may_log(self, cast: Cast):
        assert browser(cast.silvia).get(PAGE).status_code == 404
        assert browser(cast.carla).get(PAGE).status_code == 404


class TestWrite:
    def test_goes_to_all_who_take_part(self, cast: Cast, ring: Agreement):
        assert ring.state == "proposed"
        assert [each.organization.code for each in ring.parties.all()] == ["grafica", "molino", "textil"]
        for code, person in (("molino", cast.mario), ("textil", cast.carla)):
            assert says(browser(person).get(f"/coop/{code}/"), "%(who)s proposes it to you.", who="Gráfica")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_keeps_the_rest(self, cast: Cast, language: str):
        first, *rest = around(cast)
        rows = [first | {"receiver": ""}, *rest]

        said = write(cast, *rows, language=language)

        assert says(said, "Complete this, or empty the whole row.", language=language)
        assert "Ronda" in said.content.decode()

    def test_refuses_in_words_whoever_receives_nothing(self, cast: Cast):
        rows = [*around(cast)[:2], row(cast.textil, cast.molino, "Tela")]

        assert says(
            write(cast, *rows), "Write at least one thing that %(organization)s receives.", organization="Gráfica"
        )

    def test_adds_rows_and_keeps_what_was_written(self, cast: Cast):
        said = write(cast, more="1").content.decode()

        assert 'name="lines-4-thing"' in said
        assert "Harina" in said

    def test_is_written_anew_on_the_same_kind_of_page(self, cast: Cast, ring: Agreement):
        browser(cast.carla).post(f"/coop/textil/barter/{ring.pk}/answer/", {"answer": "ask_change", "reason": "Menos"})
        edit = f"/coop/grafica/barter/{ring.pk}/edit/"
        assert "/edit/among/" in browser(cast.ana).get(edit).headers["Location"]
        rows = [each | {"quantity": "200"} for each in around(cast)]

        write(cast, *rows, path=f"{edit}among/")

        ring.refresh_from_db()
        assert ring.state == "proposed"
        assert set(ring.lines.values_list("quantity", flat=True)) == {200}


class TestSeen:
    def test_by_each_with_who_has_said_yes(self, cast: Cast, ring: Agreement):
        browser(cast.carla).post(f"/coop/textil/barter/{ring.pk}/answer/", {"answer": "sign"})

        page = browser(cast.mario).get(f"/coop/molino/barter/{ring.pk}/")

        assert says(page, "Has said yes.")
        assert says(page, "Has not said yes yet.")
        assert says(page, "to %(name)s", name="Textil")

    def test_by_a_stranger_not_at_all(self, cast: Cast, ring: Agreement):
        stranger = make.officer("Olga", make.book("ajena").organization)

        assert browser(stranger).get(f"/coop/ajena/barter/{ring.pk}/").status_code == 404

    def test_and_a_payment_names_its_receiver(self, cast: Cast, ring: Agreement):
        for code, person in (("molino", cast.mario), ("textil", cast.carla)):
            browser(person).post(f"/coop/{code}/barter/{ring.pk}/answer/", {"answer": "sign"})
        page = f"/coop/grafica/barter/{ring.pk}/pay/"
        sent = {"key": key(), "amount": "10", "happened_on": timezone.localdate().isoformat()}

        assert browser(cast.ana).post(page, sent).status_code == 422
        browser(cast.ana).post(page, sent | {"receiver": str(cast.textil.organization.pk)})

        assert Delivery.objects.get().receiver == cast.textil.organization
