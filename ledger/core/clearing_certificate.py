"""Check what a clearing round says of itself, with exact whole numbers and without solving anything.

Why heights are a proof: give each cooperative any height. Around a circle one climbs as much as one descends, so in any
balanced set-off the climbs, each times what is cancelled there, sum to zero, and what it is worth is the sum of (gain −
climb) times what is cancelled. No set-off is worth more than one that cancels all of each claim whose gain is above its
climb, and nothing of each whose gain is below it. The same holds for three aims one after the other, with rows of three
numbers compared as words in a dictionary are. What is lent into a round is proven with it: as rows of its own, from one
of its two ends to the other, and the first aim is then the most cancelled with the least lent. `docs/verify_round.py`
says all of this again with the standard library.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.core.clearing_round import Claim, Lending, Round, is_misnamed, tie, worth
from ledger.core.clearing_ties import is_forest

#: What remains unproven if a claim is against the heights: the most, the oldest first, the lots of the seed.
AIMS = ("most", "oldest", "lots")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: of which kind, and the claim or cooperative with its figures."""

    kind: str
    of: str = ""
    had: int = 0
    whole: int = 0


def problems(done: Round) -> list[Problem]:
    """Return what is wrong with a round, nothing if it is balanced and the best there is.

    Kinds: *twice*, *unfit* (a claim), *unknown*, *beyond* (a cancelled amount), *unbalanced* (a cooperative cancels
    `had` of its debts and `whole` of what it is owed), *no_height*; then *most*, *oldest*, *lots* (a claim against the
    heights, the first of each), *undecided*. Whether it is the best is asked of a balanced one only.
    """
    return list(_out_of_balance(done)) or list(_not_best(done))


def _rows(done: Round) -> list[Claim]:
    return [*done.claims, *(done.lending.rows() if done.lending else [])]


def _out_of_balance(done: Round) -> Iterator[Problem]:
    cancelled = {**done.cleared.cancelled, **done.cleared.lent}
    if done.lending is not None:
        yield from (Problem("unfit", claim.id) for claim in done.claims if is_misnamed(claim))
    seen: set[str] = set()
    debts, owed = dict[str, int](), dict[str, int]()
    for claim in _rows(done):
        amount = cancelled.pop(claim.id, 0)
        if claim.id in seen:
            yield Problem("twice", claim.id)
        elif claim.amount < 1 or claim.age < 0 or claim.debtor == claim.creditor:
            yield Problem("unfit", claim.id)
        elif not 0 <= amount <= claim.amount:
            yield Problem("beyond", claim.id, amount, claim.amount)
        seen.add(claim.id)
        debts[claim.debtor] = debts.get(claim.debtor, 0) + amount
        owed[claim.creditor] = owed.get(claim.creditor, 0) + amount
    yield from (Problem("unknown", claim) for claim in sorted(cancelled))
    for name in sorted(debts.keys() | owed.keys()):
        if debts.get(name, 0) != owed.get(name, 0):
            yield Problem("unbalanced", name, debts.get(name, 0), owed.get(name, 0))


def _not_best(done: Round) -> Iterator[Problem]:
    cleared = done.cleared
    rows, moved = _rows(done), {**cleared.cancelled, **cleared.lent}
    names = sorted({name for claim in rows for name in (claim.debtor, claim.creditor)})
    if missing := [name for name in names if name not in cleared.heights or name not in cleared.order]:
        yield from (Problem("no_height", name) for name in missing)
        return
    heights = {name: (cleared.heights[name], *cleared.order[name]) for name in names}
    tied: list[tuple[str, str]] = []
    told: set[str] = set()
    for claim in rows:
        slack = _slack(claim, done.lending, cleared.seed, heights[claim.debtor], heights[claim.creditor])
        first = next((place for place, number in enumerate(slack) if number), None)
        amount = moved.get(claim.id, 0)
        if first is None:
            tied.append((claim.debtor, claim.creditor))
        elif amount != (claim.amount if slack[first] > 0 else 0) and AIMS[first] not in told:
            told.add(AIMS[first])
            yield Problem(AIMS[first], claim.id, amount, claim.amount)
    if not told and not is_forest(tied):
        yield Problem("undecided")


def _slack(
    claim: Claim, lending: Lending | None, seed: str, debtor: tuple[int, int, int], creditor: tuple[int, int, int]
) -> tuple[int, int, int]:
    """Return by how much the gain of a claim is above its climb, for each aim; the lots only where they decide."""
    most = worth(claim, lending) - (creditor[0] - debtor[0])
    oldest = claim.age - (creditor[1] - debtor[1])
    lots = 0 if most or oldest else tie(seed, claim.id) - (creditor[2] - debtor[2])
    return most, oldest, lots
