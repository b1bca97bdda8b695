"""One round of clearing, in a process of its own: told as JSON what to solve and with what; it answers in JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from ledger.core.clearing_round import Claim
from tests.benchmarks.claims import network

Solver = Callable[[Sequence[Claim]], tuple[int, str]]


def ours() -> Solver:
    """Solve, choose the oldest, draw lots, certify; say the total and a hash of the result."""
    from ledger.core.clearing import clear

    def solve(claims: Sequence[Claim]) -> tuple[int, str]:
        cleared = clear(claims, seed="bench")
        told = json.dumps([sorted(cleared.cancelled.items()), sorted(cleared.heights.items())])
        return cleared.total, sha256(told.encode()).hexdigest()

    return solve


def peer() -> Solver:
    """Let networkx find the most that can be cancelled, and no more than that, on the graph that is quickest for it.

    That is a merged arc for each pair, inside its component.
    """
    import networkx as nx

    def solve(claims: Sequence[Claim]) -> tuple[int, str]:
        graph = nx.DiGraph()
        for claim in claims:
            if graph.has_edge(claim.debtor, claim.creditor):
                graph[claim.debtor][claim.creditor]["capacity"] += claim.amount
            else:
                graph.add_edge(claim.debtor, claim.creditor, capacity=claim.amount, weight=-1)
        label = {node: at for at, group in enumerate(nx.strongly_connected_components(graph)) for node in group}
        graph.remove_edges_from([pair for pair in graph.edges if label[pair[0]] != label[pair[1]]])
        cost, _ = nx.network_simplex(graph)
        return -cost, ""

    return solve


#: Each loads what it needs, and nothing of the other: memory is measured too, loading is not.
CANDIDATES: dict[str, Callable[[], Solver]] = {"Trama": ours, "networkx": peer}


def main() -> None:
    """Measure what was asked for; making the claims is not measured."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    claims = network(told["claims"], cooperatives=told["cooperatives"], downstream=told["downstream"])
    solve = CANDIDATES[told["candidate"]]()
    computed, began = time.process_time(), time.perf_counter()
    total, digest = solve(claims)
    answer = {
        "cpu": time.process_time() - computed,
        "wall": time.perf_counter() - began,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "total": total,
        "digest": digest,
        "whole": sum(claim.amount for claim in claims),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
