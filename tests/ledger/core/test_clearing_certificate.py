"""What the checkers say of rounds that were tampered with: the one in Trama, and the program of its own.

Both must name what is wrong. Where they do not, what they were shown has to be a valid proof of the same result.
"""

import importlib.util
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger.core import clearing_file
from ledger.core.clearing import clear
from ledger.core.clearing_certificate import problems
from ledger.core.clearing_rings import rings
from ledger.core.clearing_round import LENT, Claim, Cleared, Lending, Round
from tests.benchmarks.claims import network
from tests.clearings import CIRCLE, best, best_with, greedy, round_of

PROGRAM = Path(__file__).resolve().parents[3] / "docs" / "verify_round.py"
_spec = importlib.util.spec_from_file_location("verify_round", PROGRAM)
verify_round: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verify_round)

CORRUPTED = 300

Corruption = Callable[[random.Random, Round], Cleared]


def changed(numbers: dict[str, int], name: str, by: int) -> dict[str, int]:
    return {**numbers, name: numbers.get(name, 0) + by}


def a_cent_more(chance: random.Random, done: Round) -> Cleared:
    claim = chance.choice(list(done.claims))
    return replace(done.cleared, cancelled=changed(done.cleared.cancelled, claim.id, 1))


def a_cent_less(chance: random.Random, done: Round) -> Cleared:
    return replace(
        done.cleared, cancelled=changed(done.cleared.cancelled, chance.choice(list(done.cleared.cancelled)), -1)
    )


def a_circle_left_out(chance: random.Random, done: Round) -> Cleared:
    cancelled = dict(done.cleared.cancelled)
    ring = chance.choice(rings(done.claims, cancelled, limit=len(done.claims)))
    for claim in ring.claims:
        cancelled[claim.id] -= ring.amount
    return replace(done.cleared, cancelled={claim: amount for claim, amount in cancelled.items() if amount})


def circles_as_they_come(chance: random.Random, done: Round) -> Cleared:
    """What remains has no circle either, and yet more could be had."""
    claims = list(done.claims)
    chance.shuffle(claims)
    return replace(done.cleared, cancelled=greedy(claims))


def another_height(chance: random.Random, done: Round) -> Cleared:
    name = chance.choice(list(done.cleared.heights))
    return replace(done.cleared, heights=changed(done.cleared.heights, name, chance.choice([-2, -1, 1, 2])))


def another_order(chance: random.Random, done: Round) -> Cleared:
    name = chance.choice(list(done.cleared.order))
    oldest, lots = done.cleared.order[name]
    pair = (oldest + chance.choice([-9, 9]), lots) if chance.random() < 0.5 else (oldest, lots + 1 - 2**31)
    return replace(done.cleared, order={**done.cleared.order, name: pair})


def another_seed(chance: random.Random, done: Round) -> Cleared:
    return replace(done.cleared, seed=f"{chance.random()}")


def a_cent_more_lent(chance: random.Random, done: Round) -> Cleared:
    name = chance.choice([row.id for row in done.lending.rows()])
    return replace(done.cleared, lent=changed(done.cleared.lent, name, chance.choice([-1, 1])))


def a_cent_lent_and_taken_for_nothing(chance: random.Random, done: Round) -> Cleared:
    """Balanced: somebody pays in and takes out again, so that more is lent than needs to be."""
    name = chance.choice(sorted(done.lending.pays.keys() & done.lending.takes.keys()))
    lent = done.cleared.lent
    for row in (f"+pays {name}", f"+takes {name}", LENT):
        lent = changed(lent, row, 1)
    return replace(done.cleared, lent=lent)


def nothing_lent(chance: random.Random, done: Round) -> Cleared:
    """The best there is without it, and yet more could be had."""
    alone = clear(done.claims, seed=done.cleared.seed)
    return replace(done.cleared, cancelled=alone.cancelled, lent={})


CORRUPTIONS_OF_LENT: list[Corruption] = [
    a_cent_more_lent,
    a_cent_lent_and_taken_for_nothing,
    nothing_lent,
]

CORRUPTIONS: list[Corruption] = [
    a_cent_more,
    a_cent_less,
    a_circle_left_out,
    circles_as_they_come,
    another_height,
    another_order,
    another_seed,
]


def drawn_from(text: str) -> random.Random:
    return random.Random(text)  # noqa: S311  # the same in each run


@pytest.fixture(scope="module")
def rounds() -> list[Round]:
    drawn = [network(300, cooperatives=40, downstream=0.5, seed=seed) for seed in range(5)]
    return [round_of(claims, clear(claims, seed="acta 12")) for claims in drawn]


@pytest.fixture(scope="module")
def lent_rounds() -> list[Round]:
    """Every second one pays in credit, every third one takes it, and there is less of it than would help."""
    found = []
    for seed in range(5):
        claims = network(300, cooperatives=40, downstream=0.9, seed=seed)
        names = sorted({name for claim in claims for name in (claim.debtor, claim.creditor)})
        room = sum(claim.amount for claim in claims) // len(names)
        lending = Lending(
            most=5 * room, pays=dict.fromkeys(names[::2], room), takes=dict.fromkeys(names[::3], room // 2)
        )
        found.append(round_of(claims, clear(claims, seed="acta 12", lending=lending), lending))
    return found


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.__name__)
def test_a_corrupted_round_is_caught_or_is_still_a_proof(corruption: Corruption, rounds: list[Round]):
    are_caught(corruption, rounds, times=-(-CORRUPTED // len(CORRUPTIONS)))


@pytest.mark.parametrize(
    "corruption",
    # Its circles go through what is lent, and are not of claims alone.
    [each for each in CORRUPTIONS if each is not a_circle_left_out] + CORRUPTIONS_OF_LENT,
    ids=lambda corruption: corruption.__name__,
)
def test_so_is_one_into_which_was_lent(corruption: Corruption, lent_rounds: list[Round]):
    are_caught(corruption, lent_rounds, times=-(-CORRUPTED // 9))


def are_caught(corruption: Corruption, rounds: list[Round], *, times: int) -> None:
    chance = drawn_from(corruption.__name__)
    caught = 0
    for number in range(times):
        right = rounds[number % len(rounds)]
        done = replace(right, cleared=corruption(chance, right))

        is_caught = bool(problems(done))

        assert is_caught == bool(verify_round.wrong(clearing_file.written(done)))
        # What passes is the one result, proven in another way.
        assert is_caught or (done.cleared.cancelled, done.cleared.lent) == (right.cleared.cancelled, right.cleared.lent)
        caught += is_caught
    assert caught


def test_the_right_ones_cancel_what_an_independent_program_finds(rounds: list[Round]):
    for done in rounds:
        most, oldest = best(done.claims, then=[claim.age for claim in done.claims])

        assert done.cleared.total == most
        assert sum(claim.age * done.cleared.cancelled.get(claim.id, 0) for claim in done.claims) == oldest


def test_what_was_done_to_the_amounts_is_always_caught(rounds: list[Round]):
    for corruption in (a_cent_more, a_cent_less, a_circle_left_out, circles_as_they_come):
        for done in rounds:
            assert problems(replace(done, cleared=corruption(drawn_from("again"), done))), corruption.__name__


def test_the_right_ones_with_something_lent_do_so_too(lent_rounds: list[Round]):
    for done in lent_rounds:
        assert problems(done) == []
        assert verify_round.wrong(clearing_file.written(done)) == []
        assert (done.cleared.total, done.cleared.lent[LENT]) == best_with(done.claims, done.lending)
        assert done.cleared.total > clear(done.claims, seed="s").total


def test_what_was_done_to_what_is_lent_is_always_caught(lent_rounds: list[Round]):
    for corruption in CORRUPTIONS_OF_LENT:
        for done in lent_rounds:
            assert problems(replace(done, cleared=corruption(drawn_from("again"), done))), corruption.__name__


def told(**changes: Any) -> list[tuple[str, str, int, int]]:
    done = round_of(CIRCLE, clear(CIRCLE, seed="s"))
    claims = changes.pop("claims", CIRCLE)
    found = problems(replace(done, claims=claims, cleared=replace(done.cleared, **changes)))
    return [(problem.kind, problem.of, problem.had, problem.whole) for problem in found]


class TestSaysExactlyWhat:
    def test_nothing_of_a_right_one(self):
        assert told() == []

    def test_who_would_not_stand_as_before(self):
        assert told(cancelled={"1": 450_000, "2": 450_000}) == [
            ("unbalanced", "A", 450_000, 0),
            ("unbalanced", "C", 0, 450_000),
        ]

    def test_a_claim_that_is_cancelled_beyond_its_amount(self):
        assert ("beyond", "3", 450_001, 450_000) in told(cancelled=dict.fromkeys("123", 450_001))

    def test_a_claim_that_is_not_of_this_round(self):
        assert told(cancelled={**dict.fromkeys("123", 450_000), "4": 1}) == [("unknown", "4", 0, 0)]

    def test_a_claim_that_stands_twice(self):
        assert ("twice", "1", 0, 0) in told(claims=[*CIRCLE, CIRCLE[0]])

    @pytest.mark.parametrize("claim", [Claim("9", "A", "A", 1, 0), Claim("9", "A", "B", 0, 0)])
    def test_a_claim_that_is_none(self, claim: Claim):
        assert told(claims=[*CIRCLE, claim]) == [("unfit", "9", 0, 0)]

    def test_whose_height_is_missing(self):
        assert told(heights={"A": 0, "B": 1}) == [("no_height", "C", 0, 0)]

    def test_that_more_could_be_had(self):
        assert told(cancelled={}) == [("most", "3", 0, 450_000)]

    def test_that_an_older_one_stayed_behind(self):
        claims = [Claim("back", "B", "A", 10, 1), Claim("new", "A", "B", 10, 5), Claim("old", "A", "B", 7, 60)]
        cleared = replace(clear(claims, seed="s"), cancelled={"back": 10, "new": 10})

        assert [each.kind for each in problems(round_of(claims, cleared))] == ["oldest"]

    def test_that_the_seed_was_not_followed(self):
        claims = [Claim("back", "B", "A", 10, 1), Claim("x", "A", "B", 10, 5), Claim("y", "A", "B", 10, 5)]
        cleared = clear(claims, seed="s")
        (other,) = {"x", "y"} - cleared.cancelled.keys()

        assert [
            each.kind for each in problems(round_of(claims, replace(cleared, cancelled={"back": 10, other: 10})))
        ] == ["lots"]


class TestProgram:
    """`docs/verify_round.py`."""

    def said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, str]:
        file = tmp_path / "round.json"
        file.write_text(text, encoding="utf-8")
        return verify_round.main([str(file)]), capsys.readouterr().out.removeprefix(f"{file}: ").rstrip()

    def text(self, **changes: Any) -> str:
        parts = json.loads(clearing_file.written(round_of(CIRCLE, clear(CIRCLE, seed="s"))))
        return json.dumps(parts | changes)

    def test_says_balanced_and_optimal(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
        assert self.said(tmp_path, capsys, self.text()) == (0, "balanced, optimal")

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"cancelled": {"1": 1}}, "A would lose or gain 1"),
            (
                {"cancelled": {}},
                "not proven to cancel the most: claim 3, 0 cancelled of 450000, is against the heights",
            ),
            ({"cancelled": {"1": 450_000.0}}, "not all numbers are whole"),
            ({"cancelled": {"1": True}}, "not all numbers are whole"),
            ({"cancelled": {"7": 1}}, "cancelled, but not a claim of the round: 7"),
            ({"heights": {}}, "no height is told of A"),
            ({"unit": "USD"}, "the claims are not those of which the hash was taken"),
            ({"claims": []}, "the claims are not those of which the hash was taken"),
            ({"order": []}, "not readable as a round"),
            ({"claims": 3}, "not readable as a round"),
            ({"cancelled": None}, "not readable as a round"),
        ],
    )
    def test_says_what_is_wrong(
        self, changes: dict[str, Any], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ):
        status, said = self.said(tmp_path, capsys, self.text(**changes))

        assert status == 1
        assert sentence in said

    @pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"a": 1, "a": 2}'])
    def test_says_that_it_is_no_round(self, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
        status, said = self.said(tmp_path, capsys, text)

        assert status == 1
        assert said.startswith("not readable as a round: ")
