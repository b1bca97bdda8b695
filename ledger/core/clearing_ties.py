"""Whether anything is left undecided: claims that tie form a cycle, and around a cycle one may go either way."""

from collections.abc import Hashable, Iterable


def is_forest(pairs: Iterable[tuple[Hashable, Hashable]]) -> bool:
    """Return whether pairs, each of which joins two, form no cycle."""
    above: dict[Hashable, Hashable] = {}

    def top(node: Hashable) -> Hashable:
        while (up := above.setdefault(node, node)) != node:
            above[node] = node = above.setdefault(up, up)
        return node

    for one, other in pairs:
        first, second = top(one), top(other)
        if first == second:
            return False
        above[first] = second
    return True
