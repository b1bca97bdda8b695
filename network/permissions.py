"""Who may do what for an organization on a day. Predicates only: pages hide buttons by them, actions refuse by them."""

import datetime as dt

from django.db.models import Q

from network.models.bylaws import Office
from network.models.councils import Mandate
from network.models.organizations import TIERS, Organization
from network.models.people import User
from network.queries import organizations, second_factor, visits


def is_own(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person is one of its people: a member, or somebody who holds an office."""
    return organizations.of_user(user, on=on).filter(pk=organization.pk).exists()


def can_log(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may write drafts and deliveries: one of its people, but for whoever watches it.

    The síndico reads everything and writes nothing, so that nobody audits what they wrote (Ley 20.337, art. 79).
    """
    watching = Mandate.objects.in_force(on).filter(user=user, office=Office.INTERNAL_AUDITOR)
    own = organizations.of_user(user, on=on).filter(pk=organization.pk)
    return own.exclude(pk__in=watching.values("organization")).exists()


def can_confirm(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person binds the organization with a mandate in force: president, secretary, treasurer.

    Or a rotating office that the statute lets speak. A delegate only while whoever sent them belongs to the body.
    Where the organization asks its officers for a second factor, only with one.
    """
    asked = second_factor.is_asked_of(user, organization, on=on)
    return asked is not None and (not asked or second_factor.has_one(user))


def lacks_second_factor(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person would bind the organization, but for the second factor that it asks for."""
    return bool(second_factor.is_asked_of(user, organization, on=on)) and not second_factor.has_one(user)


def can_register(user: User) -> bool:
    """Say whether the person keeps the register: an operator of the installation, who speaks for nobody."""
    return user.is_active and user.is_staff


def can_edit(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may change what the register says of it: an operator, or who binds the organization."""
    return can_register(user) or can_confirm(user, organization, on=on)


def can_read_book(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may read its book: its own people, and officers of a body that it belongs to."""
    if is_own(user, organization, on=on):
        return True
    return visits.mandate_to_read(user, organization, on=on) is not None


def can_oversee(user: User, body: Organization, *, on: dt.date) -> bool:
    """Say whether the person may see together what all that belong to a body have to do: officers of it or above it.

    They may read the books of each of these anyway.
    """
    if Mandate.objects.in_force(on).filter(user=user, organization=body).exists():
        return True
    return visits.mandate_to_read(user, body, on=on) is not None


def can_minute(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may write down what the organization's assemblies decide.

    Its binding officers; where nobody holds a binding office (a new council, a lapse), those of a body that it belongs
    to; where there is no such body either, an operator of the installation: else no first assembly could be minuted.
    """
    if can_confirm(user, organization, on=on):
        return True
    binding = Mandate.objects.in_force(on).binding()
    if binding.filter(organization=organization).exists():
        return False
    above = organizations.bodies_above(organization, on=on)
    spoken_for = Organization.objects.filter(pk__in=binding.filter(organization__in=above).values("organization"))
    bodies = list(spoken_for.order_by("pk"))
    return any(can_confirm(user, body, on=on) for body in bodies) if bodies else can_register(user)


def can_answer(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person answers for the organization whether it wants to belong to a body: whoever binds it.

    Where nobody holds a binding office, an operator of the installation, by the organization's paper; never those of a
    body, who would answer themselves.
    """
    if can_confirm(user, organization, on=on):
        return True
    return can_register(user) and not Mandate.objects.in_force(on).binding().filter(organization=organization).exists()


def decides_on(user: User, organization: Organization, *, on: dt.date) -> list[Organization]:
    """Return for whom the person may minute what is decided of an organization: for itself, and for bodies."""
    binding = Mandate.objects.in_force(on).binding()
    theirs = Q(pk__in=binding.filter(user=user).values("organization"))
    if can_register(user):
        theirs |= ~Q(pk__in=binding.values("organization"))
    bodies = Organization.objects.filter(theirs, kind__in=TIERS).order_by("name")
    asked = [organization, *(body for body in bodies if body != organization)]
    return [body for body in asked if can_minute(user, body, on=on)]


def can_look(user: User, organization: Organization, *, on: dt.date) -> bool:
    """Say whether the person may read what its assemblies decide: whoever reads its book, or minutes for it."""
    return can_read_book(user, organization, on=on) or can_minute(user, organization, on=on)
