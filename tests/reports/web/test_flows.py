"""Who gives what to whom, page by page: of a cooperative, of a federation's members, of bodies; the entries behind."""

import html
import re

import pytest
from django.utils import timezone

from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.ledger.web.test_pages import count

pytestmark = pytest.mark.django_db
OURS, THEIRS = "/reports/grafica/flows/", "/reports/federacion/flows/"


def told(page) -> str:
    """Return what a page says, without its marks."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def given(cast: Cast) -> Cast:
    """The print shop gives the mill goods today, the mill it less, and the textile shop, of no federation, the mill."""
    today = timezone.localdate()
    make.delivery(cast.grafica, cast.molino, 100_00, on=today)
    make.delivery(cast.grafica, cast.molino, 20_00, on=today)
    make.delivery(cast.molino, cast.grafica, 30_00, on=today)
    make.delivery(cast.textil, cast.molino, 7_00, on=today)
    return cast


class TestOfACooperative:
    def test_says_what_it_gave_and_received(self, given: Cast):
        page = browser(given.beto, "en").get(OURS)

        assert "What Gráfica gave, and what it received." in told(page)
        rows = [(row.giver, row.kind, row.receiver, row.amount, row.count) for row in page.context["rows"]]
        assert rows == [("Gráfica", "Barter", "Molino", 120_00, 2), ("Molino", "Barter", "Gráfica", 30_00, 1)]
        assert page.content.decode().count("<svg") == 2

    def test_leads_from_a_figure_to_its_entries(self, given: Cast):
        beto = browser(given.beto, "en")
        behind = beto.get(beto.get(OURS).context["rows"][0].address)

        assert "Gráfica gives Molino" in told(behind)
        entries = re.findall(r"/coop/grafica/journal/\d+/\d+/", behind.content.decode())
        assert len(entries) == 2
        assert all(beto.get(each).status_code == 200 for each in entries)

    def test_another_period_has_nothing_and_a_bad_question_is_answered(self, given: Cast):
        beto = browser(given.beto, "en")
        assert "Nothing of this was given in" in told(beto.get(OURS, {"period": str(timezone.localdate().year - 1)}))
        assert beto.get(OURS, {"period": "x", "unit": "9" * 30, "page": "x"}).status_code == 200

    def test_is_for_whoever_may_read_the_book(self, given: Cast):
        assert browser(given.carla).get(OURS).status_code == 404
        mill, shop = given.molino.organization.pk, given.textil.organization.pk
        assert browser(given.carla).get(f"{OURS}{mill}/barter/{mill}/").status_code == 404
        # What two others gave each other is not in one's own.
        assert not browser(given.beto).get(f"{OURS}{shop}/barter/{mill}/").context["rows"]
        assert browser(given.beto).get(f"{OURS}{mill}/nothing/{mill}/").status_code == 404
        assert browser(given.beto).get(f"{OURS}999999/barter/{mill}/").status_code == 404


class TestOfAFederation:
    def test_sees_what_all_below_it_gave_and_what_others_gave_them(self, given: Cast):
        page = browser(given.silvia, "en").get(THEIRS)

        assert "What those who belong to Federación gave one another" in told(page)
        assert [row.amount for row in page.context["rows"]] == [120_00, 30_00, 7_00]
        behind = browser(given.silvia, "en").get(page.context["rows"][0].address)
        entry = re.findall(r"/coop/\w+/journal/\d+/\d+/", behind.content.decode())[0]
        assert browser(given.silvia).get(entry).status_code == 200

    def test_whoever_holds_no_office_there_sees_no_members_flows(self, given: Cast):
        ordinary = make.member("Rita", given.federacion)
        assert "Molino" not in told(browser(ordinary, "en").get(THEIRS))

    def test_a_confederation_sees_by_body_what_is_eliminated(self, given: Cast):
        above = make.organization("confe", kind="confederation", name="Confederación")
        make.affiliation(given.federacion, above)
        head = make.officer("Elena", above)
        page = browser(head, "en").get("/reports/confe/flows/", {"by": "body"})

        assert page.context["rolled"].inside_all == 150_00
        assert page.context["rolled"].between_all == 7_00
        [(name, amount, address)] = page.context["inside"]
        assert (name, amount) == ("Federación", 150_00)
        behind = browser(head, "en").get(address)
        assert "Given inside Federación" in told(behind)
        assert len(behind.context["rows"]) == 3

    def test_costs_as_many_questions_for_many_exchanges_as_for_few(self, given: Cast):
        silvia = browser(given.silvia)
        silvia.get(THEIRS)
        few = count(silvia, THEIRS)
        for _n in range(5):
            make.delivery(given.molino, given.grafica, 1_00, on=timezone.localdate())
        assert count(silvia, THEIRS) == few


class TestInShort:
    @pytest.mark.parametrize("what", ["flows", "owing"])
    def test_a_picture_by_itself_for_the_home_of_a_body(self, given: Cast, what: str):
        picture = browser(given.silvia, "en").get(f"/reports/federacion/{what}/picture/")

        assert picture["Content-Type"].startswith("image/svg+xml")
        assert "private" in picture["Cache-Control"]
        assert "Molino" in picture.content.decode()

    @pytest.mark.parametrize("what", ["flows", "owing"])
    def test_costs_as_many_questions_for_many_as_for_few(self, given: Cast, what: str):
        silvia = browser(given.silvia)
        few = count(silvia, f"/reports/federacion/{what}/picture/")
        for _n in range(3):
            make.delivery(given.molino, given.grafica, 1_00, on=timezone.localdate())
        assert count(silvia, f"/reports/federacion/{what}/picture/") <= few

    @pytest.mark.parametrize(("what", "says"), [("flows", "Nothing was given yet."), ("owing", "Nothing is owed.")])
    def test_says_so_where_there_is_nothing(self, cast: Cast, what: str, says: str):
        assert says in browser(cast.silvia, "en").get(f"/reports/federacion/{what}/picture/").content.decode()
