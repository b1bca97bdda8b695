"""Joint purchases: write down who buys a thing for whom and how much each asks for, write it anew, and end it.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`): by its signature each
says yes to its own request. What is bought, handed over and paid is told in `bought`.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, endings, refusals, terms, units
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_bought import BoughtForSeveral, PurchaseIsOpen
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core import purchases as core
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.purchases import JOINT_PURCHASE, PurchaseRequest, PurchaseTerms
from ledger.models.units import Unit
from ledger.queries import claims, purchases
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class RequestIsIncomplete(DomainError):
    """Each says how much it wants, and at which price at most."""

    message = _("%(organization)s needs a quantity above zero, and a price at most for each unit, above zero.")


class AsksTwice(DomainError):
    """Each asks once."""

    message = _("%(organization)s stands twice. Put what it asks for in one row.")


class ThingIsMissing(DomainError):
    """What is bought has a name."""

    message = _("Write what is bought, and choose in what it is counted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How much one asks for: minor units of the thing; `most` in those of money, for one whole unit, without VAT."""

    organization: Organization
    quantity: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPurchase:
    """What is agreed."""

    buyer: Organization
    title: str
    thing: str
    unit: Unit
    requests: Sequence[Request]
    agreed_on: dt.date
    due_on: dt.date | None = None
    resolution: str = ""

    def agreement(self) -> dict[str, object]:
        """Return what stands with any agreement."""
        return {
            "title": " ".join(self.title.split())[:120],
            "is_pegged_to_goods": False,
            "agreed_on": self.agreed_on,
            "due_on": self.due_on,
            "resolution": self.resolution.strip()[:80],
        }

    @property
    def plain_thing(self) -> str:
        """The thing without blanks around it."""
        return " ".join(self.thing.split())[:80]

    def rows(self) -> list[tuple[int, int, int]]:
        """Return the requests as the table holds them."""
        return [(each.organization.pk, each.quantity, each.most) for each in self.requests]

    def others(self, proposer: Organization) -> list[Organization]:
        """Return who agrees besides the proposer: the buyer first."""
        named = dict.fromkeys([self.buyer, *(each.organization for each in self.requests)])
        return [each for each in named if each != proposer]


@transaction.atomic
def propose(*, key: uuid.UUID, proposer: Organization, purchase: JointPurchase, by: User, on: dt.date) -> Agreement:
    """Write down who buys what for whom; the same key returns the first one.

    Whoever gathers the requests proposes, as a rule the buyer. It is a draft until an officer of the proposer signs it,
    at once where an officer writes it.

    :raises NotForYouToDo: if the person is not of the proposer.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises BoughtForSeveral, RequestIsIncomplete, AsksTwice, ThingIsMissing, MoneyIsNotAThing: as named.
    :raises PartnerKeepsNoBook, MayNotTrade, TooManyParties: if those who are named cannot agree on it.
    :raises AgreedInTheFuture, DueBeforeAgreed: if the days are not right.
    """
    agreements.require_log(by=by, organization=proposer, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=proposer).first()
    if (earlier := _proposed_before(key, proposer, purchase)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=proposer.name)
    _check(purchase, proposer, on=on)
    parties = terms.partners(proposer=proposer, others=purchase.others(proposer), on=on)
    agreement = Agreement.objects.create(
        key=key, kind=JOINT_PURCHASE, proposer=proposer, unit_id=book.unit_id, **purchase.agreement()
    )
    measure = units.measure(unit=purchase.unit, thing=purchase.plain_thing)
    row = {"buyer": purchase.buyer, "thing": purchase.plain_thing, "measure": measure}
    with refusals.from_database():
        PurchaseTerms.objects.create(agreement=agreement, **row)
    _write(agreement, purchase, parties)
    _written(agreement, Verb.LOGGED, by=by, on=on)
    return agreement


def _proposed_before(key: uuid.UUID, proposer: Organization, purchase: JointPurchase) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("purchase__measure").first()
    if earlier is None:
        return None
    written = getattr(earlier, "purchase", None)
    told = {"proposer": proposer, **purchase.agreement()}
    if (
        written is None
        or any(getattr(earlier, name) != value for name, value in told.items())
        or (written.buyer_id, written.thing, written.measure.unit_id)
        != (purchase.buyer.pk, purchase.plain_thing, purchase.unit.pk)
        or list(earlier.requests.values_list("organization", "quantity", "most")) != purchase.rows()
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(purchase: JointPurchase, proposer: Organization, *, on: dt.date) -> None:
    terms.check_days(purchase.agreed_on, purchase.due_on, on=on)
    if not purchase.plain_thing:
        raise ThingIsMissing
    if purchase.unit.kind in {"money", "credit"}:
        raise terms.MoneyIsNotAThing(number=1)
    asking: set[Organization] = set()
    for each in purchase.requests:
        if each.organization in asking:
            raise AsksTwice(organization=each.organization.name)
        asking.add(each.organization)
        worth = core.worth(quantity=each.quantity, most=each.most, scale=purchase.unit.scale)
        if each.quantity <= 0 or each.most <= 0 or worth > INT64_MAX // 64:  # of so many requests all are one sum
            raise RequestIsIncomplete(organization=each.organization.name)
    if not asking - {purchase.buyer} or proposer not in {*asking, purchase.buyer}:
        raise BoughtForSeveral


def _write(agreement: Agreement, purchase: JointPurchase, parties: Sequence[Organization]) -> None:
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    with refusals.from_database():
        PurchaseRequest.objects.bulk_create(
            PurchaseRequest(agreement=agreement, organization_id=each, number=number, quantity=quantity, most=most)
            for number, (each, quantity, most) in enumerate(purchase.rows(), start=1)
        )


def _written(agreement: Agreement, verb: Verb, *, by: User, on: dt.date) -> None:
    """Remember who wrote the terms, and sign them for the proposer where its officer did."""
    proposer = agreement.proposer
    agreements.remember(agreement=agreement, verb=verb, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)


@transaction.atomic
def revise(*, agreement: Agreement, purchase: JointPurchase, by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again.

    :raises NotAtThisPoint: if all have already accepted, or it was refused.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    proposer = agreement.proposer
    agreements.require_log(by=by, organization=proposer, on=on)
    _check(purchase, proposer, on=on)
    parties = terms.partners(proposer=proposer, others=purchase.others(proposer), on=on)
    for field, value in purchase.agreement().items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.all().delete()
    agreement.requests.all().delete()
    measure = units.measure(unit=purchase.unit, thing=purchase.plain_thing)
    with refusals.from_database():
        PurchaseTerms.objects.filter(agreement=agreement).update(
            buyer=purchase.buyer, thing=purchase.plain_thing, measure=measure
        )
    _write(agreement, purchase, parties)
    _written(agreement, Verb.REVISED, by=by, on=on)
    return agreement


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End it today though less was bought than was asked for; an officer of any of those who agree may.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits, PurchaseIsOpen: if something waits for an answer, is owed or still to be handed over.
    """
    agreement = endings.begin(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
    if claims.open_of(agreement=agreement.code).exists() or not purchases.is_all_handed_over(agreement):
        raise PurchaseIsOpen
    return endings.finish(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
