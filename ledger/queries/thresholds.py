"""Read above which amount an agreement needs a resolution."""

from django.db.models import QuerySet, Sum

from ledger.core import purchases
from ledger.core.apportion import percentage
from ledger.models.agreements import Agreement
from ledger.models.assignments import ASSIGNMENT, Assignment
from ledger.models.coproductions import COPRODUCTION
from ledger.models.loans import LOAN
from ledger.models.purchases import JOINT_PURCHASE
from ledger.models.referrals import ReferralShare
from ledger.models.thresholds import ApprovalThreshold
from ledger.models.toll_work import TOLL_WORK
from ledger.queries import shares
from network.models.organizations import Organization


def of(organization: Organization) -> QuerySet[ApprovalThreshold]:
    """Return what its assemblies set, the latest first."""
    found = ApprovalThreshold.objects.filter(book__organization=organization)
    return found.select_related("book__unit", "resolution", "noted_by").order_by("-pk")


def limit(organization: Organization) -> int | None:
    """Return what its officers may agree on by themselves, in minor units; None if no assembly set anything."""
    threshold = of(organization).first()
    return threshold.amount if threshold else None


def is_beyond(organization: Organization, worth: int) -> bool:
    """Whether something is worth more than its officers may agree on by themselves; minor units."""
    most = limit(organization)
    return most is not None and worth > most


def exceeded(agreement: Agreement, organization: Organization) -> ApprovalThreshold | None:
    """Return the threshold that what the organization gives under the agreement goes beyond, if it does."""
    threshold = of(organization).first()
    if threshold is None or threshold.amount is None:
        return None
    return threshold if _given(agreement, organization) > threshold.amount else None


def _given(agreement: Agreement, organization: Organization) -> int:
    if agreement.kind == COPRODUCTION:
        deal = shares.deal(agreement)
        # Whoever leads answers to the customer for all of it.
        return deal.price if organization.pk == deal.lead else deal.price_of(organization.pk)
    if agreement.kind == ASSIGNMENT:
        # Who hands it over and who takes it over; who stays on the other side gives nothing.
        told = Assignment.objects.get(agreement=agreement)
        return told.amount if organization.pk in {agreement.proposer_id, told.taker_id} else 0
    if agreement.kind == TOLL_WORK:
        # The one works for all of the fee, the other owes it, in money or goods.
        return _worth(agreement, giver=agreement.toll.worker_id)
    if agreement.kind == LOAN:
        # The one hands it over, the other owes it.
        return agreement.loan.money or _worth(agreement, giver=agreement.loan.lender_id)
    if agreement.kind == JOINT_PURCHASE:
        # Each for what it asks for at most; the buyer buys all of it.
        return sum(
            purchases.worth(quantity=each.quantity, most=each.most, scale=agreement.purchase.measure.unit.scale)
            for each in agreement.requests.all()
            if organization.pk in {each.organization_id, agreement.purchase.buyer_id}
        )
    given = _worth(agreement, giver=organization.pk)
    # Of a referral, the fee of what is expected.
    for expected, rate in ReferralShare.objects.filter(terms=agreement.pk, taker=organization).values_list(
        "expected", "terms__fee_rate"
    ):
        given += percentage(expected, basis_points=rate)
    return given


def _worth(agreement: Agreement, *, giver: int) -> int:
    """Return what an organization's lines are worth."""
    return int(agreement.lines.filter(giver=giver).aggregate(value=Sum("value", default=0))["value"])
