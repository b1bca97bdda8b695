"""Who may be elected to what: the seat, the days, the turn, and from where."""

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from network.actions.refusals_councils import (
    BeginsYearsAhead,
    ElectedFromOutside,
    HoldsARivalOffice,
    HoldsASeatOfIt,
    OfficeGoesRound,
    SeatIsHeld,
    SeatIsNotInTheStatute,
    TermIsPastTheLaw,
    TermIsTooLong,
)
from network.core.mandates import Turn, is_in_a_row, months_after
from network.errors import DomainError
from network.models.bylaws import BINDING_OFFICES, Bylaws, Office, Seat
from network.models.councils import Mandate, MandateQuerySet
from network.models.organizations import TIERS, Affiliation
from network.models.people import Membership

#: An election is for the coming term: it begins within so many months.
STARTS_WITHIN_MONTHS = 12


class MandateEndsBeforeItStarts(DomainError):
    """A mandate ends after it starts."""

    message = _("The mandate must end after the day on which it starts.")


class OfficeIsHeld(SeatIsHeld):
    """One person holds a seat on a day; several members at large and auditors have a seat each."""

    message = _("On those days %(office)s is already %(name)s. Recall that mandate first, or choose later days.")


class BeginsTooFarAhead(BeginsYearsAhead):
    """Nobody elects for the year after next: a year is easily mistyped."""

    message = _("%(day)s is more than a year ahead. Look at the year.")


def check(mandate: Mandate, *, on: dt.date) -> None:
    """Look whether a mandate that is not written yet may be. Whoever asks holds the lock on the organization's row.

    :raises BeginsTooFarAhead: if it begins more than a year after `on`.
    :raises MandateEndsBeforeItStarts, TermIsTooLong, TermIsPastTheLaw: if the days are not right.
    :raises SeatIsNotInTheStatute: if the statute has no such seat.
    :raises OfficeIsHeld: if somebody else holds the seat on one of those days.
    :raises HoldsARivalOffice: if the person holds what does not go with it on one of those days.
    :raises HoldsASeatOfIt, OfficeGoesRound: if offices rotate here, and it is not this person's turn.
    :raises ElectedFromOutside: if the person is no member; of a federation, no delegate of a member organization.
    """
    if mandate.starts_on > months_after(on, STARTS_WITHIN_MONTHS):
        raise BeginsTooFarAhead(day=mandate.starts_on)
    _check_term(mandate)
    _check_seat(mandate)
    _check_rivals(mandate)
    _check_turn(mandate)
    _check_within(mandate)


def _check_term(mandate: Mandate) -> None:
    if mandate.until <= mandate.starts_on:
        raise MandateEndsBeforeItStarts
    bylaws = Bylaws.of(mandate.organization)
    if mandate.until > months_after(mandate.starts_on, bylaws.term_months_max):
        raise TermIsTooLong
    if mandate.until > months_after(mandate.starts_on, bylaws.term_months(mandate.office)):
        raise TermIsPastTheLaw


def _check_seat(mandate: Mandate) -> None:
    numbers = list(Seat.objects.filter(organization=mandate.organization).values_list("office", "number"))
    if numbers and (mandate.office, mandate.seat) not in numbers:
        raise SeatIsNotInTheStatute
    if mandate.office in BINDING_OFFICES and mandate.seat != 1:
        raise SeatIsNotInTheStatute
    others = Mandate.objects.filter(organization=mandate.organization, office=mandate.office, seat=mandate.seat)
    holder = others.overlapping(mandate.starts_on, mandate.until).select_related("user").first()
    if holder is not None:
        raise OfficeIsHeld(office=holder.get_office_display(), name=holder.user.name)


def _check_rivals(mandate: Mandate) -> None:
    theirs = Mandate.objects.filter(organization=mandate.organization, user=mandate.user)
    rivals = theirs.filter(office__in=Office(mandate.office).rivals)
    if rivals.overlapping(mandate.starts_on, mandate.until).exists():
        raise HoldsARivalOffice


def _check_turn(mandate: Mandate) -> None:
    """Where offices go round, nobody holds one twice in a row, whichever turn is written first, nor two at once."""
    if not _goes_round(mandate):
        return
    held = Mandate.objects.filter(organization=mandate.organization, office=mandate.office)
    if held.overlapping(mandate.starts_on, mandate.until).filter(user=mandate.user).exists():
        raise HoldsASeatOfIt
    turns = _turns(held)
    if is_in_a_row(Turn(mandate.seat, mandate.user_id, mandate.starts_on), turns):
        raise OfficeGoesRound


def check_cancelling(mandate: Mandate) -> None:
    """Look whether without a turn that has not begun somebody would follow upon themselves.

    :raises OfficeGoesRound: if offices rotate here, and somebody would.
    """
    if not _goes_round(mandate):
        return
    others = _turns(Mandate.objects.filter(organization=mandate.organization, office=mandate.office))
    others.remove(turn := Turn(mandate.seat, mandate.user_id, mandate.starts_on))
    later = [other for other in others if other.starts_on > turn.starts_on and other.person != turn.person]
    before = [other for other in others if other.starts_on < turn.starts_on and other.seat == turn.seat]
    for other in later:
        theirs = {each for each in before if each.person == other.person}
        if theirs and is_in_a_row(other, [each for each in others if each in theirs or each.person != other.person]):
            raise OfficeGoesRound


def _goes_round(mandate: Mandate) -> bool:
    return mandate.office == Office.ROTATING or Bylaws.of(mandate.organization).rotates


def _turns(mandates: MandateQuerySet) -> list[Turn]:
    """Return the turns that were or will be held, even for an hour."""
    held = mandates.exclude(ended_on__lt=F("starts_on"))
    return [Turn(*each) for each in held.values_list("seat", "user_id", "starts_on")]


def _check_within(mandate: Mandate) -> None:
    organization, home, on = mandate.organization, mandate.delegate_of, mandate.starts_on
    if organization.kind in TIERS and (
        home is None or not Affiliation.objects.in_force(on).filter(member=home, body=organization).exists()
    ):
        raise ElectedFromOutside
    members = Membership.objects.in_force(on).filter(organization=home or organization)
    if not members.filter(user=mandate.user).exists():
        raise ElectedFromOutside
