"""Verify a book with its proofs, offline: python3 verify_book.py FILE [HEADS].

FILE was made by `manage.py export --format proof`. HEADS is a file of heads that somebody else keeps, a line each:
height and hash; or look at the head that this prints, and compare it with the one on paper. It needs Python 3.10 and
nothing else, believes nothing that FILE says of itself, and prints which entry is wrong. Exit: 0 right, 1 wrong.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

NOTHING = "0" * 64


def sha(data: str | bytes) -> str:
    """Return the SHA-256 of text or bytes, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def canonical(value: object) -> str:
    """Return the one text of a value."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def check_file(text: str, proof: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the file as a file."""
    if canonical(proof) + "\n" != text:
        yield "the file is not written as it was made"
    rest = {name: value for name, value in proof.items() if name != "sha256"}
    if set(proof) != {"format", "version", "book", "blocks", "head", "entries", "sha256"}:
        yield "the file has other parts than a proof has"
    if (proof["format"], proof["version"]) != ("trama-proof", 1):
        yield "this is not a proof of version 1"
    if sha(canonical(rest)) != proof["sha256"]:
        yield "the file was altered since it was made"


def check_chain(proof: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the chain of blocks, from the first to the head."""
    previous, last = NOTHING, 0
    for height, block in enumerate(proof["blocks"], start=1):
        version, its_height, first, its_last, _holes, _late, _events, _root, its_previous, _sealed_at = block
        if (version, its_height, first, its_previous) != (1, height, last + 1, previous):
            yield f"block {height} does not follow the one before it"
        previous, last = sha("trama block 1\n" + canonical(block)), its_last
    if previous != proof["head"]:
        yield "the head is not the hash of the last block"


def check_heads(proof: dict[str, Any], heads: str) -> Iterator[str]:
    """Yield each head kept elsewhere that this chain does not have."""
    for line in heads.splitlines():
        words = line.split()
        if words and not words[0].startswith("#"):
            height = int(words[0])
            hashes = [sha("trama block 1\n" + canonical(block)) for block in proof["blocks"][height - 1 : height]]
            if height < 1 or hashes != words[1:2]:
                yield f"block {height} is not the one that is kept elsewhere: {line}"


def root_of(entry: dict[str, Any], book: int, count: int) -> str:
    """Return the root to which an entry leads."""
    part = sha("trama part 1\n" + entry["salt"] + "\n" + canonical(entry["part"]))
    hashes = {int(other): digest for other, digest in entry["others"].items()}
    if book in hashes:
        raise ValueError("the book stands there twice")
    hashes[book] = part
    parts = ",".join(f"{other}:{hashes[other]}" for other in sorted(hashes))
    header = sha("trama header 1\n" + canonical(entry["header"]))
    digest = sha(b"\x00" + f"{entry['event']} {header} {parts}".encode())
    at, neighbours = entry["at"], list(entry["path"])
    if not 0 <= at < count:
        raise ValueError("there is no such place in the block")
    while count > 1:
        if at ^ 1 < count:
            beside = neighbours.pop(0)
            pair = (beside, digest) if at % 2 else (digest, beside)
            digest = sha(b"\x01" + bytes.fromhex(pair[0]) + bytes.fromhex(pair[1]))
        at, count = at // 2, (count + 1) // 2
    # Above the tree stands the digest of the whole block.
    digest_of_block = neighbours.pop(0)
    if neighbours:
        raise ValueError("its path is too long")
    return sha(b"\x01" + bytes.fromhex(digest) + bytes.fromhex(digest_of_block))


def check_entry(entry: dict[str, Any], proof: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    _version, _height, first, last, holes, late, count, root, _previous, _sealed_at = proof["blocks"][
        entry["block"] - 1
    ]
    book, event = proof["book"]["id"], entry["event"]
    if root_of(entry, book, count) != root:
        yield "it is not what was sealed"
    is_there = first <= event <= last and not any(run[0] <= event <= run[-1] for run in holes)
    if not is_there and event not in late:
        yield "its block does not speak of it"
    if entry["part"]["book"]["id"] != book:
        yield "it belongs to another book"
    sums: dict[str, int] = {}
    for line in entry["part"]["lines"]:
        unit = line["account"]["unit"]["code"]
        sums[unit] = sums.get(unit, 0) + line["amount"]
    if any(sums.values()):
        yield "its debits and credits differ"


def check_numbers(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Yield where the numbers of a year's entries have a gap: an entry is missing in the file."""
    years: dict[int, list[int]] = {}
    for entry in entries:
        place = entry["part"]["entry"]
        years.setdefault(place["year"], []).append(place["number"])
    for year, numbers in sorted(years.items()):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"the numbers of {year} have a gap, or one stands there twice"


def name_of(entry: Any) -> str:
    """Return how an entry is called, also a broken one."""
    try:
        return f"entry {entry['part']['entry']['number']}/{entry['part']['entry']['year']} (event {entry['event']})"
    except (KeyError, TypeError):
        return "an entry without a number"


BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError)


def guarded(check: Callable[..., Iterator[str]], *arguments: Any) -> list[str]:
    """Return all that a check says; that it cannot even be made is something, too."""
    found: list[str] = []
    try:
        found.extend(check(*arguments))
    except BROKEN as error:
        found.append(f"cannot be read ({type(error).__name__}: {error})")
    return found


def problems(data: bytes, heads: str = "") -> list[str]:
    """Return every sentence that is to be said against a file."""
    try:
        text = data.decode("ascii")
        proof = json.loads(text)
        entries = list(proof["entries"])
    except BROKEN as error:
        return [f"the file cannot be read ({type(error).__name__})"]
    found = guarded(check_file, text, proof)
    found += guarded(check_chain, proof)
    found += guarded(check_heads, proof, heads)
    for entry in entries:
        found += [f"{name_of(entry)}: {sentence}" for sentence in guarded(check_entry, entry, proof)]
    return found + guarded(check_numbers, entries)


def main(arguments: list[str]) -> int:
    """Say what is wrong, or whose book it is and up to which head it is right."""
    if len(arguments) not in (1, 2):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with open(arguments[0], "rb") as file:  # noqa: PTH123  # nothing but what everybody knows
        data = file.read()
    heads = ""
    if len(arguments) == 2:
        with open(arguments[1], encoding="utf-8") as file:  # noqa: PTH123
            heads = file.read()
    found = problems(data, heads)
    for sentence in found:
        sys.stdout.write(f"WRONG: {sentence}\n")
    if not found:
        proof = json.loads(data)
        sys.stdout.write(
            f"Right: {len(proof['entries'])} entries of {proof['book']['code']} as they were sealed.\n"
            f"Compare this head with the one on paper: {len(proof['blocks'])} {proof['head']}\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
