"""The register as a table: what is written is read back as it was."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core import delimited
from network.core.delimited import CannotBeRead
from network.core.organizations import Details
from network.core.register import (
    ACTIVITIES,
    HEADINGS,
    KINDS,
    LEGAL_FORMS,
    REQUIRED,
    SECTORS,
    Count,
    code_from,
    read_row,
    write_row,
)
from network.models.organizations import Kind, LegalForm, Sector
from network.models.particulars import Activity


def read(text: str) -> list[tuple[int, dict[str, str]]]:
    return delimited.read(text.encode(), headings=HEADINGS, required=REQUIRED, rows_max=10)[0]


def cells(**written: str) -> dict[str, str]:
    return {"name": "Gráfica", "kind": "ERT", **written}


class TestHeadings:
    @pytest.mark.parametrize(
        "text",
        ["Nombre;Tipo;Matrícula\nGráfica;ERT;6781\n", "name,kind,registration\nGráfica,ERT,6781\n"],
    )
    def test_are_read_in_either_language(self, text: str):
        number, row = read(text)[0]

        assert (number, row["name"], row["kind"], row["national_number"]) == (2, "Gráfica", "ERT", "6781")

    def test_that_are_needed_are_named(self):
        with pytest.raises(CannotBeRead) as why:
            read("nombre;localidad\nGráfica;Lanús\n")

        assert why.value.values == {"columns": "tipo"}

    def test_are_each_of_one_column(self):
        names = [name for headings in HEADINGS.values() for name in headings]

        assert len(names) == len(set(names))
        assert all(delimited.plain(name) == name for name in names)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "choices"), [(KINDS, Kind), (SECTORS, Sector), (LEGAL_FORMS, LegalForm), (ACTIVITIES, Activity)]
    )
    def test_stand_for_every_code(self, words: dict[str, Any], choices: type):
        assert list(words) == choices.values
        plain = [delimited.plain(word) for names in words.values() for word in names]
        assert len(plain) == len(set(plain))


class TestReadRow:
    def test_tells_what_it_says(self):
        given_, problems = read_row(
            cells(sector="Metalúrgica", province="caba", workers="1.034", counted_on="31/08/2025", counted_by="INAES")
        )

        assert problems == {}
        assert given_.over(None) == Details(name="Gráfica", kind="recuperated_enterprise", sector="metal", province="C")
        assert given_.count == Count(1034, dt.date(2025, 8, 31), "INAES")

    @pytest.mark.parametrize(
        ("written", "column", "problem"),
        [
            ({"name": ""}, "name", "missing"),
            ({"kind": "club"}, "kind", "unknown_kind"),
            ({"sector": "naves"}, "sector", "unknown_sector"),
            ({"legal_form": "rara"}, "legal_form", "unknown_legal_form"),
            ({"activity": "rara"}, "activity", "unknown_activity"),
            ({"code": "¡hola!"}, "code", "not_a_code"),
            ({"households": "muchas"}, "households", "not_a_whole_number"),
            ({"workers": "34,5", "counted_on": "2025-08-31", "counted_by": "INAES"}, "workers", "not_a_whole_number"),
            ({"workers": "34"}, "counted_by", "count_in_part"),
            ({"workers": "34", "counted_on": "agosto", "counted_by": "x"}, "counted_on", "not_a_day"),
        ],
    )
    def test_names_what_is_wrong(self, written: dict[str, Any], column: str, problem: str):
        assert read_row(cells(**written))[1][column] == problem

    def test_leaves_what_it_does_not_say(self):
        there = Details(name="Gráfica", kind="recuperated_enterprise", city="Lanús", bank_key="1", is_public=True)

        assert read_row(cells())[0].over(there) == there

    def test_makes_a_code_of_a_name(self):
        assert code_from("Gráfica «25 de Mayo»") == "grafica-25-de-mayo"


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(
    lambda text: not text.startswith("'")
)


class TestWriteRow:
    @given(
        st.builds(
            Details,
            name=WORD,
            kind=st.sampled_from(Kind.values),
            sector=st.sampled_from(["", *Sector.values]),
            legal_form=st.sampled_from(["", *LegalForm.values]),
            activity=st.sampled_from(["", *Activity.values]),
            city=st.just("") | WORD,
            phone=st.sampled_from(["", "+54 11 4201-0000", "-1"]),
            households=st.none() | st.integers(1, 10**6),
            province=st.sampled_from(["", "B", "C", "Z"]),
            national_number=st.sampled_from(["", "6781"]),
        ),
        st.none() | st.builds(Count, st.integers(0, 10**5), st.dates(), WORD),
    )
    def test_is_read_back_as_it_was(self, details: Details, count: Count | None):
        row = dict(zip(HEADINGS, write_row("un-codigo", details, count), strict=True))

        found, problems = read_row(row)

        assert problems == {}
        assert (found.code, found.over(None), found.count) == ("un-codigo", details, count)

    def test_lets_no_spreadsheet_run_it(self):
        assert write_row("x", Details(name="=1+1", kind="union"), None)[1] == "'=1+1"
