"""Answer a balance confirmation, and note how a difference was explained. What differs becomes a finding at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.actions import findings, refusals
from ledger.actions.agreements import require_confirm
from ledger.actions.refusals_audited import AnswerDoesNotFit, AnsweredMeanwhile, NothingToExplain
from ledger.models.balance_confirmations import (
    AskedBalance,
    BalanceAnswer,
    BalanceConfirmation,
    BalanceExplanation,
    Said,
)
from ledger.models.findings import Check, Finding
from ledger.queries import balance_checks, balance_confirmations
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class NotYoursToAnswer(DomainError):
    """The two sides of a balance answer."""

    message = _("%(organization)s neither owes this nor is owed it: only the two sides answer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one says: where it differs, which figures one has instead (minor units), and why."""

    said: Said
    amount: int | None = None
    quantity: int | None = None
    reason: str = ""

    def is_in(self, row: BalanceAnswer) -> bool:
        """Say whether that is what was already said."""
        told = (row.said, row.amount, row.quantity, row.reason)
        return told == (self.said, self.amount, self.quantity, self.reason)


AGREES = Answer(said=Said.AGREES)


@transaction.atomic
def answer(
    *,
    balance: AskedBalance,
    organization: Organization,
    what: Answer,
    instead_of: int | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> BalanceAnswer:
    """Say of a balance whether it is right; the same again changes nothing.

    `instead_of` is the answer that one saw standing (its primary key), so that nobody answers over a colleague's head.
    One may answer after the day until which one was asked, too: that it is late is to be seen.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotYoursToAnswer: if it is on neither side.
    :raises AnswerDoesNotFit: if it differs with the same figures, or without.
    :raises FindingNeedsReason, NoteTellsOfSomebody: if it differs and says not why, or tells of a person.
    :raises AnsweredMeanwhile: if another answer stands than the one that was seen.
    """
    require_confirm(by=by, organization=organization, on=on)
    if organization.pk not in (balance.debtor.organization_id, balance.creditor.organization_id):
        raise NotYoursToAnswer(organization=organization.name)
    what = _checked(what, balance)
    _hold(organization)
    standing = BalanceAnswer.objects.filter(balance=balance, organization=organization, replaced_by=None).first()
    if standing is not None and what.is_in(standing):
        return standing
    if (standing.pk if standing else None) != instead_of:
        raise AnsweredMeanwhile
    with refusals.from_database():
        told = BalanceAnswer.objects.create(
            balance=balance,
            organization=organization,
            replaces=standing,
            said=what.said,
            amount=what.amount,
            quantity=what.quantity,
            reason=what.reason,
            answered_on=on,
            recorded_at=at,
            answered_by=by,
        )
    _find(balance, [organization], at=at)
    return told


def _checked(what: Answer, balance: AskedBalance) -> Answer:
    if what.said != Said.DIFFERS:
        return Answer(said=what.said)
    figures = what.amount, what.quantity
    if None in figures or figures == (balance.amount, balance.quantity):
        raise AnswerDoesNotFit
    return Answer(said=what.said, amount=what.amount, quantity=what.quantity, reason=findings.written(what.reason))


@transaction.atomic
def agree_with_all(
    *, found: BalanceConfirmation, organization: Organization, by: User, on: dt.date, at: dt.datetime
) -> int:
    """Say that every balance is right of which nothing was said yet, and return how many that were.

    :raises NoMandateToday: if the person cannot bind the organization.
    """
    require_confirm(by=by, organization=organization, on=on)
    _hold(organization)
    said = {"said": Said.AGREES, "answered_on": on, "recorded_at": at, "answered_by": by}
    with refusals.from_database():
        told = BalanceAnswer.objects.bulk_create(
            BalanceAnswer(balance=each, organization=organization, **said)
            for each in balance_confirmations.unanswered(found, organization)
        )
    return len(told)


@transaction.atomic
def explain(*, balance: AskedBalance, note: str, by: User, on: dt.date, at: dt.datetime) -> list[BalanceExplanation]:
    """Note, for the body that asked, how it was explained that one side or both say another figure.

    :raises NoMandateToday: if the person cannot bind the body.
    :raises FindingNeedsReason, NoteTellsOfSomebody: if nothing is written, or of a person.
    :raises NothingToExplain: if nobody differs, or it was explained.
    """
    require_confirm(by=by, organization=balance.confirmation.body, on=on)
    why = findings.written(note)
    answers = list(balance_checks.differing(Q(balance=balance)))
    if not answers:
        raise NothingToExplain
    with refusals.from_database():
        told = [
            BalanceExplanation.objects.create(answer=each, note=why, explained_on=on, recorded_at=at, explained_by=by)
            for each in answers
        ]
    _find(balance, [each.organization for each in answers], at=at)
    return told


def _hold(organization: Organization) -> None:
    """Let one of its people answer after the other."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)


def _find(balance: AskedBalance, organizations: Collection[Organization], *, at: dt.datetime) -> None:
    """Keep as findings what these say otherwise of a balance, and close what they no longer do."""
    about = Q(balance=balance, organization__in=organizations)
    looked_at = Finding.objects.filter(
        closed_at=None,
        check_code=Check.CONFIRMATION,
        book__organization__in=organizations,
        scope__startswith=f"{balance_checks.SCOPE}:{balance.pk}:",
    )
    findings.keep(balance_checks.discrepancies(balance_checks.differing(about)), looked_at=looked_at, at=at)
