"""What the database refuses about network credit, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class CreditAtPar(DomainError):
    """What is held in credit stands in money one for one."""

    message = _(
        "What a book holds in network credit, it shows in its money one for one, and what it keeps for its members it"
        " owes them. Nothing was written."
    )


class PaidAsTold(DomainError):
    """A payment in credit goes from one position to another, in the credit that was named."""

    message = _("A payment in credit goes, as it was told, from the payer to the payee. Log it anew.")


class CreditedStays(DomainError):
    """What was done in credit stays as it was told."""

    message = _("What was told in credit is not changed. Undo it, and write it anew.")


class MembersHaveNoLimit(DomainError):
    """Members hold what they were given, and no more."""

    message = _("The members of a cooperative do not go below zero: limits are for cooperatives.")


class DemurrageAsDecided(DomainError):
    """A month takes what the assembly decided."""

    message = _("A month takes what the assembly decided, of what has stood idle for so long, once.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_creditact": CreditedStays}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "credit_at_par": CreditAtPar,
    "paid_in_credit": PaidAsTold,
    "only_a_payment_is_in_credit": PaidAsTold,
    "credited_stays": CreditedStays,
    "members_have_no_limit": MembersHaveNoLimit,
    "demurrage_as_decided": DemurrageAsDecided,
    "demurrage_once_a_month": DemurrageAsDecided,
}
