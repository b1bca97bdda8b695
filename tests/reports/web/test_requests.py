"""The pages of the reports: ask, watch, take home; an outsider sees none of them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ledger.models import Job
from ledger.models.jobs import JobState
from network.models import User
from reports.actions import files, rendering, requests
from reports.models import Report
from tests.cast import Cast
from tests.reports import exchanges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.LANGUAGE_CODE = "en"


def logged_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def ask(cast: Cast) -> Report:
    exchanges.bags_for_flour(cast)
    return requests.request(
        kind="statement",
        organization=cast.grafica.organization,
        starts_on=exchanges.NOVEMBER[0],
        ends_on=exchanges.NOVEMBER[1],
        language="es-ar",
        by=cast.ana,
        on=timezone.localdate(),
        at=timezone.now(),
    )


def made(cast: Cast) -> Report:
    report = ask(cast)
    assert report.job is not None
    done = rendering.render(job_id=report.job.pk, clock=timezone.now)
    assert done is not None
    return done


def address(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=["grafica", report.pk])


OVERVIEW = "/reports/grafica/"


class TestOverview:
    def test_offers_the_last_whole_month(self, cast):
        page = logged_in(cast.ana).get(OVERVIEW)

        end = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
        assert page.status_code == 200
        assert f'value="{end:%Y-%m-%d}"' in page.text
        assert f'value="{end:%Y-%m-01}"' in page.text

    def test_asks_for_a_statement_and_goes_to_its_page(self, cast):
        page = logged_in(cast.beto).post(
            OVERVIEW,
            {"kind": "statement", "starts_on": "2023-11-01", "ends_on": "2023-11-30", "language": "es-ar"},
        )

        report = Report.objects.get()
        assert page.status_code == 302
        assert page.headers["Location"] == address("detail", report)
        assert report.requested_by == cast.beto

    @pytest.mark.parametrize(
        ("starts_on", "ends_on"),
        [("2023-12-01", "2023-11-30"), ("2023-11-01", "2999-01-01"), ("", ""), ("ayer", "32/13/2023")],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, cast, starts_on, ends_on):
        page = logged_in(cast.ana).post(
            OVERVIEW, {"kind": "journal", "starts_on": starts_on, "ends_on": ends_on, "language": "en"}
        )

        assert page.status_code == 200
        assert "error" in page.text
        assert f'value="{starts_on}"' in page.text or not starts_on
        assert not Report.objects.exists()

    def test_lists_the_reports_with_as_many_queries_for_many_as_for_few(self, cast, django_assert_max_num_queries):
        report = made(cast)
        client = logged_in(cast.ana)
        for day in range(1, 20):
            Report.objects.create(
                kind="statement",
                organization=report.organization,
                language="en",
                starts_on=dt.date(2023, 11, day),
                ends_on=dt.date(2023, 11, 30),
                cutoff_event=report.cutoff_event,
                requested_at=report.requested_at,
            )

        with django_assert_max_num_queries(9):
            page = client.get(OVERVIEW)

        assert page.text.count("<tr>") == 21

    def test_is_not_there_for_an_outsider(self, cast):
        assert logged_in(cast.carla).get(OVERVIEW).status_code == 404
        assert logged_in(cast.carla).post(OVERVIEW, {}).status_code == 404

    def test_is_there_for_the_auditor_of_the_federation(self, cast):
        assert logged_in(cast.silvia).get(OVERVIEW).status_code == 200

    def test_sends_a_stranger_to_the_door(self, cast):
        assert Client().get(OVERVIEW).status_code == 302


class TestDetail:
    def test_looks_again_by_itself_and_by_a_link_while_it_is_made(self, cast):
        report = ask(cast)

        page = logged_in(cast.ana).get(address("detail", report))

        assert f'hx-get="{address("progress", report)}"' in page.text
        assert 'hx-trigger="every 1s"' in page.text
        assert f'href="{address("detail", report)}"' in page.text

    def test_offers_the_file_and_shows_the_chart_when_it_is_made(self, cast):
        report = made(cast)

        page = logged_in(cast.ana).get(address("detail", report))

        assert f'href="{address("download", report)}"' in page.text
        assert "hx-trigger" not in page.text
        assert f'aria-labelledby="report-{report.pk}-title' in page.text
        assert " style=" not in page.text

    def test_says_so_when_it_failed_and_offers_another_try(self, cast):
        report = ask(cast)
        Job.objects.update(state=JobState.FAILED, message="No paper.")

        page = logged_in(cast.ana).get(address("detail", report))

        assert "No paper." in page.text
        assert f'action="{address("again", report)}"' in page.text


class TestProgress:
    def test_goes_on_while_it_is_made(self, cast):
        page = logged_in(cast.ana).get(address("progress", ask(cast)), headers={"hx-request": "true"})

        assert page.status_code == 200
        assert "<html" not in page.text

    def test_stops_when_it_is_made(self, cast):
        page = logged_in(cast.ana).get(address("progress", made(cast)), headers={"hx-request": "true"})

        assert page.status_code == 286
        assert "download" in page.text


class TestDownload:
    def test_gives_the_file_under_a_readable_name(self, cast):
        report = made(cast)

        answer = logged_in(cast.ana).get(address("download", report))

        assert answer.headers["Content-Type"] == "application/pdf"
        assert "statement-grafica-2023-11-01-2023-11-30.pdf" in answer.headers["Content-Disposition"]
        assert b"".join(answer.streaming_content).startswith(b"%PDF")

    def test_goes_back_to_the_page_when_the_file_is_lost(self, cast):
        report = made(cast)
        files.file_of(report).unlink()
        client = logged_in(cast.ana)

        answer = client.get(address("download", report), follow=True)

        assert answer.redirect_chain == [(address("detail", report), 302)]
        assert "It can be made again." in answer.text

    def test_goes_back_to_the_page_while_it_is_made(self, cast):
        report = ask(cast)

        assert logged_in(cast.ana).get(address("download", report)).status_code == 302


class TestAgain:
    def test_tries_again(self, cast):
        report = ask(cast)
        Job.objects.update(state=JobState.FAILED)

        answer = logged_in(cast.ana).post(address("again", report))

        assert answer.headers["Location"] == address("detail", report)
        assert Job.objects.get().state == JobState.QUEUED


class TestOutsider:
    @pytest.mark.parametrize("name", ["detail", "progress", "download"])
    def test_finds_no_page(self, cast, name):
        report = made(cast)

        assert logged_in(cast.carla).get(address(name, report)).status_code == 404
        assert logged_in(cast.mario).get(address(name, report)).status_code == 404

    def test_starts_nothing(self, cast):
        assert logged_in(cast.carla).post(address("again", ask(cast))).status_code == 404

    def test_finds_no_report_under_another_organization(self, cast):
        report = made(cast)

        assert logged_in(cast.mario).get(reverse("reports:detail", args=["molino", report.pk])).status_code == 404
