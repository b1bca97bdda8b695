"""The page of the council: seats, vacancies, elections, recalls; and that a recall holds at once."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation

from network.models import Mandate, Seat
from network.models.bylaws import Office
from network.models.councils import Ending
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/council/"


def elect(client: Client, cast: Cast, **changes: str):
    today = timezone.localdate()
    sent = {
        "user": str(cast.beto.pk),
        "office": "secretary",
        "seat": "1",
        "starts_on": today.isoformat(),
        "until": (today + dt.timedelta(days=365)).isoformat(),
        "resolution": str(cast.grafica.organization.resolutions.get(number=1).pk),
    } | changes
    return client.post(f"{HERE}elect/", sent, follow=True)


class TestSeats:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_name_who_holds_them_and_what_is_vacant(self, cast: Cast, language: str):
        said = browser(cast.beto, language).get(HERE)

        assert "Ana" in said.content.decode()
        assert says(said, "Vacant", language=language)
        assert not says(said, "Note an election", language=language)

    def test_warn_of_what_ends_soon(self, cast: Cast):
        client = browser(cast.ana)
        soon = (timezone.localdate() + dt.timedelta(days=59)).isoformat()

        assert says(elect(client, cast, until=soon), "ends soon")

    def test_asks_few_questions(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.ana)
        client.get(HERE)

        with django_assert_max_num_queries(32):
            client.get(HERE)


class TestElect:
    def test_gives_the_right_to_confirm_the_same_day(self, cast: Cast):
        said = elect(browser(cast.ana), cast)

        assert says(said, "The mandate is noted.")
        assert Mandate.objects.in_force(timezone.localdate()).binding().filter(user=cast.beto).exists()

    def test_says_who_holds_the_seat_already(self, cast: Cast):
        said = elect(browser(cast.ana), cast, office="treasurer")

        with translation.override("es-ar"):
            office = str(Office.TREASURER.label)
        sentence = "On those days %(office)s is already %(name)s. Recall that mandate first, or choose later days."
        assert says(said, sentence, office=office, name="Ana")
        assert not Mandate.objects.filter(user=cast.beto).exists()

    @pytest.mark.parametrize(
        "changes", [{"user": "99999"}, {"resolution": ""}, {"office": "rey"}, {"seat": "0"}, {"until": "2001-01-01"}]
    )
    def test_shows_a_wrong_one_again(self, cast: Cast, changes: dict[str, str]):
        assert elect(browser(cast.ana), cast, **changes).status_code == 200
        assert not Mandate.objects.filter(user=cast.beto).exists()

    def test_nobody_elects_with_anothers_resolution(self, cast: Cast):
        other = make.resolution(cast.molino.organization)

        elect(browser(cast.ana), cast, resolution=str(other.pk))

        assert not Mandate.objects.filter(user=cast.beto).exists()


class TestCancel:
    def test_shows_who_begins_later_and_cancels_it_with_a_reason(self, cast: Cast):
        client, later = browser(cast.ana), (timezone.localdate() + dt.timedelta(days=200)).isoformat()
        assert says(elect(client, cast, starts_on=later), "Elected, not begun yet")
        mandate = Mandate.objects.get(user=cast.beto)

        client.post(f"{HERE}cancel/", {"mandate": str(mandate.pk), "reason": ""})
        assert not says(browser(cast.beto).get(HERE), "Cancel that mandate")
        said = client.post(f"{HERE}cancel/", {"mandate": str(mandate.pk), "reason": "No aceptó"}, follow=True)

        assert says(said, "The mandate is cancelled. It stays readable below.")
        assert says(said, "Cancelled before it began")
        assert "No aceptó" in said.content.decode()
        assert not says(said, "Elected, not begun yet")
        mandate.refresh_from_db()
        assert mandate.ended_by == cast.ana


class TestRecall:
    def test_holds_at_once_in_an_open_session(self, cast: Cast):
        elect(browser(cast.ana), cast)
        open_session, mandate = browser(cast.ana), make.mandate(cast.ana, on=timezone.localdate())
        assert says(open_session.get(HERE), "Note a recall")
        act = make.resolution(cast.grafica.organization, on=timezone.localdate())

        said = browser(cast.beto).post(
            f"{HERE}recall/", {"mandate": str(mandate.pk), "resolution": str(act.pk)}, follow=True
        )

        assert says(said, "Recalled. From this moment it no longer holds, anywhere.")
        assert not says(open_session.get(HERE), "Note a recall")
        elect(open_session, cast, office="president")
        assert not Mandate.objects.filter(office="president").exists()

    def test_by_a_member_is_refused_in_words(self, cast: Cast):
        mandate = make.mandate(cast.ana, on=timezone.localdate())
        act = cast.grafica.organization.resolutions.get(number=1)

        said = browser(cast.beto).post(f"{HERE}recall/", {"mandate": str(mandate.pk), "resolution": str(act.pk)})

        assert says(
            said,
            "Only the president, the secretary or the treasurer of %(organization)s writes down what it decides.",
            organization="Gráfica",
        )
        mandate.refresh_from_db()
        assert mandate.ended_on is None


class TestResign:
    def test_gives_back_ones_own_and_nobody_elses(self, cast: Cast):
        mandate = make.mandate(cast.ana, on=timezone.localdate())

        said = browser(cast.beto).post(f"{HERE}resign/", {"mandate": str(mandate.pk)}, follow=True)
        assert says(said, "That mandate is not yours, or has ended.")
        browser(cast.ana).post(f"{HERE}resign/", {"mandate": str(mandate.pk)})

        mandate.refresh_from_db()
        assert mandate.ending == Ending.RESIGNED

    @pytest.mark.parametrize("written", ["", "x", "9" * 40, "²"])
    def test_of_nothing_says_so(self, cast: Cast, written: str):
        assert browser(cast.ana).post(f"{HERE}resign/", {"mandate": written}).status_code == 302


class TestReplace:
    def test_the_alternate_takes_the_seat(self, cast: Cast):
        client, mandate = browser(cast.ana), make.mandate(cast.ana, on=timezone.localdate())
        elect(client, cast, office="alternate")
        alternate = Mandate.objects.get(user=cast.beto)
        act = make.resolution(cast.grafica.organization, on=timezone.localdate())

        client.post(
            f"{HERE}replace/",
            {"mandate": str(mandate.pk), "alternate": str(alternate.pk), "resolution": str(act.pk)},
        )

        assert Mandate.objects.filter(user=cast.beto, office="treasurer").exists()


class TestHome:
    def test_warns_of_what_ends_and_of_what_is_vacant(self, cast: Cast):
        client = browser(cast.ana)
        assert not says(client.get("/coop/grafica/"), "Offices to see to")
        Seat.objects.create(organization=cast.grafica.organization, office="secretary")
        assert says(client.get("/coop/grafica/"), "vacant.")

        elect(client, cast, until=(timezone.localdate() + dt.timedelta(days=30)).isoformat())

        said = client.get("/coop/grafica/")
        assert says(said, "Offices to see to")
        assert not says(said, "vacant.")
