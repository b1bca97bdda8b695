"""Clearing rounds for tests: drawn ones, and an independent program that says how much there is to cancel."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from ledger.core.clearing_round import Claim, Cleared, Lending, Round

CIRCLE = [Claim("1", "A", "B", 500_000, 30), Claim("2", "B", "C", 700_000, 20), Claim("3", "C", "A", 450_000, 10)]


@st.composite
def drawn_claims(draw: st.DrawFn) -> list[Claim]:
    """Draw claims among a few: dense, so that circles cross each other."""
    names = "ABCDEFGH"[: draw(st.integers(2, 8))]
    amount = st.integers(1, 9) | st.integers(1, 10**9)
    age = st.integers(0, 3) | st.integers(0, 400)
    rows = draw(st.lists(st.tuples(st.permutations(names), amount, age), min_size=1, max_size=25))
    return [Claim(f"c{at}", pair[0], pair[1], amount, age) for at, (pair, amount, age) in enumerate(rows)]


def round_of(claims: Sequence[Claim], cleared: Cleared, lending: Lending | None = None) -> Round:
    """Return a round in pesos, cut off on a day in May."""
    return Round(unit="ARS", cut_off=dt.date(2026, 5, 4), claims=claims, cleared=cleared, lending=lending)


def net(claims: Sequence[Claim]) -> dict[str, int]:
    """Return what each is owed less what it owes."""
    found = Counter[str]()
    for claim in claims:
        found[claim.creditor] += claim.amount
        found[claim.debtor] -= claim.amount
    return {name: amount for name, amount in found.items() if amount}


def best(claims: Sequence[Claim], *, then: Sequence[int]) -> tuple[int, int]:
    """Return the most that any balanced set-off cancels, and the greatest gain `then` among those: HiGHS says so."""
    names = sorted({name for claim in claims for name in (claim.debtor, claim.creditor)})
    balance = np.zeros((len(names), len(claims)))
    for at, claim in enumerate(claims):
        balance[names.index(claim.debtor), at] += 1
        balance[names.index(claim.creditor), at] -= 1
    bounds = [(0, claim.amount) for claim in claims]
    ones = np.ones(len(claims))
    first = linprog(-ones, A_eq=csr_array(balance), b_eq=np.zeros(len(names)), bounds=bounds, method="highs-ds")
    assert first.success
    most = round(-first.fun)
    rows = np.vstack([balance, ones])
    sides = np.append(np.zeros(len(names)), most)
    second = milp(
        [-gain for gain in then],
        integrality=ones,
        bounds=(np.zeros(len(claims)), [claim.amount for claim in claims]),
        constraints=LinearConstraint(rows, sides, sides),
    )
    assert second.success
    # The float of the objective may be off in the last digit; the solution is whole.
    return most, int(np.round(second.x).astype(np.int64) @ np.array(then))


def best_with(claims: Sequence[Claim], lending: Lending) -> tuple[int, int]:
    """Return the most that a set-off cancels with what is lent, and the least lent for it: HiGHS says so.

    Said without ends or circles: whoever cancels more of its debts than of what it is owed pays the rest with it.
    """
    names = sorted({name for claim in claims for name in (claim.debtor, claim.creditor)})
    count, people = len(claims), len(names)
    balance = np.zeros((people, count + 2 * people))
    for at, claim in enumerate(claims):
        balance[names.index(claim.debtor), at] += 1
        balance[names.index(claim.creditor), at] -= 1
    balance[:, count : count + people] = -np.eye(people)
    balance[:, count + people :] = np.eye(people)
    lent = np.concatenate([np.zeros(count), np.ones(people), np.zeros(people)])
    total = np.concatenate([np.ones(count), np.zeros(2 * people)])
    bounds = [(0, claim.amount) for claim in claims]
    bounds += [(0, lending.pays.get(name, 0)) for name in names] + [(0, lending.takes.get(name, 0)) for name in names]
    same = {"A_eq": csr_array(balance), "b_eq": np.zeros(people), "bounds": bounds, "method": "highs-ds"}
    first = linprog(-total, A_ub=csr_array([lent]), b_ub=[lending.most], **same)
    assert first.success
    most = round(-first.fun)
    second = linprog(lent, A_ub=csr_array([lent, -total]), b_ub=[lending.most, -most], **same)
    assert second.success
    return most, round(second.fun)


@st.composite
def drawn_lendings(draw: st.DrawFn, claims: Sequence[Claim]) -> Lending:
    """Draw who may pay with what is lent, who takes it, and how much of it there is."""
    names = sorted({name for claim in claims for name in (claim.debtor, claim.creditor)})
    room = st.dictionaries(st.sampled_from(names), st.integers(1, 9))
    return Lending(most=draw(st.integers(0, 20)), pays=draw(room), takes=draw(room))


def greedy(claims: Sequence[Claim]) -> dict[str, int]:
    """Return what is cancelled by whoever takes circles as they come, until none is left."""
    left = {claim.id: claim.amount for claim in claims}
    graph = nx.MultiDiGraph()
    graph.add_edges_from((claim.debtor, claim.creditor, claim.id) for claim in claims)
    while circle := _circle(graph):
        amount = min(left[claim] for _, _, claim in circle)
        for debtor, creditor, claim in circle:
            left[claim] -= amount
            if not left[claim]:
                graph.remove_edge(debtor, creditor, claim)
    return {claim.id: claim.amount - left[claim.id] for claim in claims if left[claim.id] < claim.amount}


def _circle(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    try:
        return list(nx.find_cycle(graph))
    except nx.NetworkXNoCycle:
        return []
