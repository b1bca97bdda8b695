"""The file of a clearing round: the same text for the same round, and nothing believed that it says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import clearing_file
from ledger.core.clearing import clear
from ledger.core.clearing_file import RoundAltered, RoundUnreadable
from ledger.core.clearing_round import Claim, Lending
from tests.clearings import CIRCLE, drawn_claims, drawn_lendings, round_of

LENDING = Lending(most=900, pays={"A": 5}, takes={"B": 7})
TEXT = clearing_file.written(round_of(CIRCLE, clear(CIRCLE, seed="acta 12")))


@given(claims=drawn_claims())
def test_what_was_written_is_read(claims: list[Claim]):
    done = round_of(sorted(claims), clear(claims, seed="s"))

    assert clearing_file.read(clearing_file.written(done)) == done


@given(claims=drawn_claims(), data=st.data())
def test_what_was_lent_is_read(claims: list[Claim], data: st.DataObject):
    lending = data.draw(drawn_lendings(claims))
    done = round_of(sorted(claims), clear(claims, seed="s", lending=lending), lending)

    assert clearing_file.read(clearing_file.written(done)) == done


def test_what_was_lent_is_part_of_what_went_in():
    text = clearing_file.written(round_of(CIRCLE, clear(CIRCLE, seed="s", lending=LENDING), LENDING))
    assert "trama clearing round 2" in text
    assert '"most": 900' in text

    with pytest.raises(RoundAltered):
        clearing_file.read(text.replace('"most": 900', '"most": 901'))
    with pytest.raises(RoundUnreadable, match="form"):
        clearing_file.read(text.replace("round 2", "round 1"))
    with pytest.raises(RoundUnreadable, match="lending"):
        clearing_file.read(text.replace('"most": 900', '"most": true'))


def test_the_order_of_the_claims_makes_no_difference():
    turned = CIRCLE[::-1]

    assert clearing_file.written(round_of(turned, clear(turned, seed="acta 12"))) == TEXT


def test_a_round_without_claims_is_a_round():
    done = round_of([], clear([], seed="s"))

    assert clearing_file.read(clearing_file.written(done)) == done


def test_a_line_of_the_file_is_a_claim():
    assert '["1", "A", "B", 500000, 30],\n' in TEXT


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("form", "trama clearing round 2"),
        ("unit", 5),
        ("seed", None),
        ("seed", "\ud800"),
        ("cut_off", "yesterday"),
        ("cut_off", 20260504),
        ("claims", {}),
        ("claims", [["1", "A", "B", 1]]),
        ("claims", [["1", "A", "B", 1.0, 0]]),
        ("claims", [["1", "A", "B", True, 0]]),
        ("claims", [["1", ["A"], "B", 1, 0]]),
        ("cancelled", []),
        ("cancelled", {"1": 1.5}),
        ("heights", {"A": "1"}),
        ("order", []),
        ("order", {"A": 1}),
        ("order", {"A": [1]}),
        ("order", {"A": [1, False]}),
    ],
)
def test_a_part_that_is_no_such_thing_is_named(part: str, value: Any):
    with pytest.raises(RoundUnreadable, match=part):
        clearing_file.read(json.dumps(json.loads(TEXT) | {part: value}))


@pytest.mark.parametrize("text", ["", "3", "[]", "{}", "[" * 100_000, TEXT[:-4], '{"a": 1, "a": 2}', "9" * 5_000])
def test_what_is_no_round_is_refused(text: str):
    with pytest.raises(RoundUnreadable):
        clearing_file.read(text)


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(RoundUnreadable):
        clearing_file.read(TEXT.replace('"A": 0', '"A": 0, "A": 0'))


@pytest.mark.parametrize(
    ("old", "new"), [("500000, 30", "500000, 31"), ('"ARS"', '"USD"'), ("2026-05-04", "2026-05-05")]
)
def test_other_inputs_have_another_hash(old: str, new: str):
    assert old in TEXT

    with pytest.raises(RoundAltered):
        clearing_file.read(TEXT.replace(old, new))
