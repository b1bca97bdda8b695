"""Putting something right on the page: what is written, by whomever, and the other side's yes."""

import pytest
from django.utils import timezone

from ledger.models import Agreement, Delivery
from tests import make
from tests.barters import accepted, bags, flour
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    agreement = accepted(cast)
    bags(agreement, cast)
    flour(agreement, cast)
    return agreement


def written(agreement: Agreement, thing: str = "Harina 000", **changes: str) -> dict[str, str]:
    """Return a return of flour as a browser sends it."""
    return {
        "key": key(),
        "act": "return",
        "line": str(agreement.lines.get(thing=thing).pk),
        "quantity": "100",
        "reason": "Vino húmeda",
        "happened_on": timezone.localdate().isoformat(),
    } | changes


def send(cast: Cast, agreement: Agreement, *, by=None, code: str = "grafica", language: str = "es-ar", **sent: str):
    address = f"/coop/{code}/barter/{agreement.pk}/adjust/"
    return browser(by or cast.beto, language).post(address, sent, follow=True)


class TestAdjust:
    def test_is_logged_and_waits_for_the_other_side(self, cast: Cast, agreement: Agreement):
        said = send(cast, agreement, **written(agreement))
        assert says(said, "Logged. It counts once the other side agrees.")

        returned = Delivery.objects.get(act="return")
        mill = browser(cast.mario)
        page = mill.get(f"/coop/molino/barter/{agreement.pk}/")
        sentence = "%(what)s of %(thing)s go back to %(name)s, who owes them again."
        assert says(page, sentence, what="100\u00a0kg", thing="Harina 000", name="Molino")
        assert says(page, "Yes, we agree")
        assert "va a deberle a Gráfica <strong>100\u00a0kg de Harina 000 más</strong>" in page.content.decode()
        mill.post(f"/coop/molino/delivery/{returned.pk}/confirm/", {"answer": "confirm"})

        returned.refresh_from_db()
        assert returned.state == "confirmed"

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"act": "allowance"}, "Write an amount above zero."),
            ({"act": "revaluation", "amount": "0"}, "Write a number above zero."),
            ({"quantity": "mucha"}, "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ({"quantity": "9" * 25}, "That number is too large. Check that no digit is too many."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, cast: Cast, agreement: Agreement, language: str, changes: dict[str, str], sentence: str
    ):
        said = send(cast, agreement, language=language, **written(agreement, **changes))

        assert said.status_code == 422
        assert says(said, sentence, language=language, text="mucha")
        assert "Vino húmeda" in said.content.decode()

    @pytest.mark.parametrize("name", ["act", "line", "quantity", "reason", "happened_on", "key"])
    @pytest.mark.parametrize("value", ["", "x" * 400, "999999999", "\x00"])
    def test_takes_whatever_is_sent(self, cast: Cast, agreement: Agreement, name: str, value: str):
        assert send(cast, agreement, **written(agreement, **{name: value})).status_code in {200, 422}

    def test_refuses_in_words_what_whoever_gave_would_return(self, cast: Cast, agreement: Agreement):
        said = send(cast, agreement, **written(agreement, "Bolsas impresas"))

        sentence = "That is not among the things that %(organization)s gives in this agreement."
        assert says(said, sentence, organization="Gráfica")

    def test_is_for_the_cooperatives_own_people(self, cast: Cast, agreement: Agreement):
        assert send(cast, agreement, by=cast.carla, **written(agreement)).status_code == 404
        assert send(cast, agreement, by=cast.silvia, **written(agreement)).status_code == 404
        assert not Delivery.objects.filter(act="return").exists()

    def test_costs_the_same_for_many_lines(self, cast: Cast, agreement: Agreement, django_assert_max_num_queries):
        client = browser(cast.beto)
        client.get(f"/coop/grafica/barter/{agreement.pk}/")
        make.user("Otra")

        with django_assert_max_num_queries(26):
            client.get(f"/coop/grafica/barter/{agreement.pk}/adjust/")


class TestPrice:
    def test_of_today_makes_the_invoice(self, cast: Cast, agreement: Agreement):
        line = agreement.lines.get(thing="Harina 000").pk
        sent = {f"line-{line}": "2000", f"worth-{line}": "900.000", "happened_on": timezone.localdate().isoformat()}
        browser(cast.mario).post(f"/coop/molino/barter/{agreement.pk}/deliver/", {"key": key(), **sent})

        delivery = Delivery.objects.latest("pk")
        browser(cast.ana).post(f"/coop/grafica/delivery/{delivery.pk}/confirm/", {"answer": "confirm"})

        item = delivery.items.get()
        assert (item.value, item.worth, item.vat) == (600_000_00, 900_000_00, 94_500_00)

    def test_without_a_quantity_is_refused_in_words(self, cast: Cast, agreement: Agreement):
        line = agreement.lines.get(thing="Harina 000").pk
        sent = {"key": key(), f"worth-{line}": "900.000", "happened_on": timezone.localdate().isoformat()}
        said = browser(cast.mario).post(f"/coop/molino/barter/{agreement.pk}/deliver/", sent)

        assert says(said, "Write how much of it was delivered at this price.")
