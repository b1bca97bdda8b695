"""Read what undoing an act moves."""

from django.db.models import Sum

from ledger.models.deliveries import Delivery
from ledger.models.journal import Posting
from network.models.organizations import Organization


def worth(delivery: Delivery, organization: Organization) -> int:
    """Return what an act moved in the book of an organization, in minor units of its money; 0 where it moved nothing.

    That is the sum of its debits there, which are as much as its credits.
    """
    if delivery.event_id is None:
        return 0
    moved = Posting.objects.filter(
        event=delivery.event_id,
        amount__gt=0,
        account__book__organization=organization,
        account__unit=delivery.agreement.unit_id,
    )
    return int(moved.aggregate(worth=Sum("amount", default=0))["worth"])
