"""The harness of the matching benchmark runs, and no sure match is wrong. Nothing is said of speed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import matching


def test_measures_every_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = tmp_path / "report.json"

    status = matching.main(
        ["--lines", "500", "--facts", "3000", "--rounds", "1", "--worker", "0", "--json", str(report)]
    )

    answers = [each["rounds"][0] for each in json.loads(report.read_text())]
    assert status == 0
    assert [each["sure wrong"] for each in answers] == [0] * len(matching.SETTINGS)
    assert all(each["found"]["split"][2] for each in answers)
    assert "| a year of ten, with papers | put together |" in capsys.readouterr().out
