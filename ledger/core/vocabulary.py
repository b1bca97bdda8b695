"""Write the vocabulary of scenarios as Markdown, from what the steps declare: docs/scenarios.md holds it."""

import inspect
from collections.abc import Iterable, Iterator

from ledger.core.chart import CHART, ChartAccount, Nature
from ledger.core.scenarios import Field, Step, fields_of
from ledger.core.shapes import NAME, TEXT, Shape
from ledger.core.units import STANDARD_UNITS

#: What all steps that somebody does have in common is told once, above them.
_TOLD_ONCE = {"refusal"}


def markdown(steps: Iterable[type[Step]]) -> Iterator[str]:
    """Yield the lines that tell of each step: what it does, and its fields."""
    for kind in steps:
        yield from (f"### {kind.verb}", "", inspect.getdoc(kind) or "", "")
        yield from _table(_ordered(kind), kind.subject)
    yield from ("## Units", "", "| code | unit | decimals |", "|---|---|---|")
    yield from (f"| {each.code} | {each.en} | {each.scale} |" for each in STANDARD_UNITS)
    yield from ("", "## Accounts", "", "Those of debts follow from agreements: they are looked at, never entered.", "")
    yield from ("| number | account | cuenta | kept in |", "|---|---|---|---|")
    yield from (f"| {each.number} | {each.en} | {each.es} | {_kept_in(each)} |" for each in CHART)


def _kept_in(account: ChartAccount) -> str:
    kept_in = account.unit or "the money of the book"
    if account.role is None:
        return kept_in
    return f"{kept_in}, with each counterparty" if account.nature == Nature.MEMO else "debts between two books"


def _ordered(kind: type[Step]) -> list[Field]:
    """Return the fields with the subject first, and who does it last."""
    fields = [each for each in fields_of(kind) if each.name not in _TOLD_ONCE]
    return sorted(fields, key=lambda each: (each.name != kind.subject, each.name == "by", not each.is_required))


def _table(fields: Iterable[Field], subject: str) -> Iterator[str]:
    yield from ("| field | holds | |", "|---|---|---|")
    rows = []
    for each in fields:
        key = "beside the verb" if each.name == subject else f"`{each.key}`"
        must = "" if each.is_required else "May be left out. "
        yield f"| {key} | {_shape(each.shape)} | {must}{each.says} |"
        if each.shape.rows is not None:
            rows.append((each.key, each.shape.rows))
    yield ""
    for name, kind in rows:
        yield from (f"Each row of `{name}`: {_small(inspect.getdoc(kind) or '')}", "")
        yield from _table(fields_of(kind), "")


def _shape(shape: Shape[object]) -> str:
    if shape.rows is not None:
        return "a list of rows"
    example = f": `{shape.example}`" if shape not in {NAME, TEXT} else ""
    return f"{'one or a list: ' if shape.is_many else ''}{shape.name}{example}"


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
