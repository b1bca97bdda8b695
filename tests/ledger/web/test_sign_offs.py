"""Signing off a period, page by page: the síndico draws a sample, looks, and signs; the member reads it."""

import html
import re

import pytest

from ledger.models import Closing, SignOff
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says
from tests.sign_offs import Audit

pytestmark = pytest.mark.django_db
THEIRS = "/coop/federacion/signoffs/"
PERIOD = {"member": "grafica", "starts_on": "2026-04-01", "ends_on": "2026-04-30", "count": "3", "seed": "4821"}


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return Audit(cast)


def told(page) -> str:
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def signing(audit: Audit, **changes: str) -> dict[str, str]:
    drawn_from = audit.prepare().drawn_from
    return PERIOD | {"key": key(), "drawn_from": drawn_from, "statement": "Todo cotejado."} | changes


class TestNew:
    def test_draws_a_sample_to_look_at(self, audit: Audit):
        page = browser(audit.cast.silvia, "en").get(f"{THEIRS}new/", PERIOD)

        assert "Drawn from 10 entries of the period by “4821”." in told(page)
        assert "Nothing stands open in this book." in told(page)
        for entry in audit.prepare().sample:
            assert f"/coop/grafica/journal/{entry.year}/{entry.number}/" in page.content.decode()
        assert not SignOff.objects.exists()

    def test_lets_the_computer_draw_and_keeps_by_what_in_the_address(self, audit: Audit):
        said = browser(audit.cast.silvia).get(f"{THEIRS}new/", PERIOD | {"seed": ""})

        assert said.status_code == 302
        assert re.search(r"seed=[0-9a-f]{8}", said.headers["location"])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong(self, audit: Audit, language: str):
        silvia = browser(audit.cast.silvia, language)
        page = silvia.get(f"{THEIRS}new/", PERIOD | {"starts_on": "2026-05-01"})
        assert page.status_code == 422
        sentence = "Choose a period that is over, from a day until the same or a later one."
        assert says(page, sentence, language=language)
        for wrong in ({"member": "textil"}, {"count": "0"}, {"count": "x"}, {"ends_on": "ayer"}, {"seed": "x" * 65}):
            assert silvia.get(f"{THEIRS}new/", PERIOD | wrong).status_code == 422, wrong
            assert silvia.post(f"{THEIRS}new/", signing(audit) | wrong).status_code == 422, wrong
        assert silvia.get(f"{THEIRS}new/").status_code == 200

    def test_is_for_the_auditor_of_a_body(self, audit: Audit):
        president = make.officer("Fede", audit.cast.federacion)
        for person, at in ((president, THEIRS), (audit.cast.ana, "/coop/grafica/signoffs/")):
            assert browser(person).get(f"{at}new/", PERIOD).status_code == 404
            assert browser(person).post(f"{at}new/", signing(audit)).status_code == 404
        assert not SignOff.objects.exists()


class TestSign:
    def test_is_read_by_the_body_and_the_member(self, audit: Audit):
        cast = audit.cast
        page = browser(cast.silvia, "en").post(f"{THEIRS}new/", signing(audit), follow=True)

        signed = SignOff.objects.get()
        assert "The book is closed up to that day" in told(page)
        assert Closing.objects.filter(book=cast.grafica).exists()
        for person, at in ((cast.silvia, THEIRS), (cast.beto, "/coop/grafica/signoffs/")):
            read = told(browser(person, "en").get(f"{at}{signed.pk}/"))
            assert "“Todo cotejado.”" in read
            assert "Silvia, síndico of Federación by mandate from" in read
            assert "3 of 10 entries, drawn by “4821”." in read
            assert f"/{signed.pk}/" in browser(person).get(at).content.decode()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_loses_nothing(self, audit: Audit, language: str):
        silvia = browser(audit.cast.silvia, language)
        page = silvia.post(f"{THEIRS}new/", signing(audit, drawn_from="x"))
        assert page.status_code == 422
        sentence = "The period has other entries than when you looked. Look at it again, then sign."
        assert says(page, sentence, language=language)
        assert "Todo cotejado." in page.content.decode()
        for wrong in ({"statement": " "}, {"statement": "Con ana@example.org"}, {"key": "x"}):
            assert silvia.post(f"{THEIRS}new/", signing(audit, **wrong)).status_code == 422, wrong
        assert not SignOff.objects.exists()

    def test_is_no_business_of_others(self, audit: Audit):
        cast = audit.cast
        pk = audit.sign().pk
        for person, at in (
            (cast.carla, "/coop/grafica/signoffs/"),
            (cast.mario, "/coop/grafica/signoffs/"),
            (cast.mario, THEIRS),
        ):
            assert browser(person).get(at).status_code == 404
            assert browser(person).get(f"{at}{pk}/").status_code == 404
        assert browser(cast.mario).get(f"/coop/molino/signoffs/{pk}/").status_code == 404
        ordinary = browser(make.member("Rita", cast.federacion))
        assert f"/{pk}/" not in ordinary.get(THEIRS).content.decode()
        assert ordinary.get(f"{THEIRS}{pk}/").status_code == 404
