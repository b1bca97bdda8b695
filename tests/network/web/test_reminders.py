"""What one was reminded of, and the one setting that a person has."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.actions import reminders
from network.models import Reminder
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/me/reminders/"


class TestMine:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_ones_own_and_nobody_elses(self, cast: Cast, language: str):
        reminders.remind(on=timezone.localdate(), clock=timezone.now)

        assert "/coop/grafica/duties/" in browser(cast.ana, language).get(HERE).content.decode()
        assert "/coop/grafica/duties/" not in browser(cast.mario, language).get(HERE).content.decode()
        assert says(
            browser(cast.beto, language).get(HERE), "You have not been reminded of anything yet.", language=language
        )

    def test_says_when_nobody_knows_whether_a_letter_arrived(self, cast: Cast):
        at = timezone.now()
        Reminder.objects.create(
            organization=cast.grafica.organization,
            person=cast.ana,
            duty="assembly-2025-12-31",
            due_on=dt.date(2026, 4, 30),
            stage="overdue",
            title="Realizar la asamblea ordinaria",
            claim="0c0ffee0-0000-4000-8000-000000000000",
            noted_at=at,
            by_email=True,
        )

        assert "no se repite" in browser(cast.ana).get(HERE).content.decode()


class TestChoose:
    def test_stops_letters_and_lets_them_come_again(self, cast: Cast):
        client = browser(cast.ana)

        said = client.post(HERE, {"wants_letters": "no"}, follow=True)
        assert says(said, "You get no more reminders by e-mail. In the pages they stay.")
        assert says(client.get("/me/"), "In the pages only.")

        said = client.post(HERE, {"wants_letters": "yes"}, follow=True)
        assert says(said, "From now on reminders come by e-mail, too.")

    def test_takes_an_answer_of_the_page(self, cast: Cast):
        said = browser(cast.ana).post(HERE, {"wants_letters": "perhaps"}, follow=True)

        assert says(said, "Choose one of the answers of the page.")
        cast.ana.refresh_from_db()
        assert cast.ana.wants_letters
