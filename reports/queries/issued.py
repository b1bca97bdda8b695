"""What is known of a paper that somebody holds: whether it is ours, and whether the books behind it still are."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import Book
from ledger.models.seals import Seal, Verification
from network.models.organizations import Organization
from reports.core import identifiers
from reports.models import IssuedPaper

#: What papers are called that no period is chosen for; the others are in `reports/actions/kinds.py`.
TITLES = {
    "minutes": _("Minutes of an assembly"),
    "settlement": _("Settlement statement"),
    "round": _("Record of a clearing round"),
    "sign-off": _("Record of a sign-off"),
    "balance-letter": _("Letter of a balance confirmation"),
    "balance-summary": _("Summary of a balance confirmation"),
}


class Verdict(Enum):
    """What is said of a file, or of an identifier."""

    #: The file is the one that was issued, to the last byte.
    ISSUED = "issued"
    #: It says that it is a paper of ours, and is not the file that was issued.
    ALTERED = "altered"
    #: Only the identifier is known: compare it with what is held.
    NAMED = "named"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and of which paper; none if it is unknown."""

    verdict: Verdict
    paper: IssuedPaper | None = None


class Books(Enum):
    """How the books stand that a paper tells of."""

    #: It tells of no entry.
    NOT_TOLD = "not_told"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    #: No run has looked so far yet.
    NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True, slots=True)
class Behind:
    """The books behind a paper, and when the last run that began at the beginning looked at them."""

    state: Books
    looked_at: dt.datetime | None = None


def of_file(content: bytes) -> Answer:
    """Say what a file is that somebody brings."""
    papers = IssuedPaper.objects.select_related("organization")
    if same := papers.filter(sha256=hashlib.sha256(content).hexdigest()).first():
        return Answer(Verdict.ISSUED, same)
    claimed = identifiers.named_in(content)
    alike = papers.filter(identifier=claimed).order_by("-pk").first() if claimed else None
    return Answer(Verdict.ALTERED, alike) if alike else Answer(Verdict.UNKNOWN)


def of_identifier(identifier: str) -> Answer:
    """Say which paper was issued under an identifier: the newest file, if another version printed it anew."""
    papers = IssuedPaper.objects.select_related("organization").filter(identifier=identifier)
    found = papers.order_by("-pk").first()
    return Answer(Verdict.NAMED, found) if found else Answer(Verdict.UNKNOWN)


def told_less(
    *,
    kind: str,
    organization: Organization,
    language: str,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    cutoff_event: int,
    last_said: int = 0,
) -> str:
    """Return the identifier of the last paper of the same kind and period with an earlier cut-off; empty if none."""
    if starts_on is None:
        return ""
    alike = IssuedPaper.objects.filter(
        kind=kind, organization=organization, language=language, starts_on=starts_on, ends_on=ends_on
    )
    earlier = alike.filter(
        Q(last_event__lt=cutoff_event) | Q(last_event=cutoff_event, last_said__lt=last_said)
    ).order_by("-last_event", "-last_said", "-pk")
    return earlier.values_list("identifier", flat=True).first() or ""


def replaced_by(paper: IssuedPaper) -> IssuedPaper | None:
    """Return the newest paper of the same kind and period that tells more of it."""
    if paper.starts_on is None:
        return None
    alike = IssuedPaper.objects.filter(
        kind=paper.kind,
        organization_id=paper.organization_id,
        language=paper.language,
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
    )
    later = alike.filter(
        Q(last_event__gt=paper.last_event) | Q(last_event=paper.last_event, last_said__gt=paper.last_said)
    )
    return later.order_by("-last_event", "-last_said", "-pk").first()


def behind(paper: IssuedPaper) -> Behind:
    """Return how the books stand that a paper tells of.

    Nothing is recomputed: the seals were, by the runs of every ten minutes and every night. The books are as they were
    if the chain still has the seal of the paper, and neither the last full run nor any since has named a thing that
    the paper may tell of.
    """
    if paper.height is None:
        return Behind(Books.NOT_LOOKED_AT if paper.last_event else Books.NOT_TOLD)
    kept = Seal.objects.filter(height=paper.height).values_list("hash", flat=True).first()
    full = Verification.objects.filter(is_full=True).order_by("-pk").first()
    since = Verification.objects.filter(pk__gte=full.pk) if full else Verification.objects.none()
    wrong = any(_names(run, paper) for run in since.exclude(count=0))
    if kept != paper.seal or wrong:
        return Behind(Books.CHANGED)
    covering = since.filter(height__gte=paper.height).order_by("pk").first()
    return Behind(Books.UNCHANGED, covering.finished_at) if covering else Behind(Books.NOT_LOOKED_AT)


def _names(run: Verification, paper: IssuedPaper) -> bool:
    """Say whether a run named something that the paper may tell of.

    What names no block (a balance, a stray row) or no book may be under any; a body's papers tell of many books.
    """
    if run.count > len(run.problems):
        return True
    told = Book.objects.filter(organization=paper.organization).values_list("pk", flat=True).first()
    book = 0 if paper.organization.is_of_members else told or 0
    return any(_may_concern(problem, height=paper.height or 0, book=book) for problem in run.problems)


def _may_concern(problem: dict[str, Any], *, height: int, book: int) -> bool:
    return problem["block"] <= height and (not book or problem["book"] in (0, book))
