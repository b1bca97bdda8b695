"""Call a balance confirmation: a body asks its members whether what the books say they owe each other is right.

It is an act of audit that binds the body, so an officer does it; a síndico reads all of it (Ley 20.337, art. 79).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.agreements import require_confirm
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models.balance_confirmations import AskedBalance, BalanceConfirmation
from ledger.queries import balance_confirmations
from network.errors import DomainError
from network.models.organizations import TIERS, Organization
from network.models.people import User


class NothingToConfirm(DomainError):
    """What is asked about is open between two members."""

    message = _("Nothing was open on %(day)s between members of %(name)s, or those you chose: choose another day.")


class DaysOfConfirmation(DomainError):
    """Days follow each other."""

    message = _("Choose balances of a day up to today, and answers until a day that is not over yet.")


class NotAMember(DomainError):
    """A body asks those below it."""

    message = _("%(organization)s does not belong to %(name)s, or keeps no book.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: balances at the end of a day, until when; of those of whom the other side is asked, too."""

    as_of: dt.date
    answer_until: dt.date
    #: None: of all members.
    chosen: tuple[Organization, ...] = ()


@transaction.atomic
def call(*, key: uuid.UUID, body: Organization, what: Question, by: User, on: dt.date) -> BalanceConfirmation:
    """Ask the members of a body about what they owed each other; the same key returns the first call.

    The balances are written down as the books say; nothing changes them afterwards.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises DaysOfConfirmation: if the days are not right.
    :raises NotAMember: if somebody chosen is not below the body.
    :raises NothingToConfirm: if nothing was open.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_confirm(by=by, organization=body, on=on)
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    chosen = sorted(each.pk for each in what.chosen)
    row = {"body": body, "as_of": what.as_of, "answer_until": what.answer_until, "chosen": chosen}
    if (earlier := BalanceConfirmation.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    if not what.as_of <= on <= what.answer_until:
        raise DaysOfConfirmation
    members = {each.pk for each in balance_confirmations.members(body, on=on)} if body.kind in TIERS else set()
    for each in what.chosen:
        if each.pk not in members:
            raise NotAMember(organization=each.name, name=body.name)
    balances = balance_confirmations.open_between(members, chosen=chosen, as_of=what.as_of, today=on)
    if not balances:
        raise NothingToConfirm(name=body.name, day=what.as_of)
    with refusals.from_database():
        called = BalanceConfirmation.objects.create(key=key, called_on=on, called_by=by, asked=len(balances), **row)
        AskedBalance.objects.bulk_create(
            AskedBalance(
                confirmation=called,
                number=number,
                debtor_id=each["debtor"],
                creditor_id=each["creditor"],
                unit_id=each["unit"],
                peg_id=each["peg"],
                amount=int(each["amount"]),
                quantity=int(each["quantity"]),
            )
            for number, each in enumerate(balances, start=1)
        )
    return called
