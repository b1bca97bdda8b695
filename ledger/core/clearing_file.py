"""A clearing round as a file that anybody can check: JSON with sorted keys, a claim a line."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from ledger.core.clearing_round import FORM, FORM_LENT, Claim, Cleared, Lending, Round, inputs_hash

_NAMES = {"form", "unit", "cut_off", "seed", "claims", "cancelled", "heights", "order", "inputs"}
#: Of each form.
_NAMES_OF = {FORM: _NAMES, FORM_LENT: _NAMES | {"lending", "lent"}}


class RoundUnreadable(ValueError):
    """The text is no round; the argument names the part that is not as it should be."""


class RoundAltered(ValueError):
    """What went into the round is not what its hash says."""


def written(done: Round) -> str:
    """Return a round as text: the same text for the same round, whatever the order of its claims."""
    cleared, lending = done.cleared, done.lending
    parts: dict[str, Any] = {
        "cancelled": dict(cleared.cancelled),
        "cut_off": done.cut_off.isoformat(),
        "form": FORM if lending is None else FORM_LENT,
        "heights": dict(cleared.heights),
        "inputs": inputs_hash(done.unit, done.cut_off, done.claims, lending),
        "order": {name: list(pair) for name, pair in cleared.order.items()},
        "seed": cleared.seed,
        "unit": done.unit,
    }
    if lending is not None:
        parts["lending"] = {"most": lending.most, "pays": dict(lending.pays), "takes": dict(lending.takes)}
        parts["lent"] = dict(cleared.lent)
    lines = [json.dumps(list(claim)) for claim in sorted(done.claims)]
    told = ['"claims": [\n' + ",\n".join(lines) + "\n]"]
    told += [f'"{name}": {json.dumps(value, sort_keys=True)}' for name, value in parts.items()]
    return "{\n" + ",\n".join(told) + "\n}\n"


def read(text: str) -> Round:
    """Return the round that a text says; what it says of itself is not believed, but see `clearing_certificate`.

    :raises RoundUnreadable: naming the part that is missing or no such thing.
    :raises RoundAltered: if the claims are not those of which the hash was taken.
    """
    try:
        told = json.loads(text, object_pairs_hook=_each_once)
    except RoundUnreadable:
        raise
    except (ValueError, RecursionError) as error:
        raise RoundUnreadable("JSON") from error
    if not isinstance(told, dict) or told.keys() != _NAMES_OF.get(str(told.get("form"))):
        raise RoundUnreadable("form")
    done = Round(
        unit=_text(told, "unit"),
        cut_off=_day(told),
        claims=_claims(told["claims"]),
        cleared=Cleared(
            seed=_text(told, "seed"),
            cancelled=_numbers(told, "cancelled"),
            heights=_numbers(told, "heights"),
            order=_pairs(told),
            lent=_numbers(told, "lent") if "lent" in told else {},
        ),
        lending=_lending(told["lending"]) if "lending" in told else None,
    )
    if inputs_hash(done.unit, done.cut_off, done.claims, done.lending) != told["inputs"]:
        raise RoundAltered
    return done


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a name that stands twice would be read one way here and another elsewhere."""
    if len(told := dict(pairs)) < len(pairs):
        raise RoundUnreadable("JSON")
    return told


def _is_text(value: object) -> bool:
    """Return whether it is text that can be hashed: JSON lets half of a sign in."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _text(told: Mapping[str, Any], name: str) -> str:
    if not _is_text(told[name]):
        raise RoundUnreadable(name)
    return str(told[name])


def _day(told: Mapping[str, Any]) -> dt.date:
    try:
        return dt.date.fromisoformat(told["cut_off"])
    except (TypeError, ValueError) as error:
        raise RoundUnreadable("cut_off") from error


def _claims(told: object) -> list[Claim]:
    if not isinstance(told, list):
        raise RoundUnreadable("claims")
    for row in told:
        # `true` counts as 1 in Python, and is no number here.
        is_claim = isinstance(row, list) and len(row) == 5 and all(map(_is_text, row[:3]))
        if not is_claim or any(type(number) is not int for number in row[3:]):
            raise RoundUnreadable("claims")
    return [Claim(*row) for row in told]


def _numbers(told: Mapping[str, Any], name: str) -> dict[str, int]:
    found = told[name]
    if not isinstance(found, dict) or any(type(number) is not int for number in found.values()):
        raise RoundUnreadable(name)
    return found


def _lending(told: object) -> Lending:
    if not isinstance(told, dict) or told.keys() != {"most", "pays", "takes"} or type(told["most"]) is not int:
        raise RoundUnreadable("lending")
    return Lending(most=told["most"], pays=_numbers(told, "pays"), takes=_numbers(told, "takes"))


def _pairs(told: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    found = told["order"]
    if not isinstance(found, dict):
        raise RoundUnreadable("order")
    for pair in found.values():
        if not isinstance(pair, list) or [type(number) for number in pair] != [int, int]:
            raise RoundUnreadable("order")
    return {name: (first, second) for name, (first, second) in found.items()}
