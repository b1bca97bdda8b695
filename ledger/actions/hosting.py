"""Hosting an activity of the community (fábrica abierta): write the terms down, write them anew, end it.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`); what took place is
told in `hosted`.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, endings, refusals
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core import hosting
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.hosting import HOSTING, HostingTerms
from network.actions import admissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

ROOMS_MAX, MINUTES_OF_A_DAY = 200, 24 * 60


class NotOfTheCommunity(DomainError):
    """Rooms are lent to a body of the community; with a cooperative one agrees on a barter."""

    message = _(
        "%(organization)s is not an organization of the community. Choose a school, a clinic, a cultural center."
    )


class ScheduleIsIncomplete(DomainError):
    """A schedule has days, hours and rooms."""

    message = _("Choose at least one day of the week, at least one room, and an hour to begin that is before the end.")


class EndsBeforeItBegins(DomainError):
    """A hosting lasts at least a day."""

    message = _("The last day is earlier than the first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What rooms are lent for, and when: a set of weekdays in one number, minutes after midnight."""

    activity: str
    rooms: int
    weekdays: int
    starts_at: int
    ends_at: int
    since: dt.date
    until: dt.date | None = None
    papers: str = ""

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return told | {"papers": self.papers.strip()[:80]}


@transaction.atomic
def propose(
    *,
    key: uuid.UUID,
    host: Organization,
    body: Organization,
    title: str,
    timetable: Timetable,
    by: User,
    on: dt.date,
    resolution: str = "",
) -> Agreement:
    """Write down what the host lends to a body of the community; the same key returns the first one.

    It is a draft until an officer of the host signs it, at once where an officer writes it; it runs once the body has.

    :raises NotForYouToDo: if the person is not of the host.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises NotOfTheCommunity: if the other is none of the kinds that stand for the community.
    :raises PartnerKeepsNoBook, MayNotTrade: if the host keeps no book or is not admitted; of the body nothing is asked.
    :raises ScheduleIsIncomplete, EndsBeforeItBegins: if the timetable is not right.
    """
    agreements.require_log(by=by, organization=host, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=host).first()
    told = {"proposer": host, "title": title.strip()[:120], "resolution": resolution.strip()[:80]}
    if (earlier := _proposed_before(key, told, body, timetable)) is not None:
        return earlier
    if not body.stands_for_the_community:
        raise NotOfTheCommunity(organization=body.name)
    if book is None:
        raise PartnerKeepsNoBook(organization=host.name)
    admissions.require_trade(host, on=on)
    _check(timetable)
    agreement = Agreement.objects.create(
        key=key, kind=HOSTING, unit_id=book.unit_id, is_pegged_to_goods=False, agreed_on=on, **told
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate((host, body), start=1)
    )
    with refusals.from_database():
        HostingTerms.objects.create(agreement=agreement, **timetable.row())
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=host, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, host, by=by, on=on)
    return agreement


def _proposed_before(
    key: uuid.UUID, told: dict[str, object], body: Organization, timetable: Timetable
) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("hosting").first()
    if earlier is None:
        return None
    written = getattr(earlier, "hosting", None)
    is_same = (
        written is not None
        and all(getattr(earlier, name) == value for name, value in told.items())
        and all(getattr(written, name) == value for name, value in timetable.row().items())
        and earlier.parties.filter(organization=body).exists()
    )
    if not is_same:
        raise KeyWasUsedForSomethingElse
    return earlier


def _check(timetable: Timetable) -> None:
    hours_are_right = 0 <= timetable.starts_at < timetable.ends_at <= MINUTES_OF_A_DAY
    if not 0 < timetable.weekdays <= hosting.ALL_DAYS or not hours_are_right or not 0 < timetable.rooms <= ROOMS_MAX:
        raise ScheduleIsIncomplete
    if timetable.until is not None and timetable.until < timetable.since:
        raise EndsBeforeItBegins


@transaction.atomic
def revise(
    *, agreement: Agreement, title: str, timetable: Timetable, by: User, on: dt.date, resolution: str = ""
) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again.

    :raises NotAtThisPoint: if the body has already accepted, or it was refused.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    host = agreement.proposer
    agreements.require_log(by=by, organization=host, on=on)
    _check(timetable)
    agreement.title, agreement.resolution = title.strip()[:120], resolution.strip()[:80]
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.update(signed_by=None, resolution=None)
    HostingTerms.objects.filter(agreement=agreement).update(**timetable.row())
    agreements.remember(agreement=agreement, verb=Verb.REVISED, by=by, organization=host, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, host, by=by, on=on)
    return agreement


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End a hosting from today on, with a note; an officer of either side may.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits: if something that took place waits for its answer.
    """
    told: dict[str, Any] = {"organization": organization, "reason": reason, "by": by, "on": on}
    return endings.finish(agreement=endings.begin(agreement=agreement, **told), **told)
