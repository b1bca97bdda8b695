"""What every test may ask for: the cast, and databases that are emptied without breaking the rules of the ledger."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis

from network import rules
from tests import tables
from tests.cast import Cast

# How long an example takes is the machine's affair: speed is measured in benchmarks, and no test is about time.
hypothesis.register_profile("trama", deadline=None)
hypothesis.load_profile("trama")

_empty_the_tables = TransactionTestCase._fixture_teardown


def _empty_the_tables_without_rules(case: TransactionTestCase) -> None:
    # Emptying is deleting, which the journal refuses; the flush ends in post_migrate, which puts the rules back.
    rules.drop()
    _empty_the_tables(case)
    cache.clear()  # a table of no model, where the door counts who knocks how often: the next test would be shut out
    assert not rules.missing()


TransactionTestCase._fixture_teardown = _empty_the_tables_without_rules  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walk through the browser first: the longest tests at the end would leave one processor idle for minutes.

    Not on PostgreSQL, where few journeys are made: it would plan all others by what they commit and empty.
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        items.sort(key=lambda item: item.get_closest_marker("journey") is None)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:  # as pytest-django names it
    """Take the database that is there, where it is a copy made for this process."""
    return django_db_keepdb or tables.are_there_to_copy()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Begin with a copy of the tables, once it is known what the database of this process is called."""
    if tables.are_there_to_copy():
        with django_db_blocker.unblock():
            tables.copy_to_the_tests()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let nobody stay in the database when it is dropped: a thread's session may end a moment after its thread."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT query, pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for query, _ended in cursor.fetchall():
                sys.stderr.write(f"Still in the database at the end: {query[:200]}\n")


@pytest.fixture(autouse=True)
def language_of_the_place() -> Iterator[None]:
    """Begin each test in Spanish: a page asked for in English leaves its language to the thread that served it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Return two cooperatives, their federation, and the people who speak for them."""
    return Cast.assemble()
