"""Read solidarity funds: what was decided of one, what it comes to, in all and by contributor, and how it moved."""

import datetime as dt

from django.db.models import F, Q, QuerySet, Sum

from ledger.models.accounts import Book
from ledger.models.deliveries import DeliveryState
from ledger.models.funds import Fund, FundDecision, FundLine, FundShare, FundTerms
from network.models.organizations import Organization
from network.queries import organizations

#: What counts as drawn on a decision: also what still waits for its answer.
LIVE = Q(spendings__state__in=[DeliveryState.LOGGED, DeliveryState.CONFIRMED])
DRAWN = Sum("spendings__amount", filter=LIVE, default=0)


def all_funds() -> QuerySet[Fund]:
    """Return the funds with what every page of one needs."""
    return Fund.objects.select_related("book__organization", "book__unit").order_by("book__organization__name", "pk")


def of_organization(organization: Organization, *, on: dt.date) -> QuerySet[Fund]:
    """Return the funds that an organization has to do with: its own, those of bodies above it, those it gave to."""
    above = organizations.bodies_above(organization, on=on)
    shares = FundShare.objects.filter(organization=organization).values("fund")
    theirs = Q(book__organization__in={organization.pk, *above}) | Q(pk__in=shares)
    return all_funds().filter(theirs)


def terms(book: Book, *, on: dt.date) -> FundTerms | None:
    """Return what holds of a body's fund on a day; None before the first terms begin."""
    begun = FundTerms.objects.filter(book=book, since__lte=on).select_related("resolution")
    return begun.order_by("-since", "-pk").first()


def shares(fund: Fund) -> QuerySet[FundShare]:
    """Return what each one contributed, paid and received, whoever owes most first."""
    moved = ~Q(contributed=0, received=0)
    found = FundShare.objects.filter(moved, fund=fund).select_related("organization")
    return found.order_by(F("collected") - F("contributed"), "-contributed", "pk")


def share_of(fund: Fund, organization: Organization) -> FundShare | None:
    """Return what one organization contributed to a fund and received from it."""
    return FundShare.objects.filter(fund=fund, organization=organization).first()


def lines(fund: Fund, organization: Organization) -> QuerySet[FundLine]:
    """Return how the fund moved, as its body sees it; to another organization only its own share. Latest first."""
    found = FundLine.objects.filter(share__fund=fund)
    if organization.pk != fund.book.organization_id:
        found = found.filter(share__organization=organization)
    return found.select_related("share__organization", "event").order_by("-pk")


def decisions(fund: Fund) -> QuerySet[FundDecision]:
    """Return what was decided to spend, with how much of it is drawn, the latest first."""
    found = FundDecision.objects.filter(fund=fund).select_related("resolution")
    return found.annotate(drawn=DRAWN).order_by("-pk")


def to_spend(fund: Fund) -> QuerySet[FundDecision]:
    """Return the decisions of which something is left."""
    found = FundDecision.objects.filter(fund=fund).select_related("resolution")
    return found.annotate(drawn=DRAWN).filter(drawn__lt=F("amount")).order_by("-pk")
