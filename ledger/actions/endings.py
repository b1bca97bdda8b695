"""End an agreement by a note of one of those who agree; what each kind wants closed before, it asks between the two."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, refusals
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import DeliveryState
from ledger.models.history import Verb
from ledger.queries import disputes
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class SomethingWaits(DomainError):
    """What was told is answered before it ends."""

    message = _("Something that took place still waits for an answer. It is confirmed or said no to first.")


class SomethingIsContested(DomainError):
    """A dispute ends before its agreement does."""

    message = _("Something of it is contested. It ends once that dispute does.")


def begin(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """Return a running agreement, held, that an officer of one of its parties may end with this reason.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits, SomethingIsContested: if something that was told waits for its answer, or is contested.
    """
    agreement = agreements.locked(agreement, AgreementState.ACCEPTED)
    agreements.party(agreement, organization)
    agreements.require_confirm(by=by, organization=organization, on=on)
    if not reason.strip():
        raise agreements.ReasonIsMissing
    if agreement.deliveries.filter(state=DeliveryState.LOGGED).exists():
        raise SomethingWaits
    if disputes.is_disputed(agreement.code):
        raise SomethingIsContested
    return agreement


def finish(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """Note that it has ended today, and why."""
    note(agreement, on=on)
    agreements.remember(
        agreement=agreement, verb=Verb.ENDED, by=by, organization=organization, on=on, note=reason.strip()
    )
    return agreement


def note(agreement: Agreement, *, on: dt.date) -> None:
    """Write that an agreement is over; what the database still misses is refused by its name."""
    agreement.state, agreement.settled_on = AgreementState.SETTLED, on
    with refusals.from_database():
        agreement.save(update_fields=["state", "settled_on"])
