"""Gifts and hours of work on the pages: written by the giver, counter-signed by the receiver."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.models import Contribution
from network.models import User
from tests import make
from tests.cast import Cast
from tests.contributions import fund, give, hours, whiteboards
from tests.hostings import school
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
GIFTS = "/coop/grafica/community/gifts/"


@pytest.fixture
def elsa(cast: Cast) -> User:
    fund(cast)
    return school()[1]


def gift(cast: Cast, elsa: User | None, **changes: str) -> dict[str, Any]:
    """Return whiteboards out of the education fund as a browser sends them."""
    sent = {
        "key": key(),
        "what": "Pizarrones",
        "amount": "250.000,00",
        "receiver": elsa.memberships.get().organization_id if elsa else "",
        "kind": "donation",
        "resolution": make.resolution(cast.grafica.organization).pk,
        "charged_to": "2202",
        "paid_from": "1102",
        "happened_on": timezone.localdate().isoformat(),
    }
    return sent | changes


class TestGive:
    def test_waits_for_the_receiver_who_says_yes(self, cast: Cast, elsa: User):
        said = browser(cast.ana).post(f"{GIFTS}new/", gift(cast, elsa), follow=True)

        assert says(said, "Noted. It counts once it is counter-signed.")
        assert says(said, "%(name)s has still to say whether it was so.", name="Bachillerato")
        home = browser(elsa).get("/coop/bachillerato/")
        assert says(home, "%(who)s says that it gave you this. Was it so?", who="Gráfica")
        page = f"/coop/bachillerato/community/gifts/{Contribution.objects.get().pk}/"
        read = browser(elsa).get(page)
        assert b"250.000,00" in read.content
        assert not says(read, "The education fund")
        assert says(
            browser(elsa).post(f"{page}answer/", {"answer": "confirm"}, follow=True), "Counter-signed. Thank you."
        )

    def test_to_somebody_outside_the_register_against_a_receipt(self, cast: Cast, elsa: User):
        browser(cast.ana).post(f"{GIFTS}new/", gift(cast, None, receiver_name="Sala de Barracas"))
        page = f"{GIFTS}{Contribution.objects.get().pk}/"

        empty = browser(cast.ana).post(f"{page}answer/", {"answer": "acknowledge"}, follow=True)
        said = browser(cast.ana).post(f"{page}answer/", {"answer": "acknowledge", "receipt": "R 12"}, follow=True)

        assert says(empty, "Write the number of the receipt that they gave you.")
        assert says(said, "Noted. It is in your book now.")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"amount": "muchos"}, "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ({"resolution": ""}, "Choose the resolution of your assembly that allows it."),
            ({"receiver": ""}, "Say to whom: choose an organization of the register, or write a name. One of the two."),
            ({"happened_on": "ayer"}, "That is not a day. Write it like 31/12/2026."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(
        self, cast: Cast, elsa: User, language: str, changes: dict[str, str], sentence: str
    ):
        sent = gift(cast, elsa, **({"amount": "250000"} | changes))

        said = browser(cast.ana, language).post(f"{GIFTS}new/", sent)

        assert said.status_code == 422
        assert says(said, sentence, language=language, text="muchos")
        assert said.context["form"]["what"].value() == "Pizarrones"

    def test_a_member_does_not_give_money_away(self, cast: Cast, elsa: User):
        assert browser(cast.beto).post(f"{GIFTS}new/", gift(cast, elsa)).status_code == 422
        assert not Contribution.objects.exists()


class TestEvent:
    def test_says_who_came_and_the_receiver_reads_it(self, cast: Cast, elsa: User):
        sent = gift(cast, elsa, kind="event", charged_to="5401", attendances="300", counted="estimated")

        browser(cast.ana).post(f"{GIFTS}new/", sent)
        told = Contribution.objects.get()
        read = browser(elsa, "en").get(f"/coop/bachillerato/community/gifts/{told.pk}/").content.decode()

        assert (told.attendances, told.counted, told.has_return) == (300, "estimated", False)
        assert "300 people came (Estimated)" in read
        assert "gets something back" not in read

    def test_that_brings_a_return_is_told_so_to_the_receiver(self, cast: Cast, elsa: User):
        sent = gift(cast, elsa, kind="event", charged_to="5401", has_return="on")

        browser(cast.ana).post(f"{GIFTS}new/", sent)
        told = Contribution.objects.get()
        read = browser(elsa, "en").get(f"/coop/bachillerato/community/gifts/{told.pk}/").content.decode()

        assert (told.charged_to, told.attendances) == ("5303", None)
        assert "Gráfica gets something back for it: its name is seen, or it sells there." in read
        assert says(browser(cast.ana).get(GIFTS), "with a commercial return")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"attendances": "300"}, "Write how many people came, above zero, and how you know it: counted at the door,"
             " estimated, or declared by one side."),
            ({"kind": "school", "attendances": "300", "counted": "counted"}, "Only of an event it is told how many"
             " people came. Leave it empty, or choose the event."),
            ({"kind": "donation", "has_return": "on"}, "Only an event can bring a commercial return. Take the mark"
             " away, or choose the event."),
            ({"charged_to": "2202", "has_return": "on"}, "A fund bears no advertising: choose the results of the"
             " year."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_what_was_written(
        self, cast: Cast, elsa: User, language: str, changes: dict[str, str], sentence: str
    ):
        sent = gift(cast, elsa, **({"amount": "250000", "kind": "event", "charged_to": "5401"} | changes))

        said = browser(cast.ana, language).post(f"{GIFTS}new/", sent)

        assert said.status_code == 422
        assert says(said, sentence, language=language)
        assert said.context["form"]["has_return"].value() == ("has_return" in changes)
        assert not Contribution.objects.exists()

    def test_advertising_is_chosen_by_its_mark_alone(self, cast: Cast, elsa: User):
        assert browser(cast.ana).post(f"{GIFTS}new/", gift(cast, elsa, charged_to="5303")).status_code == 422


class TestWork:
    def test_a_member_notes_hours_and_a_sister_cooperative_counter_signs(self, cast: Cast):
        sent = {
            "key": key(),
            "what": "Pintura",
            "hours": "24",
            "people": "4",
            "receiver": cast.molino.organization_id,
            "happened_on": timezone.localdate().isoformat(),
        }
        said = browser(cast.beto).post(f"{GIFTS}work/", sent, follow=True)
        page = f"/coop/molino/community/gifts/{Contribution.objects.get().pk}/"

        assert b"24" in said.content
        browser(cast.mario).post(f"{page}answer/", {"answer": "confirm"})
        assert cast.grafica.accounts.get(number="9203").balance.amount == 24_00


class TestMentoring:
    def test_is_noted_by_a_member_counter_signed_and_passed_on(self, cast: Cast):
        sent = {
            "key": key(),
            "what": "Encuadernación",
            "hours": "16",
            "people": "2",
            "trainees": "5",
            "manuals": "1",
            "receiver": cast.molino.organization_id,
            "happened_on": timezone.localdate().isoformat(),
        }
        browser(cast.beto).post(f"{GIFTS}mentoring/", sent)
        told = Contribution.objects.get()
        mario = browser(cast.mario)

        said = mario.post(f"/coop/molino/community/gifts/{told.pk}/answer/", {"answer": "confirm"}, follow=True)
        again = {"key": key(), "receiver": cast.textil.organization_id, "passes_on": told.pk}
        passed = mario.post("/coop/molino/community/gifts/mentoring/", sent | again, follow=True)

        assert "5 personas aprendieron" in said.content.decode()
        assert "Gráfica" in passed.content.decode()
        assert told.passed_on.get().receiver == cast.textil.organization

    def test_without_what_it_asks_for_is_said_field_by_field(self, cast: Cast):
        said = browser(cast.beto).post(f"{GIFTS}mentoring/", {"key": key(), "hours": "mil", "passes_on": "99"})

        assert said.status_code == 422
        assert set(said.context["form"].errors) == {
            *("what", "hours", "people", "trainees", "manuals", "receiver", "passes_on", "happened_on")
        }


class TestUndo:
    def test_one_asks_and_the_other_says_no(self, cast: Cast, elsa: User):
        given = give(cast, hours(elsa.memberships.get().organization))
        theirs = f"/coop/bachillerato/community/gifts/{given.pk}/answer/"
        browser(elsa).post(theirs, {"answer": "confirm"})

        asked = browser(elsa).post(theirs, {"answer": "undo", "reason": "Fueron 20."}, follow=True)
        home = browser(cast.ana).get("/coop/grafica/")
        kept = browser(cast.ana).post(f"{GIFTS}{given.pk}/answer/", {"answer": "keep"}, follow=True)

        assert says(asked, "Asked. It is undone once the other side agrees.")
        assert says(home, "the other side asks to undo it.")
        assert says(kept, "It stands as it was.")


class TestWhoReads:
    def test_only_both_sides_and_who_may_read_their_books(self, cast: Cast, elsa: User):
        given = give(cast, whiteboards(cast, elsa.memberships.get().organization))

        for code, somebody, status in (
            ("grafica", cast.beto, 200),
            ("bachillerato", elsa, 200),
            ("grafica", cast.silvia, 200),
            ("molino", cast.mario, 404),
            ("grafica", cast.carla, 404),
            ("bachillerato", cast.ana, 404),
        ):
            assert browser(somebody).get(f"/coop/{code}/community/gifts/{given.pk}/").status_code == status

    def test_whatever_is_answered(self, cast: Cast, elsa: User):
        given = give(cast, whiteboards(cast, elsa.memberships.get().organization))
        answers = f"{GIFTS}{given.pk}/answer/"

        for sent in ({}, {"answer": "?"}, {"answer": "confirm"}, {"answer": "undo"}, {"answer": "reject"}):
            assert browser(cast.ana).post(answers, sent).status_code == 302
        assert Contribution.objects.get().state == "logged"


class TestCost:
    def test_the_list_costs_the_same_however_much_was_given(self, cast: Cast, elsa: User):
        def cost() -> int:
            client = browser(cast.beto)
            with CaptureQueriesContext(connection) as queries:
                client.get(GIFTS)
            return len(queries)

        body = elsa.memberships.get().organization
        give(cast, hours(body))
        few = cost()
        for _more in range(4):
            give(cast, whiteboards(cast, body, amount=100_00))

        assert cost() == few
