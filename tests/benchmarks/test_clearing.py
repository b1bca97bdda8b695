"""The harness of the clearing benchmark runs, and both candidates find the same. Nothing is said of speed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import clearing
from tests.benchmarks.booked import Booked
from tests.benchmarks.claims import network
from tests.benchmarks.document import END, put


def test_measures_both_on_the_same_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = tmp_path / "report.json"

    status = clearing.main(["--claims", "300", "--rounds", "1", "--in-books", "0", "--json", str(report)])

    dense, sparse, _in_books = json.loads(report.read_text())
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


def test_a_round_in_the_books_is_measured_from_its_call_to_its_entries():
    steps = {"call": 1.0, "count and solve": 4.0, "check": 1.0, "post": 6.0, "reverse": 5.0}
    rounds = [{"seconds": seconds, "steps": steps, "total": 7, "problems": 0} for seconds in (12.0, 31.0, 13.0)]
    kept = Booked(10_000, rounds)

    (goal,) = kept.goals()

    assert goal.is_met
    assert "2,500" in kept.table()
    assert kept.wrong() == []
    assert Booked(10_000, [*rounds, {**rounds[0], "total": 8}]).wrong()
    assert Booked(10_000, [{**rounds[0], "problems": 1}]).wrong()


def test_the_claims_are_the_same_for_the_same_numbers():
    claims = network(500, cooperatives=50, downstream=0.5)

    assert claims == network(500, cooperatives=50, downstream=0.5)
    assert all(claim.debtor != claim.creditor and claim.amount > 0 for claim in claims)


def test_figures_come_in_place_of_those_of_the_last_run(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"a\n<!-- one -->\n\nold\n\n{END}\nb\n<!-- two -->\n\nkept\n\n{END}\nc\n")

    put("<!-- one -->", "new", document=page)

    assert page.read_text() == f"a\n<!-- one -->\n\nnew\n\n{END}\nb\n<!-- two -->\n\nkept\n\n{END}\nc\n"
