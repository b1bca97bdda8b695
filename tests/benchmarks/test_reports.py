"""The harness of the reports benchmark runs, and the same report is the same bytes. Nothing is said of speed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import reports


def test_measures_a_report_beside_bare_weasyprint(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    figures = tmp_path / "figures.json"

    status = reports.main(
        ["--entries", "4", "--kinds", "trial-balance", "--rounds", "2", "--reports", "0", "--json", str(figures)]
    )

    (found,) = json.loads(figures.read_text())["reports"]
    assert status == 0
    assert len({each["sha256"] for each in found["ours"]}) == 1
    assert all(each["cpu"] > 0 and each["bytes"] > 1_000 for each in [*found["ours"], *found["bare"]])
    assert "| trial-balance, 4 entries: CPU |" in capsys.readouterr().out
