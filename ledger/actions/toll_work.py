"""Toll work (a façon): write down who works whose material for which fee, and write it anew.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`); what is handed over
and made is told in `custody`.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, refusals, terms, units
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import LineTerms, PartnerKeepsNoBook
from ledger.core.toll_work import WASTE_MAX
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.toll_work import TOLL_WORK, TollTerms
from ledger.models.units import Unit
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class MaterialIsMissing(DomainError):
    """Toll work is of some material."""

    message = _("Write what material is handed over, and how much of it, above zero. It is goods, not money.")


class WasteIsTooMuch(DomainError):
    """Waste is a part of what is handed over."""

    message = _("The waste that is allowed is between nothing and half of what is handed over.")


class GoodsBeyondTheFee(DomainError):
    """Goods pay a part of the fee, or all of it."""

    message = _("The goods are worth more than the fee. Write at most as much of them as pays all of it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So much of a thing: minor units of its unit."""

    thing: str
    unit: Unit
    quantity: int

    @property
    def name(self) -> str:
        """The thing as it is kept."""
        return " ".join(self.thing.split())[:80]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What is agreed: `made` for a `fee`, without VAT, out of `material` of the principal.

    Of the fee `goods`, worth `goods_value` without VAT, pay a part or all; minor units, rates in basis points.
    """

    principal: Organization
    worker: Organization
    title: str
    material: Amount
    allowed_waste: int
    made: Amount
    fee: int
    vat_rate: int | None = None
    goods: Amount | None = None
    goods_value: int = 0
    goods_vat_rate: int | None = None
    agreed_on: dt.date
    due_on: dt.date | None = None
    resolution: str = ""

    def agreement(self) -> dict[str, object]:
        """Return what stands with any agreement."""
        return {
            "title": " ".join(self.title.split())[:120],
            "agreed_on": self.agreed_on,
            "due_on": self.due_on,
            "resolution": self.resolution.strip()[:80],
        }

    def row(self) -> dict[str, object]:
        """Return what stands with toll work."""
        return {
            "principal": self.principal,
            "worker": self.worker,
            "material": units.measure(unit=self.material.unit, thing=self.material.name),
            "material_name": self.material.name,
            "quantity": self.material.quantity,
            "allowed_waste": self.allowed_waste,
        }

    def lines(self) -> list[LineTerms]:
        """Return the work and, where they pay a part of it, the goods."""
        lines = [_line(self.worker, self.principal, self.made, self.fee, self.vat_rate)]
        if self.goods is not None:
            lines.append(_line(self.principal, self.worker, self.goods, self.goods_value, self.goods_vat_rate))
        return lines


def _line(giver: Organization, receiver: Organization, what: Amount, value: int, vat_rate: int | None) -> LineTerms:
    return LineTerms(
        giver=giver,
        receiver=receiver,
        thing=what.name,
        unit=what.unit,
        quantity=what.quantity,
        value=value,
        vat_rate=vat_rate,
    )


@transaction.atomic
def propose(*, key: uuid.UUID, proposer: Organization, toll: Toll, by: User, on: dt.date) -> Agreement:
    """Write down what one of the two works for the other; the same key returns the first one.

    It is a draft until an officer of the proposer signs it, at once where an officer writes it.

    :raises NotForYouToDo: if the person is not of the proposer.
    :raises NotAParty: if the proposer is none of the two.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises PartnerKeepsNoBook, PartnerIsYourself, MayNotTrade: if the two cannot agree on it.
    :raises MaterialIsMissing, WasteIsTooMuch, GoodsBeyondTheFee, LineIsIncomplete, MoneyIsNotAThing: as named.
    :raises AgreedInTheFuture, DueBeforeAgreed: if the days are not right.
    """
    agreements.require_log(by=by, organization=proposer, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=proposer).first()
    if (earlier := _proposed_before(key, proposer, toll)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=proposer.name)
    if proposer not in {toll.principal, toll.worker}:
        raise agreements.NotAParty(organization=proposer.name)
    other = toll.worker if proposer == toll.principal else toll.principal
    parties = terms.partners(proposer=proposer, others=[other], on=on)
    _check(toll, on=on)
    agreement = Agreement.objects.create(
        key=key, kind=TOLL_WORK, proposer=proposer, unit_id=book.unit_id, is_pegged_to_goods=True, **toll.agreement()
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    with refusals.from_database():
        TollTerms.objects.create(agreement=agreement, **toll.row())
    terms.write_lines(agreement, toll.lines(), parties)
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)
    return agreement


def _proposed_before(key: uuid.UUID, proposer: Organization, toll: Toll) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("toll").first()
    if earlier is None:
        return None
    written = getattr(earlier, "toll", None)
    told = {"proposer": proposer, **toll.agreement()}
    lines = earlier.lines.order_by("number").values_list(
        "giver", "receiver", "thing", "measure__unit", "quantity", "value", "vat_rate"
    )
    sent = [(x.giver.pk, x.receiver.pk, x.thing, x.unit.pk, x.quantity, x.value, x.vat_rate) for x in toll.lines()]
    is_same = (
        written is not None
        and all(getattr(earlier, name) == value for name, value in told.items())
        and all(getattr(written, name) == value for name, value in toll.row().items())
        and list(lines) == sent
    )
    if not is_same:
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(toll: Toll, *, on: dt.date) -> None:
    terms.check_days(toll.agreed_on, toll.due_on, on=on)
    material = toll.material
    if not material.name or not 0 < material.quantity <= INT64_MAX or material.unit.kind in {"money", "credit"}:
        raise MaterialIsMissing
    if not 0 <= toll.allowed_waste <= WASTE_MAX:
        raise WasteIsTooMuch
    if toll.goods is not None and toll.goods_value > toll.fee:
        raise GoodsBeyondTheFee


@transaction.atomic
def revise(*, agreement: Agreement, toll: Toll, by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again, and the two stay who they are.

    :raises NotAtThisPoint: if the other side has already accepted, or it was refused.
    :raises NotAParty: if one of the two is somebody else.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    proposer = agreement.proposer
    agreements.require_log(by=by, organization=proposer, on=on)
    parties = [each.organization for each in agreement.parties.select_related("organization")]
    for each in (toll.principal, toll.worker):
        if each not in parties:
            raise agreements.NotAParty(organization=each.name)
    if toll.principal == toll.worker:
        raise terms.PartnerIsYourself
    _check(toll, on=on)
    for field, value in toll.agreement().items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.update(signed_by=None, resolution=None)
    with refusals.from_database():
        TollTerms.objects.filter(agreement=agreement).update(**toll.row())
    agreement.lines.all().delete()
    terms.write_lines(agreement, toll.lines(), parties)
    agreements.remember(agreement=agreement, verb=Verb.REVISED, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)
    return agreement
