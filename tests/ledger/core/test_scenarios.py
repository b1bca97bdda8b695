"""Reading scenarios: what is misspelt is named with what was meant and its line; nothing is a float or a surprise."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.actions.play import SENTENCES, VOCABULARY, WITHOUT_GUESS
from ledger.core import scenarios
from ledger.core.scenarios import Problem, ScenarioIsUnreadable, Step, told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, PEG, RATE, Kept, Measured, many, one_of, rows, within
from tests.platform.house_rules import ROOT


@dataclass(frozen=True, kw_only=True)
class Bag:
    """One row."""

    color: str = told(one_of("red", "blue"), "Its color.")
    weight: Decimal | None = told(NUMBER, "Its weight.", default=None)


@dataclass(frozen=True, kw_only=True)
class Carry(Step):
    """Carry bags."""

    verb = "carry"
    subject = "whose"
    whose: str = told(NAME, "Whose.")
    bags: tuple[Bag, ...] = told(rows(Bag), "Which.", default=())
    to: tuple[str, ...] = told(many(NAME), "Where to.", key="into", default=())
    due: dt.date | None = told(DAY, "Until when.", default=None)
    goods: Measured | None = told(GOODS, "What is in it.", default=None)
    peg: Kept | None = told(PEG, "Of what.", default=None)
    rate: int | None = told(RATE, "Per cent.", default=None)
    times: int | None = told(within(1, 12), "How often.", default=None)


@dataclass(frozen=True, kw_only=True)
class SingLoud(Step):
    """Sing."""

    verb = "sing: loud"


@dataclass(frozen=True, kw_only=True)
class SingSoftly(Step):
    """Sing."""

    verb = "sing: softly"


STEPS: dict[str, type[Step]] = {each.verb: each for each in (Carry, SingLoud, SingSoftly)}


def read(*steps: str) -> list[Step]:
    """Read steps that are written in one line each."""
    lines = "\n".join(f"  - {{{step}}}" for step in steps)
    return scenarios.read(f"title: Bags\nsteps:\n{lines}\n", STEPS).steps


def problem_in(text: str) -> tuple[Problem, int, dict[str, str]]:
    with pytest.raises(ScenarioIsUnreadable) as found:
        scenarios.read(text, STEPS)
    return found.value.problem, found.value.line, found.value.values


def problem(*steps: str) -> tuple[Problem, int, dict[str, str]]:
    lines = "\n".join(f"  - {{{step}}}" for step in steps)
    return problem_in(f"title: Bags\nsteps:\n{lines}\n")


class TestRead:
    def test_returns_typed_steps_with_their_lines(self):
        (first, second) = read(
            "carry: Ana, on: 2026-05-04, bags: [{color: red, weight: 1.10}, {color: blue}], into: [a, b]",
            "sing: softly, on: 2026-05-05",
        )

        assert first == Carry(
            line=3,
            number=1,
            on=dt.date(2026, 5, 4),
            whose="Ana",
            bags=(Bag(color="red", weight=Decimal("1.10")), Bag(color="blue")),
            to=("a", "b"),
        )
        assert isinstance(second, SingSoftly)
        assert (second.line, second.number) == (4, 2)

    def test_lets_one_stand_without_its_list(self):
        (step,) = read("carry: Ana, on: 2026-05-04, bags: {color: red}, into: a")

        assert isinstance(step, Carry)
        assert (step.bags, step.to) == ((Bag(color="red"),), ("a",))

    def test_takes_the_day_of_the_step_before(self):
        assert [step.on.day for step in read("sing: loud, on: 2026-05-04", "sing: loud")] == [4, 4]

    def test_keeps_words_and_numbers_as_they_are_written(self):
        (step,) = read("carry: no, on: 2026-05-04, goods: 0.10 KG harina 000, peg: ARS, rate: 10.5, times: 7")

        assert isinstance(step, Carry)
        assert step.whose == "no"
        assert step.goods == Measured(Decimal("0.10"), "KG", "harina 000")
        assert (step.peg, step.rate, step.times) == (Kept("ARS"), 1050, 7)


class TestReadSaysWhatWasMeant:
    def test_of_a_misspelt_step(self):
        assert problem("sing: loud, on: 2026-05-04", "carrry: Ana") == (
            Problem.UNKNOWN_STEP,
            4,
            {"word": "carrry", "meant": "carry"},
        )

    def test_of_a_misspelt_kind(self):
        assert problem("sing: loudly, on: 2026-05-04")[2] == {"word": "sing: loudly", "meant": "sing: loud"}
        assert problem("sign: loud, on: 2026-05-04")[2]["meant"] == "sing: loud"

    def test_of_a_misspelt_field(self):
        found, line, values = problem("carry: Ana, on: 2026-05-04, bugs: []")

        assert (found, line) == (Problem.UNKNOWN_FIELD, 3)
        assert (values["word"], values["meant"]) == ("bugs", "bags")

    def test_of_a_misspelt_field_in_a_row(self):
        found, _line, values = problem("carry: Ana, on: 2026-05-04, bags: [{colour: red}]")

        assert (found, values["word"], values["meant"]) == (Problem.UNKNOWN_FIELD, "colour", "color")

    def test_nothing_where_nothing_is_like_it(self):
        assert problem("zzz: 1, on: 2026-05-04")[2]["meant"] == ""


class TestReadRefuses:
    @pytest.mark.parametrize(
        ("step", "expected"),
        [
            ("carry: Ana", Problem.NO_DAY_YET),
            ("on: 2026-05-04, bags: []", Problem.UNKNOWN_STEP),
            ("carry: , on: 2026-05-04", Problem.WRONG_SHAPE),
            ("carry: [a], on: 2026-05-04", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 4-5-2026", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 20260504", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-02-30", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, on: 2026-05-05", Problem.FIELD_TWICE),
            ("carry: Ana, on: 2026-05-04, bags: [red]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, bags: [{weight: 1}]", Problem.FIELD_MISSING),
            ("carry: Ana, on: 2026-05-04, bags: [{color: green}]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, bags: [{color: red, weight: '1,5'}]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, bags: [{color: red, weight: 1e3}]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, bags: [{color: red, weight: .inf}]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, bags: [{color: red, weight: ٣}]", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, goods: 5 KG", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, goods: 0 KG harina", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, goods: KG 5 harina", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, rate: 101", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, rate: 10.555", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, times: 7.5", Problem.WRONG_SHAPE),
            ("carry: Ana, on: 2026-05-04, times: 13", Problem.WRONG_SHAPE),
            (f"carry: {'Ana' * 30}, on: 2026-05-04", Problem.WRONG_SHAPE),
            ("? [a] : b", Problem.NOT_A_STEP),
        ],
    )
    def test_what_is_not_as_it_should_be(self, step: str, expected: Problem):
        assert problem(step)[:2] == (expected, 3)

    def test_a_day_that_goes_back(self):
        assert problem("sing: loud, on: 2026-05-04", "sing: loud, on: 2026-05-03") == (
            Problem.DAY_GOES_BACK,
            4,
            {"day": "2026-05-03", "before": "2026-05-04"},
        )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", Problem.NOT_A_SCENARIO),
            ("- a", Problem.NOT_A_SCENARIO),
            ("title: a", Problem.NOT_A_SCENARIO),
            ("title: a\nsteps: []", Problem.NOT_A_SCENARIO),
            ("title: ''\nsteps: [{sing: loud, on: 2026-05-04}]", Problem.NOT_A_SCENARIO),
            ("title: a\nsteps: [a]", Problem.NOT_A_STEP),
            ("title: a\nstpes: []", Problem.UNKNOWN_FIELD),
            ("title: a\nsteps: [", Problem.NOT_YAML),
            ("title: \x01", Problem.NOT_YAML),
            ("title: a\n\tsteps: a", Problem.NOT_YAML),
            ("a: &x [*x]", Problem.REFERENCE),
            ("title: &a b\nsteps: [*a]", Problem.REFERENCE),
            ("[" * 5_000, Problem.REFERENCE),
            ("--- a\n--- b", Problem.NOT_YAML),
        ],
    )
    def test_what_is_no_scenario(self, text: str, expected: Problem):
        assert problem_in(text)[0] == expected

    @given(text=st.text() | st.text(alphabet="{}[]:-,&*!|>'\"%@`? \nab1"))
    @example("!!python/object:os.system [a]")
    @example("%TAG ! tag:\n--- !x a")
    def test_any_text_with_a_sentence_and_nothing_else(self, text: str):
        with pytest.raises(ScenarioIsUnreadable) as found:
            scenarios.read(text, STEPS)

        assert str((WITHOUT_GUESS | SENTENCES)[found.value.problem]) % found.value.values

    @given(data=st.data())
    def test_a_story_with_a_hole_in_it_or_reads_it(self, data: st.DataObject):
        text = (ROOT / "docs" / "stories" / "what-is-refused.yaml").read_text(encoding="utf-8")
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        filled = data.draw(st.sampled_from(["", " ", "\n", "- ", "{", "x", "0"]))

        def sentence() -> str:
            try:
                return scenarios.read(text[:start] + filled + text[end:], VOCABULARY).title
            except ScenarioIsUnreadable as problem:
                sentences = SENTENCES if problem.values.get("meant") else SENTENCES | WITHOUT_GUESS
                return str(sentences[problem.problem]) % problem.values

        assert sentence()
