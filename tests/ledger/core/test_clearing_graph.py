"""The graph under a clearing round, beside networkx; and a flow that is not the best has no heights."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.clearing_graph import Arcs, NoFlow, NotBest, best_flow, components, heights_of
from ledger.core.clearing_ties import is_forest

NODES = 7

pairs = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=20)


def column(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


@given(drawn=pairs)
def test_components_are_those_that_networkx_finds(drawn: list[tuple[int, int]]):
    graph = nx.DiGraph(drawn)
    graph.add_nodes_from(range(NODES))

    label = components(NODES, column(*(tail for tail, _ in drawn)), column(*(head for _, head in drawn)))

    found = {frozenset(np.flatnonzero(label == group).tolist()) for group in set(label.tolist())}
    assert found == {frozenset(group) for group in nx.strongly_connected_components(graph)}


@given(drawn=pairs)
def test_a_forest_is_what_networkx_calls_one(drawn: list[tuple[int, int]]):
    graph = nx.MultiGraph(drawn)

    assert is_forest(drawn) == (not drawn or nx.is_forest(graph))


#: A to B and back, 5 and 3.
PAIR = Arcs(column(0, 1), column(1, 0), column(5, 3), column(1, 1))


def test_the_best_flow_has_heights():
    flow = best_flow(PAIR, column(0, 0))

    assert flow.tolist() == [3, 3]
    assert heights_of(2, PAIR, flow).tolist() == [0, 1]


def test_a_flow_that_is_not_the_best_has_none():
    with pytest.raises(NotBest):
        heights_of(2, PAIR, column(2, 2))


def test_what_cannot_flow_is_told():
    with pytest.raises(NoFlow, match="INFEASIBLE"):
        best_flow(PAIR, column(9, -9))
