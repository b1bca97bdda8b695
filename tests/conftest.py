"""What every test may ask for: the cast, and databases that are emptied without breaking the rules of the ledger."""

import pytest
from django.test import TransactionTestCase

from ledger import rules
from tests.cast import Cast

_empty_the_tables = TransactionTestCase._fixture_teardown


def _empty_the_tables_without_rules(case: TransactionTestCase) -> None:
    # Emptying is deleting, which the journal refuses; the flush ends in post_migrate, which puts the rules back.
    rules.drop()
    _empty_the_tables(case)
    assert not rules.missing()


TransactionTestCase._fixture_teardown = _empty_the_tables_without_rules  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Cast:
    """Return two cooperatives, their federation, and the people who speak for them."""
    return Cast.assemble()
