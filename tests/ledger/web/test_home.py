"""The home of a body: pictures, findings by severity and age, the last clean check, the next round."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from ledger.actions import reconciliation
from tests.cast import Cast
from tests.findings import found, right_again
from tests.ledger.web.browser import browser
from tests.ledger.web.test_pages import count
from tests.rounds import JOIN, Circle

pytestmark = pytest.mark.django_db
THEIRS = "/coop/federacion/"


def cells(page) -> list[list[int]]:
    return [row.counts for row in page.context["severities"]]


class TestOfABody:
    def test_counts_findings_by_severity_and_age_and_leads_to_them(self, cast: Cast):
        now = timezone.now()
        for book, days in ((cast.grafica, 0), (cast.molino, 8)):
            found(book, at=now - dt.timedelta(days=days))
        silvia = browser(cast.silvia, "en")
        home = silvia.get(THEIRS)

        assert cells(home) == [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
        links = re.findall(r'href="(/coop/federacion/reconciliation/\?[^"]+)"', home.content.decode())
        behind = [silvia.get(link.replace("&amp;", "&")) for link in links]
        assert [[told.finding.book for told in page.context["health"].findings] for page in behind] == [
            [cast.grafica],
            [cast.molino],
        ]
        assert "1 finding of this severity and age." in behind[0].content.decode()
        assert silvia.get("/coop/federacion/reconciliation/?severity=x&age=99").status_code == 200

    def test_a_findings_age_is_counted_in_whole_days(self, cast: Cast):
        now = timezone.now()
        for days, column in ((7, 0), (30, 1), (31, 2), (90, 2), (91, 3)):
            finding = found(cast.grafica, at=now - dt.timedelta(days=days, minutes=1))
            assert cells(browser(cast.silvia).get(THEIRS))[0].index(1) == column, days
            right_again(finding)

    def test_says_when_everything_was_last_right_and_which_round_is_next(self, cast: Cast):
        silvia = browser(cast.silvia, "en")
        empty = silvia.get(THEIRS).content.decode()
        assert "No check has found everything right yet." in empty
        assert "None is called." in empty

        reconciliation.reconcile(full=True, clock=timezone.now)
        assert "Everything was last found right on" in silvia.get(THEIRS).content.decode()

    def test_names_the_round_in_which_something_is_due_and_the_day(self, cast: Cast):
        found = Circle(cast).call()
        page = browser(cast.silvia, "en").get(THEIRS)
        assert (page.context["round"], page.context["round"].due_on) == (found, JOIN)
        assert "members were to say until" in page.content.decode()

    def test_costs_the_same_however_much_there_is(self, cast: Cast):
        silvia = browser(cast.silvia)
        silvia.get(THEIRS)
        found(cast.grafica)
        few = count(silvia, THEIRS)
        found(cast.molino)
        assert count(silvia, THEIRS) == few


def test_of_a_cooperative_nothing_of_this_is_asked(cast: Cast):
    page = browser(cast.beto, "en").get("/coop/grafica/")
    assert "severities" not in page.context
    assert "picture" not in page.content.decode()
