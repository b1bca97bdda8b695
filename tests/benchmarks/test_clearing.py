"""The harness of the clearing benchmark runs, and both candidates find the same. Nothing is said of speed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import clearing
from tests.benchmarks.claims import network
from tests.benchmarks.document import END, put


def test_measures_both_on_the_same_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = tmp_path / "report.json"

    status = clearing.main(["--claims", "300", "--rounds", "1", "--json", str(report)])

    dense, sparse = json.loads(report.read_text())
    assert status == 0
    assert (dense["family"], sparse["family"]) == ("dense", "sparse")
    for graph in (dense, sparse):
        assert graph["rounds"]["Trama"][0]["total"] == graph["rounds"]["networkx"][0]["total"] > 0
    assert "| 300 among 30 | dense |" in capsys.readouterr().out


def test_tells_that_candidates_disagree():
    answers = {"Trama": [{"total": 3, "digest": "a"}], "networkx": [{"total": 4, "digest": ""}]}

    assert clearing.Graph(300, "dense", answers).disagreement() == "300 dense: 2 totals, 1 results"


def test_a_goal_is_of_the_largest_memory_and_of_the_usual_time():
    answers = [{"cpu": cpu, "mib": mib} for cpu, mib in [(20, 900), (30, 900), (21, 1_100)]]

    seconds, mib = clearing.Graph(1_000_000, "dense", {"Trama": answers}).goals()

    assert (seconds.is_met, mib.is_met) == (True, False)


def test_the_claims_are_the_same_for_the_same_numbers():
    claims = network(500, cooperatives=50, downstream=0.5)

    assert claims == network(500, cooperatives=50, downstream=0.5)
    assert all(claim.debtor != claim.creditor and claim.amount > 0 for claim in claims)


def test_figures_come_in_place_of_those_of_the_last_run(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"a\n<!-- one -->\n\nold\n\n{END}\nb\n<!-- two -->\n\nkept\n\n{END}\nc\n")

    put("<!-- one -->", "new", document=page)

    assert page.read_text() == f"a\n<!-- one -->\n\nnew\n\n{END}\nb\n<!-- two -->\n\nkept\n\n{END}\nc\n"
