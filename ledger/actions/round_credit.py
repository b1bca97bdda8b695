"""A clearing round with a network credit: who may call one so, what each says, and what it writes.

Whoever pays in credit owes less to its creditors and stands lower in the network; whoever takes it is owed less and
stands higher. So a chain that no circle closes goes through the network's book, at par, and nobody's net worth changes
(docs/decisions/0015, 0017). The network is a new counterparty, and one by one's own word alone: whoever says nothing
pays and takes none.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from ledger.actions import positions, units
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero
from ledger.actions.positions import Holder
from ledger.actions.refusals_clearing import NotItsCredit
from ledger.core.clearing_round import LENT, TAKEN, Cleared
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.clearing import ClearingRound, RoundParty, Stance
from ledger.models.units import Unit
from ledger.queries import credit
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.resolutions import Resolution

CHUNK = 1000


class CreditByResolution(DomainError):
    """A round with credit is decided on."""

    message = _("Choose the resolution by which the body decided that the round is held with its credit.")


class CreditSaidOnJoining(DomainError):
    """What each pays and takes in credit is part of what is counted."""

    message = _("How much one pays and takes in credit is said on joining, in a round that is held with a credit.")


class LimitNoLongerSuffices(DomainError):
    """A limit is looked at when the round is worked out, and when it is posted."""

    message = _(
        "%(organization)s would pay %(pays)s in credit and has only %(room)s left. Work the round out anew: it takes"
        " less of it then."
    )


def require_decided(
    *, body: Organization, credit: Unit, unit: Unit, most: int, resolution: Resolution | None, on: dt.date
) -> None:
    """Refuse a round with a credit that the body does not issue, or that it has not decided on.

    :raises NotItsCredit, NotAtPar, AmountAboveZero, CreditByResolution, AnotherBodyDecided, DecidedLater: as named.
    """
    if credit.issuer is None or credit.issuer.organization_id != body.pk:
        raise NotItsCredit
    positions.require_par(credit, unit)
    if not 0 < most <= INT64_MAX:
        raise AmountAboveZero
    if resolution is None:
        raise CreditByResolution
    if resolution.organization_id != body.pk:
        raise AnotherBodyDecided
    if resolution.resolved_on > on:
        raise DecidedLater(day=resolution.resolved_on)


def require_may(found: ClearingRound, organization: Organization, *, pays: int, takes: int) -> None:
    """Refuse that somebody pays or takes credit that has no position in it.

    :raises CreditSaidOnJoining: if the round is with no credit.
    :raises AmountAboveZero: if one is below zero.
    :raises NoPosition: if no limit was ever set for it.
    """
    if found.credit is None:
        raise CreditSaidOnJoining
    if not (0 <= pays <= INT64_MAX and 0 <= takes <= INT64_MAX):
        raise AmountAboveZero
    positions.position_of(organization, found.credit)


def _rooms(found: ClearingRound) -> dict[int, int]:
    """Return organization → how much it can still pay in the credit of a round."""
    parties = found.parties.exclude(stance=Stance.OUT).values("organization")
    books = dict(Book.objects.filter(organization__in=parties).values_list("pk", "organization"))
    return {books[each.book]: each.room for each in credit.positions(books=books, credit=found.credit)}


def count(found: ClearingRound) -> None:
    """Write down how far below each may go now; nothing where the round is with no credit."""
    if found.credit is None:
        return
    rooms = _rooms(found)
    parties = list(found.parties.all())
    for party in parties:
        party.room = rooms.get(party.organization_id, 0)
    RoundParty.objects.bulk_update(parties, ["room"], batch_size=CHUNK)


def keep(found: ClearingRound, solved: Cleared) -> None:
    """Keep what each pays and takes; of the round, how much in all and the heights of both ends, which is not saved."""
    parties = list(found.parties.all())
    for party in parties:
        party.pays = solved.lent.get(f"+pays {party.code}", 0)
        party.takes = solved.lent.get(f"+takes {party.code}", 0)
    RoundParty.objects.bulk_update(parties, ["pays", "takes"], batch_size=CHUNK)
    found.lent = solved.lent.get(LENT, 0)
    found.ends = {
        end: [solved.heights[end], *solved.order[end]] for end in (LENT, TAKEN) if end in solved.heights
    } or None


def lines(found: ClearingRound) -> list[Planned]:
    """Return what a round writes in credit: one position lower or higher for each that pays or takes.

    :raises LimitNoLongerSuffices: if one is to pay more than it can by now.
    """
    if found.credit is None or not found.lent:
        return []
    rooms = _rooms(found)
    peg = units.measure(unit=found.credit)
    planned: list[Planned] = []
    moved = found.parties.exclude(pays=0, takes=0).select_related("organization__book").order_by("pk")
    for party in moved:
        room = rooms.get(party.organization_id, 0)
        if party.pays > room:
            raise LimitNoLongerSuffices(
                organization=party.organization.name,
                pays=positions.shown(party.pays, found.credit),
                room=positions.shown(room, found.credit),
            )
        holder = Holder(book=party.organization.book.pk)
        planned += positions.side(holder, peg, found.credit, found.unit_id, party.takes - party.pays)
    return planned
