"""What was exported comes in again, whole and alike, or not at all."""

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings

from ledger.actions import facts, imports, journal, seals, verification, years
from ledger.actions.imports import DatabaseIsNotEmpty, FileCannotBeImported
from ledger.core import archive as core
from ledger.models import Account, AccountBalance, Book, Claim, CreditLimit, Entry, Event, Posting, Seal, Unit
from ledger.queries import archive
from ledger.queries.scope import Scope
from network.models import Organization, User
from tests import ledgers, make
from tests.cast import Cast
from tests.ledgers import Ledger

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)

Content = list[tuple[str, Any]]


def exported(scope: Scope = Scope()) -> bytes:  # noqa: B008  # a scope never changes
    return b"".join(archive.lines(scope))


def load(content: bytes) -> imports.Imported:
    return imports.load(file=io.BytesIO(content), clock=timezone.now)


def elsewhere(make_books: Callable[[], object]) -> bytes:
    """Return the export of books that another installation has, and leave this one empty."""
    with transaction.atomic():
        make_books()
        connection.check_constraints()
        content = exported()
        transaction.set_rollback(True)
    return content


def barters() -> None:
    """Some of everything: a debt in flour, a closed account, a closed month, seals and a signature."""
    cast = Cast.assemble()
    make.delivery(cast.grafica, cast.molino)
    journal.post(
        key=make.uuid.uuid4(),
        fact=facts.Fact(kind="manual", happened_on=make.DAY, memo="Ñandú\n=1+1"),
        lines=[
            facts.Line(account=make.account(cast.textil, "1102"), amount=5),
            facts.Line(account=make.account(cast.textil, "4101"), amount=-5),
        ],
        on=make.DAY + dt.timedelta(days=1),
        by=cast.carla,
        confirmed_by=cast.ana,
    )
    Account.objects.filter(book=cast.textil, number="1102").update(is_closed=True)
    years.close_period(book=cast.molino, through=make.DAY, on=make.DAY + dt.timedelta(days=9), by=cast.mario)
    seals.seal(at=AT)
    seals.sign_head(by=cast.federacion, at=AT, note="Acta 12")
    make.sale(cast.grafica, on=make.DAY + dt.timedelta(days=2))


class TestLoad:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=ledgers.STEPS)
    @example(steps=ledgers.EVERYTHING)
    def test_brings_any_ledger_in_as_it_was(self, db: None, steps):
        content = elsewhere(lambda: Ledger.play(steps))

        with transaction.atomic():
            load(content)
            assert exported() == content
            transaction.set_rollback(True)

    def test_brings_everything_in_and_the_books_go_on(self):
        content = elsewhere(barters)

        done = load(content)

        assert exported() == content
        assert (done.events, done.height, done.hash) == (3, 1, Seal.objects.get().hash)
        assert not verification.verify(full=True, clock=timezone.now).problems
        make.sale(Book.objects.get(organization__code="grafica"), on=make.DAY + dt.timedelta(days=3))
        make.claim(*Book.objects.filter(organization__code__in=["grafica", "molino"]))
        make.book("nueva")
        connection.check_constraints()
        assert Entry.objects.filter(book__organization__code="grafica").count() == 3

    def test_brings_people_in_as_numbers_who_cannot_log_in(self):
        content = elsewhere(barters)

        load(content)

        event = Event.objects.get(recorded_by__isnull=False)
        assert not User.objects.filter(is_active=True).exists()
        assert not event.recorded_by.has_usable_password()
        assert event.recorded_by.name == ""
        assert event.recorded_by.email == f"{event.recorded_by_id}@imported.invalid"
        assert b"Carla" not in content
        assert b"example.org" not in content

    def test_lets_a_limit_that_was_lowered_since_not_stop_what_was_right_then(self):
        def credit() -> None:
            ledger = Ledger()
            ledger.pay(ledger.books, 500, 0)
            account = ledger.position(ledger.books[0])
            CreditLimit.objects.create(
                account=account, amount=1, resolution="Acta 9", decided_on=make.DAY, recorded_by=ledger.person
            )

        content = elsewhere(credit)
        load(content)

        assert exported() == content
        assert CreditLimit.objects.order_by("pk").last().amount == 1

    def test_tells_how_far_it_is(self, monkeypatch: pytest.MonkeyPatch):
        content = elsewhere(barters)
        monkeypatch.setattr(imports, "TELL", 100)
        told: list[tuple[int, int]] = []

        imports.load(
            file=io.BytesIO(content), clock=timezone.now, progress=lambda at, events: told.append((at, events))
        )

        assert told == sorted(told)
        assert told[-1] == (len(content), 3)
        assert len(told) > 2

    def test_refuses_a_database_that_holds_anything(self):
        content = elsewhere(barters)
        make.organization("verdadera")

        with pytest.raises(DatabaseIsNotEmpty):
            load(content)


def rewritten(content: bytes, change: Callable[[Content], Content | None]) -> bytes:
    """Return an archive that somebody changed who knows how checks are made."""
    header, *rest = [(record.kind, record.content) for record in core.read(io.BytesIO(content))]
    changed = change(rest)
    return b"".join(core.write(header[1], rest if changed is None else changed))


def of(content: Content, kind: str, at: int = 0) -> dict[str, Any]:
    found: list[dict[str, Any]] = [value for name, value in content if name == kind]
    return found[at]


def is_empty() -> bool:
    return not any(
        table.objects.exists() for table in (Organization, User, Book, Account, Event, Posting, Claim, AccountBalance)
    )


def refusal(content: bytes) -> str:
    with pytest.raises(FileCannotBeImported) as refused, transaction.atomic():
        load(content)
    assert is_empty()
    assert Unit.objects.count() == 12
    return str(refused.value)


class TestDamage:
    """Bytes that were lost or changed; `tests/ledger/core/test_archive.py` looks at every byte of a line."""

    def test_is_named_with_its_line(self):
        content = elsewhere(barters)
        lines = content.splitlines(keepends=True)
        event = next(at for at, line in enumerate(lines) if line.startswith(b'{"event"'))

        changed = [*lines[:event], lines[event].replace(b"10000", b"20000"), *lines[event + 1 :]]
        doubled = [*lines[: event + 1], *lines[event:]]
        assert refusal(b"".join(changed)) == (
            f"No se importó nada. Línea {event + 1}: La línea no está como se escribió, o no está donde se escribió."
        )
        assert refusal(b"".join(doubled)).startswith(f"No se importó nada. Línea {event + 2}: ")
        assert "se termina acá" in refusal(b"".join(lines[:-1]))
        assert "se cortó o se dañó" in refusal(content[: len(content) // 2])
        assert "Línea 1: El archivo está vacío" in refusal(b"")
        assert "Línea 1: Esto no es una línea de JSON" in refusal(b"\x89PNG\r\n\x1a\n" * 1000)
        assert "versión 9" in refusal(content.replace(b'"version":1}', b'"version":9}', 1))
        assert "sigue después" in refusal(content + b"{}\n")


class TestForgery:
    """Files with right checks whose content is wrong: the rules, the balances and the seals find it."""

    @pytest.mark.parametrize(
        ("kind", "at", "field", "value", "sentence"),
        [
            ("account", 3, "number", None, "El campo “number” no puede ser None"),
            ("account", 3, "number", 1101, "El campo “number” no puede ser 1101"),
            ("account", 3, "book", "1", "El campo “book” no puede ser 1"),
            ("account", 3, "book", 10**15, "nombra 1000000000000000"),
            ("account", 3, "is_closed", 0, "El campo “is_closed” no puede ser 0"),
            ("account", 3, "nature", "wealth", "account_nature_known"),
            ("book", 1, "opened_on", "ayer", "El campo “opened_on” no puede ser ayer"),
            ("organization", 0, "name", "x" * 121, "El campo “name” no puede ser xxx"),
            ("organization", 1, "code", "grafica", "Las reglas del libro no lo aceptan"),
            ("unit", 0, "scale", 3, "La unidad ARS es otra"),
            ("unit", 0, "id", 77, "La unidad ARS es otra"),
            ("claim", 0, "debtor", 10**15, "nombra 1000000000000000"),
            ("event", 0, "recorded_at", "2026-05-04", "El campo “recorded_at” no puede ser"),
            ("event", 0, "key", "x", "El campo “key” no puede ser x"),
            ("event", 0, "recorded_by", 10**15, "nombra 1000000000000000"),
            ("event", 0, "postings", [[1, 2]], "El campo “postings” no puede ser"),
            ("event", 0, "postings", 5, "El campo “postings” no puede ser 5"),
            ("event", 0, "entries", [], "En el libro diario esto sería"),
            ("event", 1, "memo", "Otra cosa", "Los sellos no coinciden: bloque 1, hecho"),
            ("mark", 0, "salt", "0" * 32, "Los sellos no coinciden: bloque 1"),
            ("seal", 0, "events", 7, "Los sellos no coinciden: bloque 1"),
            ("balance", 0, "amount", 1, "dan un saldo de"),
            ("claim_balance", 0, "amount", 1, "dan un saldo de"),
            ("closing", 0, "through", "", "El campo “through” no puede ser"),
            ("witness", 0, "hash", "0" * 64, "Los sellos no coinciden"),
        ],
    )
    def test_of_a_field_is_found(self, kind: str, at: int, field: str, value: Any, sentence: str):
        def change(content: Content) -> None:
            of(content, kind, at)[field] = value

        said = refusal(rewritten(elsewhere(barters), change))

        assert said.startswith("No se importó nada. Línea ")
        assert sentence in said

    def test_of_amounts_is_found(self):
        content = elsewhere(barters)

        def one_side(found: Content) -> None:
            of(found, "event", 1)["postings"][0][2] += 1

        def one_book(found: Content) -> None:
            for at in (0, 2):
                of(found, "event")["postings"][at][2] *= 2

        def both_sides(found: Content) -> None:
            lines = of(found, "event", 2)["postings"]
            lines[0][2] += 1
            lines[1][2] -= 1

        def huge(found: Content) -> None:
            of(found, "event")["postings"][0][2] = 2**63

        def nothing(found: Content) -> None:
            of(found, "event")["postings"] = []

        assert "El asiento no cierra" in refusal(rewritten(content, one_side))
        assert "Lo que a una cooperativa le deben no es" in refusal(rewritten(content, one_book))
        # After the last seal only the balances know.
        assert "dan un saldo de" in refusal(rewritten(content, both_sides))
        # SQLite looks at once; PostgreSQL when the transaction ends, and by then the numbers were compared.
        refused = ("Las reglas del libro no lo aceptan", "En el libro diario esto sería []")
        said = refusal(rewritten(content, nothing))
        assert any(sentence in said for sentence in refused)
        assert "no puede ser" in refusal(rewritten(content, huge))

    def test_of_records_is_found(self):
        content = elsewhere(barters)

        def without(kind: str) -> Callable[[Content], Content]:
            return lambda found: [each for each in found if each[0] != kind]

        def twice(kind: str) -> Callable[[Content], Content]:
            return lambda found: [each for one in found for each in ([one, one] if one[0] == kind else [one])]

        assert "nombra" in refusal(rewritten(content, without("account")))
        assert "nombra" in refusal(rewritten(content, without("person")))
        assert "Los sellos no coinciden" in refusal(rewritten(content, without("mark")))
        for kind in ("person", "unit", "organization", "book", "account", "claim", "event", "closing", "seal", "mark"):
            assert "El archivo ya tiene" in refusal(rewritten(content, twice(kind))), kind
        assert "registros del tipo “gift”" in refusal(rewritten(content, lambda found: [("gift", {}), *found]))
        assert "Esto no es un registro" in refusal(rewritten(content, lambda found: [("book", 5), *found]))
        assert "Falta el campo “id”" in refusal(rewritten(content, lambda found: [("book", {}), *found]))
        assert "Nadie conoce el campo “name”" in refusal(
            rewritten(content, lambda found: [("person", {"id": 1, "name": "Ana"}), *found])
        )

    def test_of_what_an_export_is_of_is_found(self):
        content = elsewhere(barters)
        lines = content.splitlines(keepends=True)
        header = json.loads(lines[0])["trama"] | {"book": "molino"}
        rest = [(record.kind, record.content) for record in core.read(io.BytesIO(content))][1:]

        assert "Solo se puede importar una exportación de todos los libros" in refusal(
            b"".join(core.write(header, rest))
        )
