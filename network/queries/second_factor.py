"""Read who has a second factor, and who must."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db.models import OuterRef, Subquery

from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.second_factor import SecondFactorDecision

# A list of recovery codes is a way back in, not a second factor.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_asked_of(user: User, organization: Organization, *, on: dt.date) -> bool | None:
    """Say whether the organization asks it of this officer; None for who does not bind it that day. One question."""
    latest = SecondFactorDecision.objects.filter(organization=OuterRef("organization")).order_by("-pk")
    mandates = Mandate.objects.in_force(on).binding().filter(user=user, organization=organization)
    asked = mandates.annotate(asked=Subquery(latest.values("is_required")[:1])).values_list("asked", flat=True)[:1]
    return next((bool(each) for each in asked), None)


def last_decision(organization: Organization) -> SecondFactorDecision | None:
    """Return the decision that holds, if one was ever made."""
    decisions = SecondFactorDecision.objects.filter(organization=organization)
    return decisions.select_related("decided_by").order_by("-pk").first()


def has_one(user: User) -> bool:
    """Say whether the person logs in with an application's code or a passkey besides the password."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def officers(organization: Organization, *, on: dt.date) -> list[tuple[Mandate, bool]]:
    """Return the mandates that bind the organization that day, each with whether its holder has a second factor."""
    mandates = Mandate.objects.in_force(on).binding().filter(organization=organization).select_related("user")
    holders = mandates.values("user")
    with_one = set(Authenticator.objects.filter(user__in=holders, type__in=FACTORS).values_list("user_id", flat=True))
    return [(each, each.user_id in with_one) for each in mandates.order_by("office")]
