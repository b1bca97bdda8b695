"""Declare what the social report asks and only the cooperative knows."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import require_confirm
from ledger.core import personal
from ledger.models import Book
from network.errors import DomainError
from network.models import Organization, User
from reports.actions.requests import NoBookYet, NotForThem, require_days
from reports.models import Declaration
from reports.models.declarations import ANSWER_MAX, Item
from reports.queries import declarations


class DeclarationTellsOfAPerson(DomainError):
    """People are counted, not named: what is declared stays."""

    message = _(
        "What you declare under “%(what)s” looks like somebody's e-mail address, telephone or document. Count people,"
        " and name none."
    )


class DeclarationIsTooLong(DomainError):
    """An answer is a figure or a few sentences."""

    message = _("What you declare under “%(what)s” is too long: at most %(most)s characters.")


@transaction.atomic
def declare(
    *,
    organization: Organization,
    starts_on: dt.date,
    ends_on: dt.date,
    answers: Mapping[str, str],
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> int:
    """Declare answers by item for a period and return how many are new; the others stand as they are.

    An empty answer takes back what was declared. What was declared before stays noted, and reports that were made
    tell it. Source: INAES, Res. 189/2021, a sworn statement of the cooperative.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotForThem: if the organization makes no such report.
    :raises NoBookYet: if it keeps no book.
    :raises PeriodEndsBeforeItStarts: if the days are in the wrong order.
    :raises PeriodIsInTheFuture: if the last day has not come yet.
    :raises DeclarationTellsOfAPerson: if an answer holds what looks like a person's data.
    :raises DeclarationIsTooLong: if an answer has more than 1,000 characters.
    """
    require_confirm(by=by, organization=organization, on=on)
    if organization.is_of_members or organization.stands_for_the_community:
        raise NotForThem(report=_("Social report"), organization=organization.name)
    if not Book.objects.filter(organization=organization).exists():
        raise NoBookYet(organization=organization.name)
    require_days(starts_on=starts_on, ends_on=ends_on, on=on)
    told = {Item(what): text.replace("\r\n", "\n").strip() for what, text in answers.items()}
    for item, answer in told.items():
        if personal.signs(answer):
            raise DeclarationTellsOfAPerson(what=item.label)
        if len(answer) > ANSWER_MAX:
            raise DeclarationIsTooLong(what=item.label, most=ANSWER_MAX)
    # One at a time: a report that tells up to the last number misses none that is written meanwhile.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    standing = declarations.declared(organization=organization, starts_on=starts_on, ends_on=ends_on)
    new = [
        Declaration(
            organization=organization,
            starts_on=starts_on,
            ends_on=ends_on,
            what=item,
            answer=answer,
            declared_by=by,
            declared_at=at,
        )
        for item, answer in told.items()
        if answer != (standing[item].answer if item in standing else "")
    ]
    Declaration.objects.bulk_create(new)
    return len(new)
