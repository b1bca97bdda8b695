"""How far one province or department is from another: in steps over the map, from neighbor to neighbor.

Kilometers would promise more than a register knows; whoever drives knows that the next province is near enough to ask.
Two that share a border on land or a river are neighbors, also across the border of Argentina with Bolivia. Those that
meet only in one point (Mendoza and Río Negro, La Pampa and Neuquén) are not. Tierra del Fuego is an island next to
Chile; the road to it comes from Santa Cruz, so it is taken as next to that.
"""

from collections import deque
from collections.abc import Mapping
from functools import cache

from network.core.countries import PROVINCES

#: A country and the letter of a province in it.
Place = tuple[str, str]

#: Province → its neighbors with a later letter, so that each pair is written once.
_NEXT_TO: dict[str, dict[str, str]] = {
    "AR": {
        "A": "GHKPTY", "B": "CELRSX", "D": "FJLMX", "E": "SW", "F": "JKX", "G": "HKSTX", "H": "PSW", "J": "M",
        "K": "TX", "L": "MRX", "M": "Q", "N": "W", "Q": "R", "R": "U", "S": "WX", "U": "Z", "V": "Z",
    },
    "BO": {"B": "CLNS", "C": "HLOPS", "H": "PST", "L": "NO", "O": "P", "P": "T"},
}  # fmt: skip
_ACROSS: tuple[tuple[Place, Place], ...] = (
    (("AR", "Y"), ("BO", "P")),
    (("AR", "A"), ("BO", "T")),
)


def _map() -> Mapping[Place, frozenset[Place]]:
    pairs = [
        ((country, one), (country, other))
        for country, known in _NEXT_TO.items()
        for one, others in known.items()
        for other in others
    ]
    found: dict[Place, set[Place]] = {
        (country, letter): set() for country, known in PROVINCES.items() for letter in known
    }
    for one, other in [*pairs, *_ACROSS]:
        found[one].add(other)
        found[other].add(one)
    return {place: frozenset(near) for place, near in found.items()}


#: Every province and department → those next to it.
NEIGHBORS = _map()


@cache
def from_place(place: Place) -> Mapping[Place, int]:
    """Return how many steps it is from a place to every other; itself is 0. Nothing for a place that is not known."""
    if place not in NEIGHBORS:
        return {}
    found = {place: 0}
    edge = deque([place])
    while edge:
        here = edge.popleft()
        for near in NEIGHBORS[here] - found.keys():
            found[near] = found[here] + 1
            edge.append(near)
    return found


def steps(one: Place, other: Place) -> int | None:
    """Return how many steps lie between two places: 0 in the same, 1 next to it; None if one of them is not known."""
    return from_place(one).get(other)


def rings(place: Place) -> list[list[Place]]:
    """Return the places at 0 steps, at 1, at 2 and so on; nothing for a place that is not known."""
    found: list[list[Place]] = []
    for each, distance in from_place(place).items():
        if distance == len(found):
            found.append([])
        found[distance].append(each)
    return found
