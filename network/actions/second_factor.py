"""Decide whether whoever binds the organization needs a second factor to log in; refuse those who lack it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network import permissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.second_factor import SecondFactorDecision
from network.queries import second_factor


class SecondFactorIsMissing(DomainError):
    """Who binds an organization that asks for it logs in with more than a password."""

    message = _(
        "%(organization)s asks its officers for a second factor, and you have none yet. Press your name at the top of"
        " the page, set one up, and come back: until then you can read, but not accept or confirm."
    )


class OnlyOfficersDecideThis(DomainError):
    """It is for those whom it binds."""

    message = _("Only the president, the secretary or the treasurer of %(organization)s, in office today, decide this.")


class SetUpYourOwnFirst(DomainError):
    """Nobody shuts themselves out."""

    message = _("Set up your own second factor first, or you could no longer confirm anything yourself.")


def require(*, by: User, organization: Organization, on: dt.date) -> None:
    """Refuse an officer who lacks the second factor that the organization asks for.

    :raises SecondFactorIsMissing: if they hold a binding office there that day and have none.
    """
    if permissions.lacks_second_factor(by, organization, on=on):
        raise SecondFactorIsMissing(organization=organization.name)


@transaction.atomic
def decide(
    *, organization: Organization, is_required: bool, by: User, on: dt.date, at: dt.datetime
) -> SecondFactorDecision:
    """Note that from now on officers need a second factor, or no longer do; the same again changes nothing.

    :raises SecondFactorIsMissing: if it is required already and who decides lacks it: a stolen password is not enough.
    :raises OnlyOfficersDecideThis: if who decides holds no binding office in force.
    :raises SetUpYourOwnFirst: if who asks it of others has none.
    """
    # Held, so that two who decide at once are answered one after the other.
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not permissions.can_confirm(by, organization, on=on):
        require(by=by, organization=organization, on=on)
        raise OnlyOfficersDecideThis(organization=organization.name)
    if is_required and not second_factor.has_one(by):
        raise SetUpYourOwnFirst
    latest = second_factor.last_decision(organization)
    if latest is not None and latest.is_required == is_required:
        return latest
    return SecondFactorDecision.objects.create(
        organization=organization, is_required=is_required, decided_by=by, decided_at=at
    )
