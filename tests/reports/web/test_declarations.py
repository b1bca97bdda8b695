"""The page on which a cooperative declares what only it knows."""

import datetime as dt

import pytest
from django.utils import timezone

from reports.models import Declaration, Report
from tests.cast import Cast
from tests.ledger.web.browser import browser

pytestmark = pytest.mark.django_db
PAGE = "/reports/grafica/declared/"
DAYS = "?starts_on=2023-01-01&ends_on=2023-12-31"


class TestPage:
    def test_leads_from_the_reports_to_a_declaration_and_its_report(self, cast: Cast):
        ana = browser(cast.ana, "en")
        assert PAGE in ana.get("/reports/grafica/").text
        assert "0 of 17 are declared." in ana.get(PAGE).text

        sent = ana.post(PAGE + DAYS, {"training": "120 horas", "draws": "1 : 1,5"})

        assert sent.headers["location"] == PAGE + DAYS
        told = ana.get(PAGE + DAYS)
        assert "2 answers are declared." in told.text
        assert "120 horas" in told.text
        asked = {"kind": "social", "starts_on": "2023-01-01", "ends_on": "2023-12-31", "language": "en"}
        ana.post("/reports/grafica/", asked)
        assert Report.objects.get().last_said == Declaration.objects.latest("pk").pk

    def test_begins_with_the_fiscal_year_that_is_over(self, cast: Cast):
        told = browser(cast.ana, "en").get(PAGE)

        assert told.context["period"]["ends_on"] == dt.date(timezone.localdate().year - 1, 12, 31)

    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast: Cast):
        ana = browser(cast.ana, "en")

        told = ana.post(PAGE + DAYS, {"training": "120 horas", "taxes": "DNI 12.345.678"})

        assert told.status_code == 200
        assert "Count people, and name none." in told.text
        assert "120 horas" in told.text
        assert not Declaration.objects.exists()
        too_long = ana.post(PAGE + DAYS, {"training": "a" * 1001})
        assert too_long.status_code == 200
        assert not Declaration.objects.exists()

    @pytest.mark.parametrize("days", ["?starts_on=ayer&ends_on=hoy", "?starts_on=2023-01-01", "?x=1"])
    def test_days_that_are_none_are_said(self, cast: Cast, days: str):
        ana = browser(cast.ana, "en")

        assert ana.get(PAGE + days).status_code == 200
        assert ana.post(PAGE + days, {"training": "120 horas"}).status_code == 200
        assert not Declaration.objects.exists()

    def test_of_days_that_have_not_come_is_refused(self, cast: Cast):
        told = browser(cast.ana, "en").post(PAGE + "?starts_on=2099-01-01&ends_on=2099-12-31", {"training": "1"})

        assert "Choose a last day that has come." in told.text

    def test_members_read_what_was_declared_and_cannot_declare(self, cast: Cast):
        browser(cast.ana, "en").post(PAGE + DAYS, {"training": "120 horas"})
        beto = browser(cast.beto, "en")

        told = beto.get(PAGE + DAYS)

        assert "120 horas" in told.text
        assert "<textarea" not in told.text
        beto.post(PAGE + DAYS, {"training": "otra cosa"})
        assert Declaration.objects.get().answer == "120 horas"

    def test_asks_the_same_number_of_questions_however_much_was_declared(
        self, cast: Cast, django_assert_max_num_queries
    ):
        ana = browser(cast.ana, "en")
        ana.post(PAGE + DAYS, {"training": "1", "draws": "1", "taxes": "1", "syndic": "1"})

        with django_assert_max_num_queries(16):
            ana.get(PAGE + DAYS)
