"""What the database refuses about disputes, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class ContestedByASide(DomainError):
    """A confirmed act of two is contested by one of them."""

    message = _("What two confirmed is contested by one of the two.")


class ContestedOnce(DomainError):
    """One dispute at a time."""

    message = _("It is contested already. Answer on the page of that dispute.")


class MediatedFromAbove(DomainError):
    """A mediator speaks for another body, and is of neither side."""

    message = _("Whoever mediates speaks for a federation that day, and belongs to neither of the two.")


class DisputedStays(DomainError):
    """Both versions are kept, and how it ended."""

    message = _("What was told in a dispute stays, and how it ended too.")


class DisputeIsAgreed(DomainError):
    """One side proposes how it ends, the other agrees."""

    message = _("A dispute ends as one side proposes and an officer of the other agrees.")


class ContestedIsFrozen(DomainError):
    """What is contested waits for its dispute to end."""

    message = _("It is contested: it stays as it is until the dispute about it ends.")


#: What a dispute can be about.
FIELDS = ("delivery", "contribution", "fund_act", "credit_act")

#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_dispute": DisputedStays}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "contested_by_a_side": ContestedByASide,
    "disputed_once": ContestedOnce,
    "gift_disputed_once": ContestedOnce,
    "fund_act_disputed_once": ContestedOnce,
    "credit_act_disputed_once": ContestedOnce,
    **{f"UNIQUE constraint failed: ledger_dispute.{field}_id": ContestedOnce for field in FIELDS},
    "mediated_from_above": MediatedFromAbove,
    "disputed_stays": DisputedStays,
    "dispute_is_agreed": DisputeIsAgreed,
    "contested_is_frozen": ContestedIsFrozen,
}
