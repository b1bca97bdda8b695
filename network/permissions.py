"""Who may do what for an organization on a day. Predicates only: pages hide buttons by them, actions refuse by them."""

import datetime as dt

from network.models.organizations import Organization
from network.models.people import User
from network.queries import organizations, second_factor, visits


def can_log(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may write drafts and deliveries: a member, or somebody who holds an office."""
    return organizations.of_user(user, on=on).filter(pk=organization.pk).exists()


def can_confirm(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person binds the organization: president, secretary or treasurer with a mandate in force.

    Where the organization asks its officers for a second factor, only with one.
    """
    asked = second_factor.is_asked_of(user, organization, on=on)
    return asked is not None and (not asked or second_factor.has_one(user))


def lacks_second_factor(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person would bind the organization, but for the second factor that it asks for."""
    return bool(second_factor.is_asked_of(user, organization, on=on)) and not second_factor.has_one(user)


def can_read_book(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may read its book: its own people, and officers of a body that it belongs to."""
    if can_log(user, organization, on=on):
        return True
    return visits.mandate_to_read(user, organization, on=on) is not None
