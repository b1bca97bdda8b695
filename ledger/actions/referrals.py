"""Sharing a customer (derivación): write the terms down, write them anew, note how a tender came out, end it.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`); what each taker
invoiced is told in `referred`.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, endings, refusals, terms
from ledger.actions.deliveries import DeliveredBeforeAgreed, DeliveredInTheFuture
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_referred import CustomerInTheBooks, SomethingIsOpen
from ledger.actions.terms import AgreedInTheFuture, PartnerKeepsNoBook
from ledger.core.referrals import AMOUNT_MAX, FEE_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.referrals import REFERRAL, Outcome, ReferralForm, ReferralShare, ReferralTerms
from ledger.queries import claims
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class CustomerIsMissing(DomainError):
    """Whoever takes work on knows for whom it is."""

    message = _("Write whose order it is, and what work.")


class ExpectedIsMissing(DomainError):
    """Each taker says yes to about how much work it is."""

    message = _("Write about how much each of the others will invoice for it: an amount above zero.")


class FeeIsTooHigh(DomainError):
    """A fee is a part of what the customer pays."""

    message = _("A fee is between nothing and half of what is invoiced.")


class NotYourTender(DomainError):
    """Whose customer it is hears how the tender came out."""

    message = _("Only %(organization)s, whose customer it is, notes how the tender came out.")


class NoTenderIsOpen(DomainError):
    """A tender comes out once."""

    message = _("There is no tender here whose outcome is still to be noted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one taker does, and about how much it will invoice: minor units, without VAT."""

    taker: Organization
    expected: int
    does: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What is agreed: `work` stands in the books, the customer only here; rates in basis points."""

    form: ReferralForm
    work: str
    customer: str
    shares: Sequence[Share]
    agreed_on: dt.date
    fee_rate: int = 0
    vat_rate: int | None = None
    papers: str = ""
    resolution: str = ""

    def agreement(self) -> dict[str, object]:
        """Return what stands with any agreement."""
        return {
            "title": " ".join(self.work.split())[:120],
            "agreed_on": self.agreed_on,
            "resolution": self.resolution.strip()[:80],
        }

    def row(self) -> dict[str, object]:
        """Return what stands with a referral."""
        return {
            "form": self.form,
            "customer": " ".join(self.customer.split())[:120],
            "fee_rate": self.fee_rate,
            "vat_rate": self.vat_rate if self.fee_rate else None,
            "papers": self.papers.strip()[:80],
        }

    def rows(self) -> list[tuple[int, str, int]]:
        """Return what stands with each share: taker, what it does, expected."""
        return [(share.taker.pk, " ".join(share.does.split())[:80], share.expected) for share in self.shares]


@transaction.atomic
def propose(*, key: uuid.UUID, giver: Organization, referral: Referral, by: User, on: dt.date) -> Agreement:
    """Write down which customer, or which order, the giver shares; the same key returns the first one.

    It is a draft until an officer of the giver signs it, at once where an officer writes it; it runs once all have.

    :raises NotForYouToDo: if the person is not of the giver.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises PartnerKeepsNoBook, PartnerIsYourself, TooManyParties, MayNotTrade: if those cannot agree on it.
    :raises CustomerIsMissing, CustomerInTheBooks, ExpectedIsMissing, FeeIsTooHigh, AgreedInTheFuture: as named.
    """
    agreements.require_log(by=by, organization=giver, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=giver).first()
    if (earlier := _proposed_before(key, giver, referral)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=giver.name)
    parties = terms.partners(proposer=giver, others=[share.taker for share in referral.shares], on=on)
    _check(referral, on=on)
    agreement = Agreement.objects.create(
        key=key, kind=REFERRAL, proposer=giver, unit_id=book.unit_id, is_pegged_to_goods=False, **referral.agreement()
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    with refusals.from_database():
        ReferralTerms.objects.create(agreement=agreement, **referral.row())
        _write_shares(agreement, referral)
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=giver, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, giver, by=by, on=on)
    return agreement


def _proposed_before(key: uuid.UUID, giver: Organization, referral: Referral) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("referral").first()
    if earlier is None:
        return None
    written = getattr(earlier, "referral", None)
    told = {"proposer": giver, **referral.agreement()}
    is_same = (
        written is not None
        and all(getattr(earlier, name) == value for name, value in told.items())
        and all(getattr(written, name) == value for name, value in referral.row().items())
        and list(written.shares.values_list("taker", "does", "expected")) == referral.rows()
    )
    if not is_same:
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(referral: Referral, *, on: dt.date) -> None:
    work, customer = str(referral.agreement()["title"]), str(referral.row()["customer"])
    if not work or not customer:
        raise CustomerIsMissing
    if customer.casefold() in work.casefold():
        raise CustomerInTheBooks
    if not all(0 < share.expected <= AMOUNT_MAX for share in referral.shares):
        raise ExpectedIsMissing
    if not 0 <= referral.fee_rate <= FEE_MAX:
        raise FeeIsTooHigh
    if referral.agreed_on > on:
        raise AgreedInTheFuture


def _check_takers(others: Sequence[Organization], referral: Referral) -> None:
    takers = [share.taker for share in referral.shares]
    for taker in takers:
        if taker not in others:
            raise agreements.NotAParty(organization=taker.name)
    if len(takers) != len(others) or len(set(takers)) < len(others):
        raise ExpectedIsMissing


def _write_shares(agreement: Agreement, referral: Referral) -> None:
    ReferralShare.objects.bulk_create(
        ReferralShare(terms_id=agreement.pk, taker_id=taker, number=number, does=does, expected=expected)
        for number, (taker, does, expected) in enumerate(referral.rows(), start=1)
    )


@transaction.atomic
def revise(*, agreement: Agreement, referral: Referral, by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again, and nobody is added or left out.

    :raises NotAtThisPoint: if the others have already accepted, or it was refused.
    :raises NotAParty: if a share is of somebody else.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    giver = agreement.proposer
    agreements.require_log(by=by, organization=giver, on=on)
    _check_takers(agreement.others(giver), referral)
    _check(referral, on=on)
    for field, value in referral.agreement().items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.update(signed_by=None, resolution=None)
    with refusals.from_database():
        ReferralTerms.objects.filter(agreement=agreement).update(**referral.row())
        ReferralShare.objects.filter(terms=agreement.pk).delete()
        _write_shares(agreement, referral)
    agreements.remember(agreement=agreement, verb=Verb.REVISED, by=by, organization=giver, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, giver, by=by, on=on)
    return agreement


@transaction.atomic
def decide(
    *, agreement: Agreement, organization: Organization, outcome: Outcome, decided_on: dt.date, by: User, on: dt.date
) -> Agreement:
    """Note how a tender came out: won, so that work can be told; or lost, which ends the agreement.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotYourTender: if it is not its customer.
    :raises NotAtThisPoint, NoTenderIsOpen: if it does not run, is no tender, or came out already.
    :raises DeliveredInTheFuture, DeliveredBeforeAgreed: if the day is not right.
    """
    agreement = agreements.locked(agreement, AgreementState.ACCEPTED)
    agreements.party(agreement, organization)
    agreements.require_confirm(by=by, organization=organization, on=on)
    if organization.pk != agreement.proposer_id:
        raise NotYourTender(organization=agreement.proposer.name)
    if not ReferralTerms.objects.get(agreement=agreement).is_open_tender:
        raise NoTenderIsOpen
    if decided_on > on:
        raise DeliveredInTheFuture
    if decided_on < agreement.agreed_on:
        raise DeliveredBeforeAgreed
    is_won = outcome == Outcome.WON
    ReferralTerms.objects.filter(agreement=agreement).update(outcome=outcome, decided_on=decided_on)
    verb = Verb.WON if is_won else Verb.LOST
    agreements.remember(agreement=agreement, verb=verb, by=by, organization=organization, on=on)
    if not is_won:
        endings.note(agreement, on=on)
    return agreement


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End a referral from today on, with a note: finished, or not to go on; an officer of any party may.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits, SomethingIsOpen: if something waits for its answer, or is still owed.
    """
    told: dict[str, Any] = {"organization": organization, "reason": reason, "by": by, "on": on}
    agreement = endings.begin(agreement=agreement, **told)
    if claims.open_of(agreement=agreement.code).exists():
        raise SomethingIsOpen
    return endings.finish(agreement=agreement, **told)
