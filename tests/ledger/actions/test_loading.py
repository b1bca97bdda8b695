"""Bringing a spreadsheet: a dry run, repair, loading; nothing twice."""

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import timezone

from ledger.actions import agreements, barter, loading, uploads
from ledger.models import Agreement, Delivery, Entry, LoadedRow, Upload
from network.actions.uploads import FileCannotBeRead
from tests.cast import Cast

ON = dt.date(2026, 10, 1)
HEAD = "permuta;fecha;cooperativa;sentido;cosa;cantidad;unidad;valor;iva;entregado;remito"
GOOD = [
    "Bolsas por harina;18/11/2025;Molino;dimos;Bolsas impresas;60.000;un;1.200.000,00;21;20/11/2025;R 1",
    "Bolsas por harina;18/11/2025;Molino;recibimos;Harina 000;2.000;kg;600.000,00;10,5;27/11/2025;R 2",
    "Bolsas por harina;18/11/2025;Molino;recibimos;Harina 000;2.000;kg;600.000,00;10,5;;",
]


def bring(cast: Cast, rows: list[str], *, by=None) -> Upload:
    content = "\n".join([HEAD, *rows]).encode()
    return uploads.upload(
        organization=cast.grafica.organization,
        content=content,
        file_name="permutas.csv",
        by=by or cast.ana,
        on=ON,
        at=timezone.now(),
    )


def bring_bytes(cast: Cast, content: bytes) -> Upload:
    return uploads.upload(
        organization=cast.grafica.organization,
        content=content,
        file_name="x.csv",
        by=cast.ana,
        on=ON,
        at=timezone.now(),
    )


def load(upload: Upload, cast: Cast) -> None:
    job = loading.start(upload=upload, by=cast.ana, on=ON, at=timezone.now())
    loading.run(job_id=job.pk, clock=timezone.now)
    job.refresh_from_db()
    assert job.state == "done"


def states(upload: Upload) -> list[str]:
    return list(upload.rows.order_by("number").values_list("state", flat=True))


class TestUpload:
    def test_is_a_dry_run(self, cast: Cast):
        upload = bring(cast, GOOD)

        assert states(upload) == ["ready"] * 3
        assert not Agreement.objects.exists()

    def test_says_what_is_wrong_in_which_row(self, cast: Cast):
        upload = bring(cast, [*GOOD, "Otra;18/11/2025;Nadie;dimos;Cosa;1;un;10;;;"])

        wrong = upload.rows.get(number=5)
        assert wrong.state == "wrong"
        assert wrong.problems == {"partner": "unknown_partner"}

    def test_holds_back_the_rows_of_a_barter_of_which_one_is_wrong(self, cast: Cast):
        upload = bring(cast, [GOOD[0], GOOD[1].replace("2.000;kg", "dos mil;kg")])

        assert states(upload) == ["wrong", "wrong"]
        assert upload.rows.get(number=2).problems == {"barter": "another_row"}

    def test_wants_something_from_each_side(self, cast: Cast):
        upload = bring(cast, GOOD[:1])

        assert upload.rows.get().problems == {"barter": "one_sided"}

    @pytest.mark.parametrize("partner", ["molino", "MOLINO", "30-99900002-5", "30999000025"])
    def test_knows_a_partner_by_code_name_and_cuit(self, cast: Cast, partner: str):
        assert states(bring(cast, [row.replace("Molino", partner) for row in GOOD])) == ["ready"] * 3

    def test_refuses_an_outsider(self, cast: Cast):
        with pytest.raises(agreements.NotForYouToDo):
            bring(cast, GOOD, by=cast.carla)

    def test_refuses_what_is_no_spreadsheet(self, cast: Cast):
        with pytest.raises(FileCannotBeRead):
            bring_bytes(cast, b"\x00\x01")


class TestRepair:
    def test_makes_a_wrong_row_ready(self, cast: Cast):
        upload = bring(cast, [GOOD[0], GOOD[1].replace("2.000;kg", "dos mil;kg")])

        uploads.repair(upload=upload, cells={3: {"quantity": "2000"}}, left_out=[], by=cast.ana, on=ON)

        assert states(upload) == ["ready", "ready"]

    def test_leaves_a_row_out(self, cast: Cast):
        upload = bring(cast, [*GOOD, "Otra;18/11/2025;Nadie;dimos;Cosa;1;un;10;;;"])

        uploads.repair(upload=upload, cells={5: {}}, left_out=[5], by=cast.ana, on=ON)

        assert states(upload) == ["ready", "ready", "ready", "skipped"]


class TestLoad:
    def test_makes_one_agreement_with_its_deliveries_waiting(self, cast: Cast):
        load(bring(cast, GOOD), cast)

        agreement = Agreement.objects.get()
        assert agreement.state == "proposed"
        assert agreement.lines.get(thing="Harina 000").quantity == 4_000_000
        assert Delivery.objects.filter(state="logged").count() == 2
        assert not Entry.objects.exists()

    def test_goes_into_the_books_once_both_sides_have_said_so(self, cast: Cast):
        load(bring(cast, GOOD), cast)
        agreement = agreements.sign(
            agreement=Agreement.objects.get(), organization=cast.molino.organization, by=cast.mario, on=ON
        )

        bags, flour = agreement.deliveries.order_by("happened_on")
        barter.confirm(delivery=bags, by=cast.mario, on=ON)
        barter.confirm(delivery=flour, by=cast.ana, on=ON)

        assert [entry.booked_on for entry in Entry.objects.filter(book=cast.molino).order_by("number")] == [
            dt.date(2025, 11, 20),
            dt.date(2025, 11, 27),
        ]

    def test_the_same_file_twice_makes_nothing_twice(self, cast: Cast):
        load(bring(cast, GOOD), cast)

        again = bring(cast, GOOD)

        assert states(again) == ["already_there"] * 3
        with pytest.raises(loading.NothingToLoad):
            loading.start(upload=again, by=cast.ana, on=ON, at=timezone.now())

    def test_two_uploads_loaded_at_the_same_time_make_nothing_twice(self, cast: Cast):
        first, second = bring(cast, GOOD), bring(cast, GOOD)

        load(first, cast)
        load(second, cast)

        assert Agreement.objects.count() == 1
        assert states(second) == ["already_there"] * 3

    def test_equal_rows_of_one_file_are_two_facts(self, cast: Cast):
        half = GOOD[1]
        load(bring(cast, [GOOD[0], half, half]), cast)

        assert Agreement.objects.get().lines.get(thing="Harina 000").quantity == 4_000_000
        assert LoadedRow.objects.count() == 3


class TestExample:
    def test_of_the_product_is_right(self, cast: Cast):
        content = Path(finders.find("ledger/permutas-ejemplo.csv")).read_bytes()

        upload = bring_bytes(cast, content)

        # Its cooperatives are those of the demo network: here they are strangers, and nothing else is wrong.
        for row in upload.rows.all():
            assert set(row.problems) <= {"partner", "barter"}, row.problems


class TestCommand:
    def test_tells_each_row_and_loads(self, cast: Cast, tmp_path: Path, capsys):
        file = tmp_path / "permutas.csv"
        file.write_text("\n".join([HEAD, *GOOD]), encoding="utf-8")

        call_command("load", str(file), code="grafica", by=cast.ana.email)

        assert Agreement.objects.count() == 1
        assert "Bolsas impresas" in capsys.readouterr().out

    def test_ends_with_1_when_a_row_is_wrong(self, cast: Cast, tmp_path: Path):
        file = tmp_path / "permutas.csv"
        file.write_text(f"{HEAD}\n{GOOD[0]}", encoding="utf-8")

        with pytest.raises(SystemExit):
            call_command("load", str(file), code="grafica", by=cast.ana.email, dry_run=True)
