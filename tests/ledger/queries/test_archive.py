"""Records stand in the order in which they can be written again."""

import io
import itertools
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import archive as core
from ledger.models import Entry
from ledger.queries import archive, records
from tests import make
from tests.ledger.actions import test_imports as imports


def event(number: int, *entries: tuple[int, int, int]) -> dict[str, Any]:
    return {"id": number, "entries": [list(entry) for entry in entries]}


def last(events: list[dict[str, Any]]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for book, year, number in sorted(entry for each in events for entry in each["entries"]):
        found.setdefault(book, {})[year] = number
    return found


class TestInOrder:
    def test_lets_the_slower_transaction_wait_for_its_number(self):
        events = [event(1, (1, 2026, 2)), event(2, (1, 2026, 1), (2, 2026, 1)), event(3, (2, 2026, 2))]

        assert [each["id"] for each in archive.in_order(events, last(events))] == [2, 1, 3]

    def test_lets_a_new_year_wait_for_the_end_of_the_old_one(self):
        events = [event(1, (1, 2025, 1)), event(2, (1, 2026, 1)), event(3, (1, 2025, 2))]

        assert [each["id"] for each in archive.in_order(events, last(events))] == [1, 3, 2]

    def test_tells_all_of_a_journal_that_has_a_gap(self):
        events = [event(1, (1, 2026, 2)), event(2, (1, 2026, 3))]

        assert [each["id"] for each in archive.in_order(events, last(events))] == [1, 2]

    @given(st.lists(st.sets(st.integers(1, 4), min_size=1), max_size=20), st.randoms(use_true_random=False))
    def test_finds_the_order_whatever_the_ids_are(self, books: list[set[int]], random):
        numbers = {book: itertools.count(1) for book in range(1, 5)}
        written = [[(book, 2026, next(numbers[book])) for book in sorted(each)] for each in books]
        ids = list(range(1, len(books) + 1))
        random.shuffle(ids)
        events = [event(number, *entries) for number, entries in zip(ids, written, strict=True)]

        in_order = archive.in_order(sorted(events, key=lambda each: each["id"]), last(events))

        found = [entry for each in in_order for entry in each["entries"]]
        for book in numbers:
            of_book = [number for of, _year, number in found if of == book]
            assert of_book == sorted(of_book)
        assert len(found) == sum(map(len, written))


@pytest.mark.django_db
class TestLines:
    def test_of_numbers_that_crossed_come_in_where_they_may(self):
        """On PostgreSQL event 1 may stand behind event 2 in a journal; SQLite keeps them in the order of their ids."""

        def two() -> None:
            book = make.book("grafica")
            make.sale(book, 1_00)
            make.sale(book, 2_00)

        content = imports.elsewhere(two)
        header, *rest = [(record.kind, record.content) for record in core.read(io.BytesIO(content))]
        first, second = [value for kind, value in rest if kind == "event"]
        first["id"], second["id"] = second["id"], first["id"]
        crossed = b"".join(core.write(header[1], rest))

        if connection.vendor == "sqlite":
            assert "se escribieron al mismo tiempo en PostgreSQL" in imports.refusal(crossed)
        else:
            imports.load(crossed)
            assert imports.exported() == crossed
            assert list(Entry.objects.order_by("number").values_list("event", flat=True)) == [first["id"], second["id"]]

    def test_of_before_the_network_left_argentina_are_read(self):
        written = dict.fromkeys(records.ORGANIZATION.fields, "") | {"id": 1, "is_fictional": False}
        del written["country"]

        assert records.ORGANIZATION.values(written)[-1] == "AR"

    def test_carry_every_field_of_what_they_are_of(self):
        """A field that is added to a table must be exported too, or left out on purpose."""
        left_out = {
            "person": {"*"},
            # An archive is of books; how to reach somebody stands in the register's own file.
            "organization": {"legal_form", "address", "bank_key", "email", "phone", "website", "is_public"},
            "balance": {"last_event", "day", "is_limited"},
            "claim_balance": {"last_event"},
            # Resolutions stand in the register's book of them, which an archive does not hold.
            "unit": {"decided_in"},
            "limit": {"decided_in"},
        }
        for kind in records.KINDS.values():
            ignored = left_out.get(kind.name, set())
            there = {field.name for field in kind.model._meta.concrete_fields}
            assert "*" in ignored or there - ignored == set(kind.fields), kind.name
