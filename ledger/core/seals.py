"""Seals: the hashes of events and blocks, and Merkle trees. Plain Python; `docs/seals.md` is the written form.

Whoever verifies a book offline recomputes the same from a file: `ledger/static/ledger/verify_book.py` says all of this
again with nothing but the standard library. A change here is a new version, never an edit of an old one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

VERSION = 1
#: What stands as the hash of the block before the first one.
BEGINNING = "0" * 64
#: How the text begins of which the digest of a block is the hash.
DIGEST = "trama digest 1\n"

Range = tuple[int, int]

_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True, default=repr).encode


def canonical(value: object) -> str:
    """Return the one text of a value: JSON with sorted keys, no spaces, nothing beyond ASCII."""
    return _encode(value)


def header_hash(header: str) -> str:
    """Return the hash of what an event says to everybody who takes part in it."""
    return sha256(f"trama header 1\n{header}".encode()).hexdigest()


def part_salt(salt: str, book: int) -> str:
    """Return one book's salt of an event: who knows it can't guess another book's part from its hash."""
    return sha256(f"trama salt 1\n{salt} {book}".encode()).hexdigest()


def part_hash(part: str, *, salt: str) -> str:
    """Return the hash of what an event is in one book."""
    return sha256(f"trama part 1\n{salt}\n{part}".encode()).hexdigest()


def joined(parts: Mapping[int, str]) -> str:
    """Return the hashes of an event's parts as they are kept and hashed: `book:hash,book:hash`, by book."""
    return ",".join(f"{book}:{digest}" for book, digest in sorted(parts.items()))


def split(parts: str) -> dict[int, str]:
    """Return book → hash of what `joined` made; what it did not make has no books."""
    found = {}
    for pair in parts.split(","):
        book, _, digest = pair.partition(":")
        if book.isascii() and book.isdigit():
            found[int(book)] = digest
    return found


def leaf(event: int, header: str, parts: str) -> bytes:
    """Return the leaf of an event: its number, the hash of its header, and the hashes of its parts."""
    return sha256(b"\x00" + f"{event} {header} {parts}".encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash over two others; the first byte tells it from a leaf (RFC 6962)."""
    return sha256(b"\x01" + left + right).digest()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return a tree from its leaves up to its root; a node without a neighbour goes up as it is."""
    tree = [list(leaves)]
    while len(tree[-1]) > 1:
        below = tree[-1]
        above = [node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        tree.append(above + below[len(above) * 2 :])
    return tree


def root(leaves: Sequence[bytes]) -> str:
    """Return the root of the tree over some leaves, in hexadecimal; of no leaves, the hash of nothing."""
    return levels(leaves)[-1][0].hex() if leaves else sha256(b"").hexdigest()


def summit(tree: str, digest: str) -> str:
    """Return the root of a block: the node over the root of its tree and its digest.

    :raises ValueError: if one of them is not written as a hash is.
    """
    left, right = bytes.fromhex(tree), bytes.fromhex(digest)
    if (left.hex(), right.hex()) != (tree, digest):
        raise ValueError("a hash is written in small letters")
    return node(left, right).hex()


def path(tree: Sequence[Sequence[bytes]], at: int) -> list[str]:
    """Return the neighbours that lead from the leaf at a place up to the root."""
    found = []
    for level in tree[:-1]:
        beside = at ^ 1
        if beside < len(level):
            found.append(level[beside].hex())
        at //= 2
    return found


def climb(digest: bytes, *, at: int, count: int, neighbours: Sequence[str]) -> str:
    """Return the root to which a leaf at a place among so many leads along its neighbours.

    :raises ValueError: if there are too many neighbours, or too few.
    """
    if not 0 <= at < count:
        raise ValueError("no such place")
    left = list(neighbours)
    while count > 1:
        if at ^ 1 < count:
            if not left:
                raise ValueError("a neighbour is missing")
            beside = bytes.fromhex(left.pop(0))
            digest = node(beside, digest) if at % 2 else node(digest, beside)
        at, count = at // 2, (count + 1) // 2
    if left:
        raise ValueError("a neighbour too many")
    return digest.hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of events: which ones, their root, and the block before."""

    version: int
    height: int
    #: The block speaks of all numbers from one to another; `holes` are those that were not there,
    #: `late` those of earlier blocks' holes that are in this one.
    first: int
    last: int
    holes: Sequence[Sequence[int]]
    late: Sequence[int]
    events: int
    root: str
    previous: str
    sealed_at: str

    def fields(self) -> list[object]:
        """Return what is hashed, in its order."""
        return [
            self.version,
            self.height,
            self.first,
            self.last,
            self.holes,
            self.late,
            self.events,
            self.root,
            self.previous,
            self.sealed_at,
        ]

    def hash(self) -> str:
        """Return the hash of the block, which the next one names."""
        content = canonical(self.fields())
        return sha256(f"trama block 1\n{content}".encode()).hexdigest()


def holes(first: int, last: int, there: Iterable[int]) -> list[list[int]]:
    """Return the runs of numbers from one to another that are not there: `[[4, 4], [7, 9]]`."""
    found, expected = [], first
    for number in sorted(there):
        if number > expected:
            found.append([expected, number - 1])
        expected = number + 1
    if expected <= last:
        found.append([expected, last])
    return found


@dataclass(frozen=True, slots=True)
class Head:
    """A head as it is kept outside: `height hash date code`; date and code may be missing."""

    height: int
    hash: str
    day: str = ""
    code: str = ""


def heads(text: str) -> list[Head]:
    """Return the heads of a file, one a line.

    :raises ValueError: naming the first line that is none.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        is_head = (
            len(words) in {2, 3, 4} and words[0].isascii() and words[0].isdigit() and len(words[1]) == len(BEGINNING)
        )
        if not is_head or set(words[1]) - set("0123456789abcdef"):
            raise ValueError(f"line {number} is no head: height, hash, date, code")
        found.append(Head(int(words[0]), *words[1:]))
    return found
