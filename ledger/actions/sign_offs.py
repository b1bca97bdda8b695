"""Sign off a period of a member's book: the síndico of its body signs, and the period takes no more entries.

A síndico writes nothing in books (Ley 20.337, art. 79): what is written here is the signature, and that the days are
over. What comes late goes under a later day, and says so (`journal.post`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import findings, refusals, years
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models.accounts import Book
from ledger.models.sign_offs import SampledEntry, SignOff
from ledger.queries import sign_offs
from ledger.queries.sign_offs import Prepared
from network.errors import DomainError
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User

#: So many entries are drawn at most: whoever wants more reads the journal.
DRAWN_MAX = 200


class NotItsAuditor(DomainError):
    """A body's síndico signs."""

    message = _("Only the síndico of %(body)s, with a mandate in force today, signs off a period.")


class NotBelow(DomainError):
    """A body signs off books of those below it."""

    message = _("%(organization)s does not belong to %(body)s.")


class PeriodIsNotOver(DomainError):
    """Days that have passed are signed off."""

    message = _("Choose a period that is over, from a day until the same or a later one.")


class SampleIsNotRight(DomainError):
    """A sample is drawn by a seed."""

    message = _("Write by what the sample is drawn, and how many entries: from 1 to %(most)s.")


class EntriesCameMeanwhile(DomainError):
    """One signs what one saw."""

    message = _("The period has other entries than when you looked. Look at it again, then sign.")


class SignedAlready(DomainError):
    """A day is signed off once."""

    message = _("Part of this period was signed off already, in %(code)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is signed: the days, by what so many entries are drawn."""

    starts_on: dt.date
    ends_on: dt.date
    seed: str
    count: int


def prepare(*, body: Organization, book: Book, what: Period, by: User, on: dt.date) -> Prepared:
    """Return what is to be looked at before signing; nothing is written.

    :raises NotItsAuditor, NotBelow, PeriodIsNotOver, SampleIsNotRight: as `sign`.
    """
    _checked(body, book, what, by=by, on=on)
    return sign_offs.prepare(
        book, starts_on=what.starts_on, ends_on=what.ends_on, seed=what.seed.strip(), count=what.count
    )


@transaction.atomic
def sign(
    *,
    key: uuid.UUID,
    body: Organization,
    book: Book,
    what: Period,
    drawn_from: str,
    statement: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> SignOff:
    """Sign off a period of a book for a body: it is closed, with the sample and what stood open; the same key once.

    `drawn_from` names the entries that one looked at (`Prepared.drawn_from`): one signs what one saw.

    :raises NotItsAuditor: if the person does not watch the body today.
    :raises NotBelow: if the book is of no member.
    :raises PeriodIsNotOver, SampleIsNotRight: if days or sample are not right.
    :raises FindingNeedsReason, NoteTellsOfSomebody: if nothing is said, or of a person.
    :raises EntriesCameMeanwhile: if the period has other entries now.
    :raises SignedAlready: if part of it was signed off for the body before.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    mandate = _checked(body, book, what, by=by, on=on)
    said, seed = findings.written(statement), what.seed.strip()
    row = {"body": body, "book": book, "starts_on": what.starts_on, "ends_on": what.ends_on}
    row |= {"seed": seed, "statement": said, "drawn_from": drawn_from}
    if (earlier := SignOff.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    overlapping = SignOff.objects.filter(
        body=body, book=book, starts_on__lte=what.ends_on, ends_on__gte=what.starts_on
    ).first()
    if overlapping is not None:
        raise SignedAlready(code=overlapping.code)
    # First closed, then counted: no entry slips in between.
    years.close_through(book=book, through=what.ends_on, by=by)
    seen = sign_offs.prepare(book, starts_on=what.starts_on, ends_on=what.ends_on, seed=seed, count=what.count)
    if seen.drawn_from != drawn_from:
        raise EntriesCameMeanwhile
    with refusals.from_database():
        signed = SignOff.objects.create(
            key=key,
            entries=seen.entries,
            drawn=len(seen.sample),
            checked_at=seen.run.finished_at if seen.run else None,
            findings=[sign_offs.written(each) for each in seen.findings],
            mandate=mandate,
            signed_on=on,
            recorded_at=at,
            **row,
        )
        SampledEntry.objects.bulk_create(
            SampledEntry(sign_off=signed, place=place, event_id=entry.event_id)
            for place, entry in enumerate(seen.sample, start=1)
        )
    return signed


def _checked(body: Organization, book: Book, what: Period, *, by: User, on: dt.date) -> Mandate:
    """Return by which mandate somebody may sign this, or refuse it."""
    mandate = sign_offs.mandate(by, body, on=on)
    if mandate is None:
        raise NotItsAuditor(body=body.name)
    if not sign_offs.members(body, on=on).filter(pk=book.organization_id).exists():
        raise NotBelow(organization=book.organization.name, body=body.name)
    if not what.starts_on <= what.ends_on < on:
        raise PeriodIsNotOver
    if not (what.seed.strip() and len(what.seed.strip()) <= 64 and 1 <= what.count <= DRAWN_MAX):
        raise SampleIsNotRight(most=DRAWN_MAX)
    return mandate
