"""Shared machines page by page, as each side sees them: propose, book, agree, cancel, tell, confirm, a new price."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Agreement, Delivery, MachineBooking
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side
from tests.machines import DAY, accepted, booked, hour, press, propose, tell, used

pytestmark = pytest.mark.django_db
NEW = "/coop/grafica/machines/new/"


def form(cast: Cast, *, rows: list[dict[str, str]] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a press of two owners, that a third may use, as a browser sends it."""
    users = [
        {"organization": str(cast.molino.organization_id), "parts": "1"},
        {"organization": str(cast.textil.organization_id), "parts": ""},
        {"organization": "", "parts": ""},
    ]
    sent = {"key": key(), "name": "Prensa", "place": "Nave 2", "others": "9.000", "owners": "6.000"}
    sent |= {"our_parts": "2", "vat_rate": "2100", "agreed_on": "2026-04-01", "resolution": ""}
    return sent | side("users", *(users if rows is None else rows)) | changes


def page(agreement: Agreement, code: str = "grafica", part: str = "") -> str:
    return f"/coop/{code}/machines/{agreement.pk}/{part}"


def read(person: Any, at: str) -> str:
    """Return what somebody reads on a page, in English."""
    found = browser(person, "en").get(at).content.decode()
    found = html.unescape(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return found.replace("<strong>", "").replace("</strong>", "")


class TestPropose:
    def test_the_others_read_in_plain_words_what_they_take_on(self, cast: Cast):
        assert says(browser(cast.ana).post(NEW, form(cast), follow=True), "Saved. Here is what you agreed.")
        agreement = Agreement.objects.get()

        for person, code, words in (
            (cast.carla, "textil", "You will owe Gráfica $ 9,000.00 for each hour"),
            (cast.mario, "molino", "You will owe Gráfica $ 6,000.00 for each hour"),
            (cast.mario, "molino", "You own a part of it"),
        ):
            assert words in read(person, page(agreement, code))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast, language: str):
        said = browser(cast.ana, language).post(NEW, form(cast, rows=[]))

        assert said.status_code == 422
        sentence = "A shared machine has a holder, who owns all or a part of it, and at least one more who may use it;"
        assert says(said, sentence + " each owner is one of those who agree.", language=language)
        assert said.context["form"]["name"].value() == "Prensa"

    def test_whatever_is_sent_is_answered(self, cast: Cast):
        for sent in (
            form(cast, key="x"),
            form(cast, name=""),
            form(cast, others="x"),
            form(cast, others="9" * 30),
            form(cast, our_parts="-1"),
            form(cast, rows=[{"organization": "", "parts": "3"}]),
            form(cast, **{"users-TOTAL_FORMS": "x"}),
            {"a": "b"},
        ):
            assert browser(cast.ana).post(NEW, sent).status_code == 422
        assert browser(cast.ana).post(NEW, form(cast) | {"more": "1"}).status_code == 200

    def test_is_written_anew(self, cast: Cast):
        agreement = propose(cast)
        begun = browser(cast.ana).get(page(agreement, part="edit/"))
        assert (begun.context["form"]["our_parts"].value(), begun.context["users"][0]["parts"].value()) == (2, 1)

        browser(cast.ana).post(page(agreement, part="edit/"), form(cast, others="", owners=""))

        assert agreement.machine.prices.get().others == 0


class TestHours:
    def test_from_the_booking_to_what_is_owed(self, cast: Cast):
        agreement, tomorrow = accepted(cast), dt.date(2036, 5, 5)
        at = page(agreement, "textil", "book/")
        sent = {"key": key(), "day": tomorrow.isoformat(), "starts": "08:00", "ends": "09:30", "what": "Chapas"}
        assert says(browser(cast.carla).post(at, sent, follow=True), "Asked for. Whoever holds it says yes or no.")
        booking = MachineBooking.objects.get()
        again = browser(cast.nora, "en").post(page(agreement, "molino", "book/"), sent | {"key": key()})
        assert (again.status_code, "Somebody else has booked it" in again.content.decode()) == (422, True)

        answer = f"/coop/grafica/machines/booked/{booking.pk}/"
        assert says(browser(cast.beto).post(answer, {"answer": "agree"}, follow=True), "Booked.")
        assert "08:00–09:30" in read(cast.ana, page(agreement, part="month/?month=2036-05"))
        browser(cast.carla).post(answer.replace("grafica", "textil"), {"answer": "cancel", "reason": "No llega."})
        booking.refresh_from_db()
        assert booking.state == "cancelled"

    def test_tells_and_confirms_what_was_used(self, cast: Cast):
        agreement = accepted(cast)
        booking = booked(agreement, cast, cast.textil.organization)
        at = f"/coop/grafica/machines/booked/{booking.pk}/tell/"
        assert "An hour costs $ 9,000.00, without VAT." in read(cast.beto, at)
        assert browser(cast.beto).get(at).context["form"]["hours"].value() == 4

        told = browser(cast.beto).post(at, {"key": key(), "hours": "1", "minutes": "40"}, follow=True)

        assert says(told, "Logged. It counts once the other side confirms it.")
        assert "Was it so?" in read(cast.carla, "/coop/textil/")
        assert "Textil will owe Gráfica $ 18,150.00, with VAT." in read(cast.carla, page(agreement, "textil"))
        delivery = Delivery.objects.get()
        browser(cast.carla).post(f"/coop/textil/machines/told/{delivery.pk}/confirm/", {"answer": "confirm"})
        said = read(cast.carla, page(agreement, "textil"))
        assert "Textil owes Gráfica $ 18,150.00." in said
        assert "Textil: 1 h 40 min" in said
        assert "1 h 40 min" in read(cast.carla, f"/coop/textil/deliveries/{delivery.pk}/contest/")

    def test_answers_whatever_is_sent(self, cast: Cast):
        agreement = accepted(cast)
        booking = booked(agreement, cast, cast.textil.organization)
        for part, sent in (
            ("book/", {}),
            ("book/", {"key": key(), "day": "x", "starts": "25:00", "ends": "?"}),
            ("book/", {"key": key(), "day": "2036-05-05", "starts": "08:00", "ends": "08:00"}),
            ("price/", {"others": "x"}),
        ):
            assert browser(cast.ana).post(page(agreement, part=part), sent).status_code == 422
        at = f"/coop/grafica/machines/booked/{booking.pk}/"
        assert browser(cast.beto).post(f"{at}tell/", {"key": key(), "hours": "0", "minutes": "0"}).status_code == 422
        for sent in ({}, {"answer": "?"}, {"answer": "cancel"}):
            assert browser(cast.beto).post(at, sent).status_code == 302
        for month in ("x", "0000-01", "9999-99", "2036-13"):
            assert browser(cast.beto).get(page(agreement, part=f"month/?month={month}")).status_code == 200


class TestPrice:
    def test_a_new_one_is_noted_with_its_resolution(self, cast: Cast):
        agreement, decided = accepted(cast), make.resolution(cast.grafica.organization)
        sent = {"others": "12.000", "owners": "", "vat_rate": "2100", "since": "2036-05-05"}

        said = browser(cast.ana).post(
            page(agreement, part="price/"), sent | {"resolution": str(decided.pk)}, follow=True
        )

        assert says(said, "Noted. What was used before stays as it was.")
        assert [each.owners for each in agreement.machine.prices.order_by("since")] == [6_000_00, 12_000_00]
        assert browser(cast.mario).get(page(agreement, "molino", "price/")).status_code == 404


class TestPages:
    def test_ask_the_database_as_often_however_much_is_booked(self, cast: Cast):
        agreement, textil = accepted(cast), cast.textil.organization

        def questions(at: str) -> int:
            with CaptureQueriesContext(connection) as context:
                assert browser(cast.ana).get(at).status_code == 200
            return len(context)

        used(agreement, cast, textil, 60, starts=8, ends=9)
        tell(booked(agreement, cast, textil, 9, 10), cast, 60)
        booked(agreement, cast, textil, 10, 11)
        pages = (page(agreement), page(agreement, part="month/?month=2026-04"))
        before = [questions(at) for at in pages]
        for starts in (12, 15, 18):
            used(agreement, cast, textil, 60, starts=starts, ends=starts + 1)
            tell(booked(agreement, cast, textil, starts + 1, starts + 2), cast, 60, at=hour(23))
            booked(agreement, cast, textil, starts + 2, starts + 3)

        assert [questions(at) for at in pages] == before

    def test_an_outsider_finds_nothing(self, cast: Cast):
        two = accepted(cast, press(cast, users=()))
        booking = booked(two, cast, cast.molino.organization)
        for at in (page(two, "textil"), page(two), page(two, "textil", "month/"), page(two, "textil", "book/")):
            assert browser(cast.carla).get(at).status_code == 404
        assert browser(cast.carla).post(f"/coop/textil/machines/booked/{booking.pk}/", {}).status_code == 404

    def test_a_federations_auditor_reads_and_does_nothing(self, cast: Cast):
        agreement = accepted(cast)
        used(agreement, cast, cast.textil.organization, 60)

        said = read(cast.silvia, page(agreement))

        assert f"Hours of {DAY.year}" in said
        for words in ("Book it", "New price", "Tell what was used", "Cancel it"):
            assert words not in said
