"""Bringing a register: the dry run writes nothing, rows are repaired or left out, the same file twice is as once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from network.actions import details as entries
from network.actions import organizations, register
from network.actions.uploads import FileCannotBeRead
from network.models import Organization, RegisterUpload, RegisterUploadRow, WorkerCount
from network.models.uploads import RowState
from network.queries import register as register_read
from network.queries.details import details_of
from network.queries.uploads import counts
from tests.cast import Cast
from tests.network.register import AT, CBU, ON, file, operator, row

pytestmark = pytest.mark.django_db

VIDRIERA = row(
    "Vidriera Unida", sector="vidrio", province="Buenos Aires", tax_id="30-99900006-8", national_number="25310",
    workers="34", counted_on="31/08/2025", counted_by="INAES",
)  # fmt: skip


def bring(*rows: dict[str, str], **given: bool | str) -> RegisterUpload:
    olga = operator(f"Olga{RegisterUpload.objects.count()}")
    return register.upload(content=file(*rows, **given), file_name="registro.csv", by=olga, on=ON, at=AT)


def load(kept: RegisterUpload) -> int:
    return register.load(upload=kept, by=kept.uploaded_by, on=ON, at=AT)


def problems(kept: RegisterUpload) -> list[dict[str, str]]:
    return [each.problems for each in kept.rows.order_by("number")]


def standing(kept: RegisterUpload) -> dict[str, int]:
    return {state: number for state, number in counts(kept.rows.all()).items() if number}


class TestUpload:
    @pytest.mark.parametrize("given", [{}, {"separator": ","}, {"english": True}])
    def test_says_how_rows_stand_and_writes_nothing(self, given: dict[str, Any]):
        kept = bring(VIDRIERA, row("Sin tipo", kind=""), **given)

        assert standing(kept) == {"ready": 1, "wrong": 1}
        assert not Organization.objects.exists()

    def test_says_what_may_not_become_another_kind(self, cast: Cast):
        (problem,) = problems(bring(row("Gráfica", code="grafica", kind="federación")))

        assert problem == {"kind": "kind_stays"}

    def test_is_for_operators(self, cast: Cast):
        with pytest.raises(entries.RegisterIsKeptByOperators):
            register.upload(content=file(VIDRIERA), file_name="x", by=cast.ana, on=ON, at=AT)

    @pytest.mark.parametrize("content", [b"", b"\x00", b"nombre;tipo\n", b"nombre;localidad\nx;y\n"])
    def test_refuses_what_is_no_register(self, content: bytes):
        with pytest.raises(FileCannotBeRead):
            register.upload(content=content, file_name="x", by=operator(), on=ON, at=AT)

    @pytest.mark.parametrize(
        ("cells", "column", "problem"),
        [
            ({"tax_id": "30999000069"}, "tax_id", "wrong_cuit"),
            ({"province": "La Paz"}, "province", "unknown_province"),
            ({"country": "Uruguay"}, "country", "unknown_country"),
            ({"activity": "comedor"}, "activity", "not_for_this_kind"),
            ({"email": "no"}, "email", "not_an_email"),
            ({"code": "grafica", "tax_id": "30999000025"}, "tax_id", "tax_id_of_another"),
            ({"name": "Gráfica", "tax_id": "30999000068"}, "code", "name_of_another"),
            ({"workers": "3", "counted_on": "2027-01-01", "counted_by": "x"}, "counted_on", "in_the_future"),
        ],
    )
    def test_tells_what_is_wrong(self, cast: Cast, cells: dict[str, Any], column: str, problem: str):
        kept = bring(row("Nueva") | cells)

        assert problems(kept)[0][column] == problem
        assert register_read.shown(kept.rows.all())[0].problems

    def test_tells_two_rows_of_one_organization(self):
        kept = bring(VIDRIERA, row("Vidriera de Lanús", tax_id="30999000068"), row("Vidriera Unida"))

        assert problems(kept) == [{}, {"code": "twice_in_file"}, {"code": "twice_in_file"}]


class TestLoad:
    def test_writes_what_is_ready(self):
        kept = bring(VIDRIERA, row("Mal", tax_id="1"))

        assert load(kept) == 1

        made = Organization.objects.get()
        assert (made.code, made.sector, made.province) == ("vidriera-unida", "glass", "B")
        assert details_of(made).national_number == "25310"
        assert made.worker_counts.get().workers == 34
        assert standing(kept) == {"loaded": 1, "wrong": 1}

    def test_of_the_same_file_twice_is_as_once(self):
        load(bring(VIDRIERA, row("Sin CUIT")))
        again = bring(VIDRIERA, row("Sin CUIT"))

        assert standing(again) == {"already_there": 2}
        assert load(again) == 0
        assert Organization.objects.count() == 2
        assert WorkerCount.objects.count() == 1

    def test_finds_one_by_code_then_by_cuit_and_leaves_what_is_not_told(self, cast: Cast):
        Organization.objects.filter(code="grafica").update(bank_key=CBU, is_public=True)

        load(bring(row("Gráfica Barracas", code="grafica", city="Lanús"), row("Molino Grande", tax_id="30999000025")))

        grafica, molino = (Organization.objects.get(code=code) for code in ("grafica", "molino"))
        assert (grafica.name, grafica.city, grafica.tax_id) == ("Gráfica Barracas", "Lanús", "30999000017")
        assert (grafica.bank_key, grafica.is_public) == (CBU, True)
        assert molino.name == "Molino Grande"
        assert set(grafica.changes.get().fields) == {"name", "city"}

    def test_refuses_another_number_of_the_same_count(self):
        load(bring(VIDRIERA))

        assert problems(bring(VIDRIERA | {"workers": "35"})) == [{"workers": "counted_otherwise"}]

    def test_looks_once_more_at_what_changed_since(self, cast: Cast):
        kept = bring(VIDRIERA)
        organizations.register(code="antes", name="Antes", kind="federation", tax_id="30999000068")

        assert load(kept) == 1
        assert Organization.objects.get(code="antes").name == "Vidriera Unida"
        assert not Organization.objects.filter(code="vidriera-unida").exists()

    def test_costs_few_statements_for_what_is_already_there(self, django_assert_max_num_queries):
        rows = [row(f"Cooperativa {number}") for number in range(30)]
        load(bring(*rows))
        again = bring(*rows)

        with django_assert_max_num_queries(10):
            load(again)


class TestRepair:
    def test_puts_a_row_right_and_leaves_another_out(self):
        kept = bring(row("Mal", tax_id="1"), row("Peor", kind="club"))
        first, second = kept.rows.order_by("number")

        register.repair(
            upload=kept, cells={first.number: {"tax_id": "30-99900006-8"}, second.number: {}},
            left_out=[second.number], by=kept.uploaded_by, on=ON,
        )  # fmt: skip

        assert standing(kept) == {"ready": 1, "skipped": 1}
        assert load(kept) == 1

    def test_does_not_touch_what_was_loaded(self):
        kept = bring(VIDRIERA)
        load(kept)

        register.repair(upload=kept, cells={2: {"name": "Otra"}}, left_out=[], by=kept.uploaded_by, on=ON)

        assert kept.rows.get().cells["name"] == "Vidriera Unida"
        assert kept.rows.get().state == RowState.LOADED

    def test_is_for_operators(self, cast: Cast):
        kept = bring(VIDRIERA)
        with pytest.raises(entries.RegisterIsKeptByOperators):
            register.repair(upload=kept, cells={}, left_out=[], by=cast.ana, on=ON)
        with pytest.raises(entries.RegisterIsKeptByOperators):
            register.load(upload=kept, by=cast.ana, on=ON, at=AT)


class TestExport:
    def test_comes_back_without_a_change(self, cast: Cast):
        load(bring(VIDRIERA, row("Junta", kind="junta vecinal", country="BO", province="La Paz", households="420")))
        organizations.register(code="red", name="+Red", kind="sector_network", national_number="12")

        again = register.upload(
            content="".join(register_read.lines()).encode(), file_name="x", by=operator("Ema"), on=ON, at=AT
        )

        assert standing(again) == {"already_there": Organization.objects.count()}

    def test_holds_no_cbu(self, cast: Cast):
        Organization.objects.filter(code="grafica").update(bank_key=CBU)

        assert CBU not in "".join(register_read.lines())

    def test_asks_the_database_as_often_for_many_as_for_few(self, cast: Cast, django_assert_num_queries):
        load(bring(*(row(f"Cooperativa {number}") for number in range(20))))

        with django_assert_num_queries(1):
            list(register_read.lines())


class TestTheDatabase:
    @pytest.mark.parametrize("fields", [{"state": "perdida"}, {"state": "loaded"}])
    def test_stops_a_row_that_says_what_is_not_so(self, fields: dict[str, Any]):
        bring(VIDRIERA)

        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterUploadRow.objects.update(**fields)
