"""Solidarity loans: write down who lends whom what until when, write it anew, and end what was never handed over.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`); what is lent, given
back and forgiven is told in `lent`.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, endings, refusals, terms
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_lent import LoanIsOpen
from ledger.actions.terms import LineTerms, PartnerKeepsNoBook
from ledger.core.apportion import percentage
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.loans import LOAN, LoanTerms
from ledger.models.units import Unit
from ledger.queries import claims
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class LentIsMissing(DomainError):
    """A loan is of money or of a thing."""

    message = _(
        "Write what is lent: an amount of money above zero, or a thing with its quantity and what it is worth. One of"
        " the two."
    )


class DueDayIsMissing(DomainError):
    """What is lent is given back by a day."""

    message = _("Write until which day it is given back.")


class GoodsBeyondTheLoan(DomainError):
    """Goods give a part of the money back, or all of it."""

    message = _(
        "The goods by which it may be given back are worth more than what is lent, with their VAT. Write fewer of them."
    )


class GoodsAreForMoney(DomainError):
    """A thing that is lent comes back itself; another thing for it is a barter."""

    message = _(
        "A thing that is lent is given back in the same thing. What is given for it in another thing is a barter: write"
        " it down as one."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """So much of a thing, worth so much: minor units; the VAT in basis points, if any is charged."""

    thing: str
    unit: Unit
    quantity: int
    value: int
    vat_rate: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """What is agreed: `money`, or a `thing` at what it cost, and until which day it is given back.

    Money may be given back by goods (`back`) at this price, too; minor units.
    """

    lender: Organization
    borrower: Organization
    title: str
    money: int | None = None
    thing: Goods | None = None
    back: Goods | None = None
    agreed_on: dt.date
    due_on: dt.date | None
    resolution: str = ""

    def agreement(self) -> dict[str, object]:
        """Return what stands with any agreement."""
        return {
            "title": " ".join(self.title.split())[:120],
            "is_pegged_to_goods": self.thing is not None,
            "agreed_on": self.agreed_on,
            "due_on": self.due_on,
            "resolution": self.resolution.strip()[:80],
        }

    def row(self) -> dict[str, object]:
        """Return what stands with a loan."""
        return {"lender": self.lender, "borrower": self.borrower, "money": self.money}

    def lines(self) -> list[LineTerms]:
        """Return the thing that is lent, or the goods by which money may be given back."""
        sides = ((self.lender, self.borrower, self.thing), (self.borrower, self.lender, self.back))
        return [
            LineTerms(
                giver=giver,
                receiver=receiver,
                thing=" ".join(goods.thing.split())[:80],
                unit=goods.unit,
                quantity=goods.quantity,
                value=goods.value,
                # What is lent is no sale.
                vat_rate=None if goods is self.thing else goods.vat_rate,
            )
            for giver, receiver, goods in sides
            if goods is not None
        ]


@transaction.atomic
def propose(*, key: uuid.UUID, proposer: Organization, loan: Loan, by: User, on: dt.date) -> Agreement:
    """Write down what one of the two lends the other; the same key returns the first one.

    It is a draft until an officer of the proposer signs it, at once where an officer writes it.

    :raises NotForYouToDo: if the person is not of the proposer.
    :raises NotAParty: if the proposer is none of the two.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises PartnerKeepsNoBook, PartnerIsYourself, MayNotTrade: if the two cannot agree on it.
    :raises LentIsMissing, GoodsBeyondTheLoan, GoodsAreForMoney, LineIsIncomplete, MoneyIsNotAThing: as named.
    :raises DueDayIsMissing, AgreedInTheFuture, DueBeforeAgreed: if the days are not right.
    """
    agreements.require_log(by=by, organization=proposer, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=proposer).first()
    if (earlier := _proposed_before(key, proposer, loan)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=proposer.name)
    if proposer not in {loan.lender, loan.borrower}:
        raise agreements.NotAParty(organization=proposer.name)
    other = loan.borrower if proposer == loan.lender else loan.lender
    parties = terms.partners(proposer=proposer, others=[other], on=on)
    _check(loan, on=on)
    agreement = Agreement.objects.create(
        key=key, kind=LOAN, proposer=proposer, unit_id=book.unit_id, **loan.agreement()
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    with refusals.from_database():
        LoanTerms.objects.create(agreement=agreement, **loan.row())
    terms.write_lines(agreement, loan.lines(), parties)
    _written(agreement, Verb.LOGGED, by=by, on=on)
    return agreement


def _proposed_before(key: uuid.UUID, proposer: Organization, loan: Loan) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("loan").first()
    if earlier is None:
        return None
    written = getattr(earlier, "loan", None)
    told = {"proposer": proposer, **loan.agreement()}
    lines = earlier.lines.order_by("number").values_list(
        "giver", "receiver", "thing", "measure__unit", "quantity", "value", "vat_rate"
    )
    sent = [(x.giver.pk, x.receiver.pk, x.thing, x.unit.pk, x.quantity, x.value, x.vat_rate) for x in loan.lines()]
    is_same = (
        written is not None
        and all(getattr(earlier, name) == value for name, value in told.items())
        and all(getattr(written, name) == value for name, value in loan.row().items())
        and list(lines) == sent
    )
    if not is_same:
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(loan: Loan, *, on: dt.date) -> None:
    terms.check_days(loan.agreed_on, loan.due_on, on=on)
    if loan.due_on is None:
        raise DueDayIsMissing
    if loan.lender == loan.borrower:
        raise terms.PartnerIsYourself
    if (loan.money is None) == (loan.thing is None):
        raise LentIsMissing
    if loan.money is not None and not 0 < loan.money <= INT64_MAX:
        raise LentIsMissing
    if loan.back is None:
        return
    if loan.money is None:
        raise GoodsAreForMoney
    if loan.back.value + percentage(loan.back.value, basis_points=loan.back.vat_rate or 0) > loan.money:
        raise GoodsBeyondTheLoan


def _written(agreement: Agreement, verb: Verb, *, by: User, on: dt.date) -> None:
    """Remember who wrote the terms, and sign them for the proposer where its officer did."""
    proposer = agreement.proposer
    agreements.remember(agreement=agreement, verb=verb, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)


@transaction.atomic
def revise(*, agreement: Agreement, loan: Loan, by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again, and the two stay who they are.

    :raises NotAtThisPoint: if the other side has already accepted, or it was refused.
    :raises NotAParty: if one of the two is somebody else.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    agreements.require_log(by=by, organization=agreement.proposer, on=on)
    parties = [each.organization for each in agreement.parties.select_related("organization")]
    for each in (loan.lender, loan.borrower):
        if each not in parties:
            raise agreements.NotAParty(organization=each.name)
    _check(loan, on=on)
    for field, value in loan.agreement().items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.update(signed_by=None, resolution=None)
    with refusals.from_database():
        LoanTerms.objects.filter(agreement=agreement).update(**loan.row())
    agreement.lines.all().delete()
    terms.write_lines(agreement, loan.lines(), parties)
    _written(agreement, Verb.REVISED, by=by, on=on)
    return agreement


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End a loan of which nothing is owed: it was not handed over, or no more of it will be.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits, LoanIsOpen: if something waits for its answer, or is owed.
    """
    agreement = endings.begin(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
    if claims.open_of(agreement=agreement.code).exists():
        raise LoanIsOpen
    return endings.finish(agreement=agreement, organization=organization, reason=reason, by=by, on=on)
