"""Give people a login, and note whose members they are."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.actions import refusals
from network.actions.resolutions import require_minute
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import Membership, User


class AddressIsTaken(DomainError):
    """One e-mail address, one login."""

    message = _("Somebody already logs in with %(email)s.")


class IsMemberAlready(DomainError):
    """Nobody is twice a member of the same organization."""

    message = _("%(name)s is already a member of %(organization)s.")


class BeginsInTheFuture(DomainError):
    """A membership is noted once it began."""

    message = _("%(day)s is still to come. Note it once the person has come in.")


class HoldsAnOffice(DomainError):
    """Whoever holds an office is a member."""

    message = _("%(name)s holds an office. Note the resignation or the recall first.")


class IsNoMember(DomainError):
    """What has ended is not ended again."""

    message = _("%(name)s is no longer a member.")


@transaction.atomic
def invite(*, email: str, name: str, password: str | None = None) -> User:
    """Make a login and return it; without a password the person sets one by e-mail.

    :raises AddressIsTaken: if the address has a login.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AddressIsTaken(email=email)
    return User.objects.create_user(email, password, name=name)


@transaction.atomic
def admit(
    *, user: User, organization: Organization, starts_on: dt.date, by: User | None = None, on: dt.date | None = None
) -> Membership:
    """Note that a person is a member of an organization from a day on.

    :raises NotYoursToMinute: if whoever notes it does not speak for the organization.
    :raises IsMemberAlready: if they are on that day, or will be.
    """
    require_minute(by=by, organization=organization, on=on or starts_on)
    held = Membership.objects.filter(user=user, organization=organization)
    if held.filter(Q(until=None) | Q(until__gt=starts_on)).exists():
        raise IsMemberAlready(name=user.name, organization=organization.name)
    with refusals.from_database():
        return Membership.objects.create(
            user=user, organization=organization, starts_on=starts_on, noted_by=by, noted_on=on or starts_on
        )


@transaction.atomic
def take_in(
    *, email: str, name: str, organization: Organization, starts_on: dt.date, by: User | None, on: dt.date
) -> Membership:
    """Note a member by their e-mail address; somebody who had no login has one now, still without a password.

    :raises NotYoursToMinute, IsMemberAlready: as `admit`.
    :raises BeginsInTheFuture: if the day is later than today.
    """
    require_minute(by=by, organization=organization, on=on)
    if starts_on > on:
        raise BeginsInTheFuture(day=starts_on)
    user = User.objects.filter(email__iexact=email).first() or invite(email=email, name=name)
    return admit(user=user, organization=organization, starts_on=starts_on, by=by, on=on)


@transaction.atomic
def end(*, membership: Membership, by: User | None, on: dt.date) -> Membership:
    """Note that a person is a member no longer, from today on; whoever came today, from tomorrow on.

    :raises NotYoursToMinute: if whoever notes it does not speak for the organization.
    :raises HoldsAnOffice: if the person holds an office in it, or as its delegate.
    :raises IsNoMember: if the membership has ended.
    """
    require_minute(by=by, organization=membership.organization, on=on)
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "organization").get(pk=membership.pk)
    )
    if membership.until is not None:
        raise IsNoMember(name=membership.user.name)
    theirs = Q(organization=membership.organization) | Q(delegate_of=membership.organization)
    if membership.user.mandates.in_force(on).filter(theirs).exists():
        raise HoldsAnOffice(name=membership.user.name)
    membership.until, membership.ended_by = max(on, membership.starts_on + dt.timedelta(days=1)), by
    with refusals.from_database():
        membership.save(update_fields=["until", "ended_by"])
    return membership
