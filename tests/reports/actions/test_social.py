"""The social report: what register and books say of a cooperative, and what they leave to be declared."""

import csv
import datetime as dt
import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from ledger.actions import years
from ledger.models import Event
from network.models import Organization, WorkerCount
from reports.actions import declarations
from reports.actions import social as paper
from reports.actions.kinds import KINDS
from reports.models.declarations import Item
from reports.queries.declarations import last_said
from reports.queries.social import Offices, People, Social, last_event, social
from tests import make
from tests.cast import Cast
from tests.reports import exchanges
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def told(cast: Cast, *, period=exchanges.YEAR) -> Social:
    days = {"starts_on": period[0], "ends_on": period[1]}
    event = last_event(book=cast.grafica, until=period[1])
    said = last_said(organization=cast.grafica.organization, **days)
    return social(book=cast.grafica, **days, cutoff_event=event, last_said=said)


def said(told: Social) -> dict[str, str]:
    with translation.override("en"):
        return {each.what: each.figure.replace(NBSP, " ") for block in paper.blocks(told) for each in block.said}


class TestFigures:
    def test_come_from_the_books_with_their_accounts(self, cast: Cast):
        exchanges.bags_for_flour(cast)
        make.sale(cast.grafica, 50_00, on=dt.date(2023, 12, 1))

        shown = told(cast)

        assert said(shown)["Income from what it sold, worked and bartered, without VAT"] == "$ 1,200,050.00"
        assert said(shown)["VAT on what it sold"] == "$ 252,000.00"
        assert said(shown)["VAT on what it bought"] == "$ 63,000.00"

    def test_count_people_and_offices_of_the_register_and_name_none(self, cast: Cast):
        make.member("Rosa", cast.grafica.organization, starts_on=dt.date(2023, 5, 1))

        shown = told(cast)

        assert shown.members == People(before=2, joined=1, left=0)
        assert shown.offices == Offices(held=1, people=1, elected=0, first_time=0)
        assert not {"Ana", "Beto", "Rosa"} & {word for text in said(shown).values() for word in text.split()}

    def test_say_by_whom_workers_were_counted(self, cast: Cast):
        for day, workers in ((dt.date(2022, 6, 1), 28), (dt.date(2023, 6, 1), 31), (dt.date(2024, 6, 1), 40)):
            WorkerCount.objects.create(
                organization=cast.grafica.organization,
                workers=workers,
                counted_on=day,
                source="Asamblea",
                noted_at=make.NOON,
            )

        shown = told(cast)

        assert (said(shown)["Workers at the start"], said(shown)["Workers at the end"]) == ("28", "31")

    def test_stay_when_the_year_is_closed(self, cast: Cast):
        make.sale(cast.grafica, on=dt.date(2023, 3, 1))
        before = said(told(cast))
        years.close_year(book=cast.grafica, year=2023, resolution="Acta 12", on=make.DAY, by=None)

        assert said(told(cast)) == before

    def test_are_told_anew_with_the_next_entry(self, cast: Cast):
        first = make.sale(cast.grafica, on=dt.date(2023, 3, 1))
        before = last_event(book=cast.grafica, until=exchanges.YEAR[1])
        make.sale(cast.grafica, on=dt.date(2024, 1, 10))

        assert before == first.pk
        assert last_event(book=cast.grafica, until=exchanges.YEAR[1]) == Event.objects.latest("pk").pk
        assert said(told(cast))["Income from what it sold, worked and bartered, without VAT"] == "$ 100.00"


class TestPaper:
    @pytest.mark.timeout(240)
    def test_conforms_empty_typical_and_declared_in_both_languages(self, cast: Cast, tmp_path: Path):
        papers = {"empty": told(cast)}
        exchanges.a_year(cast.grafica)
        papers["typical"] = told(cast)
        declarations.declare(
            organization=cast.grafica.organization,
            starts_on=exchanges.YEAR[0],
            ends_on=exchanges.YEAR[1],
            answers={item.value: "Turno mañana: 120 horas <b> & más\nTurno tarde: 40" for item in Item},
            by=cast.ana,
            on=make.DAY,
            at=make.NOON,
        )
        papers["declared"] = told(cast)
        for name, shown in papers.items():
            for language in ("es-ar", "en"):
                (tmp_path / f"{name}-{language}.pdf").write_bytes(paper.compose(shown, language=language))

        verdicts = judge(sorted(tmp_path.glob("*.pdf")))

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert len(verdicts) == 12

    def test_says_what_is_to_be_declared_and_carries_its_figures(self, cast: Cast, tmp_path: Path):
        Organization.objects.filter(code="grafica").update(name="=Gráfica & <b>")
        cast.grafica.organization.refresh_from_db()
        path = tmp_path / "x.pdf"
        path.write_bytes(paper.compose(told(cast), language="en"))

        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
        with pikepdf.open(path) as document:
            rows = document.attachments["social.csv"].get_file().read_bytes().decode()
            data = json.loads(document.attachments["social.json"].get_file().read_bytes())

        assert "members by gender and age" in " ".join(done.stdout.split())
        assert next(csv.DictReader(io.StringIO(rows, newline="")))["figure"] == "'=Gráfica & <b>"
        assert [block["code"] for block in data["blocks"]][:3] == ["identification", "size", "openness"]
        assert data["blocks"][3]["said"] == []


def test_is_for_cooperatives_alone(cast: Cast):
    school = make.organization("escuela", kind="community_body")

    assert KINDS["social"].fits(cast.grafica.organization)
    assert not KINDS["social"].fits(cast.federacion)
    assert not KINDS["social"].fits(school)
