"""Seal events in blocks, and let organizations sign the head of the chain. Posting knows nothing of it.

`docs/seals.md` says what is hashed and how a late event is taken in.
"""

import datetime as dt
import secrets
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import jobs
from ledger.core import seals as core
from ledger.core.seals import BEGINNING, Block
from ledger.models.jobs import Job, JobState
from ledger.models.seals import Seal, SealedEvent, Witness
from ledger.queries import digests
from ledger.queries import seals as sealed
from ledger.queries.contents import Content, Reader
from ledger.queries.seals import BLOCK_MAX
from network.errors import DomainError
from network.models.organizations import Organization


class NothingIsSealedYet(DomainError):
    """A head is signed once there is one."""

    message = _("Nothing is sealed yet. Seal first, then sign.")


class HeadDiffers(DomainError):
    """Somebody keeps another hash of that height than the chain has: one of the two was changed."""

    message = _(
        "At height %(height)s somebody keeps another seal than this chain has. One of the two was changed:"
        " compare with what is printed on paper."
    )


def request(*, at: dt.datetime) -> Job | None:
    """Ask for new events to be sealed, if there are any; a job that is waiting serves meanwhile."""
    last = sealed.head()
    if not sealed.unsealed(after=last.last_event if last else 0, limit=1) and not sealed.came_late(at=at, limit=1):
        return None
    waiting = Job.objects.filter(kind="seal", state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    return waiting or jobs.request(kind="seal", key=f"seal:{at.isoformat()}", parameters={}, by=None, at=at)


def run(*, job_id: int, clock: Callable[[], dt.datetime]) -> list[Seal] | None:
    """Do the work of a job, if it is still to be done. Each block is an effect of its own: to begin again is safe."""
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    done: list[Seal] = []
    while (block := seal_block(at=clock())) is not None:
        done.append(block)
        jobs.beat(job=job, at=clock(), done=len(done), total=len(done) + 1)
    jobs.finish(job=job, at=clock())
    return done


def seal(*, at: dt.datetime) -> list[Seal]:
    """Seal all that is new, in as many blocks as it takes, and return them."""
    done: list[Seal] = []
    while (block := seal_block(at=at)) is not None:
        done.append(block)
    return done


def seal_block(*, at: dt.datetime) -> Seal | None:
    """Seal the next block of events and return it, or None: there is nothing new, or somebody else just sealed it.

    All is read and hashed before anything is written; the height, taken once, decides between two sealers.
    """
    before = sealed.head()
    first = before.last_event + 1 if before else 1
    late = sealed.came_late(at=at, limit=BLOCK_MAX)
    new = sealed.unsealed(after=first - 1, limit=BLOCK_MAX - len(late))
    if not new and not late:
        return None
    last = new[-1] if new else first - 1
    # By number: that is also the order of the leaves.
    reader = Reader()
    marks = [_mark(content) for content in reader.contents([*late, *new])]
    height = before.height + 1 if before else 1
    tree = core.root([core.leaf(mark.event_id, mark.header, mark.parts) for mark in marks])
    texts = [(mark.event_id, height, mark.salt, mark.header, mark.parts) for mark in marks]
    digest = digests.of_events([mark.event_id for mark in marks], texts, reader=reader)
    block = Block(
        version=core.VERSION,
        height=height,
        first=first,
        last=last,
        holes=core.holes(first, last, [mark.event_id for mark in marks if mark.event_id >= first]),
        late=late,
        events=len(marks),
        root=core.summit(tree, digest),
        previous=before.hash if before else BEGINNING,
        sealed_at=str(sealed.moment(at.isoformat())),
    )
    return _write(block, marks, tree=tree, digest=digest, at=at)


def _mark(content: Content) -> SealedEvent:
    salt = secrets.token_hex(16)
    return SealedEvent(
        event_id=content.event,
        salt=salt,
        header=content.header_hash(),
        parts=core.joined(content.part_hashes(salt)),
    )


def _write(block: Block, marks: list[SealedEvent], *, tree: str, digest: str, at: dt.datetime) -> Seal | None:
    seal = Seal(
        height=block.height,
        version=block.version,
        first_event=block.first,
        last_event=block.last,
        holes=block.holes,
        late=block.late,
        events=block.events,
        tree=tree,
        digest=digest,
        root=block.root,
        previous=block.previous,
        hash=block.hash(),
        sealed_at=at,
    )
    for mark in marks:
        mark.seal = seal
    try:
        with transaction.atomic():
            if Seal.objects.filter(height=block.height).exists():
                return None
            seal.save(force_insert=True)
            SealedEvent.objects.bulk_create(marks, batch_size=1000)
    except IntegrityError:
        if not Seal.objects.filter(height=block.height).exists():
            raise
        return None
    return seal


@transaction.atomic
def sign_head(*, by: Organization, at: dt.datetime, note: str = "") -> Witness:
    """Record that an organization signs the present head, and return it: its line is to be kept elsewhere.

    :raises NothingIsSealedYet: if there is no seal.
    """
    last = sealed.head()
    if last is None:
        raise NothingIsSealedYet
    return _kept(chain="", height=last.height, digest=last.hash, by=by, at=at, note=note)


@transaction.atomic
def witness(*, chain: str, height: int, digest: str, by: Organization, at: dt.datetime, note: str = "") -> Witness:
    """Keep a head that came from outside: of our own chain (`chain` empty), or of another installation's.

    :raises HeadDiffers: if the chain, or what was kept of it before, has another hash at that height.
    """
    if chain:
        known = Witness.objects.filter(chain=chain, height=height).exclude(hash=digest).exists()
    else:
        known = not Seal.objects.filter(height=height, hash=digest).exists()
    if known:
        raise HeadDiffers(height=height)
    return _kept(chain=chain, height=height, digest=digest, by=by, at=at, note=note)


def _kept(*, chain: str, height: int, digest: str, by: Organization, at: dt.datetime, note: str) -> Witness:
    signed, _created = Witness.objects.get_or_create(
        chain=chain, height=height, hash=digest, by=by, defaults={"signed_at": at, "note": note}
    )
    return signed


def line(witness: Witness) -> str:
    """Return a head as it is kept outside: `height hash date code`."""
    return f"{witness.height} {witness.hash} {timezone.localdate(witness.signed_at)} {witness.by.code}"
