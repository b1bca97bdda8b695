"""What a form shows of a number is read back as the same number, in either language."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ledger.models import Unit
from ledger.web.fields import NumberField, editable, minor
from tests.ledger.web.browser import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@given(whole=st.integers(1, 2**62 - 1), scale=st.integers(0, 4), kind=st.sampled_from(["money", "mass"]))
def test_what_is_shown_to_be_edited_is_read_as_it_was(language: str, whole: int, scale: int, kind: str):
    unit = Unit(code="X", kind=kind, scale=scale)

    with translation.override(language):
        assert minor(NumberField().clean(editable(whole, unit)), unit) == whole
