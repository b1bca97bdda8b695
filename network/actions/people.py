"""Give people a login, and note whose members they are."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import Membership, User


class AddressIsTaken(DomainError):
    """One e-mail address, one login."""

    message = _("Somebody already logs in with %(email)s.")


class IsMemberAlready(DomainError):
    """Nobody is twice a member of the same organization."""

    message = _("%(name)s is already a member of %(organization)s.")


@transaction.atomic
def invite(*, email: str, name: str, password: str | None = None) -> User:
    """Make a login and return it; without a password the person sets one by e-mail.

    :raises AddressIsTaken: if the address has a login.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AddressIsTaken(email=email)
    return User.objects.create_user(email, password, name=name)


@transaction.atomic
def admit(*, user: User, organization: Organization, starts_on: dt.date) -> Membership:
    """Note that a person is a member of an organization from a day on.

    :raises IsMemberAlready: if they are on that day.
    """
    if Membership.objects.in_force(starts_on).filter(user=user, organization=organization).exists():
        raise IsMemberAlready(name=user.name, organization=organization.name)
    return Membership.objects.create(user=user, organization=organization, starts_on=starts_on)
