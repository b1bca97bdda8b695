"""Shared machines: write down whose one is, who may use it and what an hour costs; decide on a new price; end it.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`). Bookings and what was
really used are told in `bookings`.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ledger.actions import agreements, endings, refusals, terms
from ledger.actions.agreements import held, remember, require_confirm, require_decision, require_state
from ledger.actions.deliveries import AmountAboveZero
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_machines import MachineIsOpen, MachineOfItsOwners, PriceIsDecided
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.machines import MACHINE, Machine, MachineOwner, MachinePrice
from ledger.queries import claims
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

#: An hour of a machine costs no more than fits, however long it is booked.
PRICE_MAX = INT64_MAX // 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an hour costs: minor units without VAT, 0 for nothing; the VAT in basis points."""

    owners: int
    others: int
    vat_rate: int | None = None

    def row(self) -> dict[str, int | None]:
        """Return it as the table holds it."""
        return {"owners": self.owners, "others": self.others, "vat_rate": self.vat_rate}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMachine:
    """What is agreed. `owners` are pairs of whose parts and how many; none where all of it is the holder's."""

    holder: Organization
    name: str
    place: str = ""
    owners: Sequence[tuple[Organization, int]] = ()
    users: Sequence[Organization] = ()
    price: Price
    is_automatic: bool = False
    agreed_on: dt.date
    resolution: str = ""

    def agreement(self) -> dict[str, object]:
        """Return what stands with any agreement."""
        return {
            "title": " ".join(self.name.split())[:120],
            "is_pegged_to_goods": False,
            "agreed_on": self.agreed_on,
            "resolution": self.resolution.strip()[:80],
        }

    def row(self) -> dict[str, object]:
        """Return what stands with a machine."""
        return {"holder": self.holder, "place": self.place.strip()[:120], "is_automatic": self.is_automatic}

    @property
    def shares(self) -> list[tuple[Organization, int]]:
        """Whose it is: of the holder alone if nobody else is named."""
        return list(self.owners) or [(self.holder, 1)]

    @property
    def others(self) -> list[Organization]:
        """Who agrees besides the holder, who proposes."""
        named = dict.fromkeys([*(owner for owner, _parts in self.shares), *self.users])
        return [each for each in named if each != self.holder]


@transaction.atomic
def propose(*, key: uuid.UUID, machine: SharedMachine, by: User, on: dt.date) -> Agreement:
    """Write down for its holder who may use a machine and at which price; the same key returns the first one.

    :raises NotForYouToDo: if the person is not of the holder.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises MachineOfItsOwners, AmountAboveZero: if the owners, the users or the prices are not right.
    :raises PartnerKeepsNoBook, MayNotTrade, TooManyParties, PartnerIsYourself: if those who are named cannot agree.
    :raises AgreedInTheFuture: if the day of the agreement has not come.
    """
    holder = machine.holder
    agreements.require_log(by=by, organization=holder, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=holder).first()
    if (earlier := _proposed_before(key, machine)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=holder.name)
    _check(machine, on=on)
    parties = terms.partners(proposer=holder, others=machine.others, on=on)
    agreement = Agreement.objects.create(
        key=key, kind=MACHINE, proposer=holder, unit_id=book.unit_id, **machine.agreement()
    )
    with refusals.from_database():
        row = Machine.objects.create(agreement=agreement, **machine.row())
    _write(row, machine, parties)
    _written(agreement, Verb.LOGGED, by=by, on=on)
    return agreement


def _proposed_before(key: uuid.UUID, machine: SharedMachine) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("machine").first()
    if earlier is None:
        return None
    written = getattr(earlier, "machine", None)
    told = {"proposer": machine.holder, **machine.agreement()}
    if (
        written is None
        or any(getattr(earlier, name) != value for name, value in told.items())
        or any(getattr(written, name) != value for name, value in machine.row().items())
        or list(written.owners.values_list("organization", "parts")) != [(each.pk, n) for each, n in machine.shares]
        or list(written.prices.values("owners", "others", "vat_rate").order_by("pk")[:1]) != [machine.price.row()]
        or [each.pk for each in earlier.others(machine.holder)] != [each.pk for each in machine.others]
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(machine: SharedMachine, *, on: dt.date) -> None:
    terms.check_days(machine.agreed_on, None, on=on)
    owners = [owner for owner, _parts in machine.shares]
    is_right = machine.holder in owners and len(set(owners)) == len(owners)
    if not is_right or not machine.others or not all(0 < parts <= 10**6 for _owner, parts in machine.shares):
        raise MachineOfItsOwners
    _check_price(machine.price)


def _check_price(price: Price) -> None:
    is_within = all(0 <= each <= PRICE_MAX for each in (price.owners, price.others))
    if not is_within or not 0 <= (price.vat_rate or 0) <= 10_000:  # basis points
        raise AmountAboveZero


def _write(row: Machine, machine: SharedMachine, parties: Sequence[Organization]) -> None:
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement_id=row.pk, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    MachineOwner.objects.bulk_create(
        MachineOwner(machine=row, organization=owner, number=number, parts=parts)
        for number, (owner, parts) in enumerate(machine.shares, start=1)
    )
    with refusals.from_database():
        MachinePrice.objects.create(machine=row, since=machine.agreed_on, **machine.price.row())


def _written(agreement: Agreement, verb: Verb, *, by: User, on: dt.date) -> None:
    """Remember who wrote the terms, and sign them for the holder where its officer did."""
    holder = agreement.proposer
    remember(agreement=agreement, verb=verb, by=by, organization=holder, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, holder, by=by, on=on)


@transaction.atomic
def revise(*, agreement: Agreement, machine: SharedMachine, by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again, and the holder stays who it is.

    :raises NotAtThisPoint: if all have already accepted, or it was refused.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    if machine.holder != agreement.proposer:
        raise MachineOfItsOwners
    agreements.require_log(by=by, organization=machine.holder, on=on)
    _check(machine, on=on)
    parties = terms.partners(proposer=machine.holder, others=machine.others, on=on)
    for field, value in machine.agreement().items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.all().delete()
    row = Machine.objects.get(agreement=agreement)
    row.owners.all().delete()
    row.prices.all().delete()
    Machine.objects.filter(agreement=agreement).update(**machine.row())
    _write(row, machine, parties)
    _written(agreement, Verb.REVISED, by=by, on=on)
    return agreement


@transaction.atomic
def set_price(
    *, agreement: Agreement, price: Price, since: dt.date, resolution: Resolution | None, by: User, on: dt.date
) -> MachinePrice:
    """Note what an hour costs from a day on, as the holder's own assembly decided; earlier uses stay as they were.

    :raises NoMandateToday: if the person cannot bind the holder.
    :raises NotAtThisPoint: if the agreement does not run.
    :raises PriceIsDecided: if it would hold from a day that is over, or not after the price before.
    :raises ResolutionIsMissing, AnotherBodyDecided, DecidedLater: if the holder's assembly has not decided so.
    """
    agreement = held(agreement)
    holder = agreement.proposer
    require_confirm(by=by, organization=holder, on=on)
    require_state(agreement, AgreementState.ACCEPTED)
    require_decision(holder, resolution, is_needed=True, on=on)
    _check_price(price)
    machine = agreement.machine
    if since < on or machine.prices.filter(since__gte=since).exists():
        raise PriceIsDecided
    with refusals.from_database():
        found = MachinePrice.objects.create(machine=machine, since=since, resolution=resolution, **price.row())
    remember(agreement=agreement, verb=Verb.PRICED, by=by, organization=holder, on=on, resolution=resolution)
    return found


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End the sharing of a machine today; an officer of any of those who agree may.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty, ReasonIsMissing, SomethingWaits: as everywhere.
    :raises MachineIsOpen: if something is owed.
    """
    agreement = endings.begin(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
    if claims.open_of(agreement=agreement.code).exists():
        raise MachineIsOpen
    return endings.finish(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
