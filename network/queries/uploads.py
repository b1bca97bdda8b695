"""Show rows that somebody brought: each cell with its heading and what is wrong in it, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Count, Model, QuerySet
from django.utils.functional import Promise

from network.models.uploads import RowState

Words = Mapping[str, str | Promise]


class BroughtRow(Protocol):
    """A row as it was written, with the names of what is wrong by column."""

    number: int
    cells: dict[str, str]
    problems: dict[str, str]

    def get_state_display(self) -> str:
        """Return what has become of it, in words."""
        ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row to be repaired: the column, what is written, and what is wrong with it."""

    column: str
    heading: str
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row with its cells."""

    row: BroughtRow
    cells: list[Cell]

    @property
    def problems(self) -> list[str]:
        """What is wrong, a sentence each."""
        return [f"{cell.heading}: {cell.problem}" for cell in self.cells if cell.problem]


def counts(rows: "QuerySet[Model]") -> dict[str, int]:
    """Return how many rows stand how."""
    found = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    return {state: found.get(state, 0) for state in RowState.values}


def shown(rows: Iterable[BroughtRow], *, columns: Words, problems: Words) -> list[ShownRow]:
    """Return rows with their cells, under the names of the columns, and problems in words."""
    return [
        ShownRow(
            row=row,
            cells=[
                Cell(
                    column=column,
                    heading=str(heading),
                    text=row.cells.get(column, ""),
                    problem=str(problems[row.problems[column]]) if column in row.problems else "",
                )
                for column, heading in columns.items()
            ],
        )
        for row in rows
    ]
