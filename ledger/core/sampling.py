"""Draw a sample that anybody can draw again: by a seed that is printed, whatever the order of what it is drawn from.

Each thing has a name. Its lot is the SHA-256 of the seed, a newline, and the name, in UTF-8; the smallest lots are
drawn, in their order. So the same seed and the same names give the same sample, and a larger sample begins with a
smaller one.
"""

import hashlib
from collections.abc import Iterable


def lot(seed: str, name: str) -> bytes:
    """Return the lot of a name."""
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()


def draw(names: Iterable[str], *, seed: str, count: int) -> list[str]:
    """Return so many names, or all if there are no more, in the order in which they are drawn. Names are unique."""
    return sorted(names, key=lambda name: lot(seed, name))[:count]


def fingerprint(names: Iterable[str]) -> str:
    """Return the SHA-256 of all names, one a line in their order as text: what a sample was drawn from."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()
