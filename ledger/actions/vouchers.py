"""Paper vouchers: print some, enter one that was filled in, void one that was lost or spoilt.

A voucher proves nothing by itself: what is entered from it waits for the other side's confirmation as anything else.
"""

import datetime as dt
import secrets
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import deliveries, lent, referred, refusals
from ledger.actions.agreements import ReasonIsMissing, held, party, require_log, require_state
from ledger.actions.deliveries import Papers
from ledger.actions.lent import What
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_vouchers import VoucherIsEntered, VoucherIsVoid
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.actions.told_acts import NotOfYours
from ledger.core import vouchers as core
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Delivery
from ledger.models.funds import Fund
from ledger.models.vouchers import Voucher
from ledger.queries import funds, vouchers
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

#: So many at a time.
MOST = 24


class HowManyVouchers(DomainError):
    """Some, and not a ream."""

    message = _("Print between 1 and %(most)s vouchers at a time.")


class NothingFitsOnAVoucher(DomainError):
    """A voucher tells of something."""

    message = _("Under this agreement nothing that your side does is told with a voucher. Look at its page.")


class NotToldWithIt(DomainError):
    """A voucher tells what its side does under its agreement."""

    message = _("Choose what the voucher tells: only what is still open under its agreement can be chosen.")


@transaction.atomic
def print_out(
    *,
    organization: Organization,
    sheet: uuid.UUID,
    count: int,
    by: User,
    on: dt.date,
    agreement: Agreement | None = None,
    fund: Fund | None = None,
) -> list[Voucher]:
    """Make so many vouchers for one side of an agreement that runs, for what it does with a fund, or for its gifts.

    The same sheet returns the first ones.

    :raises NotForYouToDo: if the person is not of that side, or watches.
    :raises NotAtThisPoint: if the agreement does not run.
    :raises HowManyVouchers: if it is none, or too many.
    :raises NothingFitsOnAVoucher: if that side has nothing to tell with one.
    :raises PartnerKeepsNoBook: if it keeps no book to give out of.
    :raises NotOfYours: if it has nothing to do with the fund.
    :raises KeyWasUsedForSomethingElse: if that sheet is of another agreement, or of another number of vouchers.
    """
    require_log(by=by, organization=organization, on=on)
    if agreement is not None:
        agreement = held(agreement)
        party(agreement, organization)
    if earlier := list(Voucher.objects.filter(sheet=sheet).order_by("number")):
        if len(earlier) != count or any((each.agreement, each.fund) != (agreement, fund) for each in earlier):
            raise KeyWasUsedForSomethingElse
        return earlier
    if not 1 <= count <= MOST:
        raise HowManyVouchers(most=MOST)
    _check(organization, agreement, fund, on=on)
    return [
        Voucher.objects.create(
            code=core.code(secrets.randbelow(len(core.ALPHABET) ** (core.LENGTH - 1))),
            key=uuid.uuid5(sheet, str(number)),
            sheet=sheet,
            number=number,
            organization=organization,
            agreement=agreement,
            fund=fund,
            printed_on=on,
            printed_by=by,
        )
        for number in range(1, count + 1)
    ]


def _check(organization: Organization, agreement: Agreement | None, fund: Fund | None, *, on: dt.date) -> None:
    if agreement is not None:
        require_state(agreement, AgreementState.ACCEPTED)
        if not (vouchers.choices(agreement, organization) or vouchers.longer(agreement, organization)):
            raise NothingFitsOnAVoucher
    elif fund is not None:
        if fund not in funds.of_organization(organization, on=on):
            raise NotOfYours(organization=organization.name)
    elif not Book.objects.filter(organization=organization).exists():
        raise PartnerKeepsNoBook(organization=organization.name)


@transaction.atomic
def enter(
    *, voucher: Voucher, what: str, amount: int, happened_on: dt.date, papers: Papers, by: User, on: dt.date
) -> Delivery:
    """Enter what a voucher tells with one number, in minor units of its choice (`queries.vouchers.choices`).

    It counts once the other side confirms it.

    :raises NotForYouToDo: if the person is not of the side that printed it.
    :raises VoucherIsEntered, VoucherIsVoid: if it is.
    :raises NotToldWithIt: if that is not among the choices.
    :raises DomainError: whatever the act itself refuses: see `deliveries.log`, `deliveries.log_payment`,
        `referred.log`, `lent.lend` and `lent.give_back`.
    """
    require_log(by=by, organization=voucher.organization, on=on)
    voucher = _open(voucher)
    agreement, ours = voucher.agreement, voucher.organization
    if what not in {choice.code for choice in vouchers.choices(agreement, ours)}:
        raise NotToldWithIt
    told: dict[str, Any] = {"agreement": agreement, "key": voucher.key, "happened_on": happened_on}
    told |= {"papers": papers, "by": by, "on": on}
    act, _colon, which = what.partition(":")
    match act:
        case "line":
            return deliveries.log(giver=ours, quantities={int(which): amount}, **told)
        case "work":
            return referred.log(taker=ours, amount=amount, **told)
        case "lend":
            return lent.lend(amount=amount, **told)
        case "back":
            back = What(money=amount) if which == "money" else What(quantity=amount)
            return lent.give_back(what=back, **told)
        case _:
            other = Organization.objects.get(pk=int(which))
            return deliveries.log_payment(giver=ours, receiver=other, amount=amount, **told)


@transaction.atomic
def void(*, voucher: Voucher, reason: str, by: User, on: dt.date) -> Voucher:
    """Say why a voucher can be entered no more: it was lost, or spoilt.

    :raises NotForYouToDo: if the person is not of the side that printed it.
    :raises ReasonIsMissing: if nothing is said.
    :raises VoucherIsEntered, VoucherIsVoid: if it is.
    """
    require_log(by=by, organization=voucher.organization, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    voucher = _open(voucher)
    voucher.voided_on, voucher.voided_by, voucher.reason = on, by, reason.strip()[:200]
    with refusals.from_database():
        voucher.save(update_fields=["voided_on", "voided_by", "reason"])
    return voucher


def _open(voucher: Voucher) -> Voucher:
    """Return it as it is now, with its agreement held, if it can still be entered."""
    agreement = held(voucher.agreement) if voucher.agreement is not None else None
    voucher = Voucher.objects.select_related("organization").get(pk=voucher.pk)
    if voucher.voided_on is not None:
        raise VoucherIsVoid(code=voucher.shown, reason=voucher.reason)
    if vouchers.told(voucher) is not None:
        raise VoucherIsEntered(code=voucher.shown)
    voucher.agreement = agreement
    return voucher
