"""Notes and coins: what was counted comes to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.cash import NOTES, PIECES_MAX, NotANote, total

PIECES = st.dictionaries(st.sampled_from(NOTES["ARS"]), st.integers(0, 10_000))


def test_notes_and_coins():
    assert total({20_000: 3, 500: 2, 100: 0}, rest=37_50, unit="ARS", scale=2) == 61_037_50


@given(pieces=PIECES, more=PIECES, rest=st.integers(0, 10**9))
def test_two_boxes_come_to_their_sum(pieces, more, rest):
    both = {note: pieces.get(note, 0) + more.get(note, 0) for note in {*pieces, *more}}
    told = {"unit": "ARS", "scale": 2}

    assert total(both, rest=rest, **told) == total(pieces, rest=rest, **told) + total(more, rest=0, **told)


@pytest.mark.parametrize(
    ("pieces", "rest", "unit"),
    [
        ({300: 1}, 0, "ARS"),
        ({100: -1}, 0, "ARS"),
        ({100: PIECES_MAX + 1}, 0, "ARS"),
        ({}, -1, "ARS"),
        ({100: 1}, 0, "MIA"),
    ],
)
def test_there_is_no_such_note_or_number(pieces, rest, unit):
    with pytest.raises(NotANote):
        total(pieces, rest=rest, unit=unit, scale=2)
