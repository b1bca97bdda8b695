"""The open-factory report on paper: PDF/A-3a and PDF/UA-1, the same bytes after later gifts, nobody named."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import pytest

from ledger.models import Event
from reports.actions.kinds import KINDS
from reports.queries.given import Given
from reports.queries.open_factory import OpenFactory
from tests.cast import Cast
from tests.opened import YEAR, Neighborhood
from tests.reports.actions.test_books import inside, pages_of
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
KIND = KINDS["open-factory"]


def told(cast: Cast, *, cutoff: int | None = None) -> OpenFactory:
    last = Event.objects.order_by("pk").last()
    event = cutoff if cutoff is not None else (last.pk if last else 0)
    found: OpenFactory = KIND.figures(book=cast.grafica, starts_on=YEAR[0], ends_on=YEAR[1], cutoff_event=event)
    return found


def printed(figures: OpenFactory, path: Path, *, language: str = "en") -> Path:
    path.write_bytes(KIND.compose(figures, language=language))
    return path


def text_of(path: Path) -> str:
    return " ".join(" ".join(pages_of(path)).split())


def many(figures: OpenFactory, times: int) -> OpenFactory:
    """Return the same with as many rows more, each activity again and again."""
    return dataclasses.replace(figures, given=Given(deeds=figures.given.deeds * times))


class TestConformance:
    @pytest.mark.timeout(400)
    def test_passes_empty_small_typical_and_large_in_both_languages(self, cast, tmp_path):
        """Empty, a month, a year of it, and above what is printed."""
        empty = told(cast)
        neighborhood = Neighborhood(cast)
        neighborhood.april()
        small = told(cast)
        neighborhood.gifts()
        neighborhood.by_hand()
        neighborhood.events()
        typical = many(told(cast), 12)
        sizes = {"empty": empty, "small": small, "typical": typical, "large": many(typical, 20)}
        for language in ("es-ar", "en"):
            for name, figures in sizes.items():
                printed(figures, tmp_path / f"{name}-{language}.pdf", language=language)
        paths = sorted(tmp_path.glob("*.pdf"))

        verdicts = judge(paths)

        assert {name: verdict["failed"] for name, verdict in verdicts.items() if verdict["failed"]} == {}
        assert len(verdicts) == 2 * len(paths) == 16


class TestPaper:
    def test_says_each_measure_and_never_adds_people_to_visits(self, cast, tmp_path):
        Neighborhood(cast).everything()

        text = text_of(printed(told(cast), tmp_path / "x.pdf"))

        assert "Gráfica gave the community 5 activities in this period." in text
        assert "Its rooms were open 17 times, 204 room hours in all. Visits: 1,190." in text
        assert "It taught others for 16 hours. People who learned: 5." in text
        assert "1,195" not in text
        assert "It bore $ 427,200.00 for it" in text

    def test_tells_few_people_as_few_everywhere(self, cast, tmp_path):
        neighborhood = Neighborhood(cast)
        neighborhood.april(sessions=1, people=[3])
        neighborhood.gifts()
        path = printed(told(cast), tmp_path / "x.pdf")

        text = text_of(path)
        rows = list(csv.DictReader(io.StringIO(inside(path, "activities.csv").decode(), newline="")))

        assert "Visits: fewer than 5." in text
        assert [row["visits"] for row in rows] == ["few", "", "", ""]
        assert [row["workers"] for row in rows] == ["", "", "few", "few"]
        assert [row["learners"] for row in rows] == ["", "", "", "5"]

    def test_names_nobody_whose_name_was_written_by_hand(self, cast, tmp_path):
        Neighborhood(cast).by_hand("Familia Gómez")
        path = printed(told(cast), tmp_path / "x.pdf")

        assert "Gómez" not in text_of(path)
        assert b"G\xc3\xb3mez" not in inside(path, "activities.csv") + inside(path, "open-factory.json")
        assert "to somebody outside the register" in text_of(path)
        assert "by its receipt (Recibo 118)" in text_of(path)

    def test_tells_sponsorship_apart_and_in_no_sum(self, cast, tmp_path):
        Neighborhood(cast).events()
        path = printed(told(cast), tmp_path / "x.pdf")

        text = text_of(path)
        data = json.loads(inside(path, "open-factory.json"))
        rows = list(csv.DictReader(io.StringIO(inside(path, "activities.csv").decode(), newline="")))

        assert "Gráfica gave the community one activity in this period." in text
        assert "People came to its events. Visits: 300." in text
        assert "It bore $ 50,000.00 for it" in text
        assert "Sponsorship with a commercial return" in text
        assert "80,000.00" in text.partition("Sponsorship with a commercial return")[2]
        assert "80,000.00" not in text.partition("Sponsorship with a commercial return")[0]
        assert (data["given"]["cost"], data["with_commercial_return"]["cost"]) == ("50000.00", "80000.00")
        assert data["given"]["visits_counted"]["people"] == 300
        assert [(row["what"], row["visits"], row["visits_are"], row["commercial_return"]) for row in rows] == [
            ("Festival", "300", "counted", "no"),
            ("Camisetas", "90", "estimated", "yes"),
        ]

    def test_carries_what_it_says(self, cast, tmp_path):
        Neighborhood(cast).everything()
        path = printed(told(cast), tmp_path / "x.pdf")

        data = json.loads(inside(path, "open-factory.json"))
        rows = list(csv.DictReader(io.StringIO(inside(path, "activities.csv").decode(), newline="")))

        assert data["given"]["cost"] == "427200.00"
        assert data["given"]["visits"] == {"people": 1190, "counts_below": 0, "below": 5}
        assert sum(float(row["cost"] or 0) for row in rows) == 427_200
        assert sum(int(row["visits"] or 0) for row in rows) == 1190

    def test_gives_the_same_bytes_also_after_more_was_given(self, cast, tmp_path):
        neighborhood = Neighborhood(cast)
        neighborhood.april()
        cutoff = Event.objects.latest("pk").pk
        before = printed(told(cast), tmp_path / "before.pdf").read_bytes()
        neighborhood.gifts()

        assert printed(told(cast, cutoff=cutoff), tmp_path / "after.pdf").read_bytes() == before

    def test_escapes_what_people_write(self, cast, tmp_path):
        neighborhood = Neighborhood(cast)
        neighborhood.april()
        figures = told(cast)
        deed = dataclasses.replace(
            figures.given.deeds[0], what='<img src="file:///etc/passwd"> & "x', partner="<b>B</b>"
        )
        nasty = dataclasses.replace(figures, given=Given(deeds=(deed,)))

        text = text_of(printed(nasty, tmp_path / "x.pdf"))

        assert '<img src="file:///etc/passwd"> & "x' in text
        assert "<b>B</b>" in text
