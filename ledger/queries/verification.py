"""Recompute what was sealed and name what differs: which block, which event, which book."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ledger.core import seals as core
from ledger.core.seals import BEGINNING, Block
from ledger.models.seals import Seal, Verification, Witness
from ledger.queries import digests, seals
from ledger.queries.contents import Content, Reader
from ledger.queries.seals import BLOCK_MAX, CHUNK, HOLE_STAYS_OPEN, rows


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that is not as it was sealed; 0 where no block, event or book can be said."""

    #: changed, removed, added, reordered · record (of the sealed event), block, cut_off · stray · balance, claim,
    #: entry, mirror, year.
    kind: str
    what: str
    block: int = 0
    event: int = 0
    book: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Mark:
    event: int
    salt: str
    header: str
    parts: str

    @property
    def leaf(self) -> bytes:
        return core.leaf(self.event, self.header, self.parts)


def last_clean() -> tuple[int, str]:
    """Return the head that the last run without problems saw, or the beginning."""
    run = Verification.objects.filter(count=0, height__gt=0).order_by("-pk").first()
    if run is None:
        return 0, BEGINNING
    return run.height, run.hash


def heads_kept() -> list[tuple[int, str, str]]:
    """Return height, hash and who keeps it, of our own chain: what was signed, and what was seen by the last runs."""
    signed = Witness.objects.filter(chain="").values_list("height", "hash", "by__code")
    seen = Verification.objects.filter(height__gt=0, count=0).order_by("-pk").values_list("height", "hash")[:10]
    return [*signed, *((height, digest, "an earlier verification") for height, digest in seen)]


def check_heads(heads: Iterable[tuple[int, str, str]]) -> Iterator[Problem]:
    """Compare heads that are kept elsewhere with the chain: what is above its end was cut off."""
    last = seals.head()
    wanted = list(heads)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        there = dict(Seal.objects.filter(height__in={height for height, _, _ in chunk}).values_list("height", "hash"))
        for height, digest, keeper in chunk:
            if last is None or height > last.height:
                yield Problem("cut_off", f"{keeper} keeps block {height}, which the chain no longer has", height)
            elif there.get(height) != digest:
                yield Problem("block", f"{keeper} keeps another hash of block {height}", height)


def check_link(block: Block, digest: str, *, height: int, last: int, previous: str) -> Iterator[Problem]:
    """Check one block by itself and against the one before it."""
    for missing in range(height + 1, min(block.height, height + 100)):
        yield Problem("block", "the block is not there", missing)
    if block.version != core.VERSION:
        yield Problem("block", f"nobody knows version {block.version}", block.height)
    if block.hash() != digest:
        yield Problem("block", "the block is not what its hash says", block.height)
    if block.height == height + 1 and block.previous != previous:
        yield Problem("block", "the block does not follow the one before it", block.height)
    if block.height == height + 1 and block.first != last + 1:
        yield Problem("block", f"the block does not begin with event {last + 1}", block.height)


@dataclass(frozen=True, slots=True)
class Batch:
    """Blocks that are looked at together, and the events with a number of theirs that no block holds."""

    blocks: Sequence[Block]
    unmarked: Sequence[int]
    #: Whether nothing but their own events stands between their first number and their last.
    is_plain: bool


def batches(blocks: Sequence[Block], unmarked: Sequence[int]) -> Iterator[Batch]:
    """Yield blocks together, as far as they follow each other and are small."""
    strangers = sorted({*unmarked, *(number for block in blocks for number in block.late if type(number) is int)})
    held: list[Block] = []
    for block in blocks:
        is_plain = not block.late and not _among(strangers, block)
        follows = bool(held) and block.first == held[-1].last + 1
        if held and not (is_plain and follows and sum(each.events for each in held) + block.events <= BLOCK_MAX):
            yield Batch(held, [], is_plain=True)
            held = []
        if is_plain and block.first <= block.last:
            held.append(block)
        else:
            yield Batch([block], _among(unmarked, block), is_plain=False)
    if held:
        yield Batch(held, [], is_plain=True)


def _among(numbers: Sequence[int], block: Block) -> Sequence[int]:
    return numbers[bisect_left(numbers, block.first) : bisect_left(numbers, block.last + 1)]


def check_blocks(batch: Batch, reader: Reader, *, at: dt.datetime) -> Iterator[Problem]:
    """Compare blocks with what was sealed: each by its digest, and event by event where that differs."""
    right = _right(batch.blocks, reader=reader, is_plain=batch.is_plain)
    for block in batch.blocks:
        if block.height not in right:
            yield from _check_block(block, reader)
        yield from _unsealed(block, batch.unmarked, reader=reader, at=at)
    reader.claims.clear()


def _check_block(block: Block, reader: Reader) -> Iterator[Problem]:
    """Recompute the events of one block, each header and each part, and name what differs from what was sealed."""
    marks = [
        _Mark(*row)
        for row in rows(
            "SELECT event_id, salt, header, parts FROM ledger_sealedevent WHERE seal_id = %s ORDER BY event_id",
            [block.height],
        )
    ]
    contents = {content.event: content for content in reader.contents([mark.event for mark in marks])}
    differing = [mark for mark in marks if not _is_same(mark, contents.get(mark.event))]
    tree = _sealed_tree(block)
    if not tree:
        yield Problem("block", "its tree and its digest do not lead to its root", block.height)
    if core.root([mark.leaf for mark in marks]) == tree and len(marks) == block.events:
        yield from _changes(differing, contents, block.height)
        if not differing and not _right([block], reader=reader, is_plain=False):
            yield Problem("block", "its events are not those of its digest", block.height)
    else:
        yield from _records(marks, differing, contents, block, tree)
        if tree and not any(mark.event in contents for mark in differing):
            yield Problem("block", "its sealed events are not those of its root", block.height)
    yield from _misplaced(block)


def _misplaced(block: Block) -> Iterator[Problem]:
    """Name the marks of other blocks' events in this one, and those of its own events in others."""
    for event, parts, height, is_in_reach in rows(
        "SELECT s.event_id, s.parts, s.seal_id, s.event_id BETWEEN b.first_event AND b.last_event"
        " FROM ledger_sealedevent s LEFT JOIN ledger_seal b ON b.height = s.seal_id"
        " WHERE s.seal_id = %s OR s.event_id BETWEEN %s AND %s ORDER BY s.event_id",
        [block.height, block.first, block.last],
    ):
        is_late = event in block.late if height == block.height else _is_hole(event, block)
        if not is_in_reach and not is_late:
            for book in core.split(parts) or [0]:
                yield Problem("record", "the mark stands in the wrong block", block.height, event, book)


def _right(blocks: Sequence[Block], *, reader: Reader, is_plain: bool) -> set[int]:
    """Return the heights of those blocks that are as they were sealed, by one hash each."""
    heights = [blocks[0].height, blocks[-1].height]
    found = rows("SELECT height, tree, digest FROM ledger_seal WHERE height BETWEEN %s AND %s", heights)
    sealed = {height: (tree, digest) for height, tree, digest in found}
    computed = digests.of_blocks(blocks, reader=reader, is_plain=is_plain)
    return {
        block.height
        for block, digest in zip(blocks, computed, strict=True)
        for tree, sealed_digest in [sealed.get(block.height, ("", ""))]
        if digest == sealed_digest and _leads_to_root(block, tree, digest)
    }


def _sealed_tree(block: Block) -> str:
    """Return the root of a block's tree as it was sealed, or nothing if that was changed, or its digest."""
    found = rows("SELECT tree, digest FROM ledger_seal WHERE height = %s", [block.height])
    return next((tree for tree, digest in found if _leads_to_root(block, tree, digest)), "")


def _leads_to_root(block: Block, tree: str, digest: str) -> bool:
    try:
        return core.summit(tree, digest) == block.root
    except (ValueError, TypeError):
        return False


def _is_same(mark: _Mark, content: Content | None) -> bool:
    return (
        content is not None
        and content.header_hash() == mark.header
        and core.joined(content.part_hashes(mark.salt)) == mark.parts
    )


def _changes(differing: list[_Mark], contents: dict[int, Content], block: int) -> Iterator[Problem]:
    header_of = {mark.header: mark.event for mark in differing}
    for mark in differing:
        content = contents.get(mark.event)
        if content is None:
            for book in core.split(mark.parts):
                yield Problem("removed", "the event is gone", block, mark.event, book)
            continue
        header = content.header_hash()
        if header != mark.header and header in header_of:
            for book in {*core.split(mark.parts), *content.parts}:
                sentence = f"stands in the place of event {header_of[header]}"
                yield Problem("reordered", sentence, block, mark.event, book)
            continue
        yield from _parts(mark, content, block)


def _parts(mark: _Mark, content: Content, block: int) -> Iterator[Problem]:
    sealed, now = core.split(mark.parts), content.part_hashes(mark.salt)
    for book in sorted({*sealed, *now}):
        if book not in now:
            yield Problem("removed", "the book's entry is gone", block, mark.event, book)
        elif book not in sealed:
            yield Problem("added", "the book had no entry of this event", block, mark.event, book)
        elif sealed[book] != now[book]:
            yield Problem("changed", "the book's entry is another", block, mark.event, book)
        elif content.header_hash() != mark.header:
            yield Problem("changed", "the event says something else", block, mark.event, book)
    if not sealed and not now:
        yield Problem("changed", "the event says something else", block, mark.event)


def _records(
    marks: list[_Mark], differing: list[_Mark], contents: dict[int, Content], block: Block, tree: str
) -> Iterator[Problem]:
    """Name the marks that were changed; if the events as they are now lead to the root, they alone were."""
    now = [
        _Mark(mark.event, mark.salt, there.header_hash(), core.joined(there.part_hashes(mark.salt)))
        for mark in marks
        if (there := contents.get(mark.event)) is not None
    ]
    events_are_right = core.root([mark.leaf for mark in now]) == tree
    sentence = "the mark of the sealed event was changed" if events_are_right else "the event or its mark was changed"
    for mark in differing:
        there = contents.get(mark.event)
        for book in there.parts if there is not None else core.split(mark.parts) or [0]:
            yield Problem("record", sentence, block.height, mark.event, book)


def unmarked(*, first: int, last: int) -> list[int]:
    """Return the events among these numbers that no block holds."""
    found = rows(
        "SELECT e.id FROM ledger_event e LEFT JOIN ledger_sealedevent s ON s.event_id = e.id"
        " WHERE s.event_id IS NULL AND e.id BETWEEN %s AND %s ORDER BY e.id",
        [first, last],
    )
    return [number for (number,) in found]


def _unsealed(block: Block, numbers: Sequence[int], *, reader: Reader, at: dt.datetime) -> Iterator[Problem]:
    """Name the events that have a number of this block and were not in it; a slow transaction's may still be sealed."""
    waiting = block.sealed_at >= str(seals.moment((at - HOLE_STAYS_OPEN).isoformat()))
    found = [number for number in numbers if not (waiting and _is_hole(number, block))]
    if not found:
        return
    ((marks,),) = rows("SELECT count(*) FROM ledger_sealedevent WHERE seal_id = %s", [block.height])
    for content in reader.contents(found):
        for book in content.parts or [0]:
            if marks >= block.events:
                yield Problem("added", "the event was not there", block.height, content.event, book)
            else:
                yield Problem("record", "the mark of the sealed event is gone", block.height, content.event, book)


def _is_hole(number: int, block: Block) -> bool:
    return any(run[0] <= number <= run[-1] for run in block.holes)
