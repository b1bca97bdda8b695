"""Let somebody else take over what is owed (cesión de crédito, asunción de deuda), as all three agree.

Civil and Commercial Code: arts. 1614 (a claim is handed over by contract) and 1632 (a debt is taken over with the
creditor's consent). Here each of the three signs, so that no book changes without its people having said yes. Once the
last has signed it is posted: one event, one entry in each of the three books.
"""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, claims, journal, payments, refusals
from ledger.actions.accounts import Place
from ledger.actions.claims import Planned
from ledger.actions.facts import Fact
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core import written
from ledger.core.assignments import take_over
from ledger.models.accounts import Book
from ledger.models.agreements import BARTER, Agreement, AgreementParty, AgreementState
from ledger.models.assignments import ASSIGNMENT, Assignment, Side
from ledger.models.claims import Claim
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.models.loans import LOAN
from ledger.models.toll_work import TOLL_WORK
from ledger.queries import agreements as queries
from ledger.queries import disputes
from network.actions import admissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

BANK, PAYMENT = "1102", "assignment_payment"
#: Which kinds end by themselves once nothing is left to give or owed.
SETTLED_BY_PAYING = {BARTER, ASSIGNMENT, LOAN, TOLL_WORK}


class ClaimIsNotYours(DomainError):
    """One hands over one's own."""

    message = _("%(organization)s is neither owed this nor owes it. Choose one of its own claims.")


class TakerIsOneOfTheTwo(DomainError):
    """A third takes it over."""

    message = _("Choose a third cooperative: these two owe each other already, and can pay each other.")


class OwedInGoods(DomainError):
    """What is owed in goods is first agreed on in money."""

    message = _(
        "This is owed in goods. Agree first, under “%(agreement)s”, that they are not delivered any more: what was owed"
        " of them is then owed in money, and that can be handed over."
    )


class MoreThanIsOwed(DomainError):
    """No more is handed over than is open."""

    message = _("Only %(amount)s is still owed. Withdraw this and write it anew.")


class NotOwedTheOtherWay(DomainError):
    """What stands against it is between the same two."""

    message = _("What is set off against it has to be owed in money between %(leaver)s and %(taker)s the other way.")


class SomethingStillWaits(DomainError):
    """What was logged under the agreement is answered first."""

    message = _(
        "Under “%(agreement)s” something still waits for its confirmation. It is confirmed or said no to first."
    )


class WhatIsOwedIsContested(DomainError):
    """Nobody takes over what two still dispute."""

    message = _("Something of %(agreement)s is contested. It can be handed over once that dispute has ended.")


@transaction.atomic
def propose(
    *,
    key: uuid.UUID,
    organization: Organization,
    claim: Claim,
    taker: Organization,
    amount: int,
    against: Claim | None,
    by: User,
    on: dt.date,
) -> Agreement:
    """Write down that another takes over a claim or a debt of the organization's; the same key returns the first one.

    `amount` in minor units of the claim's money; `against` is what is owed between the organization and the taker the
    other way, None where it is paid from bank to bank. It is posted once all three have signed (`sign`).

    :raises NotForYouToDo: if the person is not of the organization.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises ClaimIsNotYours, TakerIsOneOfTheTwo, PartnerKeepsNoBook: if it is not between the right three.
    :raises OwedInGoods, MoreThanIsOwed, NotOwedTheOtherWay, SomethingStillWaits, WhatIsOwedIsContested: if it cannot
        be handed over.
    :raises MayNotTrade: if one of the three may not trade in the network today.
    """
    agreements.require_log(by=by, organization=organization, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).get(organization=organization)
    told = {"claim_id": claim.pk, "taker_id": taker.pk, "amount": amount, "against_id": against and against.pk}
    if (earlier := _logged_before(key, told)) is not None:
        return earlier
    side, other = _side(claim, book)
    if taker in (organization, other):
        raise TakerIsOneOfTheTwo
    taking = Book.objects.filter(organization=taker).first()
    if taking is None:
        raise PartnerKeepsNoBook(organization=taker.name)
    admissions.require_trade(organization, taker, other, on=on)
    _check(claim, against, amount=amount, leaver=book, taker=taking, side=side)
    agreement = Agreement.objects.create(
        kind=ASSIGNMENT,
        key=key,
        proposer=organization,
        title=gettext("%(taker)s takes over what is owed between %(leaver)s and %(other)s")[:120]
        % {"taker": taker.name[:25], "leaver": organization.name[:25], "other": other.name[:25]},
        unit=claim.unit,
        agreed_on=on,
        due_on=claim.due_on,
        is_pegged_to_goods=False,
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate((organization, taker, other), start=1)
    )
    with refusals.from_database():
        Assignment.objects.create(agreement=agreement, side=side, other=other, **told)
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=organization, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, organization, by=by, on=on)
    return agreement


def _logged_before(key: uuid.UUID, told: Mapping[str, object]) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).first()
    if earlier is None:
        return None
    written = Assignment.objects.filter(agreement=earlier).first()
    if written is None or any(getattr(written, name) != value for name, value in told.items()):
        raise KeyWasUsedForSomethingElse
    return earlier


def _side(claim: Claim, book: Book) -> tuple[Side, Organization]:
    """Return which side of a claim a book is on, and who is on the other."""
    if claim.creditor_id == book.pk:
        return Side.CREDIT, claim.debtor.organization
    if claim.debtor_id == book.pk:
        return Side.DEBT, claim.creditor.organization
    raise ClaimIsNotYours(organization=book.organization.name)


def _check(claim: Claim, against: Claim | None, *, amount: int, leaver: Book, taker: Book, side: Side) -> None:
    for each in filter(None, (claim, against)):
        if disputes.is_disputed(each.agreement):
            raise WhatIsOwedIsContested(agreement=each.agreement)
        if each.peg.unit_id != each.unit_id:
            raise OwedInGoods(agreement=each.agreement)
        if not 0 < amount <= each.balance.amount:
            raise MoreThanIsOwed(amount=_shown(each))
        waiting = Agreement.objects.filter(
            pk__in=_numbers(each), deliveries__state=DeliveryState.LOGGED, state=AgreementState.ACCEPTED
        )
        if waiting.exists():
            raise SomethingStillWaits(agreement=each.agreement)
    if against is not None:
        owed, owing = (taker, leaver) if side == Side.CREDIT else (leaver, taker)
        if (against.creditor_id, against.debtor_id, against.unit_id) != (owed.pk, owing.pk, claim.unit_id):
            raise NotOwedTheOtherWay(leaver=leaver.organization.name, taker=taker.organization.name)


def _numbers(claim: Claim) -> list[int]:
    """Return the number of the agreement that a claim is of; none where it came from elsewhere."""
    number = claim.agreement.removeprefix(Agreement.CODE)
    return [int(number)] if number != claim.agreement and number.isdecimal() else []


def _shown(claim: Claim) -> str:
    unit = claim.unit
    text = written.number(claim.balance.amount, scale=unit.scale, language=get_language() or "")
    return written.with_unit(text, symbol=unit.symbol, is_money=True)


@transaction.atomic
def sign(
    *, agreement: Agreement, organization: Organization, by: User, on: dt.date, resolution: Resolution | None = None
) -> Agreement:
    """Agree to it for one of the three; with the last of them it is posted in all three books.

    :raises NoMandateToday, NotAtThisPoint, NotAParty, MayNotTrade: as `agreements.sign`.
    :raises MoreThanIsOwed, SomethingStillWaits: if the claim was paid, or something of it waits, since it was written.
    """
    agreement = agreements.sign(agreement=agreement, organization=organization, by=by, on=on, resolution=resolution)
    if agreement.state == AgreementState.ACCEPTED:
        _carry_out(agreement, by=by, on=on)
    return agreement


def _carry_out(agreement: Agreement, *, by: User, on: dt.date) -> None:
    told = Assignment.objects.select_related("taker", "other").get(agreement=agreement)
    owed = _claims(told)
    for each in {number for claim in owed for number in _numbers(claim)}:
        agreements.held(Agreement(pk=each))
    books = {
        each.organization_id: each
        for each in Book.objects.filter(organization__in=agreement.parties.values("organization"))
    }
    leaver, taker, other = (books[each] for each in (agreement.proposer_id, told.taker_id, told.other_id))
    claim, against = owed[0], owed[1] if told.against_id else None
    _check(claim, against, amount=told.amount, leaver=leaver, taker=taker, side=Side(told.side))
    _old, new, paid = take_over(
        leaver=leaver.pk, taker=taker.pk, other=other.pk, amount=told.amount, is_credit=told.is_credit
    )
    opened = Claim.objects.create(
        creditor_id=new.creditor,
        debtor_id=new.debtor,
        unit=claim.unit,
        peg=claim.peg,
        agreement=agreement.code,
        opened_on=on,
        due_on=claim.due_on,
    )
    lines = [
        *claims.lines(claim=claim, amount=-told.amount, quantity=0),
        *claims.lines(claim=opened, amount=told.amount, quantity=0),
    ]
    if against is not None:
        lines += claims.lines(claim=against, amount=-told.amount, quantity=0)
    else:
        lines += [
            Planned(place=Place(book, BANK, claim.unit_id), amount=amount)
            for book, amount in ((paid.payer, -told.amount), (paid.payee, told.amount))
        ]
    with refusals.from_database():
        told.event = journal.post(
            key=agreement.key,
            fact=Fact(kind=ASSIGNMENT, happened_on=on, memo=agreement.title, agreement=agreement.code),
            lines=claims.with_accounts(lines),
            on=on,
            by=by,
            confirmed_by=by,
        )
        told.save(update_fields=["event"])
    for settled in owed:
        _close(settled, by=by, on=on)


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for whoever was paid what had been handed over: one event, an entry in both books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    """
    delivery = payments.confirm(delivery=delivery, kind=PAYMENT, by=by, on=on)
    agreement = delivery.agreement
    is_settled = queries.is_carried_out(agreement)
    agreements.close(agreement, is_settled=is_settled, by=by, organization=delivery.receiver, on=on)
    return delivery


def _claims(told: Assignment) -> list[Claim]:
    """Return the claim that is handed over and the one set off against it, as they stand now."""
    found = Claim.objects.select_related(
        "balance", "unit", "peg__unit", "creditor__organization", "debtor__organization"
    )
    return [found.get(pk=number) for number in (told.claim_id, told.against_id) if number is not None]


def _close(claim: Claim, *, by: User, on: dt.date) -> None:
    """Settle what the claim was of, if nothing of it is left to give or owed."""
    for agreement in Agreement.objects.filter(pk__in=_numbers(claim), state=AgreementState.ACCEPTED):
        if agreement.kind in SETTLED_BY_PAYING and queries.is_carried_out(agreement):
            agreements.close(agreement, is_settled=True, by=by, organization=agreement.proposer, on=on)
