"""No check of the database lets a row through because it cannot judge it.

SQL takes a check for kept when a comparison with nothing leaves it neither true nor false: `vat = NULL OR vat >= 0`
holds nothing back. A check that has cases says in each of them what must be there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import CheckConstraint, F, Model, Q

OURS = ("network", "ledger", "reports")
SOME, OTHER = 1, 2


def checks() -> Iterator[tuple[type[Model], CheckConstraint]]:
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            found = (each for each in model._meta.constraints if isinstance(each, CheckConstraint))
            yield from ((model, each) for each in found if has_cases(each.condition))


def has_cases(condition: Any) -> bool:
    """Say whether one of several is enough; what speaks of one column that may be empty is kept when it is."""
    if not isinstance(condition, Q):
        return False
    return condition.connector == Q.OR or any(has_cases(child) for child in condition.children)


def leaves(condition: Q) -> Iterator[Any]:
    for child in condition.children:
        yield from leaves(child) if isinstance(child, Q) else [child]


def samples(model: type[Model], condition: Q) -> dict[str, list[Any]]:
    """Return column → values that a check could meet there: nothing where it may be empty, what it names, another."""
    found: dict[str, set[Any]] = {}
    for name, value in (leaf for leaf in leaves(condition) if isinstance(leaf, tuple)):
        field = model._meta.get_field(name.partition("__")[0])
        fields = [field, model._meta.get_field(value.name)] if isinstance(value, F) else [field]
        for each in fields:
            told = found.setdefault(each.column, {None} if each.null else set())
            told |= set(named(value))
    return {column: list(values) for column, values in found.items()}


def named(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [0, 1]
    if value is None or isinstance(value, F):
        return [SOME, OTHER]
    if isinstance(value, int):
        return [value, value + 1]
    if isinstance(value, str):
        return [str(value), "another"]
    return [each for some in list(value)[:2] for each in named(some)]


@pytest.mark.parametrize(("model", "check"), [pytest.param(*each, id=each[1].name) for each in checks()])
def test_says_yes_or_no_of_every_row(model: type[Model], check: CheckConstraint):
    lite = DatabaseWrapper({"NAME": ":memory:", "OPTIONS": {}})
    told = check._get_check_sql(model, lite.schema_editor(collect_sql=True))
    values = samples(model, check.condition)
    row = ", ".join(f'? AS "{column}"' for column in values)
    asked = f"SELECT 1 FROM (SELECT {row}) WHERE ({told}) IS NULL".replace(f'"{model._meta.db_table}".', "")
    with closing(sqlite3.connect(":memory:")) as memory:
        undecided = [row for row in product(*values.values()) if memory.execute(asked, row).fetchone()]

    assert not undecided, dict(zip(values, undecided[0], strict=True))
