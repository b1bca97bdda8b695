"""One book with its proofs: its own entries, the way from each to the root of its block, and bare hashes of the rest.

`ledger/static/ledger/verify_book.py` verifies the text without this program; `docs/seals.md` says what is in it.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ledger.core import seals as core
from ledger.models.accounts import Book
from ledger.models.journal import Entry
from ledger.models.seals import Seal, SealedEvent
from ledger.queries import seals
from ledger.queries.contents import Reader
from ledger.queries.seals import CHUNK


def text(book: Book) -> str:
    """Return the proof of one book as the text of a file: canonical JSON, closed by its own hash."""
    blocks = list(seals.blocks())
    proof: dict[str, Any] = {
        "format": "trama-proof",
        "version": core.VERSION,
        "book": {"id": book.pk, "code": book.organization.code, "name": book.organization.name},
        "blocks": [block.fields() for block, _digest in blocks],
        "head": blocks[-1][1] if blocks else core.BEGINNING,
        "entries": list(_entries(book)),
    }
    proof["sha256"] = sha256(core.canonical(proof).encode()).hexdigest()
    return core.canonical(proof) + "\n"


def _entries(book: Book) -> Iterator[dict[str, Any]]:
    reader = Reader()
    of_book = Entry.objects.filter(book=book).order_by("event").values_list("event", flat=True)
    numbers = list(of_book)
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        heights = SealedEvent.objects.filter(pk__in=chunk).values_list("seal", flat=True)
        for height in sorted(set(heights)):
            yield from _of_block(book, height, set(chunk), reader)


def _of_block(book: Book, height: int, wanted: set[int], reader: Reader) -> Iterator[dict[str, Any]]:
    marks = list(SealedEvent.objects.filter(seal=height).order_by("pk"))
    summit = list(Seal.objects.filter(pk=height).values_list("digest", flat=True))
    tree = core.levels([core.leaf(mark.event_id, mark.header, mark.parts) for mark in marks])
    places = {mark.event_id: at for at, mark in enumerate(marks)}
    for content in reader.contents(sorted(wanted & places.keys())):
        at = places[content.event]
        hashes = core.split(marks[at].parts)
        hashes.pop(book.pk, None)
        yield {
            "block": height,
            "event": content.event,
            "at": at,
            "header": json.loads(content.header),
            "salt": core.part_salt(marks[at].salt, book.pk),
            "part": json.loads(content.parts[book.pk]),
            "others": {str(other): digest for other, digest in hashes.items()},
            "path": [*core.path(tree, at), *summit],
        }
