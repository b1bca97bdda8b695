"""Who owes whom, page by page: of a cooperative, of a federation's members, of bodies; and the entries behind."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.barters import accepted, bags, flour
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db
OURS, THEIRS = "/reports/grafica/owing/", "/reports/federacion/owing/"


def told(page) -> str:
    """Return what a page says, without its marks."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def owed(cast: Cast):
    """Bags were delivered, half of the flour for them too: the mill owes the rest."""
    agreement = accepted(cast)
    bags(agreement, cast)
    flour(agreement, cast, 500_000)
    return agreement


class TestOfACooperative:
    def test_says_what_is_owed_in_what_since_when(self, cast: Cast, owed):
        page = browser(cast.beto, "en").get(OURS)

        assert "What Gráfica owes, and what it is owed." in told(page)
        assert "Molino Gráfica" in told(page)
        assert page.content.decode().count("<svg") == 2

    def test_leads_from_a_figure_to_its_entries(self, cast: Cast, owed):
        beto = browser(cast.beto, "en")
        row = beto.get(OURS).context["rows"][0]

        behind = beto.get(row.address)

        assert "Molino owes Gráfica" in told(behind)
        entries = re.findall(r"/coop/grafica/journal/\d+/\d+/", behind.content.decode())
        assert entries
        assert all(beto.get(each).status_code == 200 for each in entries)
        assert sum(claim.held for claim, _moves in behind.context["debts"]) == row.owed.amount

    def test_is_empty_before_anything_was_owed(self, cast: Cast, owed):
        page = browser(cast.beto, "en").get(OURS, {"day": "2023-11-01"})
        assert "On 01/11/2023 nothing of this is owed." in told(page)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_with_a_day(self, cast: Cast, owed, language: str):
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        page = browser(cast.beto, language).get(OURS, {"day": tomorrow.isoformat()})
        assert says(page, "That day has not come. Choose today or an earlier one.", language=language)
        assert browser(cast.beto, language).get(OURS, {"day": "ayer", "unit": "x", "peg": "9" * 30}).status_code == 200

    def test_is_for_whoever_may_read_the_book(self, cast: Cast, owed):
        assert browser(cast.carla).get(OURS).status_code == 404
        behind = f"{OURS}{cast.molino.organization.pk}/{cast.grafica.organization.pk}/"
        assert browser(cast.carla).get(behind).status_code == 404
        assert browser(cast.beto).get(f"{OURS}999999/{cast.grafica.organization.pk}/").status_code == 404


class TestOfAFederation:
    def test_its_officers_see_what_the_members_owe_one_another(self, cast: Cast, owed):
        page = browser(cast.silvia, "en").get(THEIRS)

        assert "What those who belong to Federación owe one another" in told(page)
        assert "Molino Gráfica" in told(page)
        behind = browser(cast.silvia, "en").get(page.context["rows"][0].address)
        entry = re.findall(r"/coop/\w+/journal/\d+/\d+/", behind.content.decode())[0]
        assert browser(cast.silvia).get(entry).status_code == 200

    def test_whoever_holds_no_office_there_sees_no_members_debts(self, cast: Cast, owed):
        ordinary = make.member("Rita", cast.federacion)
        page = browser(ordinary, "en").get(THEIRS)
        assert "Molino" not in told(page)

    def test_a_confederation_sees_it_by_body_and_what_is_eliminated(self, cast: Cast, owed):
        above = make.organization("confe", kind="confederation", name="Confederación")
        other = make.organization("otra", kind="federation", name="Otra Federación")
        for member, body in ((cast.federacion, above), (other, above), (cast.textil.organization, other)):
            make.affiliation(member, body)
        officer = make.officer("Elena", above)

        page = browser(officer, "en").get("/reports/confe/owing/", {"by": "body"})

        rolled = page.context["rolled"]
        assert (rolled.between, set(rolled.inside)) == ({}, {cast.federacion.pk})
        assert "is owed inside a body, and eliminated above." in told(page)
        ((_name, inside, address),) = page.context["inside"]
        behind = browser(officer, "en").get(address)
        assert sum(claim.held for claim, _moves in behind.context["debts"]) == inside.amount
        assert page.context["all"].amount == inside.amount

    def test_asks_no_more_of_the_database_for_more_debts(self, cast: Cast):
        counts = []
        for _more in range(2):
            agreement = accepted(cast)
            bags(agreement, cast)
            with CaptureQueriesContext(connection) as queries:
                browser(cast.silvia).get(THEIRS)
            counts.append(len(queries))
        assert counts[0] == counts[1]
