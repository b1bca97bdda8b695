"""The harness of the benchmarks runs, and knows a candidate that is not there. Nothing is said of speed."""

import json
import uuid

import pytest

from tests.benchmarks import kernel
from tests.benchmarks.outcome import Goal, spread
from tests.benchmarks.rounds import Measured, Series
from tests.benchmarks.world import World, new_key

TINY = ["--rounds", "1", "--seconds", "0.02", "--books", "6", "--rows", "2", "--no-peers"]


class TestKernel:
    def test_measures_every_candidate_and_writes_what_it_found(self, tmp_path, capsys):
        report = tmp_path / "report.json"

        status = kernel.main(["--only", "sqlite", *TINY, "--json", str(report)])

        (scenario,) = json.loads(report.read_text())["scenarios"]
        (done,) = scenario["rounds"]
        assert status == 0
        assert {name for name, measured in done.items() if measured["units"]} == {"Trama", "bare SQLite"}
        assert not any(measured["failed"] for measured in done.values())
        assert "| SQLite, one durable event | ≥ 0.5 × bare SQLite |" in capsys.readouterr().out

    def test_says_that_an_engine_was_not_asked_for(self, capsys):
        status = kernel.main(["--only", "post", *TINY, "--engine", "sqlite"])

        assert status == 1
        assert "`post`: not measured: postgresql is not asked for" in capsys.readouterr().out

    def test_refuses_a_scenario_it_does_not_know(self, capsys):
        with pytest.raises(SystemExit):
            kernel.main(["--only", "dance"])

        assert "there is no scenario dance; there are post, clients" in capsys.readouterr().err


def measured(rate: float) -> Measured:
    return Measured(rate=rate, client_cpu=0, server_cpu=0, units=1, failed=0, errors=[])


class TestGoal:
    def test_is_met_by_the_median_of_ratios_inside_a_round(self):
        series = Series([{"a": measured(9), "b": measured(3)}, {"a": measured(1), "b": measured(1)}])

        goal = Goal.times("speed", series, "a", "b", at_least=2)

        assert goal.is_met
        assert spread(goal.got) == "2.00 × [1.00 .. 3.00]"

    def test_says_that_a_candidate_was_not_measured(self):
        goal = Goal.times("speed", Series([{"a": measured(9)}]), "a", "b", at_least=2)

        assert goal.verdict == "not measured"


class TestWorld:
    def test_balances_each_deal_in_both_books(self):
        deal = next(World().deals(client=0))

        (_, receivable), (_, income), (_, stock), (_, payable) = deal.postings

        assert receivable + income == stock + payable == receivable + payable == 0

    def test_uses_a_thousand_accounts(self):
        assert len(World().accounts) == 1_000

    def test_makes_keys_in_the_order_of_time(self):
        key = new_key()

        assert key.version == 7
        assert key.variant == uuid.RFC_4122
