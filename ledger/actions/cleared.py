"""What comes out of a clearing round: work it out, write it into all books at once, reverse it as a whole.

The claims are counted once, when the time to join is over: from then on none of them is paid until the round is in the
books or called off. Whoever stays out afterwards takes their claims along, and the round is worked out anew, with the
same lots (the rule that nothing is patched: Fleischman and Dini, 2021; docs/decisions/0017).
"""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.actions import claims, journal, refusals, round_credit
from ledger.actions.agreements import ReasonIsMissing, require_confirm
from ledger.actions.facts import Fact
from ledger.core import clearing as core
from ledger.core.clearing_round import Cleared, inputs_hash
from ledger.models.clearing import ClearingRound, Consent, RoundClaim, RoundParty, RoundState, Stance
from ledger.queries import clearing
from network.errors import DomainError
from network.models.people import User

#: What the journal calls it.
KIND = "clearing_round"
#: So many lines has an event at most; each claim takes two.
LINES_MAX = 32_767
CHUNK = 1000


class RoundNotAtThisPoint(DomainError):
    """A round is called, worked out, posted, one after the other."""

    message = gettext_lazy("This round is “%(state)s”. Open it again to see what has happened.")


class StillTimeToJoin(DomainError):
    """Whoever was asked has until that day."""

    message = gettext_lazy("Until %(day)s one may still say whether one takes part. Wait for it, or for all to answer.")


class StillTimeToAnswer(DomainError):
    """Whoever takes part has until that day to look at the result."""

    message = gettext_lazy("Until %(day)s one may still stay out. Wait for it, or for all to accept.")


class NothingToClear(DomainError):
    """There is no circle."""

    message = gettext_lazy("Nothing can be cancelled: those who take part owe each other nothing in a circle.")


class TooManyClaims(DomainError):
    """An event holds so many lines."""

    message = gettext_lazy("That is more than one entry can hold. Call a round of fewer cooperatives.")


def held(found: ClearingRound, *states: RoundState) -> ClearingRound:
    """Return a round as it is now, held, if it is in one of these states.

    :raises RoundNotAtThisPoint: if it is in another.
    """
    rows = ClearingRound.objects.select_for_update(of=("self",)).select_related(
        "body", "unit", "peg", "event", "credit", "resolution"
    )
    now = rows.get(pk=found.pk)
    if now.state not in states:
        raise RoundNotAtThisPoint(state=now.get_state_display())
    return now


@transaction.atomic
def propose(*, found: ClearingRound, seed: str = "", by: User, on: dt.date) -> ClearingRound:
    """Count the claims of those who take part, draw the lots, and work the round out.

    `seed` is what was drawn in public, a lottery's number say; empty, it is drawn here, after the claims are fixed.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises RoundNotAtThisPoint: if it was worked out before, or called off.
    :raises StillTimeToJoin: if somebody who was asked may still answer.
    :raises NothingToClear: if nothing would be cancelled.
    """
    found = held(found, RoundState.CALLED)
    require_confirm(by=by, organization=found.body, on=on)
    silent = found.parties.filter(stance=Stance.ASKED)
    if on <= found.join_until and (found.consent == Consent.STANDING or silent.exists()):
        raise StillTimeToJoin(day=found.join_until)
    silent.update(stance=Stance.OUT, reason=_("Did not answer."))
    _count(found, on=on)
    round_credit.count(found)
    rows, listed = clearing.arcs(found)
    found.inputs = inputs_hash(found.unit.code, found.cut_off, listed, clearing.lending(found, rows))
    found.seed = " ".join(seed.split())[:64] or secrets.token_hex(16)
    found.state = RoundState.PROPOSED
    solve(found)
    if not found.total:
        raise NothingToClear
    return found


def _count(found: ClearingRound, *, on: dt.date) -> None:
    """Write down the claims between those who take part, as they stood."""
    parties = {each.organization_id: each for each in found.parties.exclude(stance=Stance.OUT)}
    listed = clearing.candidates(
        parties, unit=found.unit, peg=found.peg, cut_off=found.cut_off, today=on, takes_undue=found.takes_undue
    )
    rows = [
        RoundClaim(
            round=found,
            claim_id=each.claim,
            debtor=parties[each.debtor],
            creditor=parties[each.creditor],
            code=code_of(found.key, f"claim {each.claim}"),
            amount=each.amount,
            age=each.age,
            left_out=each.left_out,
        )
        for each in listed
    ]
    with refusals.from_database():
        RoundClaim.objects.bulk_create(rows, batch_size=CHUNK)


def code_of(key: uuid.UUID, name: str) -> str:
    """Return what the public file of a round calls a party or a claim: nobody who does not know the key can tell."""
    return hashlib.sha256(f"{key}\n{name}".encode()).hexdigest()[:12]


def solve(found: ClearingRound) -> None:
    """Work a round out for those who still take part, and keep the result with its proof.

    Whoever had accepted another result has to look at this one.
    """
    rows, listed = clearing.arcs(found)
    solved = core.clear(listed, seed=found.seed.rstrip("+"), lending=clearing.lending(found, rows))
    gone = solved.cancelled
    changed = [row for row in rows if row.cancelled != gone.get(row.code, 0)]
    for row in changed:
        row.cancelled = gone.get(row.code, 0)
    with refusals.from_database():
        dropped = found.claims.filter(Q(debtor__stance=Stance.OUT) | Q(creditor__stance=Stance.OUT), cancelled__gt=0)
        touched = set(dropped.values_list("debtor", flat=True)) | set(dropped.values_list("creditor", flat=True))
        dropped.update(cancelled=0)
        RoundClaim.objects.bulk_update(changed, ["cancelled"], batch_size=CHUNK)
        touched |= {side for row in changed for side in (row.debtor_id, row.creditor_id)}
        found.parties.filter(pk__in=touched, stance=Stance.ACCEPTED).update(stance=Stance.JOINED)
        _keep_heights(found.parties.exclude(stance=Stance.OUT), solved)
        if found.credit_id:
            round_credit.keep(found, solved)
        found.seed, found.total, found.solved = solved.seed, solved.total, found.solved + 1
        found.save(update_fields=["state", "inputs", "seed", "total", "solved", "lent", "ends"])


def _keep_heights(parties: Iterable[RoundParty], solved: Cleared) -> None:
    changed = []
    for party in parties:
        by_age, by_lot = solved.order.get(party.code, (0, 0))
        told = (solved.heights.get(party.code, 0), by_age, by_lot)
        if told != (party.height, party.height_by_age, party.height_by_lot):
            party.height, party.height_by_age, party.height_by_lot = told
            changed.append(party)
    RoundParty.objects.bulk_update(changed, ["height", "height_by_age", "height_by_lot"], batch_size=CHUNK)


@transaction.atomic
def anew(*, found: ClearingRound, by: User, on: dt.date) -> ClearingRound:
    """Look again at how far each may go down in the credit, and work the round out anew, with the same lots.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises RoundNotAtThisPoint: if it was not worked out, or is in the books.
    """
    found = held(found, RoundState.PROPOSED)
    require_confirm(by=by, organization=found.body, on=on)
    round_credit.count(found)
    solve(found)
    return found


@transaction.atomic
def post(*, found: ClearingRound, by: User, on: dt.date) -> ClearingRound:
    """Write a round into the books of all who take part: one event, each claim less by what is cancelled of it.

    Nobody's net position changes, and nothing but claims between them moves, and the credit that it was called with.

    :raises LimitNoLongerSuffices: if somebody has less of that credit than it would pay.
    :raises NoMandateToday: if the person cannot bind the body.
    :raises RoundNotAtThisPoint: if it was not worked out, or is in the books.
    :raises StillTimeToAnswer: if somebody has not looked at the result, and still may.
    :raises NothingToClear: if all that could be cancelled went with those who stayed out.
    :raises TooManyClaims: if it is more than one event holds.
    """
    found = held(found, RoundState.PROPOSED)
    require_confirm(by=by, organization=found.body, on=on)
    if on <= found.answer_until and found.parties.filter(stance=Stance.JOINED).exists():
        raise StillTimeToAnswer(day=found.answer_until)
    rows = list(clearing.cancelled(found))
    if not rows:
        raise NothingToClear
    planned = [line for row in rows for line in claims.lines(claim=row.claim, amount=-row.cancelled, quantity=0)]
    planned += round_credit.lines(found)
    if len(planned) > LINES_MAX:
        raise TooManyClaims
    fact = Fact(
        kind=KIND,
        happened_on=on,
        memo=_("Clearing round of %(body)s") % {"body": found.body.name},
        agreement=found.code,
        resolution=found.resolution.cited if found.resolution else "",
    )
    found.event = journal.post(
        key=uuid.uuid5(found.key, "posted"),
        fact=fact,
        lines=claims.with_accounts(planned),
        on=on,
        by=by,
        confirmed_by=by,
    )
    found.state, found.posted_on = RoundState.POSTED, on
    with refusals.from_database():
        found.save(update_fields=["state", "posted_on", "event"])
    return found


@transaction.atomic
def reverse(*, found: ClearingRound, reason: str, by: User, on: dt.date) -> ClearingRound:
    """Undo a round as a whole: every claim is again what it was, in all books.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises RoundNotAtThisPoint: if it is not in the books.
    :raises ReasonIsMissing: if nothing is said.
    """
    found = held(found, RoundState.POSTED)
    require_confirm(by=by, organization=found.body, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    found.reason, found.state = reason.strip()[:200], RoundState.REVERSED
    journal.reverse(
        event=found.event,  # type: ignore[arg-type]  # a posted one has its event
        key=uuid.uuid5(found.key, "reversed"),
        reason=found.reason,
        on=on,
        by=by,
        confirmed_by=by,
    )
    with refusals.from_database():
        found.save(update_fields=["state", "reason"])
    return found
