"""Logging what was delivered or paid, and answering to it: whatever is written, by whomever."""

import pytest
from django.utils import timezone

from ledger.models import Agreement, Delivery, Entry
from tests import make
from tests.barters import BAGS_DAY, accepted, bags, deliver, propose
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.ledger.web.test_answer import NO_MANDATE

pytestmark = pytest.mark.django_db

#: What the button of the page sends.
YES = {"answer": "confirm"}
NOT_A_NUMBER = "“%(text)s” is not a number. Write it like 1500 or 1500,50."


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return accepted(cast)


def written(agreement: Agreement, quantity: str = "1000", **changes: str) -> dict[str, str]:
    """Return a delivery of bags as a browser sends it."""
    line = agreement.lines.get(thing="Bolsas impresas")
    today = timezone.localdate().isoformat()
    return {"key": key(), f"line-{line.pk}": quantity, "happened_on": today} | changes


def log(cast: Cast, agreement: Agreement, page: str = "deliver", *, language: str = "es-ar", **sent: str):
    address = f"/coop/grafica/barter/{agreement.pk}/{page}/"
    return browser(cast.beto, language).post(address, sent, follow=True)


class TestDeliver:
    def test_logs_what_was_delivered(self, cast: Cast, agreement: Agreement):
        said = log(cast, agreement, **written(agreement))

        assert says(said, "Logged. It counts once the other side confirms that it received it.")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("quantity", "sentence"),
        [
            ("muchas", NOT_A_NUMBER),
            ("1e5", NOT_A_NUMBER),
            ("9" * 3000, NOT_A_NUMBER),
            ("∞", NOT_A_NUMBER),
            ("-5", "Write a number above zero."),
            ("0", "Write a number above zero."),
            ("9" * 25, "That number is too large. Check that no digit is too many."),
            ("", "Write how much of at least one thing was delivered."),
        ],
    )
    def test_says_what_is_wrong_with_a_quantity(
        self, cast: Cast, agreement: Agreement, language: str, quantity: str, sentence: str
    ):
        sent = written(agreement, quantity, delivery_note="R 0001-00000412")

        said = log(cast, agreement, language=language, **sent)

        assert said.status_code == 422
        assert says(said, sentence, language=language, **({"text": quantity} if "%" in sentence else {}))
        assert 'value="R 0001-00000412"' in said.content.decode()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"happened_on": "31/02/2026"}, "That is not a day. Write it like 31/12/2026."),
            ({"happened_on": "2001-01-01"}, "The delivery is earlier than the agreement. Check the day."),
            ({"happened_on": "2150-01-01"}, "That day has not come yet. Log the delivery once it has happened."),
            ({"key": "x"}, "This page is not whole. Open it again from the start page, and write it once more."),
            ({"key": ""}, "This page is not whole. Open it again from the start page, and write it once more."),
        ],
    )
    def test_says_what_is_wrong_with_the_rest(
        self, cast: Cast, agreement: Agreement, changes: dict[str, str], sentence: str
    ):
        said = log(cast, agreement, **written(agreement, **changes))

        assert said.status_code == 422
        assert says(said, sentence)
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("changes", [{"delivery_note": "x" * 41}, {"invoice": "A\x00"}, {"happened_on": ""}])
    def test_marks_what_cannot_be(self, cast: Cast, agreement: Agreement, changes: dict[str, str]):
        assert log(cast, agreement, **written(agreement, **changes)).status_code == 422

    def test_refuses_more_than_was_agreed(self, cast: Cast, agreement: Agreement):
        said = log(cast, agreement, **written(agreement, "60.001"))

        assert "Bolsas impresas" in said.content.decode()
        assert said.status_code == 422

    def test_takes_no_line_of_the_other_side(self, cast: Cast, agreement: Agreement):
        flour = agreement.lines.get(thing="Harina 000")
        sent = written(agreement, "") | {f"line-{flour.pk}": "10", "line-999999": "10", "line-x": "10"}

        assert says(log(cast, agreement, **sent), "Write how much of at least one thing was delivered.")

    def test_before_it_is_accepted_says_so(self, cast: Cast):
        proposed = propose(cast)

        assert "Ahora no se puede" in log(cast, proposed, **written(proposed)).content.decode()

    def test_sent_twice_is_logged_once_and_with_other_content_refused(self, cast: Cast, agreement: Agreement):
        sent = written(agreement)
        for _twice in range(2):
            log(cast, agreement, **sent)
        assert Delivery.objects.count() == 1

        line = next(name for name in sent if name.startswith("line-"))
        said = log(cast, agreement, **(sent | {line: "2000"}))

        assert said.status_code == 422
        assert says(
            said, "This form was already sent with other content. Open the page again and look at what was saved."
        )

    def test_with_the_key_of_another_agreement_is_refused(self, cast: Cast, agreement: Agreement):
        other = deliver(accepted(cast), "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        assert log(cast, agreement, **written(agreement, key=str(other.key))).status_code == 422


class TestPay:
    @pytest.mark.parametrize("amount", ["", "nada", "-1", "0", "1,234,5", "9" * 25, "0,001"])
    def test_says_what_is_wrong_with_an_amount(self, cast: Cast, agreement: Agreement, amount: str):
        sent = {"key": key(), "happened_on": timezone.localdate().isoformat(), "amount": amount}

        said = log(cast, agreement, "pay", **sent)

        assert said.status_code == 422
        assert "field--wrong" in said.content.decode()

    def test_of_far_too_much_is_answered_when_it_is_confirmed(self, cast: Cast, agreement: Agreement):
        sent = {"key": key(), "happened_on": timezone.localdate().isoformat(), "amount": "40000000000000000"}
        log(cast, agreement, "pay", **sent)
        payment = Delivery.objects.get()

        said = browser(cast.mario).post(f"/coop/molino/delivery/{payment.pk}/confirm/", YES, follow=True)

        assert said.status_code == 200
        assert "flash" in said.content.decode()

    def test_with_nothing_at_all_asks_for_everything(self, cast: Cast, agreement: Agreement):
        for page in ("deliver", "pay"):
            assert log(cast, agreement, page).status_code == 422


class TestConfirm:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_by_a_member_without_mandate_is_refused_in_words(self, cast: Cast, agreement: Agreement, language: str):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        said = browser(cast.nora, language).post(f"/coop/molino/delivery/{delivery.pk}/confirm/", YES, follow=True)

        assert says(said, NO_MANDATE, language=language, organization="Molino")
        assert not Entry.objects.exists()

    def test_by_an_officer_who_was_recalled_meanwhile_is_refused_in_words(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)
        open_session = browser(cast.mario)
        assert says(open_session.get(f"/coop/molino/barter/{agreement.pk}/"), "Yes, we received this")
        make.recall(cast.mario, on=timezone.localdate())

        # The session is over; who logs in anew is told why.
        sent = f"/coop/molino/delivery/{delivery.pk}/confirm/"
        assert open_session.post(sent, YES).headers["location"].startswith("/accounts/login/")
        said = browser(cast.mario).post(sent, YES, follow=True)

        assert says(said, NO_MANDATE, organization="Molino")
        assert not says(said, "Yes, we received this")
        assert not Entry.objects.exists()

    def test_of_ones_own_delivery_is_refused_in_words(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        said = browser(cast.ana).post(f"/coop/grafica/delivery/{delivery.pk}/confirm/", YES, follow=True)

        assert says(said, NO_MANDATE, organization="Molino")

    def test_given_twice_posts_once(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        for _twice in range(2):
            browser(cast.mario).post(f"/coop/molino/delivery/{delivery.pk}/confirm/", YES)

        assert Entry.objects.count() == 2

    @pytest.mark.parametrize("wrong", [{}, {"answer": ""}, {"answer": "si"}])
    def test_that_is_none_confirms_nothing(self, cast: Cast, agreement: Agreement, wrong: dict[str, str]):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        said = browser(cast.mario).post(f"/coop/molino/delivery/{delivery.pk}/confirm/", wrong, follow=True)

        assert says(said, "Choose one of the answers of the page.")
        assert not Entry.objects.exists()

    def test_rejecting_wants_a_reason(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)
        sent = {"answer": "reject", "reason": " \x00"}

        said = browser(cast.mario).post(f"/coop/molino/delivery/{delivery.pk}/confirm/", sent, follow=True)

        assert says(said, "Write a reason, so that the other side knows.")

    def test_of_anything_but_ones_own_does_not_exist(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        for page in ("", "confirm/", "reverse/"):
            for number in (delivery.pk, 999999, 10**30):
                address = f"/coop/textil/delivery/{number}/{page}"
                assert browser(cast.carla).post(address).status_code in {404, 405}, address
                assert browser(cast.carla).get(address, follow=True).status_code == 404, address

    def test_opened_by_hand_leads_to_the_agreement(self, cast: Cast, agreement: Agreement):
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        for page in ("confirm", "reverse"):
            said = browser(cast.mario).get(f"/coop/molino/delivery/{delivery.pk}/{page}/", follow=True)

            assert said.request["PATH_INFO"] == f"/coop/molino/barter/{agreement.pk}/"
            assert says(said, "Nothing was sent yet. Look at the page and press the button again.")


class TestReverse:
    def test_takes_only_answers_of_the_page(self, cast: Cast, agreement: Agreement):
        delivery, mario = bags(agreement, cast, 1_000), browser(cast.mario)
        address = f"/coop/molino/delivery/{delivery.pk}/reverse/"

        for answer in ("", "x", "agree", "keep"):
            assert "flash--error" in mario.post(address, {"answer": answer}, follow=True).content.decode(), answer
        assert says(
            mario.post(address, {"answer": "ask"}, follow=True), "Write a reason, so that the other side knows."
        )
        asked = mario.post(address, {"answer": "ask", "reason": "Otro remito."}, follow=True)
        assert says(asked, "Asked. It is undone once the other side agrees.")
        for answer in ("", "x"):
            assert (
                "flash--error"
                in browser(cast.ana)
                .post(address.replace("molino", "grafica"), {"answer": answer}, follow=True)
                .content.decode()
            )
        delivery.refresh_from_db()
        assert delivery.reversal_asked_by == cast.molino.organization

    def test_is_not_agreed_to_by_whoever_asked(self, cast: Cast, agreement: Agreement):
        delivery, mario = bags(agreement, cast, 1_000), browser(cast.mario)
        address = f"/coop/molino/delivery/{delivery.pk}/reverse/"
        mario.post(address, {"answer": "ask", "reason": "Otro remito."})

        said = mario.post(address, {"answer": "agree"}, follow=True)

        assert says(said, NO_MANDATE, organization="Gráfica")
