"""Clearing rounds: call one, say whether one takes part, stay out knowing the result, call it off.

A multilateral set-off is a contract of all who take part (CCyC arts. 921–924: the law knows it between two). So one is
in a round by the membership agreement, or by a yes of one's own; and may stay out until the result is in the books.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals, round_credit
from ledger.actions.agreements import ReasonIsMissing, require_confirm
from ledger.actions.cleared import RoundNotAtThisPoint, code_of, held, solve
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.units import measure
from ledger.models.clearing import ClearingRound, Consent, RoundParty, RoundState, Stance
from ledger.models.units import Unit, UnitKind
from ledger.queries import clearing
from network.errors import DomainError
from network.models.organizations import TIERS, Organization
from network.models.people import User
from network.models.resolutions import Resolution


class NoBodyOfMembers(DomainError):
    """A round is called by a body for those below it."""

    message = _("%(name)s has no members with books: a round is called by a federation, confederation or network.")


class RoundOfMoney(DomainError):
    """A round is in money."""

    message = _("Choose a unit of money: debts in goods, hours or network credit are not cancelled in a round.")


class DaysOfRound(DomainError):
    """Days follow each other."""

    message = _("Choose a cut-off up to today, then until when one joins, and until when one answers, not before.")


class TooLateToAnswer(DomainError):
    """What was said until the day counts."""

    message = _("One could answer until %(day)s.")


class NotInTheRound(DomainError):
    """Only parties answer."""

    message = _("%(organization)s has no part in this round.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a round is about, and until when one answers."""

    unit: Unit
    consent: Consent
    cut_off: dt.date
    join_until: dt.date
    answer_until: dt.date
    takes_undue: bool = False
    #: A network credit with which more is cancelled, how much of it at most, and the resolution that says so.
    credit: Unit | None = None
    credit_most: int = 0
    resolution: Resolution | None = None

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def call(*, key: uuid.UUID, body: Organization, what: Call, by: User, on: dt.date) -> ClearingRound:
    """Call a round for all below a body that keep a book; the same key returns the first one.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises NoBodyOfMembers: if fewer than two below it keep a book.
    :raises RoundOfMoney, DaysOfRound: if unit or days are not right.
    :raises NotItsCredit, NotAtPar, AmountAboveZero, CreditByResolution, AnotherBodyDecided, DecidedLater: if it may
        not be called with that credit.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_confirm(by=by, organization=body, on=on)
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    row = {"body": body, **what.row()}
    if (earlier := ClearingRound.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    invited = list(clearing.invited(body, on=on)) if body.kind in TIERS else []
    if len(invited) < 2:  # a circle has two at least
        raise NoBodyOfMembers(name=body.name)
    if what.unit.kind != UnitKind.MONEY:
        raise RoundOfMoney
    if not what.cut_off <= on <= what.join_until <= what.answer_until:
        raise DaysOfRound
    if what.credit is not None:
        round_credit.require_decided(
            body=body, credit=what.credit, unit=what.unit, most=what.credit_most, resolution=what.resolution, on=on
        )
    stance = Stance.JOINED if what.consent == Consent.STANDING else Stance.ASKED
    with refusals.from_database():
        called = ClearingRound.objects.create(key=key, peg=measure(unit=what.unit), called_on=on, called_by=by, **row)
        RoundParty.objects.bulk_create(
            RoundParty(round=called, organization=each, code=code_of(key, f"party {each.pk}"), stance=stance)
            for each in invited
        )
    return called


def _party(found: ClearingRound, organization: Organization) -> RoundParty:
    party = RoundParty.objects.filter(round=found, organization=organization).first()
    if party is None:
        raise NotInTheRound(organization=organization.name)
    return party


def _say(party: RoundParty, stance: Stance, *, reason: str = "", by: User, on: dt.date) -> RoundParty:
    party.stance, party.reason, party.answered_by, party.answered_on = stance, reason, by, on
    with refusals.from_database():
        party.save(update_fields=["stance", "reason", "answered_by", "answered_on", "pays_most", "takes_most"])
    return party


@transaction.atomic
def take_part(
    *, found: ClearingRound, organization: Organization, by: User, on: dt.date, pays: int = 0, takes: int = 0
) -> RoundParty:
    """Say yes: to taking part, while one may join; to the result, once it is there.

    `pays` and `takes` are said on joining, where the round is with a credit: how much of what one owes one pays in
    credit at most, and how much of it one takes for what one is owed; minor units. Who says nothing does neither.

    :raises NoPosition, CreditSaidOnJoining: if it may not say so, or not any more.
    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotInTheRound: if it was not asked.
    :raises TooLateToAnswer: if the time to join is over.
    :raises RoundNotAtThisPoint: if the round is over, or one has stayed out of its result.
    """
    found = held(found, RoundState.CALLED, RoundState.PROPOSED)
    require_confirm(by=by, organization=organization, on=on)
    party = _party(found, organization)
    if found.state == RoundState.CALLED:
        if on > found.join_until:
            raise TooLateToAnswer(day=found.join_until)
        if pays or takes:
            round_credit.require_may(found, organization, pays=pays, takes=takes)
        party.pays_most, party.takes_most = pays, takes
        return _say(party, Stance.JOINED, by=by, on=on)
    if party.stance == Stance.OUT:
        raise RoundNotAtThisPoint(state=party.get_stance_display())
    if pays or takes:
        raise round_credit.CreditSaidOnJoining
    return _say(party, Stance.ACCEPTED, by=by, on=on)


@transaction.atomic
def stay_out(*, found: ClearingRound, organization: Organization, reason: str, by: User, on: dt.date) -> RoundParty:
    """Take no part. Where the result was there already, it is worked out anew without that party's claims.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotInTheRound: if it has no part.
    :raises TooLateToAnswer: if the time to answer is over.
    :raises RoundNotAtThisPoint: if the round is over.
    """
    found = held(found, RoundState.CALLED, RoundState.PROPOSED)
    require_confirm(by=by, organization=organization, on=on)
    party = _party(found, organization)
    until = found.join_until if found.state == RoundState.CALLED else found.answer_until
    if on > until:
        raise TooLateToAnswer(day=until)
    if party.stance == Stance.OUT:
        return party
    party = _say(party, Stance.OUT, reason=reason.strip()[:200], by=by, on=on)
    if found.state == RoundState.PROPOSED:
        solve(found)
    return party


@transaction.atomic
def call_off(*, found: ClearingRound, reason: str, by: User, on: dt.date) -> ClearingRound:
    """End a round before it is in the books; its claims are free again.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises RoundNotAtThisPoint: if it is over.
    :raises ReasonIsMissing: if nothing is said.
    """
    found = held(found, RoundState.CALLED, RoundState.PROPOSED)
    require_confirm(by=by, organization=found.body, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    found.state, found.reason = RoundState.CANCELLED, reason.strip()[:200]
    with refusals.from_database():
        found.save(update_fields=["state", "reason"])
    return found
