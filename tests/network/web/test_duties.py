"""The pages of papers that lapse."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from network.models import Certificate
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/certificates/"


def note(client: Client, *, lapses_in: int = 200, **changes: str):
    today = timezone.localdate()
    sent = {
        "kind": "fire_safety",
        "issued_by": "Bomberos",
        "valid_from": (today - dt.timedelta(days=300)).isoformat(),
        "lapses_on": (today + dt.timedelta(days=lapses_in)).isoformat(),
    } | changes
    return client.post(f"{HERE}new/", sent, follow=True)


class TestNote:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_the_paper_in_the_list_and_in_the_calendar(self, cast: Cast, language: str):
        client = browser(cast.ana, language)

        said = note(client, lapses_in=-1, number="B-117")

        assert says(said, "The paper is noted.", language=language)
        assert "B-117" in said.content.decode()
        assert (
            f"{HERE}new/?renews={Certificate.objects.get().pk}" in client.get("/coop/grafica/duties/").content.decode()
        )

    def test_begins_a_renewal_with_what_stays_the_same(self, cast: Cast):
        client = browser(cast.ana)
        note(client, lapses_in=10)
        before = Certificate.objects.get()

        page = client.get(f"{HERE}new/?renews={before.pk}").content.decode()

        assert 'value="Bomberos"' in page
        assert f'value="{before.lapses_on + dt.timedelta(days=1)}"' in page
        for wrong in ("x", "999999", "9" * 40, ""):
            assert client.get(f"{HERE}new/?renews={wrong}").status_code == 200

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_knows_a_slip_of_the_pen_in_a_year(self, cast: Cast, language: str):
        client = browser(cast.ana, language)

        for day in ("9999-12-31", "0001-01-01"):
            said = note(client, lapses_on=day)
            assert says(said, "Check the year: it goes from 1900 to 2200.", language=language)

        # One that was noted before is renewed from today on.
        organization, today = cast.grafica.organization, timezone.localdate()
        told = {"kind": "fire_safety", "issued_by": "Bomberos", "valid_from": today, "noted_at": timezone.now()}
        old = Certificate.objects.create(organization=organization, lapses_on=dt.date.max, **told)
        assert f'value="{today}"' in client.get(f"{HERE}new/?renews={old.pk}").content.decode()

    def test_keeps_what_was_written_and_says_what_is_wrong(self, cast: Cast):
        said = note(browser(cast.ana), kind="other", number="B-117")

        assert says(said, "Write what this paper is called.")
        assert 'value="B-117"' in said.content.decode()
        assert says(
            note(browser(cast.ana), lapses_in=-301), "The paper lapses before it begins to be valid. Check both days."
        )
        assert says(note(browser(cast.ana), lapses_on="ayer"), "That is not a day. Write it like 31/12/2026.")

    def test_is_refused_to_a_member(self, cast: Cast):
        note(browser(cast.beto))

        assert not Certificate.objects.exists()
        assert says(
            browser(cast.beto).get(f"{HERE}new/"), "The president, the secretary or the treasurer notes the papers."
        )


class TestWithdraw:
    def test_leaves_the_paper_struck_out_with_who_did_it(self, cast: Cast):
        client = browser(cast.ana)
        note(client)

        said = client.post(f"{HERE}withdraw/", {"certificate": Certificate.objects.get().pk}, follow=True)

        assert "<s>" in said.content.decode()
        assert "Ana" in said.content.decode()

    def test_opened_by_hand_leads_to_the_list(self, cast: Cast):
        said = browser(cast.ana).get(f"{HERE}withdraw/", follow=True)

        assert said.status_code == 200
        assert says(said, "Papers that lapse")

    def test_is_of_ones_own(self, cast: Cast):
        note(browser(cast.ana))

        answer = browser(cast.mario).post(
            "/coop/molino/certificates/withdraw/", {"certificate": Certificate.objects.get().pk}
        )
        assert answer.status_code == 404


class TestList:
    def test_is_read_by_the_auditor_and_by_nobody_outside(self, cast: Cast):
        note(browser(cast.ana))

        assert not says(browser(cast.silvia).get(HERE), "It was wrong: withdraw it")
        assert browser(cast.carla).get(HERE).status_code == 404
        assert Client().get(HERE).status_code == 302

    def test_costs_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.ana)
        for days in range(30):
            note(client, lapses_in=days)

        with django_assert_max_num_queries(15):
            said = client.get(HERE)

        assert says(said, "Next")
