"""The graph of a clearing round: what lies on a cycle, the best flow through it, and the heights that prove it.

Nodes are numbers from zero, an arc leads from its tail (who owes) to its head (who is owed), and has a capacity in
minor units and a gain a unit. Everything is a 64-bit whole number.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]
#: Each time over lets capacities shrink one step further along; little is gained after some of them.
TIGHTENINGS = 10


class Arcs(NamedTuple):
    """Arcs with their room and what a unit on each is worth."""

    tails: Numbers
    heads: Numbers
    capacity: Numbers
    gain: Numbers

    def only(self, marks: Marks) -> "Arcs":
        """Return those that are marked."""
        return Arcs(*(column[marks] for column in self))


class NoFlow(ArithmeticError):
    """The solver found no flow: the numbers are beyond what it can count."""


class NotBest(ArithmeticError):
    """The flow is not the best one: heights would have to grow for ever."""


def components(nodes: int, tails: Numbers, heads: Numbers) -> Numbers:
    """Return the strongly connected component of each node, by Kosaraju's two walks.

    Only an arc inside a component lies on a cycle, and only what lies on a cycle can be cancelled.
    """
    onward, back = _neighbours(nodes, tails, heads), _neighbours(nodes, heads, tails)
    labels = [-1] * nodes
    for label, root in enumerate(reversed(list(_left_in_order(onward)))):
        waiting = [root] if labels[root] < 0 else []
        while waiting:
            node = waiting.pop()
            if labels[node] < 0:
                labels[node] = label
                waiting += back[node]
    return np.array(labels, dtype=np.int64)


def _neighbours(nodes: int, tails: Numbers, heads: Numbers) -> list[list[int]]:
    """Return for each node where its arcs lead."""
    by_tail = np.argsort(tails, kind="stable")
    ends = heads[by_tail].tolist()
    first = np.searchsorted(tails[by_tail], np.arange(nodes + 1)).tolist()
    return [ends[first[node] : first[node + 1]] for node in range(nodes)]


def _left_in_order(onward: list[list[int]]) -> Iterator[int]:
    """Yield each node when a walk in depth leaves it for good."""
    seen = bytearray(len(onward))
    for root in range(len(onward)):
        if seen[root]:
            continue
        seen[root] = 1
        path = [(root, iter(onward[root]))]
        while path:
            node, rest = path[-1]
            for other in rest:
                if not seen[other]:
                    seen[other] = 1
                    path.append((other, iter(onward[other])))
                    break
            else:
                path.pop()
                yield node


def best_flow(arcs: Arcs, supply: Numbers) -> Numbers:
    """Return the flow of the greatest gain in which out of each node flows what flows in, and its supply.

    :raises NoFlow: if the solver has none.
    """
    room = _tightened(arcs, supply)
    used = np.flatnonzero(room)
    flow = np.zeros_like(room)
    if not len(used):
        return flow
    solver: Any = SimpleMinCostFlow()
    ends = arcs.tails[used].astype(np.int32), arcs.heads[used].astype(np.int32)
    added = solver.add_arcs_with_capacity_and_unit_cost(*ends, room[used], -arcs.gain[used])
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    if (status := solver.solve()) != solver.OPTIMAL:
        raise NoFlow(str(status))
    flow[used] = solver.flows(added)
    return flow


def _tightened(arcs: Arcs, supply: Numbers) -> Numbers:
    """Return capacities of which no flow notices that they are smaller: no arc takes more than comes to its tail."""
    room = arcs.capacity
    for _ in range(TIGHTENINGS):
        out, into = np.zeros_like(supply), np.zeros_like(supply)
        np.add.at(out, arcs.tails, room)
        np.add.at(into, arcs.heads, room)
        smaller = np.minimum(room, np.minimum((into + supply)[arcs.tails], (out - supply)[arcs.heads]))
        if (smaller == room).all():
            break
        room = smaller
    return room


def heights_of(nodes: int, arcs: Arcs, flow: Numbers) -> Numbers:
    """Return the least heights from zero up that prove a flow the best (LP duality).

    An arc that has room climbs by its gain or more, one that is used climbs by its gain or less. They are the longest
    ways through what may still change (Bellman and Ford), and the same for every best flow.

    :raises NotBest: if there are none, since the flow is not the best.
    """
    onward, back = arcs.only(flow < arcs.capacity), arcs.only(flow > 0)
    froms = np.concatenate([onward.tails, back.heads])
    tos = np.concatenate([onward.heads, back.tails])
    climbs = np.concatenate([onward.gain, -back.gain])
    heights = np.zeros(nodes, dtype=np.int64)
    moved = np.ones(nodes, dtype=np.bool_)
    for _ in range(nodes + 1):
        live = np.flatnonzero(moved[froms])
        higher = heights.copy()
        np.maximum.at(higher, tos[live], heights[froms[live]] + climbs[live])
        moved = higher > heights
        if not moved.any():
            return heights
        heights = higher
    raise NotBest
