"""Read a scenario: YAML text becomes steps of declared types, or a problem with its line in the file.

A step is a dataclass whose fields say what they hold (`told`); what its steps do is no matter of this file. YAML is
taken apart into text only: no number is ever a float, no word ever a truth value.
"""

import dataclasses
import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, cast

import yaml

from ledger.core.shapes import DAY, Shape, ShapeIsWrong

T = TypeVar("T")
_NESTING_MAX = 12


class Problem(StrEnum):
    """What can be wrong with a file; the sentences stand in `ledger/actions/play.py`."""

    NOT_YAML = "not_yaml"
    REFERENCE = "reference"
    NOT_A_SCENARIO = "not_a_scenario"
    NOT_A_STEP = "not_a_step"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_NAME = "unknown_name"
    NAME_TAKEN = "name_taken"
    FIELD_TWICE = "field_twice"
    FIELD_MISSING = "field_missing"
    WRONG_SHAPE = "wrong_shape"
    NO_BOOK = "no_book"
    TOO_FINE = "too_fine"
    NO_DAY_YET = "no_day_yet"
    DAY_GOES_BACK = "day_goes_back"


class ScenarioIsUnreadable(ValueError):
    """Something in the file cannot be read: which problem, in which line, and what the sentence speaks of."""

    def __init__(self, problem: Problem, line: int, **values: str) -> None:
        super().__init__(problem)
        self.problem, self.line, self.values = problem, line, values


def told(shape: Shape[T], says: str, *, default: Any = dataclasses.MISSING, key: str = "") -> T:
    """Declare a field of a step: what it holds, and a sentence for docs/scenarios.md.

    `key` is how it is written where Python keeps the word for itself (`as`, `with`).
    """
    metadata = {"shape": shape, "says": says, "key": key}
    return cast("T", dataclasses.field(metadata=metadata, default=default))


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field, as the file and the documentation see it."""

    name: str
    key: str
    shape: Shape[Any]
    says: str
    is_required: bool


def fields_of(kind: type) -> list[Field]:
    """Return the declared fields of a step or of a row, in their order."""
    return [
        Field(
            name=each.name,
            key=each.metadata["key"] or each.name,
            shape=each.metadata["shape"],
            says=each.metadata["says"],
            is_required=each.default is dataclasses.MISSING,
        )
        for each in dataclasses.fields(kind)
        if "shape" in each.metadata
    ]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One dated step. Its `verb` begins it; where the verb has kinds (`agree: barter`), it ends with the kind."""

    verb: ClassVar[str]
    #: The field that stands beside the verb; none where the kind does.
    subject: ClassVar[str] = ""
    #: In which line of the file it begins, and which step it is, counted from one.
    line: int
    number: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that was read."""

    title: str
    steps: list[Any]


def read(text: str, vocabulary: Mapping[str, type[Step]]) -> Scenario:
    """Return the scenario that a file tells, in steps of the vocabulary (verb → its type).

    :raises ScenarioIsUnreadable: at the first thing that cannot be read.
    """
    root = _composed(text)
    if not isinstance(root, yaml.MappingNode):
        raise ScenarioIsUnreadable(Problem.NOT_A_SCENARIO, 1)
    parts = _mapping(root, {"title", "steps"}, of="scenario")
    title, steps = parts.get("title"), parts.get("steps")
    if not isinstance(title, yaml.ScalarNode) or not title.value.strip():
        raise ScenarioIsUnreadable(Problem.NOT_A_SCENARIO, _line(root))
    if not isinstance(steps, yaml.SequenceNode) or not steps.value:
        raise ScenarioIsUnreadable(Problem.NOT_A_SCENARIO, _line(root))
    found: list[Step] = []
    for number, node in enumerate(steps.value, start=1):
        found.append(_step(node, number, found[-1].on if found else None, vocabulary))
    return Scenario(title.value.strip(), found)


def meant(word: str, among: Iterable[str]) -> str:
    """Return the word that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(among), n=1, cutoff=0.5)), "")


def _composed(text: str) -> yaml.Node | None:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or depth > _NESTING_MAX:
                raise ScenarioIsUnreadable(Problem.REFERENCE, event.start_mark.line + 1 if event.start_mark else 1)
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(filter(None, (error.context, error.problem)))
        raise ScenarioIsUnreadable(Problem.NOT_YAML, mark.line + 1 if mark else 1, said=said) from None
    except yaml.YAMLError as error:
        raise ScenarioIsUnreadable(Problem.NOT_YAML, 1, said=str(error).splitlines()[0]) from None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    seen = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ScenarioIsUnreadable(Problem.NOT_A_STEP, _line(key))
        if key.value in seen:
            raise ScenarioIsUnreadable(Problem.FIELD_TWICE, _line(key), word=key.value)
        seen.add(key.value)
        yield key.value, key, value


def _mapping(node: yaml.MappingNode, allowed: Iterable[str], *, of: str) -> dict[str, yaml.Node]:
    """Return the fields of a mapping, none of them unknown or twice."""
    names = list(allowed)
    found = {}
    for word, key, value in _pairs(node):
        if word not in names:
            raise ScenarioIsUnreadable(
                Problem.UNKNOWN_FIELD, _line(key), of=of, word=word, meant=meant(word, names), names=", ".join(names)
            )
        found[word] = value
    return found


def _step(node: yaml.Node, number: int, before: dt.date | None, vocabulary: Mapping[str, type[Step]]) -> Step:
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise ScenarioIsUnreadable(Problem.NOT_A_STEP, _line(node))
    kind = _kind(node, vocabulary)
    fields = fields_of(kind)
    word = kind.verb.partition(":")[0]
    keys = [word, "on", *(each.key for each in fields if each.name != kind.subject)]
    written = _mapping(node, keys, of=kind.verb)
    if kind.subject:
        subject = next(each for each in fields if each.name == kind.subject)
        written[subject.key] = written.pop(word)
    day = _day(written.pop("on", None), node, before)
    values = _values(written, fields, node, of=kind.verb)
    return kind(line=_line(node), number=number, on=day, **values)


def _kind(node: yaml.MappingNode, vocabulary: Mapping[str, type[Step]]) -> type[Step]:
    """Return the type of a step: that of the one verb that stands in it, and of its kind where the verb has kinds."""
    words = {verb.partition(":")[0] for verb in vocabulary}
    pairs = list(_pairs(node))
    verb, key, value = next((pair for pair in pairs if pair[0] in words), pairs[0])
    told_kind = value.value if isinstance(value, yaml.ScalarNode) else ""
    whole = f"{verb}: {told_kind}"
    for name in (verb, whole):
        if name in vocabulary:
            return vocabulary[name]
    word = whole if verb in words else verb
    among = [each for each in vocabulary if verb not in words or each.startswith(f"{verb}:")]
    guess = meant(word, among) or meant(whole, among) or meant(verb, words)
    raise ScenarioIsUnreadable(Problem.UNKNOWN_STEP, _line(key), word=word, meant=guess)


def _day(node: yaml.Node | None, step: yaml.Node, before: dt.date | None) -> dt.date:
    """Return the day of a step: that of the one before where it names none; never earlier than that."""
    if node is None:
        if before is None:
            raise ScenarioIsUnreadable(Problem.NO_DAY_YET, _line(step))
        return before
    day: dt.date = _value(node, DAY, of="on")
    if before is not None and day < before:
        raise ScenarioIsUnreadable(Problem.DAY_GOES_BACK, _line(node), day=day.isoformat(), before=before.isoformat())
    return day


def _values(written: Mapping[str, yaml.Node], fields: Iterable[Field], node: yaml.Node, *, of: str) -> dict[str, Any]:
    values = {}
    for each in fields:
        if each.key in written:
            values[each.name] = _value(written[each.key], each.shape, of=each.key)
        elif each.is_required:
            raise ScenarioIsUnreadable(Problem.FIELD_MISSING, _line(node), of=of, word=each.key, says=each.says)
    return values


def _value(node: yaml.Node, shape: Shape[Any], *, of: str) -> Any:
    """Return what stands there as what it has to be."""
    if shape.rows is not None:
        rows = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(_row(each, shape.rows, of=of) for each in rows)
    if shape.is_many:
        each_shape = dataclasses.replace(shape, is_many=False)
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(_value(each, each_shape, of=of) for each in parts)
    text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
    try:
        return shape.read(text)
    except ShapeIsWrong:
        raise ScenarioIsUnreadable(
            Problem.WRONG_SHAPE, _line(node), of=of, text=text, shape=shape.name, example=shape.example
        ) from None


def _row(node: yaml.Node, kind: type, *, of: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        raise ScenarioIsUnreadable(
            Problem.WRONG_SHAPE, _line(node), of=of, text="", shape="rows", example="- {field: …, field: …}"
        )
    fields = fields_of(kind)
    written = _mapping(node, [each.key for each in fields], of=of)
    try:
        return kind(**_values(written, fields, node, of=of))
    except ShapeIsWrong:
        raise ScenarioIsUnreadable(
            Problem.WRONG_SHAPE, _line(node), of=of, text="", shape="one side", example="{debit: 1101, amount: 5}"
        ) from None
